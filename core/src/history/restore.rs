//! Going back: what a record said once becomes what it says now, as a new version.
//!
//! Texts are changed by the fewest edits and fields by writes that name what they replace, so
//! what somebody writes meanwhile on another device stays. What people did (adopting, suggesting,
//! answering) and where the record stands (its project, published, in the bin) is not gone back
//! on: that is history too, and other records lean on it.

use super::step::restored_field;
use crate::adopt::{Content, content};
use crate::change::Op;
use crate::open_record::OpenRecord;
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

/// Gives the operations after which `now` says what `then` said; none where it does (rule F22).
/// Edits carry `client_id`, which must be a fresh one.
///
/// # Errors
///
/// Returns why the text of the record does not load; only bytes that lie do that.
pub fn restoring(
    now: &OpenRecord,
    then: &OpenRecord,
    client_id: u64,
) -> Result<Vec<Op>, TextError> {
    taking_back(now, now, then, client_id)
}

/// Gives the operations that take back what lies between `before` and `after`, two versions of
/// the record, and leave alone what came since (rule F23). A field that has been written since
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
) -> Result<Vec<Op>, TextError> {
    let Some(kind) = now.record.kind else { return Ok(Vec::new()) };
    let (texts, fields): (Vec<&Field>, Vec<&Field>) =
        restorable(kind).partition(|field| field.shape == Shape::RichText);
    let mut document = TextDocument::from_state(client_id, &after.text.state())?;
    let wanted: Vec<(&str, Vec<Block>)> =
        texts.into_iter().map(|it| (it.name, before.text.blocks(it.name))).collect();
    let update = document.rewrite(&wanted)?;
    let mut ops: Vec<Op> =
        update.map(|update| Op::Text { schema: TEXT_SCHEMA_VERSION, update }).into_iter().collect();
    for field in fields {
        let (said, came) = (content(before, field), content(after, field));
        if said != came && content(now, field) == came {
            ops.extend(said.writes(&now.record, field));
        }
    }
    if let (false, Some(mark)) = (ops.is_empty(), restored_field(kind)) {
        let to = Value::One(Scalar::Version(before.record.frontier.clone()));
        ops.push(now.record.set_field(mark.tag, to));
    }
    Ok(ops)
}
