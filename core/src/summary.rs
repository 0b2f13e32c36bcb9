//! A summary: what lists, the home page and search need of a record.
//!
//! Ten thousand of these are read at a cold start, so it holds little and
//! needs no text document to be loaded.

use minicbor::{Decode, Encode};

use crate::access::{self, Caller};
use crate::adopt::offer;
use crate::blank;
use crate::choice;
use crate::id::RecordId;
use crate::open_record::OpenRecord;
use crate::practice::{self, Progress};
use crate::record::{Deed, FieldState, Latest, Record};
use crate::schema::{
    Kind, document_field, organisation_field, practice_field, programme_field, project_field,
    thread_field,
};
use crate::stamp::Stamp;
use crate::text::plain;
use crate::thread::{Thread, ThreadSummary};
use crate::value::{PartialDate, Period, Scalar, Value};

/// Longest excerpt of a text, in characters: two lines of a list.
const EXCERPT_CHARS_MAX: usize = 160;

/// What a list shows of a record.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, stored in its place")]
pub struct Summary {
    #[n(0)]
    pub record: RecordId,
    #[n(1)]
    pub kind: Kind,
    #[n(2)]
    pub title: String,
    #[n(3)]
    pub excerpt: String,
    #[n(4)]
    pub project: Option<RecordId>,
    /// The code of a document's or project's own kind.
    #[n(5)]
    pub subkind: Option<String>,
    #[n(6)]
    pub language: Option<String>,
    #[n(7)]
    pub date: Option<PartialDate>,
    #[n(8)]
    pub published: bool,
    /// When it was put into the bin, if it lies there.
    #[n(9)]
    pub trashed: Option<Stamp>,
    #[n(10)]
    pub created: Deed,
    #[n(11)]
    pub modified: Deed,
    /// How many choices wait for a person.
    #[n(12)]
    pub choices: u16,
    #[n(13)]
    pub period: Option<Period>,
    /// Codes of the areas it concerns.
    #[n(14)]
    pub areas: Vec<String>,
    #[n(15)]
    pub keywords: Vec<String>,
    /// Made by a newer program, so it opens read-only here.
    #[n(16)]
    pub newer: bool,
    /// What only a practice has.
    #[n(17)]
    #[cbor(default)]
    pub practice: Option<PracticeSummary>,
    /// Whether its people have written something that is not published.
    #[n(18)]
    #[cbor(default)]
    pub unpublished: bool,
    /// The projects that are asked about an entry of their own, each time they are.
    #[n(19)]
    #[cbor(default)]
    pub asked: Vec<RecordId>,
    /// What only a thread has.
    #[n(20)]
    #[cbor(default)]
    pub thread: Option<ThreadSummary>,
    /// Whether nobody left a word in it.
    #[n(21)]
    #[cbor(default)]
    pub blank: bool,
    /// Who wrote the sides of the choices that wait, and when.
    #[n(22)]
    #[cbor(default)]
    pub asked_by: Option<Latest>,
}

/// What the library of practices narrows, sorts and shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct PracticeSummary {
    /// Codes of its target groups.
    #[n(0)]
    pub target_groups: Vec<String>,
    /// Codes of its sectors.
    #[n(1)]
    pub sectors: Vec<String>,
    /// The code of its level of evidence.
    #[n(2)]
    pub evidence: Option<String>,
    /// The projects that took it into use, each once.
    #[n(3)]
    pub adopters: Vec<RecordId>,
    /// The practice that it was adopted from.
    #[n(4)]
    pub origin: Option<RecordId>,
    /// How many of its points are filled in.
    #[n(5)]
    pub filled: u8,
    /// How many points there are.
    #[n(6)]
    pub points: u8,
    /// Whether it was published once and is no longer.
    #[n(7)]
    #[cbor(default)]
    pub closed: bool,
    /// How many suggestions to it wait for an answer.
    #[n(8)]
    #[cbor(default)]
    pub offers: u16,
    /// How many improvements of its original wait. That takes two records to tell: whoever holds
    /// both counts them and notes it here.
    #[n(9)]
    #[cbor(default)]
    pub improvements: u16,
    /// The adopters whose own version lies in the bin. That, too, is noted by whoever holds it.
    #[n(10)]
    #[cbor(default)]
    pub binned: Vec<RecordId>,
    /// Who made the suggestions that wait, and when.
    #[n(11)]
    #[cbor(default)]
    pub offered_by: Option<Latest>,
    /// Who published what shows of it, and when.
    #[n(12)]
    #[cbor(default)]
    pub published_by: Option<Deed>,
}

impl Summary {
    /// Summarises a record; `None` until its `create` has come, and of a notebook, which no list
    /// shows.
    pub fn of(open: &OpenRecord) -> Option<Self> {
        let record = &open.record;
        let kind = record.kind.filter(|kind| *kind != Kind::Notebook)?;
        let waiting = choice::choices(record);
        Some(Self {
            record: record.id,
            kind,
            title: record.title().unwrap_or_default().to_owned(),
            excerpt: excerpt(open, kind),
            project: record.project().filter(|project| *project != record.id),
            subkind: text_of(record, subkind_field(kind)),
            language: text_of(record, language_field(kind)),
            date: date_of(record, kind),
            published: record.is_published(),
            trashed: record.trashed_at(),
            created: record.created?,
            modified: record.modified?,
            choices: u16::try_from(waiting.len()).unwrap_or(u16::MAX),
            period: period_of(record, kind),
            areas: members(record, areas_field(kind)),
            keywords: members(record, keywords_field(kind)),
            newer: open.is_newer(),
            practice: (kind == Kind::Practice).then(|| PracticeSummary::of(open)),
            unpublished: record.has_unpublished(),
            asked: waiting.iter().filter_map(choice::Choice::asks_project).collect(),
            thread: ThreadSummary::of(record),
            blank: blank::is_blank(open),
            asked_by: Latest::of(waiting.iter().flat_map(choice::Choice::deeds)),
        })
    }

    /// Counts the choices that wait for a caller: those about a project's own entry for its
    /// members, the others for whoever may edit the record (rule G23).
    pub fn choices_for(&self, caller: &Caller) -> usize {
        if self.kind == Kind::Thread {
            let settles = access::may_settle_thread(caller, self.project, self.created.author);
            return usize::from(self.choices) * usize::from(settles);
        }
        let own = (self.kind == Kind::Project).then_some(self.record);
        let asked = |about: Option<RecordId>| {
            access::is_asked(caller, self.kind, own.or(self.project), about)
        };
        let general = usize::from(self.choices).saturating_sub(self.asked.len());
        let of_projects = self.asked.iter().filter(|project| asked(Some(**project))).count();
        of_projects + if asked(None) { general } else { 0 }
    }
}

/// A plain field that describes the record says more than the start of its text.
fn excerpt(open: &OpenRecord, kind: Kind) -> String {
    let described = match kind {
        Kind::Programme => text_of(&open.record, Some(programme_field::SHORT_DESCRIPTION)),
        Kind::Project => text_of(&open.record, Some(project_field::SHORT_DESCRIPTION)),
        Kind::Practice => text_of(&open.record, Some(practice_field::SHORT_DESCRIPTION)),
        Kind::Thread => first_words(&open.record),
        Kind::Document | Kind::Organisation | Kind::Notebook => None,
    };
    match (described, kind) {
        (Some(text), _) => plain::cut(&text, EXCERPT_CHARS_MAX),
        (None, Kind::Document) => plain::excerpt(&open.text.blocks("body"), EXCERPT_CHARS_MAX),
        (None, Kind::Practice) => plain::excerpt(&open.text.blocks("solution"), EXCERPT_CHARS_MAX),
        (
            None,
            Kind::Programme | Kind::Project | Kind::Organisation | Kind::Thread | Kind::Notebook,
        ) => String::new(),
    }
}

/// A thread is known by what was said first in it.
fn first_words(record: &Record) -> Option<String> {
    let thread = Thread::of(record)?;
    thread.posts.first()?.words.map(|words| words.text.clone())
}

fn subkind_field(kind: Kind) -> Option<u16> {
    match kind {
        Kind::Document => Some(document_field::KIND),
        Kind::Project => Some(project_field::KIND),
        Kind::Organisation => Some(organisation_field::SECTOR),
        Kind::Practice => Some(practice_field::PHASE),
        Kind::Thread => Some(thread_field::KIND),
        Kind::Programme | Kind::Notebook => None,
    }
}

fn language_field(kind: Kind) -> Option<u16> {
    match kind {
        Kind::Document => Some(document_field::LANGUAGE),
        Kind::Practice => Some(practice_field::LANGUAGE),
        Kind::Programme | Kind::Project | Kind::Organisation | Kind::Thread | Kind::Notebook => {
            None
        }
    }
}

fn areas_field(kind: Kind) -> Option<u16> {
    match kind {
        Kind::Project => Some(project_field::AREAS),
        Kind::Organisation => Some(organisation_field::AREAS),
        Kind::Practice => Some(practice_field::AREAS),
        Kind::Document | Kind::Programme | Kind::Thread | Kind::Notebook => None,
    }
}

fn keywords_field(kind: Kind) -> Option<u16> {
    match kind {
        Kind::Document => Some(document_field::KEYWORDS),
        Kind::Practice => Some(practice_field::KEYWORDS),
        Kind::Programme | Kind::Project | Kind::Organisation | Kind::Thread | Kind::Notebook => {
            None
        }
    }
}

fn text_of(record: &Record, field: Option<u16>) -> Option<String> {
    record.field(field?)?.value()?.as_text().map(str::to_owned)
}

impl PracticeSummary {
    /// Lists the projects that have it in use, each once: not those whose version lies in the bin
    /// (rule P90).
    pub fn users(&self) -> impl Iterator<Item = RecordId> {
        self.adopters.iter().copied().filter(|project| !self.binned.contains(project))
    }

    fn of(open: &OpenRecord) -> Self {
        let record = &open.record;
        let progress = Progress::of(open);
        Self {
            target_groups: members(record, Some(practice_field::TARGET_GROUPS)),
            sectors: members(record, Some(practice_field::SECTORS)),
            evidence: text_of(record, Some(practice_field::EVIDENCE_LEVEL)),
            adopters: practice::adopters(record),
            origin: record.lineage().map(|(origin, _)| origin),
            filled: progress.filled,
            points: progress.points,
            closed: record.is_closed(),
            offers: u16::try_from(offer::unanswered(record)).unwrap_or(u16::MAX),
            improvements: 0,
            binned: Vec::new(),
            offered_by: Latest::of(offer::waiting_deeds(record)),
            published_by: record.published_by(),
        }
    }
}

fn members(record: &Record, field: Option<u16>) -> Vec<String> {
    let state = field.and_then(|field| record.field(field));
    let members = state.into_iter().flat_map(FieldState::members);
    members.filter_map(Value::as_text).map(str::to_owned).collect()
}

fn date_of(record: &Record, kind: Kind) -> Option<PartialDate> {
    let state = record.field((kind == Kind::Document).then_some(document_field::DATE)?)?;
    if let Value::One(Scalar::Date(date)) = state.value()? { Some(*date) } else { None }
}

fn period_of(record: &Record, kind: Kind) -> Option<Period> {
    let field = match kind {
        Kind::Programme => programme_field::PERIOD,
        Kind::Project => project_field::PERIOD,
        Kind::Document | Kind::Organisation | Kind::Practice | Kind::Thread | Kind::Notebook => {
            return None;
        }
    };
    let value = record.field(field)?.value()?;
    if let Value::One(Scalar::Period(period)) = value { Some(*period) } else { None }
}
