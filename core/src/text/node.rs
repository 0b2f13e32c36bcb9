//! A text as a plain tree: what readers, renderers and importers work on.
//!
//! It is a value without ids or history. Reading a document gives one; only a
//! seed (the first content of a new document) turns one back into a document.

/// A block of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Paragraph(Vec<Inline>),
    /// A heading of level 1 to 4.
    Heading {
        level: u8,
        content: Vec<Inline>,
    },
    BulletList(Vec<Vec<Block>>),
    NumberedList {
        start: u32,
        items: Vec<Vec<Block>>,
    },
    CheckList(Vec<CheckItem>),
    Quote(Vec<Block>),
    Table(Vec<Vec<Cell>>),
    Rule,
}

/// A line of a check list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckItem {
    pub checked: bool,
    pub content: Vec<Block>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub is_header: bool,
    pub colspan: u32,
    pub rowspan: u32,
    /// The widths in pixels of the columns it covers; empty where nobody set any.
    pub widths_px: Vec<u32>,
    pub content: Vec<Block>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    Text { text: String, marks: Marks },
    LineBreak,
}

/// How a piece of text is marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "marks are independent of each other")]
pub struct Marks {
    pub bold: bool,
    pub italic: bool,
    pub underline: bool,
    pub strike: bool,
    pub code: bool,
    pub link: Option<String>,
}

impl Cell {
    /// Makes a cell that covers one row and one column.
    pub fn plain(is_header: bool, content: Vec<Block>) -> Self {
        Self { is_header, colspan: 1, rowspan: 1, widths_px: Vec::new(), content }
    }
}

impl Inline {
    /// Makes a piece of unmarked text.
    pub fn plain(text: &str) -> Self {
        Self::Text { text: text.to_owned(), marks: Marks::default() }
    }
}

/// Adds a piece to a line, as one with the piece before it where marks agree.
pub fn push_inline(line: &mut Vec<Inline>, piece: Inline) {
    if let Inline::Text { text, marks } = &piece {
        if text.is_empty() {
            return;
        }
        if let Some(Inline::Text { text: before, marks: same }) = line.last_mut()
            && same == marks
        {
            before.push_str(text);
            return;
        }
    }
    line.push(piece);
}

/// Writes the words of a line, a line break as `line_break`.
pub fn line_text(line: &[Inline], line_break: char) -> String {
    let mut text = String::new();
    for piece in line {
        match piece {
            Inline::Text { text: words, .. } => text.push_str(words),
            Inline::LineBreak => text.push(line_break),
        }
    }
    text
}

/// Calls `visit` with every line of text, in reading order.
pub fn each_line<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a [Inline])) {
    for block in blocks {
        match block {
            Block::Paragraph(line) | Block::Heading { content: line, .. } => visit(line),
            Block::BulletList(items) | Block::NumberedList { items, .. } => {
                for item in items {
                    each_line(item, visit);
                }
            }
            Block::CheckList(items) => {
                for item in items {
                    each_line(&item.content, visit);
                }
            }
            Block::Quote(content) => each_line(content, visit),
            Block::Table(rows) => {
                for cell in rows.iter().flatten() {
                    each_line(&cell.content, visit);
                }
            }
            Block::Rule => {}
        }
    }
}
