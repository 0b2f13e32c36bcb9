//! libFuzzer's door to [`talkoot_fuzz::apply`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| talkoot_fuzz::apply::run(bytes));
