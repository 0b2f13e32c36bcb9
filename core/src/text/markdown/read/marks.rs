//! Which marks are open while a line is read.
//!
//! Markdown's own marks always close; bare tags need not, and end with the line.

use super::super::super::node::Marks;

/// How many times each mark is open.
#[derive(Default)]
pub(super) struct Open {
    pub(super) bold: u32,
    pub(super) italic: u32,
    underline: u32,
    pub(super) strike: u32,
    code: u32,
    pub(super) links: Vec<Option<String>>,
}

impl Open {
    /// Gives the marks of the next words.
    pub(super) fn marks(&self, code: bool) -> Marks {
        Marks {
            bold: self.bold > 0,
            italic: self.italic > 0,
            underline: self.underline > 0,
            strike: self.strike > 0,
            code: code || self.code > 0,
            link: self.links.iter().rev().find_map(Clone::clone),
        }
    }

    /// Takes a bare tag; tells whether it was one.
    pub(super) fn tag(&mut self, tag: &str) -> bool {
        let (name, closes) = match tag.strip_prefix("</") {
            Some(name) => (name, true),
            None => (tag.strip_prefix('<').unwrap_or(""), false),
        };
        let count = match name {
            "u>" => &mut self.underline,
            "strong>" => &mut self.bold,
            "em>" => &mut self.italic,
            "del>" => &mut self.strike,
            "code>" => &mut self.code,
            _ => return false,
        };
        match (closes, *count) {
            (true, 0) => return false,
            (true, _) => *count -= 1,
            (false, _) => *count += 1,
        }
        true
    }
}
