//! Whether an operation fits its record's schema and the limits.
//!
//! Judges form only: the shape and size of what is written. Who may write it
//! is [`super::may`]'s question.

mod discussing;

use crate::change::{Change, Frontier, Op};
use crate::id::{AccountId, ItemId, RecordId};
use crate::limits::{
    CODE_BYTES_MAX, ITEMS_MAX, LINE_CHARS_MAX, OPS_MAX, PASSAGE_BYTES_MAX, POSITION_BYTES_MAX,
    REASON_CHARS_MAX, REPLACED_MAX, TEXT_CHARS_MAX, VERSION_REPLICAS_MAX,
};
use crate::moment;
use crate::record::{FieldState, ItemState, Record, TextFitError, TextOwner};
use crate::schema::{Field, Holding, Kind, Shape};
use crate::text::prescan::scan_whole;
use crate::text::{self, Policy, ScanError};
use crate::value::{Scalar, Value};

/// Why an operation does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FitError {
    #[error("a change holds 1 to {OPS_MAX} operations, this has {ops}")]
    OpCount { ops: usize },
    #[error("`create` comes first, and once")]
    CreateNotFirst,
    #[error("the kind has no field {field}")]
    UnknownField { field: u16 },
    #[error("field {field} is written twice in one change")]
    FieldTwice { field: u16 },
    #[error("field {field} does not hold this kind of value")]
    Shape { field: u16 },
    #[error("the value of field {field} is too long")]
    TooLong { field: u16 },
    #[error("field {field} would hold more than {ITEMS_MAX} entries")]
    TooMany { field: u16 },
    #[error("{replaced} replaced writes are more than {REPLACED_MAX}")]
    TooManyReplaced { replaced: usize },
    #[error("only a practice is adopted, and from one other practice")]
    Origin,
    #[error("the version or the reason of a publishing is too long")]
    Publishing,
    #[error("what is said or noted has no such form, or is too long or too much")]
    Discussing,
    #[error("a notebook has the name that follows from its account")]
    Notebook,
    #[error("the text update is not acceptable: {cause}")]
    Text { cause: ScanError },
}

/// Checks every operation of a change against the record as it is before it.
pub(super) fn check_ops(
    before: &Record,
    change: &Change,
    texts: &Policy,
) -> Result<(), super::Refusal> {
    check_count(change)?;
    let kind = kind_of(Some(before), change).ok_or(super::Refusal::UnknownRecord)?;
    discussing::check_notebook(kind, change)?;
    let mut clients = before.text_clients.clone();
    for (place, op) in change.ops.iter().enumerate() {
        check_op(kind, before, (place, change.author), op)?;
        check_written_once(change, place, op)?;
        if let Some(update) = op.update() {
            let facts = scan_whole(update, texts).map_err(|cause| FitError::Text { cause })?;
            clients.admit(TextOwner::of(change.id.replica, op), &facts)?;
        }
    }
    Ok(())
}

/// Checks what is true of a change in whatever order it comes.
pub(super) fn check_fact(known: Option<&Record>, change: &Change) -> Result<(), super::Refusal> {
    check_count(change)?;
    // How full a list is depends on what has come; a kind that nobody knows here yet comes with
    // the change that this one builds on.
    let empty = Record::new(change.record);
    let kind = kind_of(known, change);
    kind.map_or(Ok(()), |kind| discussing::check_notebook(kind, change))?;
    for (place, op) in change.ops.iter().enumerate() {
        kind.map_or(Ok(()), |kind| check_op(kind, &empty, (place, change.author), op))?;
        check_written_once(change, place, op)?;
        if let Some(update) = op.update() {
            let facts = scan_whole(update, &Policy::UPDATE);
            let facts = facts.map_err(|cause| FitError::Text { cause })?;
            let clients = &known.unwrap_or(&empty).text_clients;
            clients.check_owner(TextOwner::of(change.id.replica, op), &facts)?;
        }
    }
    Ok(())
}

fn check_count(change: &Change) -> Result<(), FitError> {
    let ops = change.ops.len();
    if ops == 0 || ops > OPS_MAX { Err(FitError::OpCount { ops }) } else { Ok(()) }
}

fn kind_of(known: Option<&Record>, change: &Change) -> Option<Kind> {
    match change.ops.first() {
        Some(Op::Create { kind }) => Some(*kind),
        Some(_) | None => known.and_then(|record| record.kind),
    }
}

impl crate::record::TextClients {
    /// Judges an update and takes it into account if it fits.
    fn admit(&mut self, owner: TextOwner, facts: &text::UpdateFacts) -> Result<(), TextFitError> {
        self.check(owner, facts)?;
        self.advance(owner, facts);
        Ok(())
    }
}

fn check_op(
    kind: Kind,
    before: &Record,
    (place, author): (usize, AccountId),
    op: &Op,
) -> Result<(), FitError> {
    match op {
        Op::Create { .. } if place == 0 => Ok(()),
        Op::Create { .. } => Err(FitError::CreateNotFirst),
        Op::SetField { field, value, replaces } => {
            check_replaced(replaces.len())?;
            check_single(known_field(kind, *field)?, value)
        }
        Op::AddToSet { field, value } => {
            check_room(before, *field)?;
            check_member(known_field(kind, *field)?, value)
        }
        Op::RemoveFromSet { field, value, removes } => {
            check_replaced(removes.len())?;
            check_member(known_field(kind, *field)?, value)
        }
        Op::PutItem { field, item, value, replaces } => {
            check_replaced(replaces.len())?;
            check_room_for(before, *field, *item)?;
            check_entry(known_field(kind, *field)?, value)
        }
        Op::PlaceItem { field, position, replaces, .. } => {
            check_replaced(replaces.len())?;
            check_list(known_field(kind, *field)?)?;
            let fits = position.0.len() <= POSITION_BYTES_MAX;
            if fits { Ok(()) } else { Err(FitError::TooLong { field: *field }) }
        }
        Op::RemoveItem { field, removes, .. } => {
            check_replaced(removes.len())?;
            check_list(known_field(kind, *field)?)
        }
        Op::Text { .. } | Op::Accept { .. } => Ok(()),
        Op::Receive { origin, .. } => check_origin(kind, before, *origin),
        Op::Publish { replaces, version, reason, .. } => {
            check_replaced(replaces.len())?;
            check_publishing(version.as_ref(), reason.as_deref())
        }
        Op::Trash { replaces, .. } => check_replaced(replaces.len()),
        Op::Discuss { deed } => discussing::check_deed(kind, before, author, deed),
        Op::Note { note } => discussing::check_note(kind, before, note),
    }
}

fn check_publishing(version: Option<&Frontier>, reason: Option<&str>) -> Result<(), FitError> {
    let replicas = version.map_or(0, Frontier::replicas);
    let chars = reason.map_or(0, |reason| reason.chars().count());
    let fits = replicas <= VERSION_REPLICAS_MAX && chars <= REASON_CHARS_MAX;
    if fits { Ok(()) } else { Err(FitError::Publishing) }
}

/// A single value is written at most once in a change, so that a change id names one write.
fn check_written_once(change: &Change, place: usize, op: &Op) -> Result<(), FitError> {
    discussing::check_said_once(change, place, op)?;
    let key = write_key(op);
    let twice = key.is_some() && change.ops.iter().take(place).any(|other| write_key(other) == key);
    match key {
        Some((_, field, ..)) if twice => Err(FitError::FieldTwice { field }),
        Some(_) | None => Ok(()),
    }
}

/// Names the register that an operation writes to.
fn write_key(op: &Op) -> Option<(u8, u16, u64, Option<&Value>)> {
    match op {
        Op::SetField { field, .. } => Some((0, *field, 0, None)),
        Op::AddToSet { field, value } => Some((1, *field, 0, Some(value))),
        Op::PutItem { field, item, .. } => Some((2, *field, item.0, None)),
        Op::PlaceItem { field, item, .. } => Some((3, *field, item.0, None)),
        Op::Publish { .. } => Some((4, 0, 0, None)),
        Op::Trash { .. } => Some((5, 0, 0, None)),
        Op::Receive { .. } => Some((6, 0, 0, None)),
        Op::Create { .. }
        | Op::RemoveFromSet { .. }
        | Op::RemoveItem { .. }
        | Op::Text { .. }
        | Op::Accept { .. }
        | Op::Discuss { .. }
        | Op::Note { .. } => None,
    }
}

/// A record is adopted from one other, and stays that one's.
fn check_origin(kind: Kind, before: &Record, origin: RecordId) -> Result<(), FitError> {
    let other = before.lineages.keys().any(|known| *known != origin);
    let fits = kind == Kind::Practice && origin != before.id && !other;
    if fits { Ok(()) } else { Err(FitError::Origin) }
}

fn known_field(kind: Kind, field: u16) -> Result<&'static Field, FitError> {
    kind.schema().field(field).ok_or(FitError::UnknownField { field })
}

fn check_replaced(replaced: usize) -> Result<(), FitError> {
    if replaced > REPLACED_MAX { Err(FitError::TooManyReplaced { replaced }) } else { Ok(()) }
}

fn check_room(before: &Record, field: u16) -> Result<(), FitError> {
    let state = before.field(field);
    let items = |state: &FieldState| state.items.values().filter(|item| item.is_there()).count();
    let held = state.map_or(0, |state| state.members.len().max(items(state)));
    if held >= ITEMS_MAX { Err(FitError::TooMany { field }) } else { Ok(()) }
}

/// An entry that is in a full list is still written anew: otherwise nobody could settle it.
fn check_room_for(before: &Record, field: u16, item: ItemId) -> Result<(), FitError> {
    let known = before.field(field).and_then(|state| state.items.get(&item));
    if known.is_some_and(ItemState::is_there) { Ok(()) } else { check_room(before, field) }
}

fn check_single(field: &Field, value: &Value) -> Result<(), FitError> {
    match (field.shape.holding(), value) {
        (Holding::One, Value::Empty) => Ok(()),
        (Holding::One, Value::One(scalar)) => check_scalar(field.tag, field.shape, scalar),
        (Holding::One, Value::Entry(_))
        | (Holding::Set(_) | Holding::List(_) | Holding::Words, _) => {
            Err(FitError::Shape { field: field.tag })
        }
    }
}

fn check_member(field: &Field, value: &Value) -> Result<(), FitError> {
    match (field.shape.holding(), value) {
        (Holding::Set(shape), Value::One(scalar)) => check_scalar(field.tag, shape, scalar),
        (_, Value::Empty | Value::One(_) | Value::Entry(_)) => {
            Err(FitError::Shape { field: field.tag })
        }
    }
}

fn check_list(field: &Field) -> Result<(), FitError> {
    let is_list = matches!(field.shape, Shape::List(_));
    if is_list { Ok(()) } else { Err(FitError::Shape { field: field.tag }) }
}

fn check_entry(field: &Field, value: &Value) -> Result<(), FitError> {
    let (Shape::List(parts), Value::Entry(entry)) = (field.shape, value) else {
        return Err(FitError::Shape { field: field.tag });
    };
    entry.iter().try_for_each(|(tag, scalar)| {
        let part = parts.iter().find(|part| part.tag == *tag);
        let part = part.ok_or(FitError::UnknownField { field: *tag })?;
        check_scalar(field.tag, part.shape, scalar)
    })
}

fn check_scalar(field: u16, shape: Shape, scalar: &Scalar) -> Result<(), FitError> {
    let fits = match (shape, scalar) {
        (Shape::Line, Scalar::Text(text)) => text.chars().count() <= LINE_CHARS_MAX,
        (Shape::Text, Scalar::Text(text)) => text.chars().count() <= TEXT_CHARS_MAX,
        (Shape::Passage, Scalar::Passage(bytes)) => {
            bytes.len() <= PASSAGE_BYTES_MAX && text::passage::read(bytes).is_some()
        }
        (Shape::Edit, Scalar::Edit(update)) => {
            update.len() <= PASSAGE_BYTES_MAX && scan_whole(update, &Policy::UPDATE).is_ok()
        }
        (Shape::Version, Scalar::Version(knew)) => knew.replicas() <= VERSION_REPLICAS_MAX,
        (Shape::Account, Scalar::Account(_)) => true,
        (Shape::Code(_), Scalar::Code(code)) => code.len() <= CODE_BYTES_MAX,
        (Shape::Date, Scalar::Date(date)) => date.is_valid(),
        (Shape::Period, Scalar::Period(period)) => {
            [period.from, period.until].iter().flatten().all(|date| date.is_valid())
        }
        (Shape::Record(_) | Shape::Thing, Scalar::Record(_)) => true,
        (Shape::Post, Scalar::Post(_)) => true,
        (Shape::Moment, Scalar::Moment(at_ms)) => moment::has_date(*at_ms),
        _ => return Err(FitError::Shape { field }),
    };
    if fits { Ok(()) } else { Err(FitError::TooLong { field }) }
}
