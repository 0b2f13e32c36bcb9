//! Storing a page of the server's log and the place it reaches, in one transaction.

use std::collections::BTreeSet;

use talkoot_core::codec;
use talkoot_core::id::RecordId;
use talkoot_core::sign::SignedChange;
use talkoot_core::stamp;
use talkoot_core::sync::message::{Cursor, Page};

use super::database::{Mode, StoreError};
use super::schema::{
    self, CHANGES, Local, META, OUTBOX, OWED, SNAPSHOTS, STALE, SUMMARIES, StoredChange,
};
use super::transaction::Transaction;
use super::{Clock, Pass, keys, meta, owed, summaries};

/// A change that this device does not have yet.
pub(crate) struct NewChange {
    pub(crate) record: RecordId,
    pub(crate) arrived_ms: u64,
    pub(crate) change: SignedChange,
}

/// A page that is stored.
#[derive(Debug, Default)]
pub(crate) struct StoredPage {
    pub(crate) changes: Vec<StoredChange>,
    /// What a whole reading from the beginning brought, if this page ended one.
    pub(crate) brought: Option<BTreeSet<RecordId>>,
}

impl Local {
    /// Stores the new changes of a page, and its cursor.
    pub(crate) async fn store_page(
        &self,
        page: &Page,
        new: Vec<NewChange>,
        now_ms: u64,
    ) -> Result<StoredPage, StoreError> {
        let tx = self.begin(&[CHANGES, OWED, STALE, META], Mode::WriteStrict)?;
        let mut clock = schema::clock(&tx).await?;
        let pass = read_pass(&tx).await?;
        let mut changes = Vec::with_capacity(new.len());
        for NewChange { record, arrived_ms, change } in new {
            clock.see(&change, now_ms);
            let arrival = clock.arrival;
            let stored = StoredChange { arrival, record, arrived_ms: Some(arrived_ms), change };
            tx.put(CHANGES, &keys::change(record, arrival), &codec::encode(&stored))?;
            summaries::mark_stale(&tx, record, arrival)?;
            changes.push(stored);
        }
        owed::brought(&tx, &page.entries).await?;
        let (pass, brought) = advance(pass, page);
        match pass {
            Some(pass) => tx.put(META, meta::PASS, &codec::encode(&pass))?,
            None => tx.delete(META, meta::PASS)?,
        }
        tx.put(META, meta::CLOCK, &codec::encode(&clock))?;
        tx.put(META, meta::CURSOR, &codec::encode(&page.cursor))?;
        tx.complete().await?;
        Ok(StoredPage { changes, brought })
    }

    /// Reads the server's log from its beginning from now on. The cursor still names the log: by
    /// that a server which is restored meanwhile is told apart (rule N33).
    pub(crate) async fn read_anew(&self) -> Result<(), StoreError> {
        let tx = self.begin(&[META], Mode::WriteStrict)?;
        if let Some(bytes) = tx.get(META, meta::CURSOR)?.bytes().await? {
            let cursor: Cursor = schema::read(&bytes)?;
            let beginning = Cursor { sequence: 0, ..cursor };
            tx.put(META, meta::CURSOR, &codec::encode(&beginning))?;
        }
        tx.complete().await
    }

    /// Forgets records that are out of sight, except those with something unsent or owed.
    ///
    /// Gives those that it forgot.
    pub(crate) async fn conceal(&self, records: &[RecordId]) -> Result<Vec<RecordId>, StoreError> {
        let stores = [CHANGES, OUTBOX, OWED, SNAPSHOTS, STALE, SUMMARIES];
        let tx = self.begin(&stores, Mode::Write)?;
        let unsent = tx.get_all(OUTBOX)?.bytes().await?;
        let unsent = unsent.iter().map(|bytes| schema::read::<super::OutboxEntry>(bytes));
        let mut kept: BTreeSet<RecordId> =
            unsent.map(|it| it.map(|it| it.record)).collect::<Result<_, _>>()?;
        kept.extend(owed::records(&tx).await?);
        let mut forgotten = Vec::new();
        for record in records.iter().copied().filter(|record| !kept.contains(record)) {
            let from = keys::change(record, keys::ARRIVAL_MIN);
            tx.delete_range(CHANGES, &from, &keys::change(record, keys::ARRIVAL_MAX))?;
            tx.delete(SNAPSHOTS, &record.0)?;
            tx.delete(STALE, &record.0)?;
            summaries::remove(&tx, record).await?;
            forgotten.push(record);
        }
        tx.complete().await?;
        Ok(forgotten)
    }
}

impl Clock {
    /// Counts one more change and takes its stamp into account.
    fn see(&mut self, change: &SignedChange, now_ms: u64) {
        self.arrival = self.arrival.saturating_add(1);
        if let Ok(change) = change.open() {
            self.stamp = stamp::observe(self.stamp, change.stamp, now_ms);
        }
    }
}

async fn read_pass(tx: &Transaction) -> Result<Option<Pass>, StoreError> {
    let bytes = tx.get(META, meta::PASS)?.bytes().await?;
    bytes.map(|bytes| schema::read(&bytes)).transpose()
}

/// Follows a reading from the beginning over its pages (rule L6).
///
/// It may be cut and go on after a reconnect, when pages no longer say
/// `from_start`; another log or other rights begin another reading.
fn advance(pass: Option<Pass>, page: &Page) -> (Option<Pass>, Option<BTreeSet<RecordId>>) {
    let Cursor { log, rights, .. } = page.cursor;
    let same = pass.filter(|pass| (pass.log, pass.rights) == (log, rights));
    let begun = page.from_start.then(|| Pass { log, rights, ..Pass::default() });
    let Some(mut pass) = same.or(begun) else { return (None, None) };
    pass.brought.extend(page.entries.iter().filter_map(brought));
    if page.more { (Some(pass), None) } else { (None, Some(pass.brought)) }
}

fn brought(entry: &talkoot_core::sync::message::Entry) -> Option<RecordId> {
    match entry {
        talkoot_core::sync::message::Entry::Change { record, .. } => Some(*record),
        talkoot_core::sync::message::Entry::Conceal { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use talkoot_core::sync::message::Entry;

    fn page(rights: u64, record: u8, more: bool, from_start: bool) -> Page {
        let change = SignedChange { body: vec![], signature: [0; 64] };
        let entry = Entry::Change { record: RecordId([record; 16]), arrived_ms: 0, change };
        let cursor = Cursor { sequence: 1, log: 1, rights };
        Page { entries: vec![entry], cursor, more, from_start, after: 0 }
    }

    fn records(of: &[u8]) -> BTreeSet<RecordId> {
        of.iter().map(|record| RecordId([*record; 16])).collect()
    }

    #[test]
    fn l6_a_reading_from_the_beginning_goes_on_after_a_cut_line() {
        let (pass, brought) = advance(None, &page(1, 1, true, true));
        assert_eq!(brought, None);
        let (pass, brought) = advance(pass, &page(1, 2, false, false));
        assert_eq!((pass, brought), (None, Some(records(&[1, 2]))));
    }

    #[test]
    fn l6_other_rights_begin_another_reading() {
        let (pass, _) = advance(None, &page(1, 1, true, true));
        let (_, brought) = advance(pass, &page(2, 2, false, true));
        assert_eq!(brought, Some(records(&[2])));
    }

    #[test]
    fn l6_an_ordinary_page_conceals_nothing() {
        assert_eq!(advance(None, &page(1, 1, false, false)), (None, None));
    }
}
