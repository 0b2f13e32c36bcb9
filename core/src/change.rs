//! A change: one person's action on one record, immutable from the moment it is made.
//!
//! Operations name intentions ("publish", "remove this item"), so that they can
//! be judged, listed and explained. A write says which writes it replaces:
//! what it does not name, its maker did not know, and that stays alive.

mod again;
pub mod discuss;
pub mod note;

use minicbor::{Decode, Encode};

pub use again::Renamed;
pub use discuss::Discuss;
pub use note::Note;

pub use crate::frontier::Frontier;

use crate::id::{AccountId, ChangeId, ItemId, RecordId};
use crate::schema::{self, Kind};
use crate::stamp::Stamp;
use crate::value::Value;

/// The version of the schema this code writes. A change with a later one opens read-only.
pub const SCHEMA_VERSION: u16 = 1;

/// One action on one record, admitted whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Change {
    #[n(0)]
    pub id: ChangeId,
    /// The counter of the same replica's change before this on the same record; 0 if none.
    #[n(1)]
    pub previous: u64,
    #[n(2)]
    pub stamp: Stamp,
    #[n(3)]
    pub author: AccountId,
    #[n(4)]
    pub record: RecordId,
    /// The schema version that its maker knew.
    #[n(5)]
    pub schema: u16,
    #[n(6)]
    pub ops: Vec<Op>,
}

/// One intention. Tags are forever: a retired one is never given to another meaning.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Op {
    #[n(0)]
    Create {
        #[n(0)]
        kind: Kind,
    },
    #[n(1)]
    SetField {
        #[n(0)]
        field: u16,
        #[n(1)]
        value: Value,
        #[n(2)]
        replaces: Vec<ChangeId>,
    },
    #[n(2)]
    AddToSet {
        #[n(0)]
        field: u16,
        #[n(1)]
        value: Value,
    },
    /// Removes the additions that its maker saw; one made meanwhile keeps the member.
    #[n(3)]
    RemoveFromSet {
        #[n(0)]
        field: u16,
        #[n(1)]
        value: Value,
        #[n(2)]
        removes: Vec<ChangeId>,
    },
    #[n(4)]
    PutItem {
        #[n(0)]
        field: u16,
        #[n(1)]
        item: ItemId,
        #[n(2)]
        value: Value,
        #[n(3)]
        replaces: Vec<ChangeId>,
    },
    #[n(5)]
    PlaceItem {
        #[n(0)]
        field: u16,
        #[n(1)]
        item: ItemId,
        #[n(2)]
        position: Position,
        #[n(3)]
        replaces: Vec<ChangeId>,
    },
    /// Removes the writes of an item that its maker saw; one made meanwhile keeps the item.
    #[n(6)]
    RemoveItem {
        #[n(0)]
        field: u16,
        #[n(1)]
        item: ItemId,
        #[n(2)]
        removes: Vec<ChangeId>,
    },
    /// A Yjs V1 update of the record's text document.
    #[n(7)]
    Text {
        /// The text schema its editor knew ([`crate::text`]).
        #[n(0)]
        schema: u16,
        #[cbor(n(1), with = "minicbor::bytes")]
        update: Vec<u8>,
    },
    #[n(8)]
    Publish {
        #[n(0)]
        published: bool,
        #[n(1)]
        replaces: Vec<ChangeId>,
        /// What its maker knew of the record: readers go on seeing that. Absent in changes of
        /// older programs, which published whatever the record would say.
        #[n(2)]
        version: Option<Frontier>,
        /// What changed and why.
        #[n(3)]
        reason: Option<String>,
    },
    /// Puts into the bin, or takes out of it.
    #[n(9)]
    Trash {
        #[n(0)]
        trashed: bool,
        #[n(1)]
        replaces: Vec<ChangeId>,
        /// What its maker knew of the record: an edit beyond it makes a choice.
        #[n(2)]
        knew: Frontier,
    },
    /// Brings the text of the record that this one was adopted from, as the Yjs V1 update that
    /// was known of it: adopting, and every later receiving of improvements.
    #[n(10)]
    Receive {
        #[n(0)]
        origin: RecordId,
        /// What its maker knew of the origin: the ancestor of the next comparison.
        #[n(1)]
        knew: Frontier,
        /// The text schema of the program that made it.
        #[n(2)]
        schema: u16,
        #[cbor(n(3), with = "minicbor::bytes")]
        update: Vec<u8>,
    },
    /// Writes words that several may bring, as a Yjs V1 update that belongs to its bytes: those
    /// of a suggestion, or what follows from a decision. They stand there once.
    #[n(11)]
    Accept {
        /// The text schema of the program that made the update.
        #[n(0)]
        schema: u16,
        #[cbor(n(1), with = "minicbor::bytes")]
        update: Vec<u8>,
    },
    /// Says something in a thread, or about what somebody said there.
    #[n(12)]
    Discuss {
        #[n(0)]
        deed: Discuss,
    },
    /// Notes something for its author alone, in their notebook.
    #[n(13)]
    Note {
        #[n(0)]
        note: Note,
    },
}

impl Op {
    /// Says whether this changes what the record says, rather than where it stands.
    pub fn is_edit(&self) -> bool {
        match self {
            Self::SetField { .. }
            | Self::AddToSet { .. }
            | Self::RemoveFromSet { .. }
            | Self::PutItem { .. }
            | Self::PlaceItem { .. }
            | Self::RemoveItem { .. }
            | Self::Text { .. }
            | Self::Receive { .. }
            | Self::Accept { .. } => true,
            Self::Discuss { deed } => deed.adds_words(),
            Self::Create { .. } | Self::Publish { .. } | Self::Trash { .. } | Self::Note { .. } => {
                false
            }
        }
    }

    /// Says whether this changes what the record's own people say in it, rather than what others
    /// note on it.
    pub fn is_own_edit(&self) -> bool {
        self.is_edit() && !self.is_beside()
    }

    /// Says whether this only writes down what people do around the record: adopting it,
    /// suggesting to it, answering.
    pub fn is_beside(&self) -> bool {
        match self {
            Self::SetField { field, .. }
            | Self::AddToSet { field, .. }
            | Self::RemoveFromSet { field, .. }
            | Self::PutItem { field, .. }
            | Self::PlaceItem { field, .. }
            | Self::RemoveItem { field, .. } => schema::is_kept(*field),
            Self::Discuss { deed } => !deed.adds_words(),
            Self::Create { .. }
            | Self::Text { .. }
            | Self::Receive { .. }
            | Self::Accept { .. }
            | Self::Publish { .. }
            | Self::Trash { .. }
            | Self::Note { .. } => false,
        }
    }

    /// Gives the Yjs update that it brings, if it is one that does.
    pub fn update(&self) -> Option<&Vec<u8>> {
        match self {
            Self::Text { update, .. }
            | Self::Receive { update, .. }
            | Self::Accept { update, .. } => Some(update),
            Self::Create { .. }
            | Self::SetField { .. }
            | Self::AddToSet { .. }
            | Self::RemoveFromSet { .. }
            | Self::PutItem { .. }
            | Self::PlaceItem { .. }
            | Self::RemoveItem { .. }
            | Self::Publish { .. }
            | Self::Trash { .. }
            | Self::Discuss { .. }
            | Self::Note { .. } => None,
        }
    }
}

/// A place in an order: a fraction written in base 256, compared byte by byte.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Position(#[cbor(n(0), with = "minicbor::bytes")] pub Vec<u8>);

impl Position {
    /// Gives a place after `before` and ahead of `after`; `None` is an open end.
    ///
    /// Never ends in a zero byte, so there is always room ahead of it. At an open end it goes on
    /// by the smallest step, so that a list can grow there for ever; within it halves.
    #[must_use]
    pub fn between(before: Option<&Self>, after: Option<&Self>) -> Self {
        match (before, after) {
            (Some(last), None) => last.next(),
            (None, Some(first)) => first.previous(),
            (None, None) | (Some(_), Some(_)) => Self::middle(before, after),
        }
    }

    fn next(&self) -> Self {
        let kept = self.0.iter().take_while(|digit| **digit == u8::MAX).count();
        let raised = self.0.get(kept).map_or(1, |digit| digit.saturating_add(1));
        Self(self.0.iter().take(kept).copied().chain([raised]).collect())
    }

    fn previous(&self) -> Self {
        let zeros = self.0.iter().take_while(|digit| **digit == 0).count();
        let lowered = match self.0.get(zeros) {
            Some(digit @ 2..) => vec![digit.saturating_sub(1)],
            Some(_) | None => vec![0, u8::MAX],
        };
        Self(self.0.iter().take(zeros).copied().chain(lowered).collect())
    }

    fn middle(before: Option<&Self>, after: Option<&Self>) -> Self {
        let low = before.map_or(&[][..], |position| position.0.as_slice());
        let mut high = after.map(|position| position.0.as_slice());
        let mut digits = Vec::new();
        for place in 0.. {
            let floor = low.get(place).copied().unwrap_or(0);
            let ceiling = high.map_or(256, |high| u16::from(high.get(place).copied().unwrap_or(0)));
            let middle = u16::midpoint(u16::from(floor), ceiling.max(u16::from(floor)));
            if middle > u16::from(floor) {
                digits.push(u8::try_from(middle).unwrap_or(u8::MAX));
                break;
            }
            digits.push(floor);
            // Once below the upper end, everything after is free.
            if ceiling > u16::from(floor) {
                high = None;
            }
            if digits.len() >= crate::limits::POSITION_BYTES_MAX {
                break;
            }
        }
        Self(digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn f6_there_is_always_a_place_between(choices in prop::collection::vec(0..64_usize, 1..120)) {
            let mut order: Vec<Position> = Vec::new();
            for choice in choices {
                let at = choice % (order.len() + 1);
                let before = at.checked_sub(1).map(|at| &order[at]);
                let place = Position::between(before, order.get(at));
                prop_assert!(before.is_none_or(|before| *before < place));
                prop_assert!(order.get(at).is_none_or(|after| place < *after));
                order.insert(at, place);
            }
        }
    }

    #[test]
    fn f6_a_list_grows_at_its_ends_by_thousands_and_its_places_stay_short() {
        let start = Position::between(None, None);
        let (mut first, mut last) = (start.clone(), start);
        for _ in 0..10_000 {
            let next = Position::between(Some(&last), None);
            let previous = Position::between(None, Some(&first));
            assert!(next > last && previous < first && previous.0.last() != Some(&0));
            (first, last) = (previous, next);
        }
        assert!(first.0.len().max(last.0.len()) <= crate::limits::POSITION_BYTES_MAX);
    }
}
