//! Schemas as data: which fields a kind of record has, and how each one merges.
//!
//! Adding a field is one line in the kind's table. Tags are forever; names,
//! labels and order may change. Screens and checks read these tables; nothing
//! else knows what a document consists of.

pub mod area;
mod document;
mod holding;
mod notebook;
mod open_comment;
mod organisation;
mod practice;
mod programme;
mod project;
mod thread;

use minicbor::{Decode, Encode};

use crate::id::RecordId;
use crate::value::{Scalar, Value};

pub use document::field as document_field;
pub use holding::Holding;
pub use open_comment::field as open_comment_field;
pub use organisation::field as organisation_field;
pub use practice::field as practice_field;
pub use programme::field as programme_field;
pub use project::field as project_field;
pub use thread::field as thread_field;

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Kind {
    #[n(0)]
    Programme,
    #[n(1)]
    Project,
    #[n(2)]
    Document,
    #[n(3)]
    Organisation,
    #[n(4)]
    Practice,
    /// What people say, of a thing or by itself.
    #[n(5)]
    Thread,
    /// What one account notes for itself.
    #[n(6)]
    Notebook,
}

/// A label in the three languages of the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    pub fi: &'static str,
    pub sv: &'static str,
    pub en: &'static str,
}

/// Builds a [`Label`].
pub(crate) const fn label(fi: &'static str, sv: &'static str, en: &'static str) -> Label {
    Label { fi, sv, en }
}

/// What happens when two devices change a field without knowing of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Both stay and a person chooses; the later one shows meanwhile.
    Ask,
    /// The later one shows and nobody is asked.
    Latest,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One line of text.
    Line,
    /// Plain text of several lines.
    Text,
    /// A whole formatted text that is a value: what somebody suggests.
    Passage,
    /// Words as an edit of a record's text that is known to several: the Yjs V1 update that
    /// writes them there.
    Edit,
    /// What somebody knew of a record.
    Version,
    Account,
    /// A formatted text: a fragment of the record's text document, named like the field.
    RichText,
    /// A code of the named controlled list.
    Code(&'static str),
    /// A language tag: `fi`, `sv`, `en`.
    Date,
    Period,
    Record(Kind),
    /// A record of whatever kind.
    Thing,
    /// A post of a thread.
    Post,
    /// A moment: a day and a time of day.
    Moment,
    /// Several lines of text, each once.
    SetOfLines,
    /// Several codes of the named controlled list, each once.
    SetOfCodes(&'static str),
    /// Several records of a kind, each once.
    SetOfRecords(Kind),
    /// Entries in an order, each with these parts.
    List(&'static [Part]),
}

/// One part of a list entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub tag: u16,
    pub name: &'static str,
    pub label: Label,
    pub shape: Shape,
}

/// Who writes a field, beside those who may edit everything of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writers {
    /// Nobody else.
    Owners,
    /// Whoever may see the record, for entries of a project of their own.
    Adopters,
}

/// What becomes of a field when its record is adopted, and of its improvements later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heritage {
    /// The copy begins with what the original says, and receives what changes there.
    Adopted,
    /// Each says it for itself: where, by whom, with what result.
    Own,
    /// Written by what people do (adopting, suggesting, answering), never asked in a form.
    Kept,
}

/// A section's place on the development path of a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The part of the path, from 1; its label is in the list `path_part`.
    pub part: u8,
    /// Its place on the summary page, from 1, if it is shown there.
    pub summary: Option<u8>,
    /// What to write here.
    pub guidance: Label,
}

/// One field of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The number that stands for the field in every change, forever.
    pub tag: u16,
    pub name: &'static str,
    pub label: Label,
    pub shape: Shape,
    pub policy: Policy,
    /// Whether publishing without it earns a reminder.
    pub required: bool,
    /// Where it is on the development path, if it is a section of that.
    pub step: Option<Step>,
    pub writers: Writers,
    pub heritage: Heritage,
}

/// A kind and its fields in the order in which people see them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    pub kind: Kind,
    pub label: Label,
    /// The segment of its permanent address: `/documents/<id>-<slug>`.
    pub path: &'static str,
    /// The field that names a record of this kind.
    pub title: u16,
    pub fields: &'static [Field],
}

/// Builds a field that people settle themselves when two devices disagree.
const fn ask(tag: u16, name: &'static str, label: Label, shape: Shape) -> Field {
    field(tag, name, label, shape, Policy::Ask)
}

/// Builds a field whose later value shows without asking.
const fn latest(tag: u16, name: &'static str, label: Label, shape: Shape) -> Field {
    field(tag, name, label, shape, Policy::Latest)
}

/// Builds the field that says to which version a record went back last ([`crate::history`]).
const fn restored(tag: u16) -> Field {
    let name = label("Palautettu versio", "Återställd version", "Restored version");
    latest(tag, "restored", name, Shape::Version).kept()
}

/// The parts of a name that a version of a record was given.
const VERSION_NAME_PARTS: &[Part] = &[
    Part { tag: 1, name: "name", label: label("Nimi", "Namn", "Name"), shape: Shape::Line },
    Part {
        tag: 2,
        name: "version",
        label: label("Versio", "Version", "Version"),
        shape: Shape::Version,
    },
];

/// Builds the field with the names of versions.
const fn version_names(tag: u16) -> Field {
    let name = label("Versioiden nimet", "Versionernas namn", "Names of versions");
    latest(tag, "version_names", name, Shape::List(VERSION_NAME_PARTS)).kept()
}

const fn field(tag: u16, name: &'static str, label: Label, shape: Shape, policy: Policy) -> Field {
    let (required, step) = (false, None);
    let (writers, heritage) = (Writers::Owners, Heritage::Adopted);
    Field { tag, name, label, shape, policy, required, step, writers, heritage }
}

impl Field {
    /// Marks the field as one that a finished record has.
    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Says who else writes it.
    const fn written_by(mut self, writers: Writers) -> Self {
        self.writers = writers;
        self
    }

    /// Leaves the field to each record for itself.
    const fn own(mut self) -> Self {
        self.heritage = Heritage::Own;
        self
    }

    /// Says whether it tells only of versions: for those who edit, not for readers.
    pub fn is_of_history(&self) -> bool {
        self.shape == Shape::Version || self.shape == Shape::List(VERSION_NAME_PARTS)
    }

    /// Says whether it is between the people of the workspace: what they suggest to each other, what
    /// they answer, and what a practice's ancestors were once called, is published by nobody.
    pub fn is_of_workspace(&self) -> bool {
        use practice::field::{ANSWERS, LINEAGE, OFFERS};
        [OFFERS, ANSWERS, LINEAGE].contains(&self.tag) && self.heritage == Heritage::Kept
    }

    /// Leaves the field to what people do.
    const fn kept(mut self) -> Self {
        self.heritage = Heritage::Kept;
        self
    }
}

/// Says whether what an entry of a list is about is known to its reader: an adoption is about its
/// project. Entries of most lists are about nothing else.
pub fn is_about_known(
    parts: &[Part],
    value: &Value,
    is_known: impl FnOnce(RecordId) -> bool,
) -> bool {
    let about = parts.iter().find(|part| matches!(part.shape, Shape::Record(_)));
    about.is_none_or(|part| value.part(part.tag).and_then(Scalar::as_record).is_some_and(is_known))
}

/// Says whether a field holds what people do around a record. No kind uses the tag of such a field
/// for anything else, so it can be said before the kind of a record is known.
pub fn is_kept(tag: u16) -> bool {
    let fields = Kind::ALL.iter().filter_map(|kind| kind.schema().field(tag));
    fields.map(|field| field.heritage).any(|heritage| heritage == Heritage::Kept)
}

impl Kind {
    /// All kinds, in the order of their tags.
    pub const ALL: [Self; 7] = [
        Self::Programme,
        Self::Project,
        Self::Document,
        Self::Organisation,
        Self::Practice,
        Self::Thread,
        Self::Notebook,
    ];

    /// Gives the table of this kind.
    pub fn schema(self) -> &'static Schema {
        match self {
            Self::Programme => &programme::SCHEMA,
            Self::Project => &project::SCHEMA,
            Self::Document => &document::SCHEMA,
            Self::Organisation => &organisation::SCHEMA,
            Self::Practice => &practice::SCHEMA,
            Self::Thread => &thread::SCHEMA,
            Self::Notebook => &notebook::SCHEMA,
        }
    }
}

impl Schema {
    /// Finds a field by its tag.
    pub fn field(&self, tag: u16) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.tag == tag)
    }

    /// Finds a field by its name.
    pub fn field_named(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Lists the formatted texts, in the order in which people read them.
    pub fn rich_texts(&self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(|field| field.shape == Shape::RichText)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn m1_tags_and_names_are_unique_and_every_label_is_in_three_languages() {
        for schema in Kind::ALL.map(Kind::schema) {
            let tags: BTreeSet<_> = schema.fields.iter().map(|field| field.tag).collect();
            let names: BTreeSet<_> = schema.fields.iter().map(|field| field.name).collect();
            assert_eq!((tags.len(), names.len()), (schema.fields.len(), schema.fields.len()));
            assert!(schema.field(schema.title).is_some(), "{:?} has a title", schema.kind);
            for field in schema.fields {
                let Label { fi, sv, en } = field.label;
                assert!(![fi, sv, en].contains(&""), "{} has all its labels", field.name);
            }
        }
    }

    #[test]
    fn m9_a_field_for_what_people_do_shares_its_tag_with_no_other() {
        for schema in Kind::ALL.map(Kind::schema) {
            for field in schema.fields {
                let kept = field.heritage == Heritage::Kept;
                assert_eq!(is_kept(field.tag), kept, "{:?} {}", schema.kind, field.name);
            }
        }
    }
}
