//! Practices of others: adopting one, receiving its improvements, suggesting, answering.
//!
//! What is proposed is worked out from two records and from how the original was when one last
//! received from it; core decides all of that ([`talkoot_core::adopt`]). This file brings the
//! records into memory, takes chance and time from the browser, and stores what came of it.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use talkoot_core::adopt::offer::{self, Say, Suggestion, Written};
use talkoot_core::adopt::{
    self, Adopting, Improvement, Offer, Reason, Receiving, Standing, deviations, improvements,
};
use talkoot_core::id::{ItemId, RecordId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::practice;
use talkoot_core::published::published_beside;
use talkoot_core::schema::{Field, Shape};
use talkoot_core::text::{Block, TextError};

use super::reviewing::Seen;
use super::write::Intent;
use super::{ActError, Desk, write};
use crate::device;
use crate::local::{Loaded, StoreError};
use crate::time_text;

/// What the original of a copy says now, for a person to decide about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Review {
    pub(crate) original: RecordId,
    /// How both were when they were compared.
    pub(crate) seen: Seen,
    pub(crate) improvements: Vec<Proposed>,
    /// The sections and values that are as they were.
    pub(crate) unchanged: usize,
}

/// An improvement, for a formatted text what both sides wrote together, and why it came.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Proposed {
    pub(crate) improvement: Improvement,
    pub(crate) merged: Option<Vec<Block>>,
    pub(crate) reasons: Vec<Reason>,
}

/// The original of a copy.
pub(super) struct Source {
    pub(super) record: RecordId,
    /// How it was when the copy last received from it.
    pub(super) before: OpenRecord,
    /// What is published of it now, where that is something else than what it says.
    published: Option<OpenRecord>,
    /// Why it changed since, by the tag of a field.
    reasons: BTreeMap<u16, Vec<Reason>>,
}

impl Source {
    /// Gives what the copy receives now.
    pub(super) fn now<'a>(&'a self, original: &'a Loaded) -> &'a OpenRecord {
        self.published.as_ref().unwrap_or(&original.open)
    }
}

/// What a section is to say, and the text of the record that it was worked out or written from:
/// what comes into the section meanwhile stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Worked {
    pub(crate) text: Vec<Block>,
    pub(crate) seen: Vec<u8>,
}

impl Worked {
    /// Gives it as core writes it.
    pub(super) fn written(&self) -> Written<'_> {
        Written { text: &self.text, seen: &self.seen }
    }
}

/// What came of adopting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Adopted {
    /// The project has begun this copy.
    Begun(RecordId),
    /// The project had this one already: another tab or another person was first.
    Already(RecordId),
}

/// Begins a copy of a practice in a project, and says on the original that it is in use; where
/// the project has a copy in use, it gives that one.
pub(super) async fn adopt(
    desk: &Rc<Desk>,
    original: RecordId,
    name: &str,
    project: RecordId,
) -> Result<Adopted, ActError> {
    let known = match begin(desk, original, name, project, None).await? {
        Adopted::Begun(copy) => return Ok(Adopted::Begun(copy)),
        Adopted::Already(copy) => copy,
    };
    desk.bring(known).await?;
    let lies = |it: &mut Loaded| it.open.record.kind.is_some() && !it.open.record.is_trashed();
    if desk.records.with(known, lies) == Some(true) {
        return Ok(Adopted::Already(known));
    }
    // What the entry names is in the bin or is not to be seen: then another one may begin.
    begin(desk, original, name, project, Some(known)).await
}

/// Does it, unless the original says in the transaction that stores that the project has another
/// copy than the one that is `gone`.
async fn begin(
    desk: &Rc<Desk>,
    original: RecordId,
    name: &str,
    project: RecordId,
    gone: Option<RecordId>,
) -> Result<Adopted, ActError> {
    desk.bring(original).await?;
    desk.pin_for_all(original).await?;
    let copy = RecordId(device::chance().ok_or(StoreError::Denied)?);
    let today = time_text::local_now().date();
    let named = |project| desk.shown.title_of(project).unwrap_or_default();
    let ops = desk.records.with(original, |it| {
        let project_name = it.open.record.project().map(named).unwrap_or_default();
        let asked = Adopting { name, project, project_name: &project_name, today };
        Some(adopt::adopting(it.seen(true)?, copy, &asked))
    });
    let ops = ops.flatten().ok_or(ActError::Gone)?;
    let spare = ItemId(device::chance_number());
    let has = Cell::new(None);
    let free = || has.get().is_none();
    let asks: Intent<'_> = Box::new(|it| {
        has.set(practice::adopted_copy(it, project).filter(|copy| Some(*copy) != gone));
        Vec::new()
    });
    let begins: Intent<'_> = Box::new(|_| if free() { ops } else { Vec::new() });
    let says: Intent<'_> = Box::new(|it| {
        if free() { practice::adopt(it, project, copy, today, spare) } else { Vec::new() }
    });
    // Whoever closes the lid now has adopted it whole, or not at all.
    write::commit_all(desk, vec![(original, asks), (copy, begins), (original, says)]).await?;
    Ok(has.get().map_or(Adopted::Begun(copy), Adopted::Already))
}

/// Lists what the original of a copy says now; `None` where the original is not open.
pub(super) async fn review(desk: &Rc<Desk>, copy: RecordId) -> Result<Option<Review>, ActError> {
    let Some(mut source) = open_source_of(desk, copy).await? else { return Ok(None) };
    let mut reasons = std::mem::take(&mut source.reasons);
    let review = desk.records.with_both(copy, source.record, |own, original| {
        let (own, original) = (&own.open, source.now(original));
        let found = improvements(own, original, &source.before);
        let shared = adopt::heritage().count();
        let unchanged = shared.saturating_sub(found.len());
        let merging = Receiving::begin(own, original);
        let proposed = |improvement: Improvement| {
            let is_text = improvement.field.shape == Shape::RichText;
            let merging = merging.as_ref().ok().filter(|_| is_text);
            let merged = merging.map(|it| it.merged(improvement.field));
            let reasons = reasons.remove(&improvement.field.tag).unwrap_or_default();
            Proposed { improvement, merged, reasons }
        };
        let improvements = found.into_iter().map(proposed).collect();
        let frontier = |open: &OpenRecord| open.record.frontier.clone();
        let seen = Seen { own: frontier(own), original: frontier(original) };
        Review { original: source.record, seen, improvements, unchanged }
    });
    Ok(review)
}

/// Counts what the original of a copy proposes to it; nothing where the original is not open.
pub(super) async fn count(desk: &Rc<Desk>, copy: RecordId) -> Result<usize, StoreError> {
    desk.bring(copy).await?;
    let origin = desk.records.with(copy, |own| Some(own.open.record.lineage()?.0));
    let Some(origin) = origin.flatten() else { return Ok(0) };
    desk.bring(origin).await?;
    let changes = desk.changes_of(origin).await?;
    let found = desk.records.with_both(copy, origin, |own, original| {
        adopt::waiting(&own.open, &original.open, &changes)
    });
    Ok(found.unwrap_or(0))
}

/// Lists what a copy says otherwise than the original did when one last received from it.
pub(super) async fn own_ways(
    desk: &Rc<Desk>,
    copy: RecordId,
) -> Result<Vec<&'static Field>, ActError> {
    let Some(source) = source_of(desk, copy).await? else { return Ok(Vec::new()) };
    let differing = desk.records.with(copy, |own| deviations(&own.open, &source.before));
    Ok(differing.unwrap_or_default())
}

/// Suggests sections of a copy to its original.
pub(super) async fn suggest(
    desk: &Rc<Desk>,
    copy: RecordId,
    sections: Vec<&'static Field>,
    reason: String,
) -> Result<(), ActError> {
    let Some(source) = open_source_of(desk, copy).await? else { return Err(ActError::Gone) };
    let said = desk.records.with(copy, |own| {
        let project = own.open.record.project()?;
        let texts = sections.into_iter().map(|it| (it, own.open.text.blocks(it.name)));
        Some((project, texts.collect::<Vec<_>>()))
    });
    let (project, texts) = said.flatten().ok_or(ActError::Gone)?;
    let mut suggestions = Vec::with_capacity(texts.len());
    for (section, text) in &texts {
        let (item, client_id) = (ItemId(device::chance_number()), client());
        let reason = &reason;
        suggestions.push(Suggestion { item, project, copy, section, text, reason, client_id });
    }
    let ops = desk
        .records
        .with(source.record, |it| offer::suggest(&it.open.record, &source.before, &suggestions));
    let ops = ops.ok_or(ActError::Gone)?;
    let ops = ops.map_err(|cause| ActError::Refused { code: cause.code() })?;
    write::commit(desk, source.record, |_| ops).await?;
    Ok(())
}

/// Gives what a section would say with a suggestion accepted.
pub(super) async fn with_offer(
    desk: &Rc<Desk>,
    record: RecordId,
    offer: &Offer,
) -> Result<Worked, ActError> {
    desk.bring(record).await?;
    let changes = desk.changes_of(record).await?;
    let worked = desk.records.with(record, |original| {
        let text = offer::accepted(&original.open, &changes, offer)?;
        Ok(Worked { text, seen: original.open.text.state() })
    });
    let worked: Result<Worked, TextError> = worked.ok_or(ActError::Gone)?;
    worked.map_err(|cause| ActError::Refused { code: cause.code() })
}

/// Answers a suggestion: with the text that its section says from now on, or with a refusal.
pub(super) async fn answer(
    desk: &Rc<Desk>,
    record: RecordId,
    offer: Offer,
    text: Option<Worked>,
    reason: String,
) -> Result<(), ActError> {
    desk.bring(record).await?;
    let by = desk.author()?.account;
    let ops = desk.records.with(record, |original| {
        let say = text.as_ref().map_or(Say::Decline, |it| Say::Accept(it.written()));
        offer::answering(&original.open, &offer, say, &reason, by)
    });
    let ops = ops.ok_or(ActError::Gone)?;
    let ops = ops.map_err(|cause| ActError::Refused { code: cause.code() })?;
    write::commit(desk, record, |_| ops).await?;
    Ok(())
}

/// Does the same; `None` too where the original is closed or in the bin (rule G34).
pub(super) async fn open_source_of(
    desk: &Rc<Desk>,
    copy: RecordId,
) -> Result<Option<Source>, StoreError> {
    let Some(source) = source_of(desk, copy).await? else { return Ok(None) };
    let standing = desk.records.with(source.record, |it| Standing::of(Some(&it.open.record)));
    Ok(Some(source).filter(|_| standing == Some(Standing::Open)))
}

/// Brings a copy and its original into memory; `None` where there is no original or it is not
/// here.
pub(super) async fn source_of(
    desk: &Rc<Desk>,
    copy: RecordId,
) -> Result<Option<Source>, StoreError> {
    desk.bring(copy).await?;
    let lineage = desk.records.with(copy, |own| {
        own.open.record.lineage().map(|(origin, lineage)| (origin, lineage.knew.clone()))
    });
    let Some((origin, knew)) = lineage.flatten() else { return Ok(None) };
    desk.bring(origin).await?;
    let is_here = desk.records.with(origin, |it| it.open.record.kind.is_some());
    if is_here != Some(true) {
        return Ok(None);
    }
    let changes = desk.changes_of(origin).await?;
    let source = desk.records.with(origin, |original| {
        let published = published_beside(&original.open, &changes, &knew);
        let now = published.as_ref().unwrap_or(&original.open);
        let reasons = adopt::reasons(origin, &changes, &knew, &now.record.frontier);
        let before = adopt::as_known(origin, &changes, &knew);
        Source { record: origin, before, published, reasons }
    });
    Ok(source)
}

/// Gives a Yjs client that nobody ever was.
pub(super) fn client() -> u64 {
    device::chance().map_or(1, |bytes| u64::from(u32::from_le_bytes(bytes)))
}
