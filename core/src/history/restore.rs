//! Going back: what a record said once becomes what it says now, as a new version.
//!
//! Texts are changed by the fewest edits and fields by writes that name what they replace, so
//! what somebody writes meanwhile on another device stays. What people did (adopting, suggesting,
//! answering) and where the record stands (its project, published, in the bin) is not gone back
//! on: that is history too, and other records lean on it.
//!
//! However long a record is, it is gone back on: what passes the limits of one change is written
//! in several, each a [`Part`]. They are stored together, and the history shows them as one step,
//! because each says to which version it goes.

use super::step::restored_field;
use crate::adopt::{Content, content};
use crate::change::{Frontier, Op};
use crate::codec;
use crate::limits::{CHANGE_BYTES_MAX, OPS_MAX};
use crate::open_record::OpenRecord;
use crate::record::Record;
use crate::schema::{Field, Heritage, Kind, Shape, document_field, practice_field};
use crate::text::{Block, TEXT_SCHEMA_VERSION, TextDocument, TextError};
use crate::value::{Scalar, Value};

/// A field that said something once or says something now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub field: &'static Field,
    pub then: Content,
    pub now: Content,
}

/// What one change of going back writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    ops: Vec<Op>,
    /// The version that it goes back to.
    to: Frontier,
}

impl Part {
    /// Gives the operations of its change; `record` has those of the parts before it.
    pub fn ops(self, record: &Record) -> Vec<Op> {
        let mark = record.kind.and_then(restored_field);
        let mark = mark.map(|it| record.set_field(it.tag, Value::One(Scalar::Version(self.to))));
        self.ops.into_iter().chain(mark).collect()
    }
}

/// Lists the fields that going back writes, in the order in which people see them.
pub fn restorable(kind: Kind) -> impl Iterator<Item = &'static Field> {
    let place = match kind {
        Kind::Document => Some(document_field::PROJECT),
        Kind::Practice => Some(practice_field::PROJECT),
        Kind::Programme | Kind::Project | Kind::Organisation | Kind::Thread | Kind::Notebook => {
            None
        }
    };
    let fields = kind.schema().fields.iter();
    fields.filter(move |it| it.heritage != Heritage::Kept && Some(it.tag) != place)
}

/// Puts what a record said once beside what it says now; what is empty on both sides is left out.
pub fn differences(then: &OpenRecord, now: &OpenRecord) -> Vec<Difference> {
    let fields = now.record.kind.into_iter().flat_map(restorable);
    let sides = fields.map(|field| Difference {
        field,
        then: content(then, field),
        now: content(now, field),
    });
    sides.filter(|it| !it.then.is_empty() || !it.now.is_empty()).collect()
}

/// Gives what makes `now` say what `then` said, a part for each change (rules F22, F37); nothing
/// where it does. Edits carry `client_id`, which must be a fresh one.
///
/// # Errors
///
/// Returns why the text of the record does not load; only bytes that lie do that.
pub fn restoring(
    now: &OpenRecord,
    then: &OpenRecord,
    client_id: u64,
) -> Result<Vec<Part>, TextError> {
    taking_back(now, now, then, client_id)
}

/// Gives what takes back what lies between `before` and `after`, two versions of the record, and
/// leaves alone what came since (rule F23). A field that has been written since
/// stays as it is; words that were written since stay in their texts.
///
/// # Errors
///
/// Returns why the text of the record does not load; only bytes that lie do that.
pub fn taking_back(
    now: &OpenRecord,
    after: &OpenRecord,
    before: &OpenRecord,
    client_id: u64,
) -> Result<Vec<Part>, TextError> {
    let Some(kind) = now.record.kind else { return Ok(Vec::new()) };
    let (texts, fields): (Vec<&Field>, Vec<&Field>) =
        restorable(kind).partition(|field| field.shape == Shape::RichText);
    let mut document = TextDocument::from_state(client_id, &after.text.state())?;
    let wanted: Vec<(&str, Vec<Block>)> =
        texts.into_iter().map(|it| (it.name, before.text.blocks(it.name))).collect();
    let updates = document.rewrite_in_parts(&wanted)?.into_iter();
    let mut ops: Vec<Op> =
        updates.map(|update| Op::Text { schema: TEXT_SCHEMA_VERSION, update }).collect();
    for field in fields {
        let (said, came) = (content(before, field), content(after, field));
        if said != came && content(now, field) == came {
            ops.extend(said.writes(&now.record, field));
        }
    }
    Ok(cut(ops, &before.record.frontier))
}

/// Cuts operations into as few changes as their limits allow, and leaves room for the mark.
fn cut(ops: Vec<Op>, to: &Frontier) -> Vec<Part> {
    let room = CHANGE_BYTES_MAX.saturating_sub(codec::encode(to).len().saturating_mul(2));
    let mut parts: Vec<Part> = Vec::new();
    let mut bytes_sum = 0_usize;
    for op in ops {
        let bytes = codec::encode(&op).len();
        bytes_sum = bytes_sum.saturating_add(bytes);
        let open = parts.last_mut();
        let has_room = |part: &&mut Part| bytes_sum <= room / 2 && part.ops.len() < OPS_MAX / 2;
        if let Some(part) = open.filter(has_room) {
            part.ops.push(op);
        } else {
            bytes_sum = bytes;
            parts.push(Part { ops: vec![op], to: to.clone() });
        }
    }
    parts
}
