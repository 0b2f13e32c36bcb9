//! What Yjs can hold and no text of ours does: walked for documents that follow no schema.
//!
//! The bounds are the same as for texts: no recursion, no count beyond the
//! bytes, values and JSON nested at most [`VALUE_DEPTH_MAX`] deep. A document
//! inside a document is refused: it would have names of its own to check.

use std::sync::Arc;

use super::facts::{Content, Parent};
use super::reader::Reader;
use super::value::{VALUE_DEPTH_MAX, value};
use super::walk::id;
use super::{ScanError, json};

/// Longest name of a field, an element, a key or a mark, in bytes.
const NAME_BYTES_MAX: usize = 255;

const JSON: u8 = 2;
const BYTES: u8 = 3;
const EMBED: u8 = 5;
const MARK: u8 = 6;
const TYPE: u8 = 7;
const VALUES: u8 = 8;

const ARRAY: u8 = 0;
const MAP: u8 = 1;
const TEXT: u8 = 2;
const ELEMENT: u8 = 3;
const FRAGMENT: u8 = 4;
const TEXT_RUN: u8 = 6;

/// Walks a parent with any names.
pub(super) fn parent(
    reader: &mut Reader<'_>,
    has_key: bool,
    at: usize,
) -> Result<Parent, ScanError> {
    match (reader.number()?, has_key) {
        (1, false) => Ok(Parent::Field { name: name(reader)? }),
        (1, true) => Ok(Parent::Entry { name: name(reader)?, key: name(reader)? }),
        (0, false) => Ok(Parent::Inside { id: id(reader)? }),
        (0, true) => Ok(Parent::Attribute { of: id(reader)?, key: name(reader)? }),
        _ => Err(ScanError::ParentMarker { at }),
    }
}

/// Walks content of any kind but text, and counts its elements.
pub(super) fn content(
    reader: &mut Reader<'_>,
    kind: u8,
    at: usize,
) -> Result<(Content, u32), ScanError> {
    match kind {
        JSON => values(reader, at, |reader| json_text(reader).map(drop)),
        VALUES => values(reader, at, |reader| value(reader).map(drop)),
        BYTES => {
            let count = reader.count()?;
            reader.take(count)?;
            Ok((Content::Foreign, 1))
        }
        EMBED => json_text(reader).map(|()| (Content::Foreign, 1)),
        MARK => {
            name(reader)?;
            json_text(reader)?;
            Ok((Content::Mark, 1))
        }
        TYPE => shared_type(reader).map(|content| (content, 1)),
        _ => Err(ScanError::ContentKind { kind, at }),
    }
}

fn values(
    reader: &mut Reader<'_>,
    at: usize,
    mut one: impl FnMut(&mut Reader<'_>) -> Result<(), ScanError>,
) -> Result<(Content, u32), ScanError> {
    let count = reader.count()?;
    for _ in 0..count {
        one(reader)?;
    }
    match u32::try_from(count) {
        Ok(0) => Err(ScanError::EmptyStruct { at }),
        Ok(count) => Ok((Content::Foreign, count)),
        Err(_) => Err(ScanError::NumberTooLong { at }),
    }
}

fn json_text(reader: &mut Reader<'_>) -> Result<(), ScanError> {
    let at = reader.at();
    let text = reader.text()?;
    // Yjs writes a value that JSON lacks by its name.
    if text == "undefined" { Ok(()) } else { json::check(text, at, VALUE_DEPTH_MAX) }
}

fn shared_type(reader: &mut Reader<'_>) -> Result<Content, ScanError> {
    let at = reader.at();
    match reader.byte()? {
        ARRAY | MAP | TEXT | FRAGMENT => Ok(Content::Shared),
        ELEMENT => name(reader).map(|_| Content::Element(None)),
        TEXT_RUN => Ok(Content::TextRun),
        kind => Err(ScanError::TypeKind { kind, at }),
    }
}

fn name(reader: &mut Reader<'_>) -> Result<Arc<str>, ScanError> {
    let at = reader.at();
    let name = reader.text()?;
    if name.len() <= NAME_BYTES_MAX { Ok(name.into()) } else { Err(ScanError::UnknownName { at }) }
}
