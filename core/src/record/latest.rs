//! The latest of several deeds, and the latest by somebody else than who did that one.
//!
//! Two are enough to tell any reader what others did last: what one did oneself is no news.

use minicbor::{Decode, Encode};

use super::Deed;
use crate::id::AccountId;

/// The latest of several deeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Latest {
    #[n(0)]
    pub last: Deed,
    /// The latest by somebody else than who did the last one.
    #[n(1)]
    pub before: Option<Deed>,
}

impl Latest {
    /// Finds them, in whatever order the deeds come; none where nothing was done.
    pub fn of(deeds: impl IntoIterator<Item = Deed>) -> Option<Self> {
        deeds.into_iter().fold(None, |latest, deed| {
            Some(latest.map_or(Self { last: deed, before: None }, |it: Self| it.with(deed)))
        })
    }

    /// Gives the latest that somebody else than the reader did.
    pub fn by_others(&self, reader: AccountId) -> Option<Deed> {
        if self.last.author == reader { self.before } else { Some(self.last) }
    }

    /// Gives those that somebody else than the reader did, the latest first.
    pub fn others(self, reader: AccountId) -> impl Iterator<Item = Deed> {
        let deeds = [Some(self.last), self.before].into_iter().flatten();
        deeds.filter(move |deed| deed.author != reader)
    }

    fn with(self, deed: Deed) -> Self {
        let (first, second) = if deed > self.last { (deed, self.last) } else { (self.last, deed) };
        let others = [self.before, Some(second)].into_iter().flatten();
        let before = others.filter(|other| other.author != first.author).max();
        Self { last: first, before }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{ChangeId, ReplicaId};
    use crate::stamp::Stamp;
    use proptest::prelude::*;

    fn deed((at, of): (u64, u8)) -> Deed {
        let change = ChangeId { replica: ReplicaId([of; 16]), counter: at + 1 };
        Deed { stamp: Stamp { wall_ms: at, tick: 0 }, change, author: AccountId([of % 3; 16]) }
    }

    proptest! {
        #[test]
        fn in2_what_others_did_last_is_the_same_in_whatever_order_it_came(
            deeds in prop::collection::vec((0..9_u64, 0..6_u8), 0..9).prop_shuffle(),
        ) {
            let deeds: Vec<Deed> = deeds.into_iter().map(deed).collect();
            let latest = Latest::of(deeds.iter().copied());
            for reader in [0, 1, 2, 7].map(|of| AccountId([of; 16])) {
                let expected = deeds.iter().filter(|deed| deed.author != reader).max();
                let found = latest.and_then(|it| it.by_others(reader));
                prop_assert_eq!(found.as_ref(), expected);
            }
        }
    }
}
