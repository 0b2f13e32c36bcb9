//! libFuzzer's door to [`talkoot_fuzz::transfer`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| talkoot_fuzz::transfer::run(bytes));
