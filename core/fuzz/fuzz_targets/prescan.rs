//! libFuzzer's door to [`talkoot_fuzz::prescan`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| talkoot_fuzz::prescan::run(bytes));
