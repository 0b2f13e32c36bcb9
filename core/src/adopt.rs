//! Adopting a practice: a copy of one's own that stays tied to the original.
//!
//! The copy begins with the text state of the original and the values of its fields
//! ([`adopting`]), so what the original says later can be compared and merged on what both had
//! in common ([`improvements`], [`Receiving`]). What a project wrote better it suggests to the
//! original ([`offer`]).
//!
//! Deliberately absent: who may do it (that is [`crate::access`]), and the words of a screen.

pub mod content;
pub mod offer;
pub mod reason;
pub mod receive;
pub mod standing;

pub use content::{Content, content};
pub use offer::{Offer, Verdict};
pub use reason::{Reason, reasons};
pub use receive::{Decided, Decision, Improvement, Receiving, improvements, waiting};
pub use standing::Standing;

use crate::change::{Change, Frontier, Op};
use crate::id::{ItemId, RecordId};
use crate::open_record::OpenRecord;
use crate::record::Record;
use crate::schema::{Field, Heritage, Kind, Shape, practice_field as field};
use crate::text::TEXT_SCHEMA_VERSION;
use crate::value::{PartialDate, Scalar, Value};

/// What adopting asks of a person, and what only the edge knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopting<'a> {
    /// What the copy is called in the project that adopts it.
    pub name: &'a str,
    pub project: RecordId,
    /// The name of the project that the original belongs to.
    pub project_name: &'a str,
    pub today: PartialDate,
}

/// One of those that a practice descends from, as it was called when it was adopted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ancestor {
    pub record: RecordId,
    pub title: String,
    pub project: Option<RecordId>,
    pub project_name: String,
    pub since: Option<PartialDate>,
}

/// Gives the operations that begin a copy of a practice, as its readers see that (rule G3).
pub fn adopting(original: &OpenRecord, copy: RecordId, asked: &Adopting<'_>) -> Vec<Op> {
    let start = Record::new(copy);
    let mut ops = vec![
        Op::Create { kind: Kind::Practice },
        Op::Receive {
            origin: original.record.id,
            knew: original.record.frontier.clone(),
            schema: TEXT_SCHEMA_VERSION,
            update: original.text.state(),
        },
        start.set_field(field::NAME, Value::text(asked.name)),
        start.set_field(field::PROJECT, Value::One(Scalar::Record(asked.project))),
    ];
    let copied = heritage().filter(|it| it.tag != field::NAME && it.shape != Shape::RichText);
    ops.extend(copied.flat_map(|field| content(original, field).writes(&start, field)));
    let line = line_with(original, asked).into_iter();
    let entries = line.map(|ancestor| (ancestor.item(), ancestor.to_value()));
    ops.extend(start.append_items(field::LINEAGE, entries));
    ops
}

/// Lists the fields that a copy shares with its original.
pub fn heritage() -> impl Iterator<Item = &'static Field> {
    let fields = Kind::Practice.schema().fields.iter();
    fields.filter(|field| field.heritage == Heritage::Adopted)
}

/// Lists the ancestors of a practice, the one that it was adopted from first (rule G10).
pub fn line(record: &Record) -> Vec<Ancestor> {
    let items = record.field(field::LINEAGE).map(crate::record::FieldState::items);
    let ancestors = items.into_iter().flatten();
    ancestors.filter_map(|(_, value)| Ancestor::read(value)).collect()
}

/// Lists the fields in which a copy says something else than what it took over.
pub fn deviations(own: &OpenRecord, before: &OpenRecord) -> Vec<&'static Field> {
    heritage().filter(|field| content(own, field) != content(before, field)).collect()
}

/// Folds a record as somebody knew it.
pub fn as_known<'a>(
    id: RecordId,
    changes: impl IntoIterator<Item = &'a Change>,
    knew: &Frontier,
) -> OpenRecord {
    OpenRecord::of(id, changes.into_iter().filter(|change| knew.knows(change.id)))
}

/// The line of the copy: the original, then everything that it descends from.
fn line_with(original: &OpenRecord, asked: &Adopting<'_>) -> Vec<Ancestor> {
    let record = &original.record;
    let nearest = Ancestor {
        record: record.id,
        title: record.title().unwrap_or_default().to_owned(),
        project: record.project(),
        project_name: asked.project_name.to_owned(),
        since: Some(asked.today),
    };
    std::iter::once(nearest).chain(line(record)).collect()
}

impl Ancestor {
    /// Gives the name of its entry: the same wherever the line is carried on.
    fn item(&self) -> ItemId {
        let number = u128::from_be_bytes(self.record.0) >> 64;
        ItemId(u64::try_from(number).unwrap_or_default())
    }

    fn read(value: &Value) -> Option<Self> {
        let text = |tag: u16| value.part(tag).and_then(Scalar::as_text).unwrap_or_default();
        let since = match value.part(field::ANCESTOR_SINCE) {
            Some(Scalar::Date(date)) => Some(*date),
            Some(_) | None => None,
        };
        Some(Self {
            record: value.part(field::ANCESTOR_RECORD)?.as_record()?,
            title: text(field::ANCESTOR_TITLE).to_owned(),
            project: value.part(field::ANCESTOR_PROJECT).and_then(Scalar::as_record),
            project_name: text(field::ANCESTOR_PROJECT_NAME).to_owned(),
            since,
        })
    }

    fn to_value(&self) -> Value {
        let text = |text: &String| (!text.is_empty()).then(|| Scalar::Text(text.clone()));
        let parts = [
            (field::ANCESTOR_RECORD, Some(Scalar::Record(self.record))),
            (field::ANCESTOR_TITLE, text(&self.title)),
            (field::ANCESTOR_PROJECT, self.project.map(Scalar::Record)),
            (field::ANCESTOR_PROJECT_NAME, text(&self.project_name)),
            (field::ANCESTOR_SINCE, self.since.map(Scalar::Date)),
        ];
        Value::Entry(parts.into_iter().filter_map(|(tag, part)| Some((tag, part?))).collect())
    }
}
