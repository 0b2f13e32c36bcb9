//! Names of things: replicas, accounts, records, items and changes.
//!
//! Every name is made where the thing is made, without asking anybody, so it is
//! either random (records, accounts, items) or follows from a key (replicas).
//! The text form is lower-case Crockford base 32: no letter that a person
//! could take for another, and safe in an address.

use core::fmt;
use core::str::FromStr;

use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

/// Bytes in a name.
const NAME_BYTES: usize = 16;
/// Letters in the text form of a name: 128 bits, five at a time.
const NAME_LETTERS: usize = 26;
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Why a text is not a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    #[error("a name has {NAME_LETTERS} letters, this has {letters}")]
    Length { letters: usize },
    #[error("{letter:?} is not a letter of a name")]
    Letter { letter: char },
    #[error("the first letter stands for more than a name can hold")]
    Overflow,
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
        #[cbor(transparent)]
        pub struct $name(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; NAME_BYTES]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_name(self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = NameError;
            fn from_str(text: &str) -> Result<Self, NameError> {
                read_name(text).map(Self)
            }
        }
    };
}

name! {
    /// A browser profile of one account, or a server: something that makes changes.
    /// It is the start of the SHA-256 of its public key, so a key proves it.
    ReplicaId
}
name! {
    /// A person who can sign in.
    AccountId
}
name! {
    /// A programme, project, document…: one thing with an address of its own.
    RecordId
}

name! {
    /// What somebody without an account said: made by their browser, so that sending it twice is
    /// sending it once.
    CommentId
}

/// What the name of every notebook begins with: a random name does so once in 2^48.
const NOTEBOOK_PREFIX: [u8; 6] = *b"notes\0";

impl RecordId {
    /// Gives the name of an account's notebook. It follows from the account, so two devices that
    /// have not met begin the same record (rule DI12).
    pub fn notebook_of(account: AccountId) -> Self {
        let digest: [u8; 32] =
            Sha256::new_with_prefix(NOTEBOOK_PREFIX).chain_update(account.0).finalize().into();
        let mut name = [0; NAME_BYTES];
        for (place, byte) in name.iter_mut().zip(NOTEBOOK_PREFIX.into_iter().chain(digest)) {
            *place = byte;
        }
        Self(name)
    }

    /// Says whether the name is that of some account's notebook: no other record may have it.
    pub fn is_notebook(self) -> bool {
        self.0.starts_with(&NOTEBOOK_PREFIX)
    }
}

/// One entry of a list field, for as long as the list lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct ItemId(#[n(0)] pub u64);

/// One change: the replica that made it and its place among that replica's changes, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct ChangeId {
    #[n(0)]
    pub replica: ReplicaId,
    #[n(1)]
    pub counter: u64,
}

fn write_name(bytes: [u8; NAME_BYTES], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let number = u128::from_be_bytes(bytes);
    for place in (0..NAME_LETTERS).rev() {
        let digit = (number >> (5 * place)) & 31;
        let letter = usize::try_from(digit).ok().and_then(|digit| ALPHABET.get(digit));
        f.write_str(core::str::from_utf8(letter.map_or(&[], core::slice::from_ref)).unwrap_or(""))?;
    }
    Ok(())
}

fn read_name(text: &str) -> Result<[u8; NAME_BYTES], NameError> {
    let letters = text.chars().count();
    if letters != NAME_LETTERS {
        return Err(NameError::Length { letters });
    }
    let mut number = 0_u128;
    for letter in text.chars() {
        if number >> 123 != 0 {
            return Err(NameError::Overflow);
        }
        let digit = ALPHABET.iter().position(|known| char::from(*known) == letter);
        let digit = digit.ok_or(NameError::Letter { letter })?;
        number = (number << 5) | u128::try_from(digit).unwrap_or_default();
    }
    Ok(number.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn i1_a_text_that_is_no_name_is_refused() {
        assert_eq!("abc".parse::<RecordId>(), Err(NameError::Length { letters: 3 }));
        let letter = NameError::Letter { letter: 'u' };
        assert_eq!("u0000000000000000000000000".parse::<RecordId>(), Err(letter));
        assert_eq!("z0000000000000000000000000".parse::<RecordId>(), Err(NameError::Overflow));
    }

    proptest! {
        #[test]
        fn i1_a_name_survives_its_text_form(bytes: [u8; 16]) {
            let id = RecordId(bytes);
            prop_assert_eq!(id.to_string().parse::<RecordId>(), Ok(id));
        }
    }
}
