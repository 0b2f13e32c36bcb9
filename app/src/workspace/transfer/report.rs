//! What became of a transfer file, for the screen.

use talkoot_core::id::RecordId;
use talkoot_core::transfer::lock::LockError;
use talkoot_core::transfer::{Sorting, TransferError};

use crate::local::StoreError;
use crate::workspace::{ActError, WriteFault};

/// What a file brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Brought {
    /// Records that were not here before.
    pub(crate) added: Vec<RecordId>,
    /// Records of which something is new.
    pub(crate) changed: Vec<RecordId>,
    /// Records that a person has to choose for since.
    pub(crate) asks: Vec<RecordId>,
    /// How many records belong to others, out of this person's sight: they are only carried.
    pub(crate) carried: usize,
    /// Changes that were here already.
    pub(crate) known: usize,
    /// Changes that wait until somebody approves their maker.
    pub(crate) unverified: usize,
    /// Changes that prove nothing or break a rule, and were left out.
    pub(crate) refused: usize,
}

impl Brought {
    /// Takes another part of the same file into account.
    pub(super) fn note(&mut self, sorting: &Sorting) {
        for (record, tally) in &sorting.records {
            self.known = self.known.saturating_add(tally.known);
            if tally.asks > 0 && !self.asks.contains(record) {
                self.asks.push(*record);
            }
            let is_noted = self.added.contains(record) || self.changed.contains(record);
            if tally.taken == 0 || is_noted {
                continue;
            }
            let list = if tally.is_new { &mut self.added } else { &mut self.changed };
            list.push(*record);
        }
        self.refused = self.refused.saturating_add(sorting.refused.len());
        self.unverified = sorting.shelf.changes.len();
    }

    /// Counts what is out of its person's sight, and names none of it (rule P83).
    pub(super) fn carry(&mut self, sees: impl Fn(RecordId) -> bool) {
        let touched = self.touched().count();
        self.added.retain(|record| sees(*record));
        self.changed.retain(|record| sees(*record));
        self.asks.retain(|record| sees(*record));
        self.carried = touched.saturating_sub(self.touched().count());
    }

    /// Lists the records that are other than they were.
    pub(super) fn touched(&self) -> impl Iterator<Item = RecordId> {
        self.added.iter().chain(&self.changed).copied()
    }
}

/// Why a file was not taken in. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ImportFault {
    Refused(TransferError),
    WrongPassphrase,
    /// It is locked in a way that is not opened here.
    OtherLock,
    /// Nobody is signed in: what a file brings could not be given to the server.
    NoAccount,
    Act(ActError),
}

impl From<TransferError> for ImportFault {
    fn from(cause: TransferError) -> Self {
        Self::Refused(cause)
    }
}

impl From<LockError> for ImportFault {
    fn from(cause: LockError) -> Self {
        match cause {
            LockError::Passphrase => Self::WrongPassphrase,
            LockError::Unknown | LockError::TooMuchWork { .. } | LockError::TooShort { .. } => {
                Self::OtherLock
            }
            LockError::TooBig { size, size_max } => TransferError::TooBig { size, size_max }.into(),
            LockError::Damaged => TransferError::Damaged.into(),
        }
    }
}

impl From<StoreError> for ImportFault {
    fn from(cause: StoreError) -> Self {
        Self::Act(cause.into())
    }
}

impl From<WriteFault> for ImportFault {
    fn from(cause: WriteFault) -> Self {
        Self::Act(cause.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p83_what_belongs_to_others_is_counted_and_not_named() {
        let all: Vec<_> = (1..=4).map(|number| RecordId([number; 16])).collect();
        let [own, other, changed, hidden] = [all[0], all[1], all[2], all[3]];
        let (added, asks) = (vec![own, other], vec![changed, hidden]);
        let brought = Brought { added, asks, changed: vec![changed, hidden], ..Brought::default() };
        let mut seen = brought.clone();
        seen.carry(|_| true);
        assert_eq!(seen, brought);
        seen.carry(|record| record == own || record == changed);
        assert_eq!(
            (seen.added, seen.changed, seen.asks),
            (vec![own], vec![changed], vec![changed])
        );
        assert_eq!(seen.carried, 2);
    }
}
