//! Writes Yjs V1 updates by hand, right or wrong, for the tests beside it.

use super::FIELD;

/// Content: a run of text that others sit in.
pub(super) const RUN: &[u8] = &[7, 6];

/// Writes a number as lib0 does.
pub(super) fn number(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
        value >>= 7;
    }
    bytes.push(u8::try_from(value).unwrap());
    bytes
}

/// Writes a string with its length before it.
pub(super) fn string(text: &str) -> Vec<u8> {
    [number(text.len() as u64), text.as_bytes().to_vec()].concat()
}

/// An update of one client with the structs given and nothing deleted.
pub(super) fn update(client: u64, clock: u64, structs: &[Vec<u8>]) -> Vec<u8> {
    let head = [number(1), number(structs.len() as u64), number(client), number(clock)].concat();
    [head, structs.concat(), number(0)].concat()
}

/// Puts content into the field.
pub(super) fn in_field(content: &[u8]) -> Vec<u8> {
    [vec![content[0], 1], string(FIELD), content[1..].to_vec()].concat()
}

/// Puts content into an element.
pub(super) fn inside(client: u64, clock: u64, content: &[u8]) -> Vec<u8> {
    [vec![content[0], 0], number(client), number(clock), content[1..].to_vec()].concat()
}

/// Puts content to the right of an element.
pub(super) fn after(client: u64, clock: u64, content: &[u8]) -> Vec<u8> {
    [vec![content[0] | 0x80], number(client), number(clock), content[1..].to_vec()].concat()
}

/// Writes an attribute of an element.
pub(super) fn attribute(client: u64, clock: u64, key: &str, value: &[u8]) -> Vec<u8> {
    let place = [vec![8 | 0x20, 0], number(client), number(clock), string(key)].concat();
    [place, vec![1], value.to_vec()].concat()
}

/// Content: an element.
pub(super) fn element(name: &str) -> Vec<u8> {
    [vec![7, 3], string(name)].concat()
}

/// Content: words.
pub(super) fn words(text: &str) -> Vec<u8> {
    [vec![4], string(text)].concat()
}

/// Content: a mark that begins or ends.
pub(super) fn mark(name: &str, json: &str) -> Vec<u8> {
    [vec![6], string(name), string(json)].concat()
}
