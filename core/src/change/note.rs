//! What an account notes for itself: how far it has read, what it follows.

use minicbor::{Decode, Encode};

use super::Frontier;
use crate::id::{ChangeId, RecordId};

/// One note.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Note {
    /// Has read a thread, or what waits in another record, as far as this. Marks only add up, so
    /// those of two devices agree.
    #[n(0)]
    Read {
        #[n(0)]
        thread: RecordId,
        #[n(1)]
        until: Frontier,
    },
    /// Wants to hear of a record, or not.
    #[n(1)]
    Follow {
        #[n(0)]
        record: RecordId,
        #[n(1)]
        following: Following,
        #[n(2)]
        replaces: Vec<ChangeId>,
    },
}

/// Whether an account wants to hear of what is said of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Following {
    /// Nothing was said: one hears of threads that one takes part in or is named in.
    #[n(0)]
    #[default]
    Unsaid,
    #[n(1)]
    Followed,
    #[n(2)]
    Muted,
}
