//! libFuzzer's door to [`talkoot_fuzz::snapshot`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| talkoot_fuzz::snapshot::run(bytes));
