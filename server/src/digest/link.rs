//! The link in a mail that ends it: whoever holds it may end that one thing, and needs no account.
//!
//! It names a row by a random name, proves that with a keyed hash over name and account, and says
//! in which language its page is, so that a page about nobody looks like one about somebody.

use hmac::digest::Key;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use talkoot_core::id::AccountId;
use talkoot_core::language::Language;

use crate::session::hex;
use crate::store::{DigestStore, StoreError, Subscription};

/// Bytes of a name, and of a proof: as many as nobody guesses.
const PART_BYTES: usize = 16;

/// What a link says, proved or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub language: Language,
    name: [u8; PART_BYTES],
    proof: [u8; PART_BYTES],
}

impl Link {
    /// Makes the link of a subscription.
    pub fn of(subscription: &Subscription) -> Self {
        let proof = hash(subscription, b"end").finalize().into_bytes();
        let mut link = Self {
            language: subscription.language,
            name: subscription.key.name,
            proof: [0; PART_BYTES],
        };
        link.proof.iter_mut().zip(proof).for_each(|(place, byte)| *place = byte);
        link
    }

    /// Writes it as the last part of an address.
    pub fn text(&self) -> String {
        let Self { language, name, proof } = self;
        format!("{}-{}-{}", language.tag(), hex(name), hex(proof))
    }

    /// Reads it; nothing else has its form.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (tag, name, proof) = (parts.next()?, parts.next()?, parts.next()?);
        let language = Language::of_tag(tag)?;
        let link = Self { language, name: bytes(name)?, proof: bytes(proof)? };
        (link.text() == text).then_some(link)
    }

    /// Finds whose mail it ends; nobody where it proves nothing.
    pub async fn account(&self, store: &dyn DigestStore) -> Result<Option<AccountId>, StoreError> {
        let found = store.digest_named(self.name).await?;
        let proved = found.filter(|it| {
            // In constant time, so that a proof cannot be found sign by sign.
            hash(it, b"end").verify_truncated_left(&self.proof).is_ok()
        });
        Ok(proved.map(|it| it.account))
    }
}

/// Names the mail of a period, the same at each attempt.
pub fn message_name(subscription: &Subscription, period: u64) -> String {
    let hash = hash(subscription, b"message").chain_update(period.to_be_bytes());
    hex(&hash.finalize().into_bytes())
}

/// A key shorter than a block is filled up with zeros, as the standard says.
fn hash(subscription: &Subscription, purpose: &[u8]) -> Hmac<Sha256> {
    let mut key = Key::<Hmac<Sha256>>::default();
    key.iter_mut().zip(subscription.key.secret).for_each(|(place, byte)| *place = byte);
    Hmac::new(&key)
        .chain_update(purpose)
        .chain_update(subscription.account.0)
        .chain_update(subscription.key.name)
}

fn bytes(text: &str) -> Option<[u8; PART_BYTES]> {
    if text.len() != 2 * PART_BYTES || !text.bytes().all(|it| it.is_ascii_hexdigit()) {
        return None;
    }
    let number = u128::from_str_radix(text, 16).ok()?;
    Some(number.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{LinkKey, Told};

    fn subscription(account: u8, secret: u8) -> Subscription {
        Subscription {
            account: AccountId([account; 16]),
            language: Language::Swedish,
            every: None,
            key: LinkKey { name: [7; 16], secret: [secret; 32] },
            period: 0,
            told: Told { log: 0, until: 0 },
            old_ms: 0,
            sending: None,
            failures: 0,
            retry_ms: 0,
        }
    }

    #[test]
    fn md8_a_link_is_read_in_the_one_way_in_which_it_is_written() {
        let link = Link::of(&subscription(1, 2));
        let text = link.text();
        assert_eq!(Link::read(&text), Some(link));
        assert!(text.starts_with("sv-0707"), "{text}");
        for wrong in [
            String::new(),
            "sv".to_owned(),
            format!("{text}-"),
            format!("{text}0"),
            text.to_uppercase(),
            text.replacen("sv", "de", 1),
            text.replacen('0', "é", 1),
        ] {
            assert_eq!(Link::read(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn md8_a_link_of_another_account_or_secret_is_another() {
        let proofs = [(1, 2), (1, 3), (2, 2)].map(|(account, secret)| {
            let subscription = subscription(account, secret);
            assert_ne!(message_name(&subscription, 1), message_name(&subscription, 2));
            Link::of(&subscription).proof
        });
        assert!(proofs[0] != proofs[1] && proofs[0] != proofs[2] && proofs[1] != proofs[2]);
    }
}
