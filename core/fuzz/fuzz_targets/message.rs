//! libFuzzer's door to [`talkoot_fuzz::message`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| talkoot_fuzz::message::run(bytes));
