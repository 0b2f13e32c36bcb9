//! libFuzzer's door to [`talkoot_fuzz::change`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| talkoot_fuzz::change::run(bytes));
