//! The row of each record: who may see it, of which kind it is, where it begins and ends.

use rusqlite::{Connection, Row, Transaction, params};
use talkoot_core::audience::Audience;
use talkoot_core::change::Op;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::sign::SignedChange;

use super::super::{LogEntry, RecordRow, RecordSearch, StoreError, StoredChange};
use super::log_rows::read_audience;

/// The columns that [`read`] reads.
const ROW: &str = "everyone, signed_in, project, record, record_kind, created, changed, changed_ms";

/// What one append does to a record.
struct Touch<'a> {
    first: (u64, &'a StoredChange),
    last: (u64, &'a StoredChange),
}

/// Brings the rows up to date with entries that were appended after `head`.
pub(super) fn bring_up_to_date(
    tx: &Transaction<'_>,
    head: u64,
    entries: &[LogEntry],
    audiences: &[(RecordId, Audience)],
) -> Result<(), StoreError> {
    let mut touched = std::collections::BTreeMap::new();
    for (sequence, entry) in (head.saturating_add(1)..).zip(entries) {
        if let LogEntry::Change(change) = entry {
            let at = (sequence, change);
            let touch = touched.entry(change.record).or_insert(Touch { first: at, last: at });
            touch.last = at;
        }
    }
    audiences.iter().try_for_each(|(record, audience)| {
        put(tx, *record, *audience, touched.get(record)).map_err(StoreError::from)
    })
}

/// Only a record that is new is read for its kind, so a busy one costs one update.
fn put(
    tx: &Transaction<'_>,
    record: RecordId,
    audience: Audience,
    touch: Option<&Touch<'_>>,
) -> rusqlite::Result<()> {
    let Audience { everyone, signed_in, project } = audience;
    let project = project.map(|project| project.0);
    let last = touch.map(|it| it.last);
    let changed = last.map(|(sequence, _)| sequence.cast_signed());
    let changed_ms = last.map(|(_, change)| change.arrived_ms.cast_signed());
    let sql = "
        UPDATE audience SET everyone = ?2, signed_in = ?3, project = ?4,
               changed = coalesce(?5, changed), changed_ms = coalesce(?6, changed_ms)
         WHERE record = ?1";
    let row = params![record.0, everyone, signed_in, project, changed, changed_ms];
    if tx.prepare_cached(sql)?.execute(row)? > 0 {
        return Ok(());
    }
    let first = touch.map(|it| it.first);
    let created = first.map(|(sequence, _)| sequence.cast_signed());
    let kind = first.and_then(|(_, change)| kind_of(&change.signed)).map(tag);
    let sql = "
        INSERT INTO audience
            (record, everyone, signed_in, project, changed, changed_ms, created, record_kind)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let row = params![record.0, everyone, signed_in, project, changed, changed_ms, created, kind];
    tx.prepare_cached(sql)?.execute(row).map(drop)
}

/// Reads the kinds of records that were stored before kinds were kept.
pub(super) fn fill_kinds(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut first = tx.prepare(
        "SELECT audience.record, body, signature FROM audience JOIN log ON sequence = created
          WHERE record_kind IS NULL",
    )?;
    let mut set = tx.prepare("UPDATE audience SET record_kind = ?2 WHERE record = ?1")?;
    let mut rows = first.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let record: [u8; 16] = row.get(0)?;
        let signed = SignedChange { body: row.get(1)?, signature: row.get(2)? };
        found.extend(kind_of(&signed).map(|kind| (record, tag(kind))));
    }
    found.into_iter().try_for_each(|row| set.execute(row).map(drop))
}

/// Gives the row of one record; none if it was never created.
pub(super) fn one(
    connection: &Connection,
    record: RecordId,
) -> Result<Option<RecordRow>, StoreError> {
    let sql = format!("SELECT {ROW} FROM audience WHERE record = ?1 AND record_kind NOT NULL");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([record.0])?;
    rows.next()?.map(read).transpose()
}

/// Gives the rows of a search, in the order in which the records came.
pub(super) fn find(
    connection: &Connection,
    search: RecordSearch,
    rows_max: usize,
) -> Result<Vec<RecordRow>, StoreError> {
    let sql = format!(
        "SELECT {ROW} FROM audience
          WHERE created > ?1 AND record_kind NOT NULL
            AND (?2 IS NULL OR record_kind = ?2)
            AND (?3 IS NULL OR (project = ?3 AND record <> ?3))
            AND changed > ?4 AND changed_ms >= ?5
          ORDER BY created LIMIT ?6"
    );
    let RecordSearch { after, kind, project, changed_after, changed_from_ms } = search;
    let row = params![
        signed(after),
        kind.map(tag),
        project.map(|project| project.0),
        signed(changed_after),
        signed(changed_from_ms),
        i64::try_from(rows_max).unwrap_or(i64::MAX),
    ];
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(row)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<RecordRow, StoreError> {
    let number = |column| row.get(column).map(i64::cast_unsigned);
    let kind = kind(row.get(4)?).ok_or(StoreError::Corrupt { table: "audience" })?;
    Ok(RecordRow {
        audience: read_audience(row, 0)?,
        record: RecordId(row.get(3)?),
        kind,
        created: number(5)?,
        changed: number(6)?,
        changed_ms: number(7)?,
    })
}

/// A number that the database cannot hold is beyond everything in it.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A record's first change creates it.
fn kind_of(signed: &SignedChange) -> Option<Kind> {
    let change = signed.open().ok()?;
    match change.ops.first()? {
        Op::Create { kind } => Some(*kind),
        Op::SetField { .. }
        | Op::AddToSet { .. }
        | Op::RemoveFromSet { .. }
        | Op::PutItem { .. }
        | Op::PlaceItem { .. }
        | Op::RemoveItem { .. }
        | Op::Text { .. }
        | Op::Receive { .. }
        | Op::Accept { .. }
        | Op::Publish { .. }
        | Op::Trash { .. }
        | Op::Discuss { .. }
        | Op::Note { .. } => None,
    }
}

fn tag(kind: Kind) -> i64 {
    match kind {
        Kind::Programme => 0,
        Kind::Project => 1,
        Kind::Document => 2,
        Kind::Organisation => 3,
        Kind::Practice => 4,
        Kind::Thread => 5,
        Kind::Notebook => 6,
    }
}

fn kind(number: i64) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| tag(*kind) == number)
}
