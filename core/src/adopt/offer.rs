//! Offering back: a section that a project wrote better, suggested to the original.
//!
//! An offer is an entry on the original, written by those who adopted it; its answer is an entry
//! of the same name, written by the original's own people ([`answer`]). An accepted section is
//! written onto the version that it was suggested to, so that what the original changed since
//! stays. Its maker makes the edit that does that, once: whoever accepts brings the same bytes.

pub mod answer;

pub use answer::{Answer, Say, Verdict, Written, accepted, answering, disputed, settling, without};

use crate::change::{Frontier, Op};
use crate::id::{AccountId, ItemId, RecordId};
use crate::limits::PASSAGE_BYTES_MAX;
use crate::open_record::OpenRecord;
use crate::record::{Deed, Record};
use crate::schema::{Field, Heritage, Kind, Shape, practice_field as field};
use crate::stamp::Stamp;
use crate::text::{Block, TextDocument, TextError, passage};
use crate::value::{Scalar, Value};

/// A suggested section, with its answers once there are any.
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
    /// The edit of the original that writes it, if its maker made one.
    pub edit: Option<Vec<u8>>,
    pub author: AccountId,
    pub stamp: Stamp,
    /// What its people said, the latest first: several where they did not know of each other.
    pub answers: Vec<Answer>,
}

/// What is suggested, before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion<'a> {
    /// The name that its entry gets.
    pub item: ItemId,
    pub project: RecordId,
    pub copy: RecordId,
    pub section: &'static Field,
    pub text: &'a [Block],
    pub reason: &'a str,
    /// A fresh Yjs client, under which its words will stand in the original.
    pub client_id: u64,
}

impl Offer {
    /// Gives the answer that shows.
    pub fn answer(&self) -> Option<&Answer> {
        self.answers.first()
    }
}

/// Gives the operations that write suggestions onto the original; `before` is the original as
/// its version stands in the copy that they come from.
///
/// # Errors
///
/// Returns why the text of the original does not load; only bytes that lie do that.
pub fn suggest(
    original: &Record,
    before: &OpenRecord,
    suggestions: &[Suggestion<'_>],
) -> Result<Vec<Op>, TextError> {
    let entry = |suggestion: &Suggestion<'_>| {
        let text = |text: String| (!text.is_empty()).then_some(Scalar::Text(text));
        let parts = [
            (field::OFFER_PROJECT, Some(Scalar::Record(suggestion.project))),
            (field::OFFER_COPY, Some(Scalar::Record(suggestion.copy))),
            (field::OFFER_SECTION, text(suggestion.section.name.to_owned())),
            (field::OFFER_TEXT, Some(Scalar::Passage(passage::write(suggestion.text)))),
            (field::OFFER_REASON, text(suggestion.reason.to_owned())),
            (field::OFFER_KNEW, Some(Scalar::Version(before.record.frontier.clone()))),
            (field::OFFER_EDIT, edit(original, before, suggestion)?.map(Scalar::Edit)),
        ];
        let parts = parts.into_iter().filter_map(|(tag, part)| Some((tag, part?))).collect();
        Ok((suggestion.item, Value::Entry(parts)))
    };
    let entries = suggestions.iter().map(entry).collect::<Result<Vec<_>, TextError>>()?;
    let replaced = suggestions.iter().flat_map(|it| waiting(original, it.copy, it.section));
    let mut ops: Vec<Op> =
        replaced.map(|offer| original.remove_item(field::OFFERS, offer.item)).collect();
    ops.extend(original.append_items(field::OFFERS, entries));
    Ok(ops)
}

/// Lists what a copy suggested for a section and nobody answered yet: the next one takes its
/// place (rule G29).
pub fn waiting(original: &Record, copy: RecordId, section: &Field) -> Vec<Offer> {
    let all = offers(original).into_iter().filter(|it| it.answers.is_empty());
    all.filter(|it| it.copy == Some(copy) && it.section.tag == section.tag).collect()
}

/// Makes the edit that writes a suggestion onto the version that it is suggested to. One that is
/// too large for an entry is left out: then whoever accepts makes an edit of their own.
fn edit(
    original: &Record,
    before: &OpenRecord,
    suggestion: &Suggestion<'_>,
) -> Result<Option<Vec<u8>>, TextError> {
    let earlier = offers(original).into_iter().filter(|it| it.copy == Some(suggestion.copy));
    let mut text = with_taken_in(original, before, earlier, suggestion.client_id)?;
    let update = text.rewrite(&[(suggestion.section.name, suggestion.text.to_vec())])?;
    Ok(update.filter(|update| update.len() <= PASSAGE_BYTES_MAX))
}

/// Gives the text onto which a suggestion was made, under a Yjs client; `then` is the original as
/// its maker knew it.
fn standing(
    original: &Record,
    then: &OpenRecord,
    offer: &Offer,
    client_id: u64,
) -> Result<TextDocument, TextError> {
    let made = (offer.stamp, offer.item);
    let earlier = offers(original)
        .into_iter()
        .filter(|it| it.copy.is_some() && it.copy == offer.copy && (it.stamp, it.item) < made);
    with_taken_in(original, then, earlier, client_id)
}

/// Gives a version of the original with those suggestions in it that its people took in: their
/// words are their copy's own, which says them without having received them (rule G28).
fn with_taken_in(
    original: &Record,
    then: &OpenRecord,
    earlier: impl Iterator<Item = Offer>,
    client_id: u64,
) -> Result<TextDocument, TextError> {
    let mut text = TextDocument::from_state(client_id, &then.text.state())?;
    let accepted = |it: &Offer| it.answers.iter().any(|it| it.verdict == Verdict::Accepted);
    for edit in earlier.filter(accepted).filter_map(|it| it.edit) {
        if answer::is_brought(original, &edit) {
            // One that builds on what this version lacks has no place in it.
            text.apply(&edit).ok();
        }
    }
    Ok(text)
}

/// Lists what was suggested to a practice, oldest first.
pub fn offers(record: &Record) -> Vec<Offer> {
    let items = record.field(field::OFFERS).into_iter().flat_map(|state| state.items.keys());
    let mut offers: Vec<Offer> = items.filter_map(|item| offer(record, *item)).collect();
    offers.sort_by_key(|offer| (offer.stamp, offer.item));
    offers
}

/// Counts the suggestions to a practice that nobody has answered.
pub fn unanswered(record: &Record) -> usize {
    offers(record).iter().filter(|offer| offer.answers.is_empty()).count()
}

/// Lists who made the suggestions to a practice that nobody has answered, and when.
pub fn waiting_deeds(record: &Record) -> Vec<Deed> {
    let waiting = offers(record).into_iter().filter(|offer| offer.answers.is_empty());
    let made = waiting.filter_map(|offer| {
        let entry = record.field(field::OFFERS)?.items.get(&offer.item)?;
        let (change, write) = entry.value.live().into_iter().next()?;
        Some(Deed { stamp: write.stamp, change, author: write.author })
    });
    made.collect()
}

/// Gives one suggestion to a practice, with its answers.
pub fn offer(record: &Record, item: ItemId) -> Option<Offer> {
    let write = record.field(field::OFFERS)?.items.get(&item)?.value.shown()?;
    let mut offer = read(item, &write.value)?;
    (offer.author, offer.stamp) = (write.author, write.stamp);
    offer.answers = answer::answers(record, item).into_iter().map(|side| side.value).collect();
    Some(offer)
}

/// Only a section that copies share can be suggested, whatever bytes say.
fn read(item: ItemId, value: &Value) -> Option<Offer> {
    let text = |tag: u16| value.part(tag).and_then(Scalar::as_text).unwrap_or_default();
    let section = Kind::Practice.schema().field_named(text(field::OFFER_SECTION));
    let section =
        section.filter(|it| it.shape == Shape::RichText && it.heritage == Heritage::Adopted)?;
    let said = match value.part(field::OFFER_TEXT) {
        Some(Scalar::Passage(bytes)) => passage::read(bytes).unwrap_or_default(),
        Some(_) | None => Vec::new(),
    };
    let knew = match value.part(field::OFFER_KNEW) {
        Some(Scalar::Version(knew)) => knew.clone(),
        Some(_) | None => Frontier::new(),
    };
    let edit = match value.part(field::OFFER_EDIT) {
        Some(Scalar::Edit(update)) => Some(update.clone()),
        Some(_) | None => None,
    };
    Some(Offer {
        item,
        project: value.part(field::OFFER_PROJECT).and_then(Scalar::as_record),
        copy: value.part(field::OFFER_COPY).and_then(Scalar::as_record),
        section,
        text: said,
        reason: text(field::OFFER_REASON).to_owned(),
        knew,
        edit,
        author: AccountId([0; 16]),
        stamp: Stamp::default(),
        answers: Vec::new(),
    })
}
