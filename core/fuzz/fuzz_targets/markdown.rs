//! libFuzzer's door to [`talkoot_fuzz::markdown`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| talkoot_fuzz::markdown::run(bytes));
