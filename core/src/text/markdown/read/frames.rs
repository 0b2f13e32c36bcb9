//! What is open while Markdown is read: quotes, lists, items and tables.
//!
//! An open frame keeps the blocks of the one above it; the reader holds those
//! of the innermost. Nothing here recurses, however deep the source nests.

use super::super::super::node::{Block, Cell, CheckItem, Inline};
use super::Reader;
use super::marks::Open;

/// How many lists, quotes and tables may sit in each other; deeper ones lend
/// their content to the one above.
const NESTING_MAX: usize = 24;

/// Something that is open and holds blocks.
pub(super) enum Frame {
    Quote {
        above: Vec<Block>,
    },
    List {
        start: Option<u64>,
        items: Vec<(Option<bool>, Vec<Block>)>,
    },
    Item {
        checked: Option<bool>,
        above: Vec<Block>,
    },
    Table {
        rows: Vec<Vec<Cell>>,
        is_head: bool,
        above: Vec<Block>,
    },
    /// Too deep to be kept: transparent.
    Flat,
}

impl Reader {
    /// Opens a frame, or a transparent one where the nesting is too deep.
    pub(super) fn open(&mut self, frame: Frame) {
        if self.frames.len() < NESTING_MAX {
            self.frames.push(frame);
            return;
        }
        if let Frame::Quote { above } | Frame::Item { above, .. } | Frame::Table { above, .. } =
            frame
        {
            self.blocks = above;
        }
        self.frames.push(Frame::Flat);
    }

    pub(super) fn open_item(&mut self) {
        self.close_line();
        if let Some(Frame::List { .. }) = self.frames.last() {
            let above = std::mem::take(&mut self.blocks);
            self.frames.push(Frame::Item { checked: None, above });
        } else {
            self.frames.push(Frame::Flat);
        }
    }

    pub(super) fn close_frame(&mut self) {
        match self.frames.pop() {
            Some(Frame::Quote { above }) => {
                let content = std::mem::replace(&mut self.blocks, above);
                self.blocks.push(Block::Quote(content));
            }
            Some(Frame::Item { checked, above }) => {
                let mut content = std::mem::replace(&mut self.blocks, above);
                empty_if_break(&mut content, checked.is_some());
                if let Some(Frame::List { items, .. }) = self.frames.last_mut() {
                    items.push((checked, content));
                }
            }
            Some(Frame::List { start, items }) => self.blocks.push(list(start, items)),
            Some(Frame::Table { rows, above, .. }) => {
                self.blocks = above;
                self.blocks.push(Block::Table(rows));
            }
            Some(Frame::Flat) | None => {}
        }
    }

    pub(super) fn row(&mut self, is_header: bool) {
        if let Some(Frame::Table { rows, is_head, .. }) = self.frames.last_mut() {
            rows.push(Vec::new());
            *is_head = is_header;
        }
    }

    pub(super) fn cell(&mut self) {
        if let Some(Frame::Table { rows, is_head, .. }) = self.frames.last_mut()
            && let Some(row) = rows.last_mut()
        {
            let line = std::mem::take(&mut self.line);
            row.push(Cell::plain(*is_head, vec![Block::Paragraph(line)]));
            self.marks = Open::default();
        } else {
            self.close_line();
        }
    }
}

/// An item without words, and a box without words, were written as a break.
fn empty_if_break(content: &mut [Block], is_box: bool) {
    let is_alone = content.len() == 1;
    if let Some(Block::Paragraph(line)) = content.first_mut()
        && *line == [Inline::LineBreak]
        && (is_box || is_alone)
    {
        line.clear();
    }
}

fn list(start: Option<u64>, items: Vec<(Option<bool>, Vec<Block>)>) -> Block {
    if let Some(start) = start {
        let start = u32::try_from(start).unwrap_or(1);
        return Block::NumberedList {
            start,
            items: items.into_iter().map(|item| item.1).collect(),
        };
    }
    if items.iter().any(|(checked, _)| checked.is_some()) {
        let item = |(checked, content): (Option<bool>, Vec<Block>)| CheckItem {
            checked: checked.unwrap_or(false),
            content,
        };
        return Block::CheckList(items.into_iter().map(item).collect());
    }
    Block::BulletList(items.into_iter().map(|item| item.1).collect())
}
