//! The Yjs update that fills a new document: only `create` sends one.
//!
//! Written byte by byte rather than through yrs, whose attributes leave a hash
//! map in an order that differs from run to run. The same arguments give the
//! same bytes on every machine, and the bytes are those that y-prosemirror
//! would write for the same content: marks in the order of [`Mark::ALL`],
//! a parent before what sits in it, its attributes after. The editor
//! throws away a list without items and an item without a block, so the first
//! are left out here and the second get an empty paragraph.

mod wire;

use super::node::{Block, Cell, Inline, Marks};
use super::schema::{DEPTH_MAX, Mark, Node};
use wire::{mark_value, number, whole_number};

/// Builds the update with which client `client_id` puts `blocks` into `field`.
///
/// What is nested deeper than the schema allows is left out.
pub fn seed_update(client_id: u64, field: &str, blocks: &[Block]) -> Vec<u8> {
    let mut seed = Seed { client: client_id, clock: 0, structs: Vec::new(), count: 0 };
    seed.blocks(&Seat::Field(field), 1, blocks);
    let mut update = Vec::with_capacity(seed.structs.len() + 16);
    if seed.count > 0 {
        number(&mut update, 1);
        number(&mut update, seed.count);
        number(&mut update, client_id);
        number(&mut update, 0);
        update.append(&mut seed.structs);
    } else {
        number(&mut update, 0);
    }
    number(&mut update, 0);
    update
}

/// Where the next struct sits.
#[derive(Clone, Copy)]
enum Seat<'a> {
    Field(&'a str),
    Inside(u64),
}

/// An attribute's value.
enum Value<'a> {
    Whole(u32),
    Flag(bool),
    Numbers(&'a [u32]),
}

const HAS_ORIGIN: u8 = 0x80;
const HAS_KEY: u8 = 0x20;
const TEXT: u8 = 4;
const MARK: u8 = 6;
const TYPE: u8 = 7;
const VALUES: u8 = 8;

struct Seed {
    client: u64,
    clock: u64,
    structs: Vec<u8>,
    count: u64,
}

impl Seed {
    /// Writes what an item, a cell or a quote holds: at least a paragraph.
    fn content(&mut self, parent: u64, depth: u8, blocks: &[Block]) {
        let seat = Seat::Inside(parent);
        let before = self.count;
        self.blocks(&seat, depth, blocks);
        if self.count == before {
            self.element(&seat, None, Node::Paragraph);
        }
    }

    fn blocks(&mut self, seat: &Seat<'_>, depth: u8, blocks: &[Block]) {
        let mut left = None;
        for block in blocks {
            if let Some(id) = self.block(seat, left, depth, block) {
                left = Some(id);
            }
        }
    }

    fn block(
        &mut self,
        seat: &Seat<'_>,
        left: Option<u64>,
        depth: u8,
        block: &Block,
    ) -> Option<u64> {
        // Lists and tables bring their items' own elements and a line's text.
        if depth.saturating_add(4) > DEPTH_MAX || is_hollow(block) {
            return None;
        }
        let node = node_of(block);
        let id = self.element(seat, left, node);
        let inside = Seat::Inside(id);
        let deeper = depth.saturating_add(1);
        match block {
            Block::Paragraph(line) => self.line(id, line),
            Block::Heading { level, content } => {
                self.line(id, content);
                self.attribute(id, "level", &Value::Whole(u32::from(*level)));
            }
            Block::BulletList(items) => self.items(id, deeper, items),
            Block::NumberedList { start, items } => {
                self.items(id, deeper, items);
                self.attribute(id, "start", &Value::Whole(*start));
            }
            Block::CheckList(items) => {
                let mut left = None;
                for item in items {
                    let inner = self.element(&inside, left, Node::CheckItem);
                    self.content(inner, deeper.saturating_add(1), &item.content);
                    self.attribute(inner, "checked", &Value::Flag(item.checked));
                    left = Some(inner);
                }
            }
            Block::Quote(content) => self.content(id, deeper, content),
            Block::Table(rows) => self.rows(id, deeper, rows),
            Block::Rule => {}
        }
        Some(id)
    }

    fn items(&mut self, list: u64, depth: u8, items: &[Vec<Block>]) {
        let mut left = None;
        for item in items {
            let id = self.element(&Seat::Inside(list), left, Node::ListItem);
            self.content(id, depth.saturating_add(1), item);
            left = Some(id);
        }
    }

    fn rows(&mut self, table: u64, depth: u8, rows: &[Vec<Cell>]) {
        let mut left_row = None;
        for row in rows {
            let row_id = self.element(&Seat::Inside(table), left_row, Node::TableRow);
            left_row = Some(row_id);
            let mut left = None;
            for cell in row {
                let node = if cell.is_header { Node::TableHeader } else { Node::TableCell };
                let id = self.element(&Seat::Inside(row_id), left, node);
                left = Some(id);
                self.content(id, depth.saturating_add(2), &cell.content);
                self.attribute(id, "colspan", &Value::Whole(cell.colspan));
                self.attribute(id, "rowspan", &Value::Whole(cell.rowspan));
                if !cell.widths_px.is_empty() {
                    self.attribute(id, "colwidth", &Value::Numbers(&cell.widths_px));
                }
            }
        }
    }

    /// Writes a line: runs of text with line breaks between them.
    fn line(&mut self, parent: u64, line: &[Inline]) {
        let mut left = None;
        for piece in line.chunk_by(|a, b| is_text(a) && is_text(b)) {
            left = Some(match piece.first() {
                Some(Inline::LineBreak) | None => {
                    self.element(&Seat::Inside(parent), left, Node::LineBreak)
                }
                Some(Inline::Text { .. }) => self.run(parent, left, piece),
            });
        }
    }

    /// Writes one run of text; as in Yjs, each piece opens its marks and closes them.
    fn run(&mut self, parent: u64, left: Option<u64>, pieces: &[Inline]) -> u64 {
        let id = self.open(&Seat::Inside(parent), left, TYPE, None);
        self.structs.push(6);
        self.clock += 1;
        let mut last = None;
        for piece in pieces {
            let Inline::Text { text, marks } = piece else { continue };
            if text.is_empty() {
                continue;
            }
            last = self.marks(id, last, marks, true);
            let start = self.open(&Seat::Inside(id), last, TEXT, None);
            self.text(text);
            self.clock = start + text.encode_utf16().count() as u64;
            last = self.marks(id, Some(self.clock - 1), marks, false);
        }
        id
    }

    /// Opens or closes the marks of a piece; gives the clock of the last struct.
    fn marks(
        &mut self,
        run: u64,
        mut last: Option<u64>,
        marks: &Marks,
        opens: bool,
    ) -> Option<u64> {
        for mark in Mark::ALL {
            let Some(value) = mark_value(marks, mark) else { continue };
            let id = self.open(&Seat::Inside(run), last, MARK, None);
            self.text(mark.name());
            self.text(if opens { &value } else { "null" });
            self.clock += 1;
            last = Some(id);
        }
        last
    }

    fn element(&mut self, seat: &Seat<'_>, left: Option<u64>, node: Node) -> u64 {
        let id = self.open(seat, left, TYPE, None);
        self.structs.push(3);
        self.text(node.name());
        self.clock += 1;
        id
    }

    fn attribute(&mut self, element: u64, key: &str, value: &Value<'_>) {
        self.open(&Seat::Inside(element), None, VALUES, Some(key));
        number(&mut self.structs, 1);
        match value {
            Value::Whole(whole) => whole_number(&mut self.structs, *whole),
            Value::Flag(flag) => self.structs.push(if *flag { 120 } else { 121 }),
            Value::Numbers(numbers) => {
                self.structs.push(117);
                number(&mut self.structs, numbers.len() as u64);
                numbers.iter().for_each(|one| whole_number(&mut self.structs, *one));
            }
        }
        self.clock += 1;
    }

    /// Writes a struct up to its content and gives its clock.
    fn open(&mut self, seat: &Seat<'_>, left: Option<u64>, kind: u8, key: Option<&str>) -> u64 {
        let key_bit = if key.is_some() { HAS_KEY } else { 0 };
        match (left, seat) {
            (Some(left), _) => {
                self.structs.push(kind | HAS_ORIGIN);
                number(&mut self.structs, self.client);
                number(&mut self.structs, left);
            }
            (None, Seat::Field(name)) => {
                self.structs.extend([kind | key_bit, 1]);
                self.text(name);
            }
            (None, Seat::Inside(parent)) => {
                self.structs.extend([kind | key_bit, 0]);
                number(&mut self.structs, self.client);
                number(&mut self.structs, *parent);
            }
        }
        if let Some(key) = key {
            self.text(key);
        }
        self.count += 1;
        self.clock
    }

    fn text(&mut self, text: &str) {
        number(&mut self.structs, text.len() as u64);
        self.structs.extend_from_slice(text.as_bytes());
    }
}

/// Tells of a list without items and a table without cells.
pub(super) fn is_hollow(block: &Block) -> bool {
    match block {
        Block::BulletList(items) | Block::NumberedList { items, .. } => items.is_empty(),
        Block::CheckList(items) => items.is_empty(),
        Block::Table(rows) => rows.iter().all(Vec::is_empty),
        Block::Paragraph(_) | Block::Heading { .. } | Block::Quote(_) | Block::Rule => false,
    }
}

fn is_text(piece: &Inline) -> bool {
    matches!(piece, Inline::Text { .. })
}

/// Gives the element that holds a block.
pub(super) fn node_of(block: &Block) -> Node {
    match block {
        Block::Paragraph(_) => Node::Paragraph,
        Block::Heading { .. } => Node::Heading,
        Block::BulletList(_) => Node::BulletList,
        Block::NumberedList { .. } => Node::NumberedList,
        Block::CheckList(_) => Node::CheckList,
        Block::Quote(_) => Node::Quote,
        Block::Table(_) => Node::Table,
        Block::Rule => Node::Rule,
    }
}
