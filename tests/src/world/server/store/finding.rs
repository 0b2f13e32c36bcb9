//! Finding records in the simulated log: each row is made of the changes when it is asked for.

use std::collections::BTreeMap;

use talkoot_core::change::Op;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_server::store::{Answer, RecordRow, RecordSearch, RecordStore, StoredChange};

use super::{Kept, SimStore};

impl Kept {
    /// Makes the row of every record, or of one, in the order of their first changes.
    fn record_rows(&self, only: Option<RecordId>) -> Vec<RecordRow> {
        let mut rows: BTreeMap<RecordId, RecordRow> = BTreeMap::new();
        let wanted = |stored: &StoredChange| only.is_none_or(|record| record == stored.record);
        for (sequence, stored) in self.changes().filter(|(_, stored)| wanted(stored)) {
            let StoredChange { record, arrived_ms, .. } = *stored;
            if let Some(row) = rows.get_mut(&record) {
                (row.changed, row.changed_ms) = (sequence, arrived_ms);
            } else if let Some(kind) = kind_of(stored) {
                let audience = self.audience(record);
                let (created, changed, changed_ms) = (sequence, sequence, arrived_ms);
                let row = RecordRow { record, kind, audience, created, changed, changed_ms };
                rows.insert(record, row);
            }
        }
        let mut rows: Vec<RecordRow> = rows.into_values().collect();
        rows.sort_by_key(|row| row.created);
        rows
    }
}

/// A record's first change creates it.
fn kind_of(stored: &StoredChange) -> Option<Kind> {
    let first = stored.signed.open().ok()?.ops.into_iter().next()?;
    if let Op::Create { kind } = first { Some(kind) } else { None }
}

fn fits(search: &RecordSearch, row: &RecordRow) -> bool {
    let RecordSearch { after, kind, project, changed_after, changed_from_ms } = *search;
    let belongs = |project| row.audience.project == Some(project) && row.record != project;
    row.created > after
        && kind.is_none_or(|kind| kind == row.kind)
        && project.is_none_or(belongs)
        && row.changed > changed_after
        && row.changed_ms >= changed_from_ms
}

impl RecordStore for SimStore {
    fn record(&self, record: RecordId) -> Answer<'_, Option<RecordRow>> {
        self.read("record", move |kept| kept.record_rows(Some(record)).into_iter().next())
    }

    fn records(&self, search: RecordSearch, rows_max: usize) -> Answer<'_, Vec<RecordRow>> {
        self.read("records", move |kept| {
            let rows = kept.record_rows(None).into_iter().filter(|row| fits(&search, row));
            rows.take(rows_max).collect()
        })
    }
}
