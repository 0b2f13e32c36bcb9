//! What can be said of a practice as a whole: how complete it is, who took it into use.

pub mod adoption;
pub mod twin;

pub use adoption::{
    Adoption, adopt, adopted_copy, adopters, adoptions, copies, end, resume, tell, undo_end,
    undo_resume,
};

use crate::open_record::OpenRecord;
use crate::record::FieldState;
use crate::schema::{Field, Holding, Kind, practice_field};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Change, Op, SCHEMA_VERSION};
    use crate::id::{AccountId, ChangeId, RecordId, ReplicaId};
    use crate::record::Record;
    use crate::stamp::Stamp;
    use crate::text::node::{Block, Inline};
    use crate::text::{TEXT_SCHEMA_VERSION, seed_update};
    use crate::value::Value;

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
}
