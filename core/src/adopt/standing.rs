//! Whether an original is there to receive from and to suggest to.
//!
//! A copy stays whatever becomes of its original. While that is closed, in the bin or out of
//! sight, nothing of it is proposed and nothing is suggested to it; the line of origins goes on
//! saying what it can, and when the original is open again everything goes on.

use crate::record::Record;
use crate::summary::Summary;

/// Where the original of a copy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is published, or has always been its people's own: copies receive and suggest.
    Open,
    /// It was published and is no longer.
    Closed,
    /// It lies in the bin.
    Binned,
    /// Nothing of it can be seen here.
    Away,
}

impl Standing {
    /// Reads it off the original; `None` where that is not here (rule G34).
    pub fn of(original: Option<&Record>) -> Self {
        let Some(original) = original.filter(|it| it.kind.is_some()) else { return Self::Away };
        Self::told(original.is_trashed(), original.is_closed())
    }

    /// Reads it off the summary of the original.
    pub fn of_summary(original: Option<&Summary>) -> Self {
        let Some(original) = original else { return Self::Away };
        let is_closed = original.practice.as_ref().is_some_and(|it| it.closed);
        Self::told(original.trashed.is_some(), is_closed)
    }

    fn told(is_trashed: bool, is_closed: bool) -> Self {
        match (is_trashed, is_closed) {
            (true, _) => Self::Binned,
            (false, true) => Self::Closed,
            (false, false) => Self::Open,
        }
    }
}
