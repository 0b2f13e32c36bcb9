//! What stands in a text as a tree of elements and runs: the form in which a document and a
//! wanted text are compared.

use std::sync::Arc;

use yrs::{Any, ReadTxn, XmlElementRef, XmlFragment as _, XmlOut, XmlTextRef};

use super::fragment;
use super::node::{Block, Cell, CheckItem, Inline, Marks, push_inline};
use super::schema::{self, Node};
use super::seed::{is_hollow, node_of};

/// A run's piece that is marked alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) marks: Marks,
}

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Whole(u32),
    Flag(bool),
    Numbers(Vec<u32>),
}

/// An attribute and its value.
pub(super) type Attribute = (schema::Attribute, Value);

/// An element or a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Element {
        node: Node,
        attributes: Vec<Attribute>,
        children: Vec<Shape>,
    },
    Run(Vec<Piece>),
    /// What this version does not know.
    Foreign,
}

impl Value {
    /// Gives the value as the document holds it.
    pub(super) fn to_any(&self) -> Any {
        match self {
            Self::Whole(whole) => Any::from(*whole),
            Self::Flag(flag) => Any::from(*flag),
            Self::Numbers(numbers) => {
                let numbers: Vec<Any> = numbers.iter().map(|one| Any::from(*one)).collect();
                Any::Array(Arc::from(numbers))
            }
        }
    }
}

impl Shape {
    /// Says whether it is a run without a word.
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Self::Run(pieces) if pieces.is_empty())
    }

    /// Says whether one can be changed into the other without being replaced.
    pub(super) fn is_of_kind(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Element { node: one, .. }, Self::Element { node: other, .. }) => one == other,
            (Self::Run(_), Self::Run(_)) => true,
            (Self::Element { .. } | Self::Run(_) | Self::Foreign, _) => false,
        }
    }

    /// Calls `visit` with every piece of text in it.
    pub(super) fn each_text(&self, visit: &mut dyn FnMut(&str)) {
        match self {
            Self::Element { children, .. } => {
                for child in children {
                    child.each_text(visit);
                }
            }
            Self::Run(pieces) => pieces.iter().for_each(|piece| visit(&piece.text)),
            Self::Foreign => {}
        }
    }
}

/// Reads a child of a document.
pub(super) fn of_child<T: ReadTxn>(child: &XmlOut, txn: &T) -> Shape {
    match child {
        XmlOut::Element(element) => {
            let known = Node::from_name(element.tag());
            known.map_or(Shape::Foreign, |node| of_element(element, node, txn))
        }
        XmlOut::Text(run) => Shape::Run(of_run(run, txn)),
        XmlOut::Fragment(_) => Shape::Foreign,
    }
}

/// Reads a run of text.
pub(super) fn of_run<T: ReadTxn>(run: &XmlTextRef, txn: &T) -> Vec<Piece> {
    of_texts(&fragment::run(run, txn))
}

fn of_element<T: ReadTxn>(element: &XmlElementRef, node: Node, txn: &T) -> Shape {
    let children = element.children(txn).map(|child| of_child(&child, txn));
    let children = children.filter(|shape| !shape.is_nothing()).collect();
    let attributes = match node {
        Node::Heading => vec![level(fragment::level(element, txn))],
        Node::NumberedList => vec![start(fragment::start(element, txn))],
        Node::CheckItem => vec![checked(fragment::is_checked(element, txn))],
        Node::TableHeader | Node::TableCell => {
            let span = |name| fragment::span(element, txn, name);
            spans(span("colspan"), span("rowspan"), &fragment::widths(element, txn))
        }
        Node::Paragraph
        | Node::BulletList
        | Node::ListItem
        | Node::CheckList
        | Node::Quote
        | Node::Table
        | Node::TableRow
        | Node::Rule
        | Node::LineBreak => Vec::new(),
    };
    Shape::Element { node, attributes, children }
}

/// Gives the elements that blocks stand for, as a seed writes them.
pub(super) fn of_blocks(blocks: &[Block]) -> Vec<Shape> {
    blocks.iter().filter(|block| !is_hollow(block)).map(of_block).collect()
}

/// Gives the element that a block stands for.
pub(super) fn of_block(block: &Block) -> Shape {
    let (attributes, children) = match block {
        Block::Paragraph(line) => (Vec::new(), of_line(line)),
        Block::Heading { level: of, content } => (vec![level(*of)], of_line(content)),
        Block::BulletList(items) => (Vec::new(), of_items(items)),
        Block::NumberedList { start: of, items } => (vec![start(*of)], of_items(items)),
        Block::CheckList(items) => {
            let item = |item: &CheckItem| {
                element(Node::CheckItem, vec![checked(item.checked)], content(&item.content))
            };
            (Vec::new(), items.iter().map(item).collect())
        }
        Block::Quote(inside) => (Vec::new(), content(inside)),
        Block::Table(rows) => (Vec::new(), rows.iter().map(|row| of_row(row)).collect()),
        Block::Rule => (Vec::new(), Vec::new()),
    };
    element(node_of(block), attributes, children)
}

fn of_items(items: &[Vec<Block>]) -> Vec<Shape> {
    items.iter().map(|item| element(Node::ListItem, Vec::new(), content(item))).collect()
}

fn of_row(row: &[Cell]) -> Shape {
    let cell = |cell: &Cell| {
        let node = if cell.is_header { Node::TableHeader } else { Node::TableCell };
        element(node, spans(cell.colspan, cell.rowspan, &cell.widths_px), content(&cell.content))
    };
    element(Node::TableRow, Vec::new(), row.iter().map(cell).collect())
}

/// Gives what an item, a cell or a quote holds: at least a paragraph.
fn content(blocks: &[Block]) -> Vec<Shape> {
    let found = of_blocks(blocks);
    let empty = || vec![element(Node::Paragraph, Vec::new(), Vec::new())];
    if found.is_empty() { empty() } else { found }
}

fn of_line(line: &[Inline]) -> Vec<Shape> {
    let is_text = |piece: &Inline| matches!(piece, Inline::Text { .. });
    let parts = line.chunk_by(|a, b| is_text(a) && is_text(b));
    let part = |part: &[Inline]| match part {
        [Inline::LineBreak] => element(Node::LineBreak, Vec::new(), Vec::new()),
        texts => Shape::Run(of_texts(texts)),
    };
    parts.map(part).filter(|shape| !shape.is_nothing()).collect()
}

fn of_texts(texts: &[Inline]) -> Vec<Piece> {
    let mut joined = Vec::new();
    for piece in texts {
        push_inline(&mut joined, piece.clone());
    }
    let piece = |piece| match piece {
        Inline::Text { text, marks } => Some(Piece { text, marks }),
        Inline::LineBreak => None,
    };
    joined.into_iter().filter_map(piece).collect()
}

fn element(node: Node, attributes: Vec<Attribute>, children: Vec<Shape>) -> Shape {
    Shape::Element { node, attributes, children }
}

fn level(level: u8) -> Attribute {
    (schema::Attribute::Level, Value::Whole(u32::from(level)))
}

fn start(start: u32) -> Attribute {
    (schema::Attribute::Start, Value::Whole(start))
}

fn checked(checked: bool) -> Attribute {
    (schema::Attribute::Checked, Value::Flag(checked))
}

fn spans(colspan: u32, rowspan: u32, widths_px: &[u32]) -> Vec<Attribute> {
    let mut spans = vec![
        (schema::Attribute::Colspan, Value::Whole(colspan)),
        (schema::Attribute::Rowspan, Value::Whole(rowspan)),
    ];
    if !widths_px.is_empty() {
        spans.push((schema::Attribute::Colwidth, Value::Numbers(widths_px.to_vec())));
    }
    spans
}
