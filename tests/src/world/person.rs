//! What people do on their devices: create, write, decide, move, delete, settle.

pub(crate) mod adopting;
pub(crate) mod discussing;
pub(crate) mod margin;

use talkoot_core::access::{Deal, may};
use talkoot_core::change::Op;
use talkoot_core::choice::{Choice, choices};
use talkoot_core::comment;
use talkoot_core::id::{ItemId, RecordId};
use talkoot_core::record::Record;
use talkoot_core::schema::{
    Field, Kind, Policy, Shape, document_field, practice_field, project_field, thread_field,
};
use talkoot_core::text::edit::Edit;
use talkoot_core::text::{Block, Inline, Marks, seed_update};
use talkoot_core::value::{PartialDate, Period, Scalar, Value};

use super::Chance;
use super::device::{Deed, Device};

/// The projects that people belong to.
pub(crate) const PROJECTS: [RecordId; 2] = [RecordId([0xAA; 16]), RecordId([0xBB; 16])];

/// What nobody changes of a thread by itself.
const STAYS: [u16; 6] = [
    thread_field::ABOUT,
    thread_field::SECTION,
    thread_field::PLACE,
    thread_field::QUOTE,
    thread_field::WORDS,
    thread_field::STATE,
];
/// How many words there are: so many that nobody writes the same one twice, whose passage would be
/// taken for the first one's. Where nobody talks it is a few.
const WORDS: u64 = 1 << 40;
const FEW_WORDS: u64 = 1_000;

/// Does one thing on a device. Somebody eager answers what comes in the moment when it comes.
pub(crate) fn act(device: &mut Device, is_eager: bool, chance: &mut Chance, world_ms: u64) -> Deed {
    if chance.below(6) == 0
        && let Some(deed) = adopting::act(device, chance, world_ms)
    {
        return deed;
    }
    // Nobody talks in most worlds that are broken on purpose: the seeds that catch those stay what
    // they are while people learn to do more.
    if device.is_talkative()
        && chance.below(5) == 0
        && let Some(deed) = discussing::act(device, chance, world_ms)
    {
        return deed;
    }
    if device.is_talkative()
        && chance.below(6) == 0
        && let Some(deed) = margin::act(device, chance, world_ms)
    {
        return deed;
    }
    let caller = device.caller();
    let editable: Vec<RecordId> = device
        .records()
        .values()
        .filter(|open| may(&caller, &open.record, Deal::Edit))
        .filter(|open| !device.is_too_old_for(open) && !device.is_partial(open.record.id))
        .map(|open| open.record.id)
        .collect();
    if editable.is_empty() || chance.below(9) == 0 && !is_eager {
        return create(device, chance, world_ms);
    }
    // People answer what has just come.
    let answers = chance.below(4) == 0 || is_eager && device.disk.sight.pass.is_some();
    let latest = device.latest().filter(|latest| answers && editable.contains(latest));
    let any = editable.get(chance.index(editable.len())).copied();
    let Some(record) = latest.or(any) else { return Deed::Nothing };
    let ops = if chance.below(5) < 2 {
        write(device, chance, record)
    } else {
        let is_whole = device.is_talkative();
        device.records().get(&record).and_then(|open| decide(&open.record, is_whole, chance))
    };
    ops.map_or(Deed::Nothing, |ops| device.commit(record, ops, world_ms))
}

fn create(device: &mut Device, chance: &mut Chance, world_ms: u64) -> Deed {
    let caller = device.caller();
    let project = PROJECTS.get(chance.index(3)).filter(|it| caller.projects.contains(it)).copied();
    let mut name = [0; 16];
    name.copy_from_slice(chance.seed().split_at(16).0);
    let (record, kind) = match chance.below(8) {
        0 => match project {
            Some(project) => (project, Kind::Project),
            None => (RecordId(name), Kind::Organisation),
        },
        1 => (RecordId(name), Kind::Organisation),
        2 => (RecordId(name), Kind::Practice),
        _ => (RecordId(name), Kind::Document),
    };
    if device.records().contains_key(&record) {
        return Deed::Nothing;
    }
    let start = Record::new(record);
    let title = start.set_field(kind.schema().title, Value::text("a beginning"));
    let mut ops = vec![Op::Create { kind }, title];
    if let Some(field) = belonging_field(kind) {
        let belongs = project.map(|it| Value::One(Scalar::Record(it)));
        ops.extend(belongs.map(|project| start.set_field(field, project)));
    }
    if let Some(text) = kind.schema().rich_texts().next() {
        let words = Inline::Text { text: "first words".to_owned(), marks: Marks::default() };
        let block = Block::Paragraph(vec![words]);
        let update = seed_update(chance.below(1 << 32), text.name, &[block]);
        ops.push(Op::Text { schema: device.text_schema, update });
    }
    device.commit(record, ops, world_ms)
}

/// Edits a text the way a person does: near what is there.
fn write(device: &mut Device, chance: &mut Chance, record: RecordId) -> Option<Vec<Op>> {
    let fields = device.records().get(&record)?.text_fields();
    let field = fields.get(chance.index(fields.len()))?;
    let client_id = chance.below(1 << 32);
    let words = if device.is_talkative() { WORDS } else { FEW_WORDS };
    let text = format!("w{} ", chance.below(words));
    let line = chance.index(6);
    let offset = u32::try_from(chance.below(40)).unwrap_or(0);
    let edit = match chance.below(8) {
        0..=2 => Edit::Insert { line, offset, text },
        3 | 4 => Edit::Delete { line, offset, units: 5 },
        5 => Edit::DeleteBlock { block: offset % 4 },
        _ => Edit::AppendParagraph { text },
    };
    let schema = device.text_schema;
    let update = device.editor(record, client_id)?.edit(field, &edit)?;
    Some(vec![Op::Text { schema, update }])
}

/// Changes fields and standing, moves, or settles what waits.
///
/// What outsiders say is published by whoever decides about it, and nothing is written there else.
fn decide(record: &Record, is_whole: bool, chance: &mut Chance) -> Option<Vec<Op>> {
    let kind = record.kind?;
    match chance.below(12) {
        // The same few entries are written by many.
        0 | 1 if asking_list(kind).is_some() => {
            change_list(record, asking_list(kind)?, is_whole, chance)
        }
        2 if is_whole && asking_list(kind).is_some() => {
            change_list(record, asking_list(kind)?, true, chance)
        }
        0..=5 => {
            let outside = comment::field_of(kind);
            let fields = kind.schema().fields.iter();
            // What a thread is about stays; what stands in a margin is settled in [`margin`].
            let stays = |tag| is_whole && kind == Kind::Thread && STAYS.contains(&tag);
            let fields = fields.filter(|it| Some(it.tag) != outside && !stays(it.tag));
            let fields: Vec<&Field> = fields.collect();
            change_field(record, fields.get(chance.index(fields.len()))?, is_whole, chance)
        }
        6 if kind == Kind::Document => {
            let project = PROJECTS.get(chance.index(3)).copied();
            let value = project.map_or(Value::Empty, |it| Value::One(Scalar::Record(it)));
            Some(vec![record.set_field(document_field::PROJECT, value)])
        }
        7 => Some(vec![record.set_field(kind.schema().title, word(chance))]),
        8 if record.has_unpublished() && chance.below(2) == 0 => {
            Some(vec![record.publish_changes("because")])
        }
        8 => Some(vec![record.publish(!record.is_published())]),
        9 => Some(vec![record.trash(!record.is_trashed())]),
        _ => {
            let waiting = choices(record);
            settle(record, waiting.get(chance.index(waiting.len()))?, chance)
        }
    }
}

/// Gives the first list of a kind whose entries begin with words and ask.
fn asking_list(kind: Kind) -> Option<u16> {
    let mut fields = kind.schema().fields.iter();
    let asks = |field: &&Field| field.policy == Policy::Ask;
    let list = fields.find(|field| asks(field) && matches!(field.shape, Shape::List(_)))?;
    Some(list.tag)
}

fn belonging_field(kind: Kind) -> Option<u16> {
    match kind {
        Kind::Document => Some(document_field::PROJECT),
        Kind::Practice => Some(practice_field::PROJECT),
        Kind::Thread => Some(thread_field::PROJECT),
        Kind::Programme | Kind::Project | Kind::Organisation | Kind::Notebook => None,
    }
}

fn word(chance: &mut Chance) -> Value {
    Value::text(&format!("t{}", chance.below(50)))
}

fn change_field(
    record: &Record,
    field: &Field,
    is_whole: bool,
    chance: &mut Chance,
) -> Option<Vec<Op>> {
    let tag = field.tag;
    let value = match field.shape {
        Shape::Line | Shape::Text => word(chance),
        Shape::Code(_) => Value::One(Scalar::Code(format!("c{}", chance.below(5)))),
        Shape::Date => Value::One(Scalar::Date(date(chance))),
        Shape::Period => {
            let (from, until) = (Some(date(chance)), Some(date(chance)));
            Value::One(Scalar::Period(Period { from, until }))
        }
        Shape::SetOfLines => return change_set(record, tag, word(chance), chance),
        Shape::SetOfCodes(_) => {
            let code = Value::One(Scalar::Code(format!("c{}", chance.below(5))));
            return change_set(record, tag, code, chance);
        }
        Shape::SetOfRecords(_) => {
            let other = PROJECTS.get(chance.index(PROJECTS.len())).copied()?;
            return change_set(record, tag, Value::One(Scalar::Record(other)), chance);
        }
        Shape::List(_) => return change_list(record, tag, is_whole, chance),
        // Texts are written in `write`, projects changed by moving; the others stand in entries.
        Shape::RichText
        | Shape::Record(_)
        | Shape::Passage
        | Shape::Edit
        | Shape::Version
        | Shape::Account
        | Shape::Thing
        | Shape::Post
        | Shape::Moment => {
            return None;
        }
    };
    Some(vec![record.set_field(tag, value)])
}

fn date(chance: &mut Chance) -> PartialDate {
    let year = 2_000 + u16::try_from(chance.below(40)).unwrap_or(0);
    PartialDate { year, month: None, day: None }
}

fn change_set(record: &Record, tag: u16, new: Value, chance: &mut Chance) -> Option<Vec<Op>> {
    let members: Vec<Value> =
        record.field(tag).map(|state| state.members().cloned().collect()).unwrap_or_default();
    if members.is_empty() || chance.below(3) > 0 {
        return Some(vec![record.add_to_set(tag, new)]);
    }
    let member = members.get(chance.index(members.len()))?.clone();
    Some(vec![record.remove_from_set(tag, member)])
}

/// Adds, rewrites, moves or removes an entry of a list; mostly rewrites the first one, as people do
/// who each keep the same list in order.
fn change_list(record: &Record, tag: u16, is_whole: bool, chance: &mut Chance) -> Option<Vec<Op>> {
    let items: Vec<ItemId> = record
        .field(tag)
        .map(|state| state.items().into_iter().map(|(item, _)| item).collect())
        .unwrap_or_default();
    let part = Scalar::Text(format!("e{}", chance.below(100)));
    // The first part of every list of the schema is a line.
    let entry = Value::Entry([(project_field::STAFF_PERSON, part)].into());
    let place = chance.index(items.len() + 1);
    if items.is_empty() || chance.below(if is_whole { 8 } else { 3 }) == 0 {
        let item = ItemId(chance.next());
        return Some(vec![record.put_item(tag, item, entry), record.place_item(tag, item, place)]);
    }
    let item = *items.get(chance.index(items.len().min(2)))?;
    Some(match chance.below(if is_whole { 6 } else { 3 }) {
        3.. => vec![record.put_item(tag, item, entry)],
        0 => vec![record.put_item(tag, item, entry)],
        1 => vec![record.place_item(tag, item, place)],
        _ => vec![record.remove_item(tag, item)],
    })
}

/// Settles a choice with one of its sides. Answers to suggestions are settled in [`adopting`],
/// where the texts are.
fn settle(record: &Record, choice: &Choice, chance: &mut Chance) -> Option<Vec<Op>> {
    Some(match choice {
        Choice::Item { field, item, sides, removals } => {
            let kept = sides.get(chance.index(sides.len()))?.value.clone();
            if !removals.is_empty() && chance.below(2) == 0 {
                vec![record.remove_item(*field, *item)]
            } else {
                vec![record.put_item(*field, *item, kept)]
            }
        }
        Choice::Answer { .. } => return None,
        Choice::Field { field, sides } => {
            vec![record.set_field(*field, sides.last()?.value.clone())]
        }
        Choice::Publication { .. } => vec![record.publish(true)],
        Choice::Trashing { .. } => vec![record.trash(false)],
    })
}
