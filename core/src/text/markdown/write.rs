//! Writes a tree as Markdown.
//!
//! Lists that follow each other change their marker, or they would be read as
//! one. A rule is `___`, because dashes and stars also begin list items.

use super::super::node::{Block, Cell, CheckItem, Inline};
use super::inline::{Setting, line};

/// Writes the Markdown of a text, ending with a line break unless empty.
pub fn write(blocks: &[Block]) -> String {
    let mut source = lines(blocks).join("\n");
    if !source.is_empty() {
        source.push('\n');
    }
    source
}

/// What lists beside each other must not share.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Bullets,
    Numbers,
    Other,
}

fn family(block: &Block) -> Family {
    match block {
        Block::BulletList(_) | Block::CheckList(_) => Family::Bullets,
        Block::NumberedList { .. } => Family::Numbers,
        Block::Paragraph(_)
        | Block::Heading { .. }
        | Block::Quote(_)
        | Block::Table(_)
        | Block::Rule => Family::Other,
    }
}

fn lines(blocks: &[Block]) -> Vec<String> {
    let mut all = Vec::new();
    let mut before = Family::Other;
    let mut is_second = false;
    for block in blocks {
        let own = family(block);
        let turned = own == before && !is_second;
        let written = block_lines(block, turned);
        if written.is_empty() {
            // Nothing came out, so it separates nothing.
            continue;
        }
        is_second = turned;
        if !all.is_empty() {
            all.push(String::new());
        }
        all.extend(written);
        before = own;
    }
    all
}

fn block_lines(block: &Block, is_second: bool) -> Vec<String> {
    let bullet = if is_second { "* " } else { "- " };
    match block {
        Block::Paragraph(pieces) => {
            let source = line(pieces, Setting::Paragraph);
            source.lines().map(str::to_owned).collect()
        }
        Block::Heading { content, .. } if content.is_empty() => Vec::new(),
        Block::Heading { level, content } => {
            let signs = "#".repeat(usize::from((*level).clamp(1, 4)));
            vec![format!("{signs} {}", line(content, Setting::Heading))]
        }
        Block::BulletList(items) => list(items.iter().map(|item| (bullet.to_owned(), lines(item)))),
        Block::NumberedList { start, items } => {
            let sign = if is_second { ')' } else { '.' };
            let numbers = (*start).min(999_999_999)..;
            let marker = |number: u32| format!("{}{sign} ", number.min(999_999_999));
            list(numbers.zip(items).map(|(number, item)| (marker(number), lines(item))))
        }
        Block::CheckList(items) => {
            list(items.iter().map(|item| (bullet.to_owned(), check_item(item))))
        }
        Block::Quote(content) => quote(&lines(content)),
        Block::Table(rows) => table(rows),
        Block::Rule => vec!["___".to_owned()],
    }
}

fn quote(lines: &[String]) -> Vec<String> {
    if lines.is_empty() {
        return vec![">".to_owned()];
    }
    lines.iter().map(|line| format!("> {line}").trim_end().to_owned()).collect()
}

/// Puts a marker before the first line of each item and room before the rest.
fn list(items: impl Iterator<Item = (String, Vec<String>)>) -> Vec<String> {
    let items: Vec<(String, Vec<String>)> = items.collect();
    let is_loose = items.iter().any(|(_, lines)| lines.iter().any(String::is_empty));
    let mut all = Vec::new();
    for (marker, lines) in items {
        if is_loose && !all.is_empty() {
            all.push(String::new());
        }
        let room = " ".repeat(marker.len());
        if lines.is_empty() {
            // A bare marker is read differently by different readers.
            all.push(format!("{marker}<br>"));
        }
        for (place, line) in lines.into_iter().enumerate() {
            let before = if place == 0 { &marker } else { &room };
            all.push(if line.is_empty() { line } else { format!("{before}{line}") });
        }
    }
    all
}

fn check_item(item: &CheckItem) -> Vec<String> {
    let sign = if item.checked { "[x] " } else { "[ ] " };
    let (first, rest) = match item.content.split_first() {
        Some((Block::Paragraph(words), rest)) if !words.is_empty() => (words.as_slice(), rest),
        Some((Block::Paragraph(_), rest)) => (&[Inline::LineBreak][..], rest),
        // A box needs a line to stand on.
        _ => (&[Inline::LineBreak][..], item.content.as_slice()),
    };
    let paragraph = Block::Paragraph(first.to_vec());
    let mut all = lines(&[std::slice::from_ref(&paragraph), rest].concat());
    if let Some(first) = all.first_mut() {
        first.insert_str(0, sign);
    }
    all
}

fn table(rows: &[Vec<Cell>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let has_head = rows.first().is_some_and(|row| row.iter().all(|cell| cell.is_header));
    let (head, body) = rows.split_at(usize::from(has_head));
    if columns == 0 {
        return Vec::new();
    }
    let mut all = vec![row(head.first().map_or(&[], Vec::as_slice), columns)];
    all.push(format!("|{}", " --- |".repeat(columns)));
    all.extend(body.iter().map(|cells| row(cells, columns)));
    all
}

fn row(cells: &[Cell], columns: usize) -> String {
    let mut source = String::from("|");
    for place in 0..columns {
        let words = cells.get(place).map(cell).unwrap_or_default();
        source.push(' ');
        source.push_str(&words);
        source.push_str(if words.is_empty() { "|" } else { " |" });
    }
    source
}

/// Writes a cell's lines on one, with breaks between them.
fn cell(cell: &Cell) -> String {
    let mut pieces = Vec::new();
    super::super::node::each_line(&cell.content, &mut |line| {
        if !pieces.is_empty() && !line.is_empty() {
            pieces.push(Inline::LineBreak);
        }
        pieces.extend_from_slice(line);
    });
    line(&pieces, Setting::Cell)
}
