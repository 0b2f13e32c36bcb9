//! Deciding about improvements: what was chosen so far, kept on the device, and carrying it out.

use std::collections::BTreeMap;
use std::rc::Rc;

use minicbor::{Decode, Encode};
use talkoot_core::adopt::{self, Content, Decided, Decision, Improvement, Receiving, improvements};
use talkoot_core::change::Frontier;
use talkoot_core::codec;
use talkoot_core::id::RecordId;
use talkoot_core::open_record::OpenRecord;
use talkoot_core::schema::Field;
use talkoot_core::text::TextError;

use super::adopting::open_source_of;
use super::{ActError, Desk, Span, history, write};
use crate::local::ChoicesAhead;

/// More than the texts of a practice and what was written of them can be (16 MiB).
const CHOICES_BYTES_MAX: usize = 16 << 20;

/// A way to go about an improvement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum Way {
    #[n(0)]
    Take,
    #[n(1)]
    Keep,
    #[n(2)]
    Edit,
}

/// How a copy and its original were.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Seen {
    #[n(0)]
    pub(super) own: Frontier,
    #[n(1)]
    pub(super) original: Frontier,
}

/// What somebody wrote for a section, and what of both records was in it to begin with.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub(crate) struct Written {
    #[n(0)]
    pub(crate) said: Content,
    #[n(1)]
    pub(crate) seen: Seen,
}

/// What a person made of an improvement so far.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub(crate) struct Choice {
    /// Absent when it is to be chosen again, because the original changed again.
    #[n(0)]
    pub(crate) way: Option<Way>,
    /// What the original said when it was chosen.
    #[n(1)]
    pub(crate) on: Content,
    /// How both were when it was chosen.
    #[n(2)]
    pub(crate) seen: Seen,
    /// What they wrote, whatever they chose since.
    #[n(3)]
    pub(crate) written: Option<Written>,
}

/// What was chosen for the improvements of a copy, by the tag of a field.
pub(crate) type Choices = BTreeMap<u16, Choice>;

impl Choice {
    /// Gives the decision, and how the copy was for whoever made it.
    fn decided(&self) -> Option<(Decision, &Frontier)> {
        match self.way? {
            Way::Take => Some((Decision::Take, &self.seen.own)),
            Way::Keep => Some((Decision::Keep, &self.seen.own)),
            Way::Edit => {
                let Written { said, seen } = self.written.as_ref()?;
                Some((Decision::Write(said.clone()), &seen.own))
            }
        }
    }
}

/// Reads what was chosen for a copy and not carried out. What cannot be read was written by
/// another program, and is chosen again.
pub(super) async fn kept(desk: &Rc<Desk>, copy: RecordId) -> Result<Choices, ActError> {
    let read = |bytes: Vec<u8>| codec::decode(&bytes, CHOICES_BYTES_MAX).ok();
    // What a sudden end left is newer than what is stored. Where it cannot be stored now either, it
    // still lies ahead.
    if let Some(left) = ahead(desk, copy).and_then(|ahead| ahead.read()).and_then(read) {
        keep(desk, copy, &left).await.ok();
        return Ok(left);
    }
    let bytes = desk.local()?.choices(copy).await?;
    Ok(bytes.and_then(read).unwrap_or_default())
}

/// Keeps what was chosen for a copy: at once where a closing page can write, and then in the
/// database.
pub(super) fn keep(
    desk: &Rc<Desk>,
    copy: RecordId,
    choices: &Choices,
) -> impl Future<Output = Result<(), ActError>> + use<> {
    let (desk, is_empty, bytes) = (desk.clone(), choices.is_empty(), codec::encode(choices));
    let ahead = ahead(&desk, copy);
    if let Some(ahead) = &ahead {
        ahead.keep(&bytes);
    }
    async move {
        let local = desk.local()?;
        if is_empty {
            local.forget_choices(copy).await?;
        } else {
            local.keep_choices(copy, &bytes).await?;
        }
        if let Some(ahead) = ahead {
            ahead.forget(&bytes);
        }
        Ok(())
    }
}

fn ahead(desk: &Rc<Desk>, copy: RecordId) -> Option<ChoicesAhead> {
    Some(ChoicesAhead::new(desk.local().ok()?.account?, copy))
}

/// Carries out what was decided about the improvements of the original, and gives what can be
/// taken back. What came into the copy since it was decided stays; if the original says something
/// else since, or something new, it is looked at again.
pub(super) async fn receive(
    desk: &Rc<Desk>,
    copy: RecordId,
    choices: &Choices,
) -> Result<Span, ActError> {
    let Some(source) = open_source_of(desk, copy).await? else { return Err(ActError::Gone) };
    let changes = desk.changes_of(copy).await?;
    let known = |it: &Frontier| (it.clone(), adopt::as_known(copy, &changes, it));
    let seen = choices.values().filter_map(|it| Some(known(it.decided()?.1)));
    let seen: BTreeMap<Frontier, OpenRecord> = seen.collect();
    let worked = desk.records.with_both(copy, source.record, |own, original| {
        let (own, original) = (&own.open, source.now(original));
        let found = improvements(own, original, &source.before);
        let holds = |it: &Improvement| {
            choices
                .get(&it.field.tag)
                .is_some_and(|choice| choice.decided().is_some() && it.is_about(&choice.on))
        };
        if !found.iter().all(holds) {
            return Err(ActError::Moved);
        }
        // Texts that do not fit onto each other are bytes that lie; nothing is changed then.
        let refused = |cause: TextError| ActError::Refused { code: cause.code() };
        let decided = found.iter().filter_map(|it| {
            let (decision, then) = choices.get(&it.field.tag)?.decided()?;
            Some((it.field.tag, Decided { decision, seen: seen.get(then)? }))
        });
        let decided = decided.collect();
        let receiving = Receiving::begin(own, original).map_err(refused)?;
        let ops = receiving.ops(&decided).map_err(refused)?;
        Ok((own.record.frontier.clone(), ops))
    });
    let (before, ops) = worked.ok_or(ActError::Gone)??;
    write::commit(desk, copy, |_| ops).await?;
    history::since(desk, copy, before)
}

/// Gives what was written for a section, with what came into it since on either side.
pub(super) async fn carried(
    desk: &Rc<Desk>,
    copy: RecordId,
    field: &Field,
    written: &Written,
) -> Result<Content, ActError> {
    let Content::Text(blocks) = &written.said else { return Ok(written.said.clone()) };
    let Some(source) = open_source_of(desk, copy).await? else { return Err(ActError::Gone) };
    let (ours, theirs) = (desk.changes_of(copy).await?, desk.changes_of(source.record).await?);
    let own_then = adopt::as_known(copy, &ours, &written.seen.own);
    let original_then = adopt::as_known(source.record, &theirs, &written.seen.original);
    let carried = desk.records.with_both(copy, source.record, |own, original| {
        let receiving = Receiving::begin(&own.open, source.now(original))?;
        receiving.carried(field, blocks, &own_then, &original_then)
    });
    let carried: Result<_, TextError> = carried.ok_or(ActError::Gone)?;
    let carried = carried.map_err(|cause| ActError::Refused { code: cause.code() })?;
    Ok(Content::Text(carried))
}
