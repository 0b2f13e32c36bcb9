//! How a record was, and going back to that; core finds the versions and says what to write.

use std::rc::Rc;
use std::sync::Arc;

use talkoot_core::adopt::as_known;
use talkoot_core::change::{Change, Frontier};
use talkoot_core::history::{self, Difference, Part, Version, differences};
use talkoot_core::id::{ChangeId, ItemId, RecordId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::Record;
use talkoot_core::text::TextError;

use super::adopting::client;
use super::write::Intent;
use super::{ActError, Desk, write};
use crate::device;
use crate::local::Loaded;

/// The versions of a record, and the changes that they are folded from.
#[derive(Debug)]
pub(crate) struct History {
    record: RecordId,
    changes: Vec<Change>,
    /// The oldest first.
    pub(crate) versions: Vec<Version>,
}

/// What somebody did to a record: what was known of it before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    before: Frontier,
    after: Frontier,
}

impl History {
    /// Puts a version beside what the record says now.
    pub(crate) fn compare(&self, version: &Version, now: &OpenRecord) -> Vec<Difference> {
        differences(&as_known(self.record, &self.changes, &version.until), now)
    }

    /// Gives when a version was left, in milliseconds since 1970, if it is one of these.
    pub(crate) fn time_of(&self, until: &Frontier) -> Option<u64> {
        self.versions.iter().find(|version| version.until == *until).map(|version| version.at_ms)
    }
}

/// Reads the history of a record from what lies on this device.
pub(super) async fn read(desk: &Rc<Desk>, record: RecordId) -> Result<Arc<History>, ActError> {
    desk.bring(record).await?;
    let changes = desk.changes_of(record).await?;
    let versions = history::versions(record, &changes);
    Ok(Arc::new(History { record, changes, versions }))
}

/// Makes a record say what it said in a version; gives what can be taken back, if anything
/// was to be done.
pub(super) async fn restore(
    desk: &Rc<Desk>,
    record: RecordId,
    until: &Frontier,
) -> Result<Option<Span>, ActError> {
    desk.bring(record).await?;
    let changes = desk.changes_of(record).await?;
    let then = as_known(record, &changes, until);
    let before = desk.records.with(record, |it| it.open.record.frontier.clone());
    let before = before.ok_or(ActError::Gone)?;
    let parts = desk.records.with(record, |it| history::restoring(&it.open, &then, client()));
    let is_written = store(desk, record, parts.ok_or(ActError::Gone)?).await?;
    Ok(if is_written { Some(since(desk, record, before)?) } else { None })
}

/// Gives a version a name, or takes it away.
pub(super) async fn name(
    desk: &Rc<Desk>,
    record: RecordId,
    version: &Version,
    name: &str,
) -> Result<(), ActError> {
    let item = ItemId(device::chance_number());
    let naming = |it: &mut Loaded| history::naming(&it.open.record, version, name, item);
    let ops = desk.records.with(record, naming).ok_or(ActError::Gone)?;
    write::commit(desk, record, |_| ops).await?;
    Ok(())
}

/// Takes back what was done, and leaves what came since.
pub(super) async fn take_back(
    desk: &Rc<Desk>,
    record: RecordId,
    span: &Span,
) -> Result<(), ActError> {
    desk.bring(record).await?;
    let changes = desk.changes_of(record).await?;
    let known = |version: &Frontier| as_known(record, &changes, version);
    let (before, after) = (known(&span.before), known(&span.after));
    let parts =
        desk.records.with(record, |it| history::taking_back(&it.open, &after, &before, client()));
    store(desk, record, parts.ok_or(ActError::Gone)?).await?;
    Ok(())
}

/// Stores what is to be written, if anything, all or none of it; says whether it was.
async fn store(
    desk: &Rc<Desk>,
    record: RecordId,
    parts: Result<Vec<Part>, TextError>,
) -> Result<bool, ActError> {
    let parts = parts.map_err(|cause| ActError::Refused { code: cause.code() })?;
    let is_written = !parts.is_empty();
    let intent = |part: Part| -> (RecordId, Intent<'static>) {
        (record, Box::new(move |known: &Record| part.ops(known)))
    };
    write::commit_all(desk, parts.into_iter().map(intent).collect()).await?;
    Ok(is_written)
}

/// Names what this device did since a version; what others did meanwhile is not in it.
pub(super) fn since(desk: &Desk, record: RecordId, before: Frontier) -> Result<Span, ActError> {
    let replica = desk.author()?.replica();
    let last = desk.records.with(record, |it| it.open.record.previous(replica));
    let mut after = before.clone();
    after.note(ChangeId { replica, counter: last.ok_or(ActError::Gone)? });
    Ok(Span { before, after })
}
