//! One record: its changes proved, folded again with their words, and compared.

use talkoot_core::audience::{Audience, Turn};
use talkoot_core::change::Change;
use talkoot_core::id::RecordId;
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::{Applied, Record};
use talkoot_core::text::prescan::scan_bytes;
use talkoot_core::text::{RelayedText, TextError};

use super::people::Keys;
use super::{Listener, report};
use crate::store::sqlite::inspect::Inspection;
use crate::store::{LogEntry, LogRow, RecordRow, StoreError, StoredChange};
use crate::yjs::{Mode, is_scribbler};

/// A record while it is checked.
struct Checking<'a, L> {
    keys: &'a Keys,
    heard: &'a mut L,
    open: OpenRecord,
    /// The text of a record of the playground, which no device could open.
    scratch: Option<Scratch>,
    changes: usize,
    /// The sequences of the first and of the last change, and when that one arrived.
    reach: Option<(u64, u64, u64)>,
    /// The marks that have to follow the last change, and who saw the record before it.
    due: Vec<Turn>,
    before: Audience,
}

/// A text under the playground's rules, as its room keeps it.
struct Scratch {
    text: RelayedText,
    is_whole: bool,
}

/// Checks everything that the log holds of a record; gives how many changes that is.
pub(super) fn check<L: Listener>(
    inspection: &Inspection,
    keys: &Keys,
    id: RecordId,
    heard: &mut L,
) -> usize {
    let rows = match inspection.rows_of(id) {
        Ok(rows) => rows,
        Err(cause) => {
            report(heard, &format!("record {id}"), format!("cannot be read: {cause}"));
            return 0;
        }
    };
    let open = OpenRecord::new(id);
    let (due, before) = (Vec::new(), Audience::default());
    let (scratch, changes, reach) = (None, 0, None);
    let mut checking = Checking { keys, heard, open, scratch, changes, reach, due, before };
    let kept = rows.first().map(|row| row.audience);
    let found_by = inspection.record_row(id);
    for row in rows {
        checking.row(row);
    }
    checking.end(kept);
    checking.is_found_by(found_by);
    checking.changes
}

impl<L: Listener> Checking<'_, L> {
    fn row(&mut self, row: LogRow) {
        let sequence = row.sequence;
        match row.entry {
            LogEntry::Change(stored) => {
                self.no_mark_is_due(sequence);
                self.changes = self.changes.saturating_add(1);
                let first = self.reach.map_or(sequence, |(first, _, _)| first);
                self.reach = Some((first, sequence, stored.arrived_ms));
                self.change(sequence, &stored);
            }
            LogEntry::Reveal { from, .. } => self.mark(sequence, Turn::Reveal, from),
            LogEntry::Conceal { from, .. } => self.mark(sequence, Turn::Conceal, from),
        }
    }

    fn change(&mut self, sequence: u64, stored: &StoredChange) {
        let Ok(change) = stored.signed.open() else {
            self.wrong(sequence, "the change does not decode");
            return;
        };
        if (stored.id, stored.record, stored.author) != (change.id, change.record, change.author) {
            self.wrong(sequence, "the row names another change, record or author than its body");
        }
        self.prove(sequence, stored, &change);
        let known = self.open.record.kind.is_some();
        self.before = Audience::of(&self.open.record);
        match self.fold(&change) {
            Applied::Folded { .. } => {}
            Applied::Known => self.wrong(sequence, "the change is there twice"),
            Applied::Waits => self.wrong(sequence, "what the change builds on is not there"),
        }
        let after = Audience::of(&self.open.record);
        self.due = if known { self.before.turns(&after) } else { Vec::new() };
    }

    /// Folds a change, its words by the rules that it was let in by.
    fn fold(&mut self, change: &Change) -> Applied {
        if self.open.record.kind.is_none() && is_scribbler(change.author) {
            self.scratch = Some(Scratch::new());
        }
        let Some(scratch) = &mut self.scratch else { return self.open.apply(change) };
        let applied = self.open.record.apply(change);
        if let Applied::Folded { texts } = &applied {
            for update in texts {
                scratch.take(update);
            }
        }
        applied
    }

    /// Checks that the holder of a known key signed exactly these bytes, for its own account.
    fn prove(&mut self, sequence: u64, stored: &StoredChange, change: &Change) {
        let Some((key, is_own)) = self.keys.of(change) else {
            self.wrong(sequence, "nobody knows the key of the device that made the change");
            return;
        };
        if key.verify(&stored.signed).is_err() {
            self.wrong(sequence, "the signature does not fit the change");
        }
        if !is_own {
            self.wrong(sequence, "the device belongs to another account than the author");
        }
    }

    fn mark(&mut self, sequence: u64, turn: Turn, from: Audience) {
        let is_due = self.due.first() == Some(&turn) && from == self.before;
        if is_due {
            self.due.remove(0);
        } else {
            self.wrong(sequence, "the mark does not follow from the change before it");
        }
    }

    fn no_mark_is_due(&mut self, sequence: u64) {
        if !std::mem::take(&mut self.due).is_empty() {
            self.wrong(sequence, "a mark is missing before this entry");
        }
    }

    fn end(&mut self, kept: Option<Audience>) {
        let id = self.open.record.id;
        let place = format!("record {id}");
        if !self.due.is_empty() {
            report(self.heard, &place, "a mark is missing at its end".to_owned());
        }
        if self.open.record.waiting() > 0 {
            report(self.heard, &place, "some of its changes lack what they build on".to_owned());
        }
        let is_whole = self.scratch.as_ref().is_none_or(|scratch| scratch.is_whole);
        if !is_whole || !self.open.text.is_whole() || self.open.set_aside() > 0 {
            report(self.heard, &place, "some of its text does not fit together".to_owned());
        }
        if kept != Some(Audience::of(&self.open.record)) {
            let what = "others may see it than its changes say";
            report(self.heard, &place, what.to_owned());
        }
        self.heard.folded(id, self.open.digest());
    }

    /// Checks the row by which readers find the record.
    fn is_found_by(&mut self, row: Result<Option<RecordRow>, StoreError>) {
        let known = row.map(|row| row.map(|it| (it.kind, it.created, it.changed, it.changed_ms)));
        let Record { id, kind, .. } = self.open.record;
        let follows = kind
            .zip(self.reach)
            .map(|(kind, (created, changed, changed_ms))| (kind, created, changed, changed_ms));
        if known != Ok(follows) {
            let what = "it is listed otherwise than its changes say".to_owned();
            report(self.heard, &format!("record {id}"), what);
        }
    }

    fn wrong(&mut self, sequence: u64, what: &str) {
        report(self.heard, &format!("log entry {sequence}"), what.to_owned());
    }
}

impl Scratch {
    fn new() -> Self {
        Self { text: RelayedText::new(Mode::Scratch.texts()), is_whole: true }
    }

    fn take(&mut self, update: &[u8]) {
        self.is_whole &= self.admit(update).is_ok();
    }

    fn admit(&mut self, update: &[u8]) -> Result<(), TextError> {
        let facts = scan_bytes(update, &Mode::Scratch.texts())?;
        self.text.admit(&facts)?;
        self.text.keep(update.to_vec(), &facts);
        Ok(())
    }
}
