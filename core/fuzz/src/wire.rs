//! Yjs updates written by hand: structs that no editor would send, in sound bytes.

use super::script::Script;

/// A Yjs client and its clock.
pub type Id = (u64, u64);

/// Writes a number as lib0 does.
pub fn number(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    bytes.push(value.to_le_bytes()[0]);
    bytes
}

/// Writes a string with its length before it.
pub fn string(text: &str) -> Vec<u8> {
    [number(text.len() as u64), text.as_bytes().to_vec()].concat()
}

/// Writes an update of one to three structs of `client` from `clock`, with some deletions;
/// `ids` are elements that may be named, and is not empty.
pub fn made_up(script: &mut Script<'_>, client: u64, clock: u64, ids: &[Id]) -> Vec<u8> {
    let mut ids = ids.to_vec();
    let mut structs = Vec::new();
    let count = u64::from(script.byte() % 3).saturating_add(1);
    let mut next = clock;
    for _ in 0..count {
        let (content, len) = content(script.byte());
        structs.extend(one(script, &ids, &content));
        ids.push((client, next));
        next = next.saturating_add(len);
    }
    let head = [number(1), number(count), number(client), number(clock)].concat();
    [head, structs, deletions(script, &ids)].concat()
}

/// Picks content and counts its elements.
fn content(kind: u8) -> (Vec<u8>, u64) {
    let element = |name: &str| [vec![7, 3], string(name)].concat();
    match kind % 12 {
        0 => ([vec![4], string("a🎵b")].concat(), 4),
        1 => ([vec![6], string("bold"), string("{}")].concat(), 1),
        2 => ([vec![6], string("link"), string(r#"{"href":"/"}"#)].concat(), 1),
        3 => (vec![7, 6], 1),
        4 => (element("quote"), 1),
        5 => (element("paragraph"), 1),
        6 => (vec![1, 3], 3),
        7 => (element("table_cell"), 1),
        8 => (vec![8, 1, 125, 2], 1),
        9 => (element("list_item"), 1),
        10 => (element("bullet_list"), 1),
        _ => ([vec![4], string("x")].concat(), 1),
    }
}

fn one(script: &mut Script<'_>, ids: &[Id], content: &[u8]) -> Vec<u8> {
    let Some((kind, rest)) = content.split_first() else { return Vec::new() };
    let pick = |script: &mut Script<'_>| {
        let (client, clock) = ids.get(script.index(ids.len())).copied().unwrap_or((1, 0));
        [number(client), number(clock)].concat()
    };
    let shape = script.byte();
    let (left, right) = (shape & 1 != 0, shape & 2 != 0);
    if left || right {
        let info = kind | if left { 0x80 } else { 0 } | if right { 0x40 } else { 0 };
        let mut bytes = vec![info];
        (0..u8::from(left) + u8::from(right)).for_each(|_| bytes.extend(pick(script)));
        return [bytes, rest.to_vec()].concat();
    }
    if *kind == 8 {
        return [vec![kind | 0x20, 0], pick(script), string("colspan"), rest.to_vec()].concat();
    }
    let parent = if shape & 4 != 0 {
        [vec![1], string("body")].concat()
    } else {
        [vec![0], pick(script)].concat()
    };
    [vec![*kind], parent, rest.to_vec()].concat()
}

fn deletions(script: &mut Script<'_>, ids: &[Id]) -> Vec<u8> {
    if !script.byte().is_multiple_of(3) {
        return number(0);
    }
    let (client, clock) = ids.get(script.index(ids.len())).copied().unwrap_or((1, 0));
    let len = u64::from(script.byte() % 4).saturating_add(1);
    [number(1), number(client), number(1), number(clock), number(len)].concat()
}
