//! How far a reader of the open API has come, as a text that means nothing to him.
//!
//! Records are listed in the order of their first changes, which never moves,
//! so a page goes on where the last one ended, whatever is written meanwhile:
//! nothing comes twice, nothing is left out. A token also carries where the log
//! ended when its listing began; given as `changed_since`, it asks for
//! everything that changed after that. A token of another log, or one that asks
//! for changes with other rights, begins from the beginning, as the
//! conversation of devices does.

use crate::session::hex;

/// Letters of a token: four numbers of eight bytes, two letters a byte.
pub const TOKEN_LETTERS: usize = 64;

/// A place in the listing, and where the log ended when the listing began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub log: u64,
    /// The number of the reader's rights.
    pub rights: u64,
    /// The end of the log when the listing began.
    pub head: u64,
    /// The place of the last record given.
    pub after: u64,
}

impl Token {
    /// Writes it.
    pub fn write(self) -> String {
        let numbers = [self.log, self.rights, self.head, self.after];
        hex(&numbers.map(u64::to_be_bytes).concat())
    }

    /// Reads any text of the right form.
    pub fn read(text: &str) -> Option<Self> {
        let mut numbers = [0_u64; 4];
        let is_digit = |sign: u8| matches!(sign, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != TOKEN_LETTERS || !text.bytes().all(is_digit) {
            return None;
        }
        for (number, place) in numbers.iter_mut().zip((0..TOKEN_LETTERS).step_by(16)) {
            *number = u64::from_str_radix(text.get(place..place + 16)?, 16).ok()?;
        }
        let [log, rights, head, after] = numbers;
        Some(Self { log, rights, head, after })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn d4_a_token_reads_as_it_was_written(log: u64, rights: u64, head: u64, after: u64) {
            let token = Token { log, rights, head, after };
            prop_assert_eq!(Token::read(&token.write()), Some(token));
        }

        #[test]
        fn d4_any_text_is_a_token_or_refused(text in "\\PC{0,80}") {
            prop_assert_eq!(Token::read(&text), None);
        }
    }
}
