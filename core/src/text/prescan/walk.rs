//! The walk itself: structs a client at a time, then the delete set.
//!
//! The layout is Yjs's V1: `info` byte, origins, parent, content. Where Yjs and
//! yrs read a byte differently, the walk takes neither reading and refuses.

use std::sync::Arc;

use super::super::schema::{Attribute, Mark, Node, is_name};
use super::facts::{ClockRange, Content, DeleteRange, Parent, Struct, StructId, UpdateFacts};
use super::reader::Reader;
use super::value::{self, MarkValue, Value};
use super::{CLIENT_END, CLOCK_END, Names, Policy, ScanError, foreign};

const HAS_ORIGIN: u8 = 0x80;
const HAS_RIGHT: u8 = 0x40;
const HAS_KEY: u8 = 0x20;
const KIND: u8 = 0x1f;

const COLLECTED: u8 = 0;
const DELETED: u8 = 1;
const TEXT: u8 = 4;
const MARK: u8 = 6;
const TYPE: u8 = 7;
const VALUES: u8 = 8;
const SKIP: u8 = 10;

const TYPE_ELEMENT: u8 = 3;
const TYPE_TEXT_RUN: u8 = 6;

/// Walks the structs of every client.
pub(super) fn structs(
    reader: &mut Reader<'_>,
    policy: &Policy,
    facts: &mut UpdateFacts,
) -> Result<(), ScanError> {
    for _ in 0..clients(reader, policy)? {
        let count = reader.count()?;
        let client = client(reader)?;
        let from = reader.number_u32()?;
        if count == 0 {
            return Err(ScanError::ClientEmpty { client });
        }
        if facts.structs.len().saturating_add(count) > policy.structs_max {
            return Err(ScanError::TooManyStructs { max: policy.structs_max });
        }
        let mut clock = from;
        for _ in 0..count {
            let found = one(reader, policy, StructId { client, clock })?;
            clock = match clock.checked_add(found.len) {
                Some(end) if end < CLOCK_END => end,
                _ => return Err(ScanError::ClockOverflow { client }),
            };
            facts.structs.push(found);
        }
        if facts.clients.insert(client, ClockRange { from, until: clock }).is_some() {
            return Err(ScanError::ClientTwice { client });
        }
    }
    Ok(())
}

/// Walks the delete set: rising ranges, each client once.
pub(super) fn deletes(
    reader: &mut Reader<'_>,
    policy: &Policy,
    facts: &mut UpdateFacts,
) -> Result<(), ScanError> {
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..clients(reader, policy)? {
        let client = client(reader)?;
        if !seen.insert(client) {
            return Err(ScanError::ClientTwice { client });
        }
        let mut floor = 0;
        for _ in 0..reader.count()? {
            let from = reader.number_u32()?;
            let len = reader.number_u32()?;
            let until = match from.checked_add(len) {
                Some(until) if until < CLOCK_END => until,
                _ => return Err(ScanError::ClockOverflow { client }),
            };
            if len == 0 || from < floor {
                return Err(ScanError::DeletesDisordered { client });
            }
            floor = until;
            facts.deletes.push(DeleteRange { client, from, until });
        }
        if floor == 0 {
            return Err(ScanError::ClientEmpty { client });
        }
    }
    Ok(())
}

fn clients(reader: &mut Reader<'_>, policy: &Policy) -> Result<usize, ScanError> {
    let count = reader.count()?;
    if count > policy.clients_max {
        Err(ScanError::TooManyClients { count, max: policy.clients_max })
    } else {
        Ok(count)
    }
}

fn client(reader: &mut Reader<'_>) -> Result<u64, ScanError> {
    let client = reader.number()?;
    if client < CLIENT_END { Ok(client) } else { Err(ScanError::ClientTooLarge { client }) }
}

pub(super) fn id(reader: &mut Reader<'_>) -> Result<StructId, ScanError> {
    Ok(StructId { client: client(reader)?, clock: reader.number_u32()? })
}

/// Walks one struct.
fn one(reader: &mut Reader<'_>, policy: &Policy, at: StructId) -> Result<Struct, ScanError> {
    let start = reader.at();
    let info = reader.byte()?;
    if info & KIND == COLLECTED {
        let len = length(reader, start)?;
        return match info {
            COLLECTED => Ok(bare(at, len, Content::Collected)),
            _ => Err(ScanError::ContentKind { kind: info, at: start }),
        };
    }
    if info & KIND == SKIP {
        return Err(ScanError::Skip { at: start });
    }
    let origin = (info & HAS_ORIGIN != 0).then(|| id(reader)).transpose()?;
    let right = (info & HAS_RIGHT != 0).then(|| id(reader)).transpose()?;
    let parent = match (origin, right) {
        (None, None) => parent(reader, policy, info)?,
        _ => Parent::Neighbour,
    };
    let (content, len) = content(reader, policy, info & KIND, start)?;
    Ok(Struct { id: at, len, origin, right, parent, content })
}

fn bare(id: StructId, len: u32, content: Content) -> Struct {
    Struct { id, len, origin: None, right: None, parent: Parent::Neighbour, content }
}

fn length(reader: &mut Reader<'_>, at: usize) -> Result<u32, ScanError> {
    match reader.number_u32()? {
        0 => Err(ScanError::EmptyStruct { at }),
        len => Ok(len),
    }
}

fn parent(reader: &mut Reader<'_>, policy: &Policy, info: u8) -> Result<Parent, ScanError> {
    let at = reader.at();
    let has_key = info & HAS_KEY != 0;
    if policy.names == Names::Any {
        return foreign::parent(reader, has_key, at);
    }
    match reader.number()? {
        1 => {
            let name = name(reader)?;
            // A field is a list of blocks; it has no attributes of its own.
            if has_key { Err(ScanError::UnknownName { at }) } else { Ok(Parent::Field { name }) }
        }
        0 => {
            let id = id(reader)?;
            Ok(if has_key {
                Parent::Attribute { of: id, key: key(reader, policy)? }
            } else {
                Parent::Inside { id }
            })
        }
        _ => Err(ScanError::ParentMarker { at }),
    }
}

fn name(reader: &mut Reader<'_>) -> Result<Arc<str>, ScanError> {
    let at = reader.at();
    let name = reader.text()?;
    if is_name(name) { Ok(Arc::from(name)) } else { Err(ScanError::UnknownName { at }) }
}

fn key(reader: &mut Reader<'_>, policy: &Policy) -> Result<Arc<str>, ScanError> {
    let at = reader.at();
    let key = name(reader)?;
    let known = Attribute::ALL.iter().any(|attribute| attribute.name() == &*key);
    if known || policy.names == Names::Newer { Ok(key) } else { Err(ScanError::UnknownName { at }) }
}

/// Walks a struct's content and counts its elements as Yjs does, in UTF-16.
fn content(
    reader: &mut Reader<'_>,
    policy: &Policy,
    kind: u8,
    at: usize,
) -> Result<(Content, u32), ScanError> {
    match kind {
        DELETED => Ok((Content::Deleted, length(reader, at)?)),
        _ if policy.names == Names::Any && kind != TEXT => foreign::content(reader, kind, at),
        TEXT => {
            let units = reader.text()?.chars().map(char::len_utf16).sum::<usize>();
            match u32::try_from(units) {
                Ok(0) => Err(ScanError::EmptyStruct { at }),
                Ok(units) => Ok((Content::Text, units)),
                Err(_) => Err(ScanError::NumberTooLong { at }),
            }
        }
        MARK => mark(reader, policy).map(|()| (Content::Mark, 1)),
        TYPE => shared_type(reader, policy).map(|content| (content, 1)),
        VALUES => match reader.number_u32()? {
            0 => Err(ScanError::EmptyStruct { at }),
            1 => Ok((Content::Value(attribute_value(reader, policy)?), 1)),
            // Lists of values stand in arrays; a text has attributes alone.
            _ => Err(ScanError::ContentKind { kind, at }),
        },
        _ => Err(ScanError::ContentKind { kind, at }),
    }
}

fn attribute_value(reader: &mut Reader<'_>, policy: &Policy) -> Result<Value, ScanError> {
    let at = reader.at();
    let value = value::value(reader)?;
    let possible = Attribute::ALL.iter().any(|&attribute| value::fits(attribute, value));
    if possible || policy.names == Names::Newer {
        Ok(value)
    } else {
        Err(ScanError::UnfitValue { at })
    }
}

fn mark(reader: &mut Reader<'_>, policy: &Policy) -> Result<(), ScanError> {
    let at = reader.at();
    let mark = Mark::from_name(&name(reader)?);
    let value_at = reader.at();
    let value = value::mark_value(reader.text()?, value_at)?;
    let fits = match (mark, value) {
        (_, MarkValue::Off) | (Some(Mark::Link), MarkValue::Href) => true,
        (Some(mark), MarkValue::Plain) => mark != Mark::Link,
        _ => false,
    };
    match (policy.names, mark, fits) {
        (Names::Newer | Names::Any, _, _) | (_, Some(_), true) => Ok(()),
        (Names::Known, None, _) => Err(ScanError::UnknownName { at }),
        (Names::Known, Some(_), false) => Err(ScanError::UnfitValue { at: value_at }),
    }
}

fn shared_type(reader: &mut Reader<'_>, policy: &Policy) -> Result<Content, ScanError> {
    let at = reader.at();
    match reader.byte()? {
        TYPE_TEXT_RUN => Ok(Content::TextRun),
        TYPE_ELEMENT => {
            let at = reader.at();
            let node = Node::from_name(&name(reader)?);
            if node.is_some() || policy.names == Names::Newer {
                Ok(Content::Element(node))
            } else {
                Err(ScanError::UnknownName { at })
            }
        }
        kind => Err(ScanError::TypeKind { kind, at }),
    }
}
