//! The headings of a text with the ids that links can lead to.
//!
//! An id is made of the heading's words, so it stays the same wherever the
//! text is shown. Every id begins with `h-`: what people write must not take
//! the name of a part of the page. The HTML writer walks the same way and so
//! arrives at the same ids.

use std::collections::BTreeMap;

use super::node::{Block, line_text};

/// How many characters of a heading go into its id.
const ID_CHARS_MAX: usize = 60;

/// A heading of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub level: u8,
    pub text: String,
    pub id: String,
}

/// Gives out ids, each once.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    taken: BTreeMap<String, u32>,
}

/// Lists the headings in reading order, those inside quotes and tables too.
pub fn headings(blocks: &[Block]) -> Vec<Heading> {
    let mut found = Vec::new();
    collect(blocks, &mut Ids::default(), &mut found);
    found
}

impl Ids {
    /// Makes the id of the next heading.
    pub fn next(&mut self, text: &str) -> String {
        let base = base(text);
        let mut count = self.taken.get(&base).copied().unwrap_or(0);
        loop {
            count += 1;
            let id = if count == 1 { base.clone() } else { format!("{base}-{count}") };
            // A heading of that very name may have come before: count on.
            if count == 1 || !self.taken.contains_key(&id) {
                self.taken.insert(id.clone(), 1);
                self.taken.insert(base, count);
                return id;
            }
        }
    }
}

fn base(text: &str) -> String {
    let mut id = String::from("h");
    let mut gap = true;
    for sign in text.chars().flat_map(char::to_lowercase).take(ID_CHARS_MAX) {
        if !sign.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap {
            id.push('-');
            gap = false;
        }
        id.push(sign);
    }
    if id == "h" { "h-0".to_owned() } else { id }
}

fn collect(blocks: &[Block], ids: &mut Ids, found: &mut Vec<Heading>) {
    for block in blocks {
        match block {
            Block::Heading { level, content } => {
                let text = line_text(content, ' ');
                let id = ids.next(&text);
                found.push(Heading { level: *level, text, id });
            }
            Block::BulletList(items) | Block::NumberedList { items, .. } => {
                for item in items {
                    collect(item, ids, found);
                }
            }
            Block::CheckList(items) => {
                for item in items {
                    collect(&item.content, ids, found);
                }
            }
            Block::Quote(content) => collect(content, ids, found),
            Block::Table(rows) => {
                for cell in rows.iter().flatten() {
                    collect(&cell.content, ids, found);
                }
            }
            Block::Paragraph(_) | Block::Rule => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::node::Inline;

    fn heading(level: u8, text: &str) -> Block {
        Block::Heading { level, content: vec![Inline::plain(text)] }
    }

    #[test]
    fn x11_ids_come_from_words_and_are_given_once() {
        let blocks = [
            heading(1, "Miten tehtiin?"),
            Block::Quote(vec![heading(2, "Öljy & vesi")]),
            heading(2, "Miten tehtiin"),
            heading(2, "Miten tehtiin 2"),
            heading(2, "miten  tehtiin"),
            heading(2, "!?"),
        ];
        let ids: Vec<String> = headings(&blocks).into_iter().map(|found| found.id).collect();
        let expected = [
            "h-miten-tehtiin",
            "h-öljy-vesi",
            "h-miten-tehtiin-2",
            "h-miten-tehtiin-2-2",
            "h-miten-tehtiin-3",
            "h-0",
        ];
        assert_eq!(ids, expected);
    }
}
