//! Offering back: a section that a project wrote better, suggested to the original.
//!
//! An offer is an entry on the original, written by those who adopted it; its answer is an entry
//! of the same name, written by the original's own people. An accepted section is written onto
//! the version that it was suggested to, so that what the original changed since stays.

use std::collections::BTreeMap;

use crate::change::{Change, Frontier, Op};
use crate::id::{AccountId, ItemId, RecordId};
use crate::open_record::OpenRecord;
use crate::record::Record;
use crate::schema::{Field, Kind, practice_field as field};
use crate::stamp::Stamp;
use crate::text::{Block, TEXT_SCHEMA_VERSION, TextDocument, TextError, passage};
use crate::value::{Scalar, Value};

/// A suggested section, with its answer once there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub item: ItemId,
    pub project: Option<RecordId>,
    /// The version of the project that suggests it.
    pub copy: Option<RecordId>,
    pub section: &'static Field,
    pub text: Vec<Block>,
    pub reason: String,
    /// What was known of the original.
    pub knew: Frontier,
    pub author: AccountId,
    pub stamp: Stamp,
    pub answer: Option<Answer>,
}

/// What the original's people said to an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub verdict: Verdict,
    pub reason: String,
    pub author: AccountId,
    pub stamp: Stamp,
}

/// How an offer was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Accepted,
    Declined,
}

/// What is suggested, before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion<'a> {
    pub project: RecordId,
    pub copy: RecordId,
    pub section: &'static Field,
    pub text: &'a [Block],
    pub reason: &'a str,
}

impl Verdict {
    fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Declined => "declined",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Accepted, Self::Declined].into_iter().find(|verdict| verdict.code() == code)
    }
}

/// Gives the operations that write suggestions onto the original; each takes one of the names.
pub fn suggest(
    original: &Record,
    knew: &Frontier,
    suggestions: &[(ItemId, Suggestion<'_>)],
) -> Vec<Op> {
    let entry = |(item, suggestion): &(ItemId, Suggestion<'_>)| {
        let text = |text: String| (!text.is_empty()).then_some(Scalar::Text(text));
        let parts = [
            (field::OFFER_PROJECT, Some(Scalar::Record(suggestion.project))),
            (field::OFFER_COPY, Some(Scalar::Record(suggestion.copy))),
            (field::OFFER_SECTION, text(suggestion.section.name.to_owned())),
            (field::OFFER_TEXT, Some(Scalar::Passage(passage::write(suggestion.text)))),
            (field::OFFER_REASON, text(suggestion.reason.to_owned())),
            (field::OFFER_KNEW, Some(Scalar::Version(knew.clone()))),
        ];
        let parts = parts.into_iter().filter_map(|(tag, part)| Some((tag, part?))).collect();
        (*item, Value::Entry(parts))
    };
    original.append_items(field::OFFERS, suggestions.iter().map(entry))
}

/// Lists what was suggested to a practice, oldest first.
pub fn offers(record: &Record) -> Vec<Offer> {
    let Some(state) = record.field(field::OFFERS) else { return Vec::new() };
    let order = state.items().into_iter();
    let written =
        order.filter_map(|(item, _)| Some((item, state.items.get(&item)?.value.shown()?)));
    let mut offers: Vec<Offer> = written
        .filter_map(|(item, write)| {
            let mut offer = read(item, &write.value)?;
            (offer.author, offer.stamp) = (write.author, write.stamp);
            offer.answer = answer(record, item);
            Some(offer)
        })
        .collect();
    offers.sort_by_key(|offer| (offer.stamp, offer.item));
    offers
}

fn read(item: ItemId, value: &Value) -> Option<Offer> {
    let text = |tag: u16| value.part(tag).and_then(Scalar::as_text).unwrap_or_default();
    let section = Kind::Practice.schema().field_named(text(field::OFFER_SECTION))?;
    let said = match value.part(field::OFFER_TEXT) {
        Some(Scalar::Passage(bytes)) => passage::read(bytes).unwrap_or_default(),
        Some(_) | None => Vec::new(),
    };
    let knew = match value.part(field::OFFER_KNEW) {
        Some(Scalar::Version(knew)) => knew.clone(),
        Some(_) | None => BTreeMap::new(),
    };
    Some(Offer {
        item,
        project: value.part(field::OFFER_PROJECT).and_then(Scalar::as_record),
        copy: value.part(field::OFFER_COPY).and_then(Scalar::as_record),
        section,
        text: said,
        reason: text(field::OFFER_REASON).to_owned(),
        knew,
        author: AccountId([0; 16]),
        stamp: Stamp::default(),
        answer: None,
    })
}

fn answer(record: &Record, item: ItemId) -> Option<Answer> {
    let write = record.field(field::ANSWERS)?.items.get(&item)?.value.shown()?;
    let text = |tag: u16| write.value.part(tag).and_then(Scalar::as_text).unwrap_or_default();
    Some(Answer {
        verdict: Verdict::from_code(text(field::ANSWER_VERDICT))?,
        reason: text(field::ANSWER_REASON).to_owned(),
        author: write.author,
        stamp: write.stamp,
    })
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
    client_id: u64,
) -> Result<Vec<Block>, TextError> {
    let then = super::as_known(original.record.id, changes, &offer.knew);
    let mut suggested = TextDocument::from_state(client_id, &then.text.state())?;
    let update = suggested.rewrite(&[(offer.section.name, offer.text.clone())]);
    let mut now = TextDocument::from_state(client_id, &original.text.state())?;
    if let Some(update) = update {
        now.apply(&update)?;
    }
    Ok(now.blocks(offer.section.name))
}

/// An answer about to be given.
#[derive(Clone, Copy, Debug)]
pub enum Say<'a> {
    /// The section will say `text`, written under a fresh Yjs client.
    Accept {
        text: &'a [Block],
        client_id: u64,
    },
    Decline,
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
        Say::Accept { .. } => Verdict::Accepted,
        Say::Decline => Verdict::Declined,
    };
    let reason = (!reason.is_empty()).then(|| Scalar::Text(reason.to_owned()));
    let parts = [
        (field::ANSWER_VERDICT, Some(Scalar::Code(verdict.code().to_owned()))),
        (field::ANSWER_REASON, reason),
        (field::ANSWER_BY, Some(Scalar::Account(by))),
    ];
    let parts = parts.into_iter().filter_map(|(tag, part)| Some((tag, part?))).collect();
    let entry = (offer.item, Value::Entry(parts));
    let mut ops = original.record.append_items(field::ANSWERS, [entry]);
    if let Say::Accept { text, client_id } = say {
        let mut document = TextDocument::from_state(client_id, &original.text.state())?;
        let update = document.rewrite(&[(offer.section.name, text.to_vec())]);
        ops.extend(update.map(|update| Op::Text { schema: TEXT_SCHEMA_VERSION, update }));
    }
    Ok(ops)
}
