//! A record of the example programme on its way to becoming one change.

use std::collections::BTreeMap;

use talkoot_core::change::{Frontier, Op, Position};
use talkoot_core::id::{ItemId, RecordId};
use talkoot_core::schema::Kind;
use talkoot_core::text::{self, Block, TEXT_SCHEMA_VERSION, markdown};
use talkoot_core::value::{PartialDate, Period, Scalar, Value};

use super::copy::Adopted;
use super::files::{LinkFile, PeriodFile};
use super::names;
use super::thread::Said;

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 86_400_000;

/// One change to write: a record to create, or to go on with.
pub(super) struct Draft {
    /// What a refusal calls it.
    pub(super) name: String,
    pub(super) record: RecordId,
    pub(super) kind: Kind,
    pub(super) written_by: String,
    pub(super) written_ms: u64,
    pub(super) ops: Vec<Op>,
    pub(super) manner: Manner,
}

/// How a draft becomes the operations of its change.
pub(super) enum Manner {
    /// As they are.
    Plain,
    /// A copy begins; the draft has no operations of its own.
    Adopts(Adopted),
    /// A copy comes to say what the operations would have made a new record say.
    InItsOwnWay,
    /// Something is said in a thread.
    Says(Said),
    /// Sections come to say something else, and that is published.
    Revises { sections: Vec<(&'static str, Vec<Block>)>, reason: String },
}

impl Draft {
    /// Begins a record.
    pub(super) fn new(kind: Kind, key: &str, written_by: &str, written: &str) -> Self {
        let mut draft = Self::on(kind, key, written_by, written);
        draft.ops.push(Op::Create { kind });
        draft
    }

    /// Goes on with a record that was begun before.
    pub(super) fn on(kind: Kind, key: &str, written_by: &str, written: &str) -> Self {
        let folder = kind_name(kind);
        Self {
            name: format!("{folder}/{key}"),
            record: names::record(folder, key),
            kind,
            written_by: written_by.to_owned(),
            written_ms: moment_ms(written),
            ops: Vec::new(),
            manner: Manner::Plain,
        }
    }

    /// Begins a copy of a practice.
    pub(super) fn adopting(key: &str, written_by: &str, written: &str, adopted: Adopted) -> Self {
        let draft = Self::on(Kind::Practice, key, written_by, written);
        Self { manner: Manner::Adopts(adopted), ..draft }
    }

    pub(super) fn set(mut self, field: u16, value: Value) -> Self {
        if value != Value::Empty {
            self.ops.push(Op::SetField { field, value, replaces: Vec::new() });
        }
        self
    }

    pub(super) fn text(self, field: u16, text: &str) -> Self {
        self.set(field, Value::text(text))
    }

    pub(super) fn code(self, field: u16, code: &str) -> Self {
        self.set(field, Value::code(code))
    }

    pub(super) fn period(self, field: u16, period: &PeriodFile) -> Self {
        self.set(field, Value::One(Scalar::Period(read_period(period))))
    }

    /// Adds members to a set.
    pub(super) fn members(mut self, field: u16, members: impl IntoIterator<Item = Value>) -> Self {
        self.ops.extend(members.into_iter().map(|value| Op::AddToSet { field, value }));
        self
    }

    /// Adds entries to a list, in their order.
    pub(super) fn entries(
        mut self,
        field: u16,
        entries: impl IntoIterator<Item = BTreeMap<u16, Scalar>>,
    ) -> Self {
        let mut last = None;
        for (place, entry) in entries.into_iter().enumerate() {
            let item = names::item(self.record, field, place);
            let position = Position::between(last.as_ref(), None);
            last = Some(position.clone());
            self = self.item(field, item, Value::Entry(entry), position);
        }
        self
    }

    /// Adds an entry to a list.
    pub(super) fn item(
        mut self,
        field: u16,
        item: ItemId,
        value: Value,
        position: Position,
    ) -> Self {
        self.ops.push(Op::PutItem { field, item, value, replaces: Vec::new() });
        self.ops.push(Op::PlaceItem { field, item, position, replaces: Vec::new() });
        self
    }

    pub(super) fn links(self, field: u16, tags: (u16, u16), links: &[LinkFile]) -> Self {
        let entry = |link: &LinkFile| {
            let (title, url) = (Scalar::Text(link.title.clone()), Scalar::Text(link.url.clone()));
            BTreeMap::from([(tags.0, title), (tags.1, url)])
        };
        self.entries(field, links.iter().map(entry))
    }

    /// Seeds a formatted text from Markdown.
    pub(super) fn rich(mut self, field: u16, source: &str) -> Self {
        let name = self.kind.schema().field(field).map_or("", |field| field.name);
        let client = names::text_client(self.record, field);
        let update = text::seed_update(client, name, &markdown::read(source));
        self.ops.push(Op::Text { schema: TEXT_SCHEMA_VERSION, update });
        self
    }

    pub(super) fn published(mut self) -> Self {
        // A change that writes and publishes publishes what it writes.
        let version = Some(Frontier::new());
        let (replaces, reason) = (Vec::new(), None);
        self.ops.push(Op::Publish { published: true, replaces, version, reason });
        self
    }
}

/// Reads a period; an end that does not read is open.
pub(super) fn read_period(period: &PeriodFile) -> Period {
    let read = |end: &Option<String>| end.as_deref().and_then(PartialDate::parse);
    Period { from: read(&period.from), until: read(&period.until) }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Programme => "programme",
        Kind::Project => "project",
        Kind::Document => "document",
        Kind::Organisation => "organisation",
        Kind::Practice => "practice",
        Kind::Thread => "thread",
        Kind::Notebook => "notebook",
    }
}

/// Reads a date, or a date and a time of day: `2019-03-11 09:20`.
fn moment_ms(written: &str) -> u64 {
    let (date, time) = written.split_once(' ').unwrap_or((written, "09:00"));
    let parts = time.split_once(':').and_then(|(h, m)| Some((h.parse().ok()?, m.parse().ok()?)));
    let (hour, minute): (u64, u64) = parts.unwrap_or_default();
    let midnight = PartialDate::parse(date).map_or(0, midnight_ms);
    midnight.saturating_add(hour * HOUR_MS).saturating_add(minute * 60_000)
}

/// Gives the beginning of a date, the first possible one where the day is unknown.
fn midnight_ms(date: PartialDate) -> u64 {
    let month = u64::from(date.month.unwrap_or(1));
    let day = u64::from(date.day.unwrap_or(1));
    // Counts from March, so that the leap day is the last of a year.
    let year = u64::from(date.year) - u64::from(month <= 2);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = year * 365 + year / 4 - year / 100 + year / 400 + day_of_year;
    days.saturating_sub(719_468).saturating_mul(DAY_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn o5_a_date_becomes_its_morning() {
        let days = |text| (moment_ms(text) - 9 * HOUR_MS) / DAY_MS;
        assert_eq!(days("1970-01-01"), 0);
        assert_eq!(days("2000-02-29"), 11_016);
        assert_eq!(days("2020-03-05"), 18_326);
        assert_eq!(days("2017-08"), days("2017-08-01"));
        assert_eq!(days("2018"), days("2018-01-01"));
    }
}
