//! What can be said of a practice as a whole: how complete it is, who took it into use.

pub mod twin;

use std::collections::BTreeSet;

use crate::change::Op;
use crate::id::{ItemId, RecordId};
use crate::open_record::OpenRecord;
use crate::record::{FieldState, ItemState, Record};
use crate::schema::{Field, Holding, Kind, practice_field};
use crate::value::{PartialDate, Scalar, Value};

/// The points of a practice that are counted beside the sections of its path.
const COUNTED: [u16; 3] =
    [practice_field::SHORT_DESCRIPTION, practice_field::PHASE, practice_field::EVIDENCE];

/// How far the description of a practice has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub filled: u8,
    pub points: u8,
    /// The tags of the points that are empty, in the order in which people see them.
    pub missing: Vec<u16>,
}

impl Progress {
    /// Counts the points that are filled in: every section of the path and a few more (rule M7).
    pub fn of(open: &OpenRecord) -> Self {
        let counted = Kind::Practice.schema().fields.iter().filter(|field| is_counted(field));
        let (filled, missing): (Vec<&Field>, Vec<&Field>) =
            counted.partition(|field| is_filled(open, field));
        let count = |fields: usize| u8::try_from(fields).unwrap_or(u8::MAX);
        Self {
            filled: count(filled.len()),
            points: count(filled.len().saturating_add(missing.len())),
            missing: missing.into_iter().map(|field| field.tag).collect(),
        }
    }
}

fn is_counted(field: &Field) -> bool {
    field.step.is_some() || COUNTED.contains(&field.tag)
}

/// Says whether a field of a record says something.
pub fn is_filled(open: &OpenRecord, field: &Field) -> bool {
    let state = open.record.field(field.tag);
    match field.shape.holding() {
        Holding::Words => !open.text.is_empty(field.name),
        Holding::Set(_) => state.is_some_and(|state| state.members().next().is_some()),
        Holding::List(_) => state.is_some_and(|state| !state.items().is_empty()),
        Holding::One => {
            let text = state.and_then(FieldState::value);
            text.is_some_and(|value| value.as_text().is_none_or(|text| !text.trim().is_empty()))
        }
    }
}

/// One project's taking a practice into use, as it says itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adoption {
    pub item: ItemId,
    pub project: Option<RecordId>,
    /// The project's own version.
    pub copy: Option<RecordId>,
    pub since: Option<PartialDate>,
    /// What was changed.
    pub changed: String,
    /// What came of it so far.
    pub result: String,
}

/// Lists who took a practice into use, in the order in which they said so.
pub fn adoptions(record: &Record) -> Vec<Adoption> {
    let items = record.field(practice_field::ADOPTIONS).map(FieldState::items).unwrap_or_default();
    items.into_iter().filter_map(|(item, value)| adoption(item, value)).collect()
}

/// Lists the projects that took a practice into use, each once.
pub fn adopters(record: &Record) -> Vec<RecordId> {
    let projects = adoptions(record).into_iter().filter_map(|adoption| adoption.project);
    projects.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Gives the operations that say on a practice that a project has a copy of it.
///
/// The entry has the project's own name: two who adopt for one project without knowing of each
/// other write one entry with two sides, and its people are asked which copy stays tied. Where
/// somebody else took that name, the entry gets the `spare` one.
pub fn adopt(
    original: &Record,
    project: RecordId,
    copy: RecordId,
    today: PartialDate,
    spare: ItemId,
) -> Vec<Op> {
    let earlier = adoptions(original).into_iter().find(|it| it.project == Some(project));
    let own = named(project);
    let state = original.field(practice_field::ADOPTIONS);
    let is_taken = state.and_then(|state| state.items.get(&own)).is_some_and(ItemState::is_there);
    let item = if is_taken { spare } else { own };
    let (item, changed, result) =
        earlier.map_or((item, String::new(), String::new()), |it| (it.item, it.changed, it.result));
    let (project, copy, since) = (Some(project), Some(copy), Some(today));
    let adoption = Adoption { item, project, copy, since, changed, result };
    original.append_items(practice_field::ADOPTIONS, [(item, adoption.to_value())])
}

/// Gives the name of a project's entry: the first half of its own.
fn named(project: RecordId) -> ItemId {
    let number = u128::from_be_bytes(project.0) >> 64;
    ItemId(u64::try_from(number).unwrap_or_default())
}

impl Adoption {
    /// Writes it as the entry that it is.
    pub fn to_value(&self) -> Value {
        let text = |text: &String| (!text.is_empty()).then(|| Scalar::Text(text.clone()));
        let parts = [
            (practice_field::ADOPTION_PROJECT, self.project.map(Scalar::Record)),
            (practice_field::ADOPTION_COPY, self.copy.map(Scalar::Record)),
            (practice_field::ADOPTION_SINCE, self.since.map(Scalar::Date)),
            (practice_field::ADOPTION_CHANGED, text(&self.changed)),
            (practice_field::ADOPTION_RESULT, text(&self.result)),
        ];
        let parts = parts.into_iter().filter_map(|(tag, scalar)| Some((tag, scalar?)));
        Value::Entry(parts.collect())
    }
}

fn adoption(item: ItemId, value: &Value) -> Option<Adoption> {
    let Value::Entry(parts) = value else { return None };
    let record = |tag: u16| parts.get(&tag).and_then(Scalar::as_record);
    let text = |tag: u16| parts.get(&tag).and_then(Scalar::as_text).unwrap_or_default().to_owned();
    let since = parts.get(&practice_field::ADOPTION_SINCE);
    let since =
        since.and_then(|scalar| if let Scalar::Date(date) = scalar { Some(*date) } else { None });
    Some(Adoption {
        item,
        project: record(practice_field::ADOPTION_PROJECT),
        copy: record(practice_field::ADOPTION_COPY),
        since,
        changed: text(practice_field::ADOPTION_CHANGED),
        result: text(practice_field::ADOPTION_RESULT),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Change, SCHEMA_VERSION};
    use crate::id::{AccountId, ChangeId, ReplicaId};
    use crate::stamp::Stamp;
    use crate::text::node::{Block, Inline};
    use crate::text::{TEXT_SCHEMA_VERSION, seed_update};

    fn open(ops: impl FnOnce(&Record) -> Vec<Op>) -> OpenRecord {
        let mut open = OpenRecord::new(RecordId([1; 16]));
        let create = Op::Create { kind: Kind::Practice };
        let ops = std::iter::once(create).chain(ops(&open.record)).collect();
        let (id, author) =
            (ChangeId { replica: ReplicaId([2; 16]), counter: 1 }, AccountId([3; 16]));
        let stamp = Stamp { wall_ms: 1, tick: 0 };
        let (record, schema) = (open.record.id, SCHEMA_VERSION);
        open.apply(&Change { id, previous: 0, stamp, author, record, schema, ops });
        open
    }

    #[test]
    fn m7_a_practice_counts_nineteen_points_and_says_which_are_missing() {
        let empty = Progress::of(&open(|_| Vec::new()));
        assert_eq!((empty.filled, empty.points, empty.missing.len()), (0, 19, 19));
        let begun = open(|record| {
            let words = [Block::Paragraph(vec![Inline::plain("Kahvia ja apua.")])];
            let update = seed_update(7, "solution", &words);
            let blank = record.set_field(practice_field::SHORT_DESCRIPTION, Value::text("  "));
            let phase = record.set_field(practice_field::PHASE, Value::code("trial"));
            vec![Op::Text { schema: TEXT_SCHEMA_VERSION, update }, blank, phase]
        });
        let begun = Progress::of(&begun);
        assert_eq!((begun.filled, begun.missing.len()), (2, 17));
        assert!(begun.missing.contains(&practice_field::SHORT_DESCRIPTION), "blanks say nothing");
    }

    #[test]
    fn m8_an_adoption_is_written_and_read_alike() {
        let said = Adoption {
            item: ItemId(9),
            project: Some(RecordId([4; 16])),
            copy: Some(RecordId([5; 16])),
            since: PartialDate::parse("2018-10-02"),
            changed: "Nimi on kumppanuuspöytä.".to_owned(),
            result: String::new(),
        };
        let entry = said.to_value();
        let open = open(|record| {
            let put = record.put_item(practice_field::ADOPTIONS, said.item, entry.clone());
            vec![put, record.place_item(practice_field::ADOPTIONS, said.item, 0)]
        });
        assert_eq!(adoptions(&open.record), [said]);
        assert_eq!(adopters(&open.record), [RecordId([4; 16])]);
    }
}
