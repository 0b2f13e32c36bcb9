//! Makers: the keys behind changes, and what vouches for each.
//!
//! A key alone does not say whose it is. A server that has met a device says so in a signed
//! sentence ([`Vouching`]), which travels with the key and is believed by everybody who
//! believes that server. Without it a person has to say whom they believe.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use minicbor::{Decode, Encode};

use crate::id::{AccountId, ReplicaId};
use crate::sign::{PublicKey, ReplicaKey};

/// What a server signs begins with this; no change begins so.
const STATEMENT: &[u8] = b"talkoot vouching";

/// A server's word that a key is an account's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Vouching {
    /// The server's own key.
    #[n(0)]
    pub by: PublicKey,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

/// Who made changes: a key, whose it is said to be, and who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Maker {
    #[n(0)]
    pub key: PublicKey,
    /// Absent for a server's own key, which signs for every account of its programme.
    #[n(1)]
    pub account: Option<AccountId>,
    #[n(2)]
    pub vouching: Option<Vouching>,
}

impl Maker {
    /// Names the holder of a key without any proof.
    pub fn unproven(key: PublicKey, account: AccountId) -> Self {
        Self { key, account: Some(account), vouching: None }
    }

    /// Names a server's own key; whoever believes the server believes it.
    pub fn server(key: PublicKey) -> Self {
        Self { key, account: None, vouching: None }
    }

    /// Vouches for a device as the server that has met it.
    pub fn vouched(key: PublicKey, account: AccountId, server: &ReplicaKey) -> Self {
        let signature = server.sign_statement(&statement(key, account));
        let vouching = Some(Vouching { by: server.public(), signature });
        Self { key, account: Some(account), vouching }
    }

    /// Gives the replica that the key stands for.
    pub fn replica(&self) -> ReplicaId {
        self.key.replica()
    }

    /// Says whether one of the servers that somebody believes stands behind this (rule J5).
    pub fn is_proven(&self, believes: impl Fn(PublicKey) -> bool) -> bool {
        match (self.account, self.vouching) {
            (None, _) => believes(self.key),
            (Some(_), None) => false,
            (Some(account), Some(Vouching { by, signature })) => {
                let says = statement(self.key, account);
                believes(by) && by.verify_statement(&says, &signature).is_ok()
            }
        }
    }
}

fn statement(key: PublicKey, account: AccountId) -> Vec<u8> {
    [STATEMENT, &key.0, &account.0].concat()
}

/// What is known of makers, one for each replica and kind of proof.
///
/// Learning is a join: whatever comes, in whatever order and however often, the same is known
/// in the end. Of several servers' words each is kept, because others may believe another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Makers(#[n(0)] BTreeMap<(ReplicaId, Option<AccountId>, Option<PublicKey>), Maker>);

impl Makers {
    /// Takes in what is said of a maker; says whether it was new.
    pub fn learn(&mut self, maker: Maker) -> bool {
        let by = maker.vouching.map(|vouching| vouching.by);
        match self.0.entry((maker.replica(), maker.account, by)) {
            Entry::Vacant(place) => {
                place.insert(maker);
                true
            }
            // Two signatures of one sentence by one key: a forged one may be beside the true one,
            // so the choice must not depend on which came first.
            Entry::Occupied(mut known) => {
                let wins = is_signed(&maker) && !is_signed(known.get());
                let wins =
                    wins || (is_signed(&maker) == is_signed(known.get()) && maker < *known.get());
                if wins {
                    known.insert(maker);
                }
                wins
            }
        }
    }

    /// Lists what is said of a replica.
    pub fn of(&self, replica: ReplicaId) -> impl Iterator<Item = &Maker> {
        let from = (replica, None, None);
        self.0.range(from..).take_while(move |((of, ..), _)| *of == replica).map(|(_, it)| it)
    }

    /// Says whether exactly this is known.
    pub fn has(&self, maker: &Maker) -> bool {
        self.of(maker.replica()).any(|known| known == maker)
    }

    /// Lists everything that is said.
    pub fn iter(&self) -> impl Iterator<Item = &Maker> {
        self.0.values()
    }
}

fn is_signed(maker: &Maker) -> bool {
    maker.vouching.is_none() || maker.is_proven(|_| true)
}

impl FromIterator<Maker> for Makers {
    fn from_iter<I: IntoIterator<Item = Maker>>(makers: I) -> Self {
        let mut known = Self::default();
        for maker in makers {
            known.learn(maker);
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> ReplicaKey {
        ReplicaKey::from_seed(&[seed; 32])
    }

    const LEENA: AccountId = AccountId([1; 16]);
    const PEKKA: AccountId = AccountId([2; 16]);

    #[test]
    fn j5_a_key_is_proven_by_the_word_of_a_server_that_is_believed() {
        let (server, device) = (key(1), key(2).public());
        let believes = |by| by == key(1).public();
        let vouched = Maker::vouched(device, LEENA, &server);
        assert!(vouched.is_proven(believes));
        assert!(!vouched.is_proven(|_| false), "another programme's server");
        assert!(!Maker { account: Some(PEKKA), ..vouched }.is_proven(believes), "another account");
        assert!(!Maker { key: key(3).public(), ..vouched }.is_proven(believes), "another key");
        assert!(!Maker::unproven(device, LEENA).is_proven(believes));
        assert!(!Maker::vouched(device, LEENA, &key(2)).is_proven(believes), "by itself");
        assert!(Maker::server(key(1).public()).is_proven(believes));
        assert!(!Maker::server(device).is_proven(believes));
    }

    #[test]
    fn j5_what_is_known_of_makers_does_not_depend_on_the_order() {
        let vouched = Maker::vouched(key(2).public(), LEENA, &key(1));
        let forged = |signature| {
            let vouching = Vouching { by: key(1).public(), signature: [signature; 64] };
            Maker { vouching: Some(vouching), ..vouched }
        };
        let said = [forged(0), vouched, forged(255), Maker::unproven(key(2).public(), PEKKA)];
        let there: Makers = said.into_iter().collect();
        let back: Makers = said.into_iter().rev().collect();
        assert_eq!(there, back);
        assert!(there.of(key(2).public().replica()).any(|maker| *maker == vouched));
        assert_eq!(there.iter().count(), 2);
    }
}
