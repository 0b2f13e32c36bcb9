//! Answers to suggestions: accepting, declining, and settling what was answered in two ways.
//!
//! Two who accept the same suggestion bring the same bytes, so its words stand there once and
//! nothing is asked. Where one accepted and another declined its words are in the text, and a
//! person says whether they stay.

use super::{Offer, standing};
use crate::adopt::as_known;
use crate::change::{Change, Op};
use crate::choice::{Side, sides};
use crate::id::{AccountId, ItemId};
use crate::open_record::OpenRecord;
use crate::record::{Record, TextOwner};
use crate::schema::practice_field as field;
use crate::stamp::Stamp;
use crate::text::agreed::{agreed, saying};
use crate::text::prescan::scan_whole;
use crate::text::{Block, Policy, TEXT_SCHEMA_VERSION, TextDocument, TextError};
use crate::value::{Scalar, Value};

/// The Yjs client of a document that is only looked at.
const READER_CLIENT: u64 = 1;

/// What the original's people said to an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub verdict: Verdict,
    pub reason: String,
    /// Who answered, even if somebody else settled it since.
    pub author: AccountId,
    pub stamp: Stamp,
}

/// How an offer was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Accepted,
    Declined,
}

/// What a section is to say, beside what came into it since it was seen.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    pub text: &'a [Block],
    /// The text state of the original that `text` was worked out or written from.
    pub seen: &'a [u8],
}

/// An answer about to be given.
#[derive(Clone, Copy, Debug)]
pub enum Say<'a> {
    /// The section will say this.
    Accept(Written<'a>),
    Decline,
}

impl Verdict {
    /// Gives the stable code that stands for it in an entry.
    pub fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Declined => "declined",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Accepted, Self::Declined].into_iter().find(|verdict| verdict.code() == code)
    }
}

/// Gives what a section would say with an offer accepted: written onto the version that it was
/// suggested to, then merged with what came since (rule G9).
///
/// # Errors
///
/// Returns why the texts do not fit onto each other; only bytes that lie do that.
pub fn accepted<'a>(
    original: &OpenRecord,
    changes: impl IntoIterator<Item = &'a Change>,
    offer: &Offer,
) -> Result<Vec<Block>, TextError> {
    let then = as_known(original.record.id, changes, &offer.knew);
    let suggested = standing(&original.record, &then, offer, READER_CLIENT)?;
    let (name, now) = (offer.section.name, original.text.state());
    if let Some(edit) = usable(original, offer) {
        let mut edited = TextDocument::from_state(READER_CLIENT, &suggested.state())?;
        // One that was made before another of its copy was taken in would write its words again.
        if edited.apply(edit).is_ok() && edited.blocks(name) == offer.text {
            let mut now = TextDocument::from_state(READER_CLIENT, &now)?;
            now.apply(edit)?;
            return Ok(now.blocks(name));
        }
    }
    saying(&suggested.state(), name, &offer.text, &now)
}

/// Gives the edit that an offer brings, if it does nothing but write into its section of the
/// original as it is now, under a Yjs client of its own (rule G24). Its maker is a stranger here:
/// whoever accepts sees that section alone.
fn usable<'a>(original: &OpenRecord, offer: &'a Offer) -> Option<&'a Vec<u8>> {
    let edit = offer.edit.as_ref()?;
    let facts = scan_whole(edit, &Policy::UPDATE).ok()?;
    let owner = TextOwner::of_accepted(edit);
    original.record.text_clients.check(owner, &facts).ok()?;
    let mut edited = TextDocument::from_state(READER_CLIENT, &original.text.state()).ok()?;
    edited.apply(edit).ok()?;
    let mut others = original.text_fields().into_iter().filter(|it| *it != offer.section.name);
    others.all(|it| edited.blocks(it) == original.text.blocks(it)).then_some(edit)
}

/// Says whether the edit of a suggestion is in the text of the original.
pub(super) fn is_brought(original: &Record, edit: &[u8]) -> bool {
    let owner = TextOwner::of_accepted(edit);
    let facts = scan_whole(edit, &Policy::UPDATE);
    facts.is_ok_and(|facts| original.text_clients.has(owner, &facts))
}

/// Gives what a section says without an offer that was accepted: taken back on the version that
/// it was suggested to, then merged with what came since (rule G21). `None` where its words are
/// an edit of whoever accepted, so that nobody can tell them from others.
///
/// # Errors
///
/// Returns why the texts do not fit onto each other; only bytes that lie do that.
pub fn without<'a>(
    original: &OpenRecord,
    changes: impl IntoIterator<Item = &'a Change>,
    offer: &Offer,
) -> Result<Option<Vec<Block>>, TextError> {
    let Some(edit) = &offer.edit else { return Ok(None) };
    let then = as_known(original.record.id, changes, &offer.knew);
    let mut text = standing(&original.record, &then, offer, READER_CLIENT)?;
    let name = offer.section.name;
    let said = text.blocks(name);
    text.apply(edit)?;
    Ok(Some(saying(&text.state(), name, &said, &original.text.state())?))
}

/// Gives the operations that answer an offer.
///
/// # Errors
///
/// Returns why the text of the record does not load; only bytes that lie do that.
pub fn answering(
    original: &OpenRecord,
    offer: &Offer,
    say: Say<'_>,
    reason: &str,
    by: AccountId,
) -> Result<Vec<Op>, TextError> {
    let verdict = match say {
        Say::Accept(_) => Verdict::Accepted,
        Say::Decline => Verdict::Declined,
    };
    let mut ops = written(original, offer.item, verdict, reason, by);
    if let Say::Accept(Written { text, seen }) = say {
        let mut document = TextDocument::from_state(READER_CLIENT, seen)?;
        if let Some(update) = usable(original, offer).cloned() {
            document.apply(&update)?;
            ops.push(Op::Accept { schema: TEXT_SCHEMA_VERSION, update });
        }
        // Who accepts alike, with the same words of their own, brings the same edit (rule G26).
        let update = agreed(&document.state(), offer.section.name, text)?;
        ops.extend(update.map(|update| Op::Accept { schema: TEXT_SCHEMA_VERSION, update }));
    }
    Ok(ops)
}

/// Gives the operations after which one answer stands in place of all, and the section says
/// `text`, with what came into it since.
///
/// # Errors
///
/// Returns why the text of the record does not load; only bytes that lie do that.
pub fn settling(
    original: &OpenRecord,
    offer: &Offer,
    answer: &Answer,
    says: Written<'_>,
) -> Result<Vec<Op>, TextError> {
    let Answer { verdict, reason, author, .. } = answer;
    let mut ops = written(original, offer.item, *verdict, reason, *author);
    let update = agreed(says.seen, offer.section.name, says.text)?;
    ops.extend(update.map(|update| Op::Accept { schema: TEXT_SCHEMA_VERSION, update }));
    Ok(ops)
}

/// Lists the offers that were answered in several ways (rule G21), and those whose acceptances
/// were edits of several, so that their words may stand there twice.
pub fn disputed(record: &Record) -> Vec<(ItemId, Vec<Side<Answer>>)> {
    let items = record.field(field::ANSWERS).into_iter().flat_map(|state| &state.items);
    let twice = items.filter(|(_, item)| item.value.replaces().len() > 1);
    let all = twice.map(|(item, _)| (*item, answers(record, *item)));
    all.filter(|(item, sides)| asks(record, *item, sides)).collect()
}

fn asks(record: &Record, item: ItemId, sides: &[Side<Answer>]) -> bool {
    let offered =
        record.field(field::OFFERS).and_then(|state| state.items.get(&item)?.value.value());
    let Some(offered) = offered else { return false };
    let mut verdicts = sides.iter().map(|side| side.value.verdict);
    let first = verdicts.next();
    let rest: Vec<Verdict> = verdicts.collect();
    let differ = rest.iter().any(|other| Some(*other) != first);
    // Without an edit of its maker's whoever accepted wrote its words each for themselves.
    let doubled = first == Some(Verdict::Accepted) && offered.part(field::OFFER_EDIT).is_none();
    !rest.is_empty() && (differ || doubled)
}

/// Lists the answers to an offer that are alive, the one that shows first.
pub(super) fn answers(record: &Record, item: ItemId) -> Vec<Side<Answer>> {
    let said = record.field(field::ANSWERS).and_then(|state| state.items.get(&item));
    let all = said.map(|item| sides(&item.value, Value::clone)).unwrap_or_default().into_iter();
    let read = |side: Side<Value>| {
        let Side { value, change, author, stamp } = side;
        let value = read(&value, author, stamp)?;
        Some(Side { author: value.author, value, change, stamp })
    };
    all.filter_map(read).collect()
}

fn read(value: &Value, author: AccountId, stamp: Stamp) -> Option<Answer> {
    let text = |tag: u16| value.part(tag).and_then(Scalar::as_text).unwrap_or_default();
    let by = match value.part(field::ANSWER_BY) {
        Some(Scalar::Account(account)) => *account,
        Some(_) | None => author,
    };
    let verdict = Verdict::from_code(text(field::ANSWER_VERDICT))?;
    Some(Answer { verdict, reason: text(field::ANSWER_REASON).to_owned(), author: by, stamp })
}

/// Writes an answer in place of every other to the same offer.
fn written(
    original: &OpenRecord,
    item: ItemId,
    verdict: Verdict,
    reason: &str,
    by: AccountId,
) -> Vec<Op> {
    let reason = (!reason.is_empty()).then(|| Scalar::Text(reason.to_owned()));
    let parts = [
        (field::ANSWER_VERDICT, Some(Scalar::Code(verdict.code().to_owned()))),
        (field::ANSWER_REASON, reason),
        (field::ANSWER_BY, Some(Scalar::Account(by))),
    ];
    let parts = parts.into_iter().filter_map(|(tag, part)| Some((tag, part?))).collect();
    original.record.append_items(field::ANSWERS, [(item, Value::Entry(parts))])
}
