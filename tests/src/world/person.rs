//! What people do on their devices: create, write, decide, delete, settle.

use talkoot_core::access::{Caller, Deal, may};
use talkoot_core::change::Op;
use talkoot_core::choice::{Choice, choices};
use talkoot_core::id::RecordId;
use talkoot_core::record::Record;
use talkoot_core::schema::{Kind, document_field as field};
use talkoot_core::text::edit::Edit;
use talkoot_core::text::{Block, Inline, Marks, TEXT_SCHEMA_VERSION, seed_update};
use talkoot_core::value::{Scalar, Value};

use super::Chance;
use super::device::Device;

const BODY: &str = "body";

/// Does one thing on a device.
pub(super) fn act(device: &mut Device, chance: &mut Chance, project: RecordId, now_ms: u64) {
    let editable: Vec<RecordId> = device
        .records()
        .values()
        .filter(|open| may(&device.caller, &open.record, Deal::Edit))
        .map(|open| open.record.id)
        .collect();
    if editable.is_empty() || chance.below(8) == 0 {
        return create(device, chance, project, now_ms);
    }
    let Some(record) = editable.get(chance.index(editable.len())).copied() else { return };
    let ops = if chance.below(2) == 0 {
        write(device, chance, record)
    } else {
        device.records().get(&record).map(|open| decide(&open.record, chance))
    };
    if let Some(ops) = ops.filter(|ops| !ops.is_empty()) {
        device.commit(record, ops, now_ms);
    }
}

fn create(device: &mut Device, chance: &mut Chance, project: RecordId, now_ms: u64) {
    let mut name = [0; 16];
    name.copy_from_slice(chance.seed().split_at(16).0);
    let record = RecordId(name);
    let start = Record::new(record);
    let mut ops = vec![
        Op::Create { kind: Kind::Document },
        start.set_field(field::TITLE, Value::text("a document")),
    ];
    if belongs(&device.caller, project) {
        ops.push(start.set_field(field::PROJECT, Value::One(Scalar::Record(project))));
    }
    let words = Inline::Text { text: "first words".to_owned(), marks: Marks::default() };
    let update = seed_update(chance.below(1 << 32), BODY, &[Block::Paragraph(vec![words])]);
    ops.push(Op::Text { schema: TEXT_SCHEMA_VERSION, update });
    device.commit(record, ops, now_ms);
}

fn belongs(caller: &Caller, project: RecordId) -> bool {
    caller.projects.contains(&project)
}

/// Edits the text the way a person does: near what is there.
fn write(device: &mut Device, chance: &mut Chance, record: RecordId) -> Option<Vec<Op>> {
    let client_id = chance.below(1 << 32);
    let text = format!("w{} ", chance.below(1_000));
    let line = chance.index(6);
    let offset = u32::try_from(chance.below(40)).unwrap_or(0);
    let edit = match chance.below(8) {
        0..=2 => Edit::Insert { line, offset, text },
        3 | 4 => Edit::Delete { line, offset, units: 5 },
        5 => Edit::DeleteBlock { block: offset % 4 },
        _ => Edit::AppendParagraph { text },
    };
    let update = device.editor(record, client_id)?.edit(BODY, &edit)?;
    Some(vec![Op::Text { schema: TEXT_SCHEMA_VERSION, update }])
}

/// Changes fields and standing, or settles what waits.
fn decide(record: &Record, chance: &mut Chance) -> Vec<Op> {
    let word = Value::text(&format!("t{}", chance.below(50)));
    match chance.below(9) {
        0..=2 => vec![record.set_field(field::TITLE, word)],
        3 => vec![record.add_to_set(field::KEYWORDS, word)],
        4 => {
            let member =
                record.field(field::KEYWORDS).and_then(|state| state.members().next().cloned());
            member.into_iter().map(|it| record.remove_from_set(field::KEYWORDS, it)).collect()
        }
        5 => vec![record.publish(!record.is_published())],
        6 if chance.below(2) == 0 => vec![record.trash(!record.is_trashed())],
        _ => choices(record).first().map(|choice| settle(record, choice)).unwrap_or_default(),
    }
}

fn settle(record: &Record, choice: &Choice) -> Vec<Op> {
    match choice {
        Choice::Field { field, sides } => {
            let kept = sides.last().map(|side| side.value.clone());
            kept.into_iter().map(|value| record.set_field(*field, value)).collect()
        }
        Choice::Publication { .. } => vec![record.publish(true)],
        Choice::Trashing { .. } => vec![record.trash(false)],
    }
}
