//! What kind of step a change was, in the life of its record.

use crate::adopt::offer::{self, Verdict};
use crate::change::{Change, Frontier, Op};
use crate::comment;
use crate::id::{AccountId, ItemId, RecordId};
use crate::record::Record;
use crate::schema::{Field, Kind, practice_field};
use crate::value::{Scalar, Value};

/// A kind of step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Begun,
    /// Begun as a copy of another practice.
    Adopted {
        origin: RecordId,
    },
    Written,
    /// Improvements of the original were received.
    Received,
    /// Somebody suggested sections of their version.
    Suggested,
    /// A suggestion became a part of the text.
    Accepted {
        /// Who suggested it, where that is still known.
        by: Option<AccountId>,
        section: &'static Field,
    },
    Declined {
        by: Option<AccountId>,
    },
    /// A comment of somebody without an account was published.
    Commented,
    /// Somebody said that they use it, since when and with what result.
    InUse,
    /// It says what it said at an earlier time.
    Restored {
        /// What was known at that time.
        to: Frontier,
    },
    Published,
    Unpublished,
    Trashed,
    TakenOut,
}

impl Step {
    /// Says what kind of step a change was; `folded` knows it already.
    pub(super) fn of(change: &Change, folded: &Record) -> Self {
        let begins = change.ops.iter().any(|op| matches!(op, Op::Create { .. }));
        let origin = change
            .ops
            .iter()
            .find_map(|op| if let Op::Receive { origin, .. } = op { Some(*origin) } else { None });
        match (begins, origin) {
            (true, Some(origin)) => Self::Adopted { origin },
            (true, None) => Self::Begun,
            (false, Some(_)) => Self::Received,
            (false, None) => {
                let steps = change.ops.iter().find_map(|op| of_op(op, folded));
                steps.unwrap_or(Self::Written)
            }
        }
    }

    /// Says whether a step of the same person belongs to the sitting that began with this one.
    pub(super) fn goes_on_with(&self, next: &Self) -> bool {
        match (self, next) {
            (Self::Begun | Self::Written, Self::Written)
            | (Self::InUse, Self::InUse)
            | (Self::Commented, Self::Commented) => true,
            // Going back takes as many changes as the text is long.
            (Self::Restored { to }, Self::Restored { to: same }) if to == same => true,
            (
                Self::Begun
                | Self::Adopted { .. }
                | Self::Written
                | Self::Received
                | Self::Suggested
                | Self::Accepted { .. }
                | Self::Declined { .. }
                | Self::Commented
                | Self::InUse
                | Self::Restored { .. }
                | Self::Published
                | Self::Unpublished
                | Self::Trashed
                | Self::TakenOut,
                _,
            ) => false,
        }
    }
}

/// Says which step an operation makes of its change, if it is not just writing.
fn of_op(op: &Op, folded: &Record) -> Option<Step> {
    let is_practice = folded.kind == Some(Kind::Practice);
    match op {
        Op::Publish { published: true, .. } => Some(Step::Published),
        Op::Publish { published: false, .. } => Some(Step::Unpublished),
        Op::Trash { trashed: true, .. } => Some(Step::Trashed),
        Op::Trash { trashed: false, .. } => Some(Step::TakenOut),
        Op::SetField { field, value, .. } => {
            let is_mark = restored_field(folded.kind?).is_some_and(|mark| mark.tag == *field);
            match value {
                Value::One(Scalar::Version(to)) if is_mark => {
                    Some(Step::Restored { to: to.clone() })
                }
                Value::Empty | Value::One(_) | Value::Entry(_) => None,
            }
        }
        // Taking a suggestion back is a part of suggesting.
        Op::PutItem { field: practice_field::OFFERS, .. }
        | Op::RemoveItem { field: practice_field::OFFERS, .. }
            if is_practice =>
        {
            Some(Step::Suggested)
        }
        Op::PutItem { field: practice_field::ANSWERS, item, .. } if is_practice => {
            Some(answered(*item, folded))
        }
        Op::PutItem { field: practice_field::ADOPTIONS, .. }
        | Op::RemoveItem { field: practice_field::ADOPTIONS, .. }
            if is_practice =>
        {
            Some(Step::InUse)
        }
        Op::PutItem { field, .. } | Op::RemoveItem { field, .. }
            if folded.kind.and_then(comment::field_of) == Some(*field) =>
        {
            Some(Step::Commented)
        }
        Op::Create { .. }
        | Op::AddToSet { .. }
        | Op::RemoveFromSet { .. }
        | Op::PutItem { .. }
        | Op::PlaceItem { .. }
        | Op::RemoveItem { .. }
        | Op::Text { .. }
        | Op::Receive { .. }
        | Op::Accept { .. }
        | Op::Discuss { .. }
        | Op::Note { .. } => None,
    }
}

/// Gives the field that says to which version its record went back last.
pub(super) fn restored_field(kind: Kind) -> Option<&'static Field> {
    kind.schema().field_named("restored")
}

fn answered(item: ItemId, folded: &Record) -> Step {
    let offer = offer::offer(folded, item);
    let by = offer.as_ref().map(|offer| offer.author);
    let accepted = offer
        .filter(|offer| offer.answer().is_some_and(|answer| answer.verdict == Verdict::Accepted));
    match accepted {
        Some(offer) => Step::Accepted { by, section: offer.section },
        None => Step::Declined { by },
    }
}
