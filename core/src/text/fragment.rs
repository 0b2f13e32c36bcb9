//! Reads a field's XML fragment into a plain tree.
//!
//! Total: whatever yrs holds becomes some tree. An element that this version
//! does not know gives its blocks and its text, so that words never vanish.
//! Nesting is bounded twice, by the ledger and by the depth counted here.

use yrs::types::text::YChange;
use yrs::{
    Any, Number, Out, ReadTxn, Text as _, Xml as _, XmlElementRef, XmlFragment, XmlOut, XmlTextRef,
};

use super::node::{Block, Cell, CheckItem, Inline, Marks, push_inline};
use super::schema::{DEPTH_MAX, Mark, Node};

/// Reads the blocks directly inside an element or a field.
pub(super) fn blocks<T: ReadTxn, F: XmlFragment>(parent: &F, txn: &T, depth: u8) -> Vec<Block> {
    if depth > DEPTH_MAX {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut loose = Vec::new();
    for child in parent.children(txn) {
        let known = match &child {
            XmlOut::Element(element) => Node::from_name(element.tag()),
            XmlOut::Fragment(_) | XmlOut::Text(_) => None,
        };
        match (child, known) {
            (XmlOut::Element(element), Some(node)) if node != Node::LineBreak => {
                close_line(&mut found, &mut loose);
                found.extend(block(&element, node, txn, depth));
            }
            (XmlOut::Element(element), None) => {
                close_line(&mut found, &mut loose);
                found.extend(blocks(&element, txn, depth.saturating_add(1)));
            }
            (other, _) => inline(&other, txn, &mut loose),
        }
    }
    close_line(&mut found, &mut loose);
    found
}

/// Makes a paragraph of text that stood where blocks should.
fn close_line(found: &mut Vec<Block>, loose: &mut Vec<Inline>) {
    if !loose.is_empty() {
        found.push(Block::Paragraph(std::mem::take(loose)));
    }
}

fn block<T: ReadTxn>(element: &XmlElementRef, node: Node, txn: &T, depth: u8) -> Vec<Block> {
    let inside = depth.saturating_add(1);
    let one = match node {
        Node::Paragraph => Block::Paragraph(line(element, txn)),
        Node::Heading => Block::Heading { level: level(element, txn), content: line(element, txn) },
        Node::BulletList => Block::BulletList(items(element, txn, inside)),
        Node::NumberedList => {
            Block::NumberedList { start: start(element, txn), items: items(element, txn, inside) }
        }
        Node::CheckList => Block::CheckList(check_items(element, txn, inside)),
        Node::Quote => Block::Quote(blocks(element, txn, inside)),
        Node::Table => Block::Table(rows(element, txn, inside)),
        Node::Rule => Block::Rule,
        // Out of its place: what is inside still shows.
        Node::ListItem
        | Node::CheckItem
        | Node::TableRow
        | Node::TableHeader
        | Node::TableCell
        | Node::LineBreak => return blocks(element, txn, inside),
    };
    vec![one]
}

fn items<T: ReadTxn>(list: &XmlElementRef, txn: &T, depth: u8) -> Vec<Vec<Block>> {
    elements(list, txn).map(|item| blocks(&item, txn, depth.saturating_add(1))).collect()
}

fn check_items<T: ReadTxn>(list: &XmlElementRef, txn: &T, depth: u8) -> Vec<CheckItem> {
    let item = |item: XmlElementRef| CheckItem {
        checked: is_checked(&item, txn),
        content: blocks(&item, txn, depth.saturating_add(1)),
    };
    elements(list, txn).map(item).collect()
}

fn rows<T: ReadTxn>(table: &XmlElementRef, txn: &T, depth: u8) -> Vec<Vec<Cell>> {
    let cell_depth = depth.saturating_add(2);
    let row = |row: XmlElementRef| {
        elements(&row, txn).map(|found| cell(&found, txn, cell_depth)).collect()
    };
    elements(table, txn).map(row).collect()
}

fn cell<T: ReadTxn>(element: &XmlElementRef, txn: &T, depth: u8) -> Cell {
    Cell {
        is_header: Node::from_name(element.tag()) == Some(Node::TableHeader),
        colspan: span(element, txn, "colspan"),
        rowspan: span(element, txn, "rowspan"),
        widths_px: widths(element, txn),
        content: blocks(element, txn, depth),
    }
}

/// Gives a heading's level.
pub(super) fn level<T: ReadTxn>(element: &XmlElementRef, txn: &T) -> u8 {
    u8::try_from(whole(element, txn, "level").unwrap_or(1)).unwrap_or(1).clamp(1, 4)
}

/// Gives the number that a list begins with.
pub(super) fn start<T: ReadTxn>(element: &XmlElementRef, txn: &T) -> u32 {
    u32::try_from(whole(element, txn, "start").unwrap_or(1)).unwrap_or(1)
}

/// Says whether a line of a check list is ticked.
pub(super) fn is_checked<T: ReadTxn>(element: &XmlElementRef, txn: &T) -> bool {
    matches!(element.get_attribute(txn, "checked"), Some(Out::Any(Any::Bool(true))))
}

/// Gives how many columns or rows a cell covers.
pub(super) fn span<T: ReadTxn>(element: &XmlElementRef, txn: &T, name: &str) -> u32 {
    u32::try_from(whole(element, txn, name).unwrap_or(1)).unwrap_or(1).clamp(1, 100)
}

/// Gives the widths of the columns that a cell covers; none where nobody set any.
pub(super) fn widths<T: ReadTxn>(element: &XmlElementRef, txn: &T) -> Vec<u32> {
    let Some(Out::Any(Any::Array(widths))) = element.get_attribute(txn, "colwidth") else {
        return Vec::new();
    };
    widths
        .iter()
        .map(|width| number(width).and_then(|px| u32::try_from(px).ok()).unwrap_or(0))
        .collect()
}

fn elements<T: ReadTxn>(parent: &XmlElementRef, txn: &T) -> impl Iterator<Item = XmlElementRef> {
    parent.children(txn).filter_map(|child| match child {
        XmlOut::Element(element) => Some(element),
        XmlOut::Fragment(_) | XmlOut::Text(_) => None,
    })
}

fn line<T: ReadTxn>(element: &XmlElementRef, txn: &T) -> Vec<Inline> {
    let mut line = Vec::new();
    for child in element.children(txn) {
        inline(&child, txn, &mut line);
    }
    line
}

/// Reads a run of text.
pub(super) fn run<T: ReadTxn>(run: &XmlTextRef, txn: &T) -> Vec<Inline> {
    let mut line = Vec::new();
    for piece in run.diff(txn, YChange::identity) {
        if let Out::Any(Any::String(words)) = piece.insert {
            let marks = piece.attributes.as_deref().map(marks).unwrap_or_default();
            push_inline(&mut line, Inline::Text { text: words.to_string(), marks });
        }
    }
    line
}

fn inline<T: ReadTxn>(child: &XmlOut, txn: &T, line: &mut Vec<Inline>) {
    match child {
        XmlOut::Text(text) => run(text, txn).into_iter().for_each(|piece| push_inline(line, piece)),
        XmlOut::Element(element) if Node::from_name(element.tag()) == Some(Node::LineBreak) => {
            line.push(Inline::LineBreak);
        }
        XmlOut::Element(element) => {
            for inner in element.children(txn) {
                if let XmlOut::Text(_) = inner {
                    inline(&inner, txn, line);
                }
            }
        }
        XmlOut::Fragment(_) => {}
    }
}

fn marks(attributes: &yrs::types::Attrs) -> Marks {
    let has = |mark: Mark| attributes.get(mark.name()).is_some_and(|value| *value != Any::Null);
    let href = |value: &Any| {
        let Any::Map(entries) = value else { return None };
        let Some(Any::String(href)) = entries.get("href") else { return None };
        Some(href.to_string())
    };
    Marks {
        bold: has(Mark::Bold),
        italic: has(Mark::Italic),
        underline: has(Mark::Underline),
        strike: has(Mark::Strike),
        code: has(Mark::Code),
        link: attributes.get(Mark::Link.name()).and_then(href),
    }
}

fn whole<T: ReadTxn>(element: &XmlElementRef, txn: &T, name: &str) -> Option<i64> {
    match element.get_attribute(txn, name) {
        Some(Out::Any(any)) => number(&any),
        _ => None,
    }
}

/// Reads a number, a fraction rounded down.
fn number(any: &Any) -> Option<i64> {
    let Any::Number(number) = any else { return None };
    match number {
        Number::Int(whole) => Some(*whole),
        Number::Float(fraction) => Number::try_i64(fraction.floor()).as_i64(),
    }
}
