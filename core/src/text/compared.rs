//! One text against another, as HTML that shows what came and what went.
//!
//! Blocks are matched with blocks and words with words, as [`super::rewrite`] does, so what is
//! shown as the same is what stays when one becomes the other. Everything people wrote is
//! escaped by [`super::html`]. Headings are shown as strong lines: two texts stand side by side
//! on one page, and an id may be given once.

use super::align;
use super::html::{escape, html};
use super::node::{Block, Inline, Marks, push_inline};

/// How differences are marked, each with a word for the ear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marking<'a> {
    /// What came is inserted, what went is struck.
    News { added: &'a str, removed: &'a str },
    /// What came is one's own; what went is not shown.
    Own { added: &'a str },
}

/// Writes `now`, with its differences from `before` marked.
pub fn compared(before: &[Block], now: &[Block], marking: Marking<'_>) -> String {
    let mut writer = Writer { html: String::new(), marking };
    writer.blocks(&plain_headings(before), &plain_headings(now));
    writer.html
}

struct Writer<'a> {
    html: String,
    marking: Marking<'a>,
}

/// A step from one list to another.
enum Step {
    Removed(usize),
    Added(usize),
    Both(usize, usize),
}

impl Writer<'_> {
    fn blocks(&mut self, before: &[Block], now: &[Block]) {
        let pairs = align::blocks(before, now);
        for step in steps(&pairs, before.len(), now.len()) {
            match step {
                Step::Removed(at) => self.removed(&html(before.get(at..=at).unwrap_or_default())),
                Step::Added(at) => self.added(&html(now.get(at..=at).unwrap_or_default())),
                Step::Both(old, new) => {
                    if let (Some(old), Some(new)) = (before.get(old), now.get(new)) {
                        self.both(old, new);
                    }
                }
            }
        }
    }

    fn both(&mut self, old: &Block, new: &Block) {
        match (old, new) {
            (old, new) if old == new => self.html.push_str(&html(std::slice::from_ref(new))),
            (Block::Paragraph(old), Block::Paragraph(new)) => {
                self.html.push_str("<p>");
                self.line(old, new);
                self.html.push_str("</p>");
            }
            (Block::BulletList(old), Block::BulletList(new)) => self.items("ul", old, new),
            (Block::NumberedList { items: old, .. }, Block::NumberedList { items: new, .. }) => {
                self.items("ol", old, new);
            }
            (Block::Quote(old), Block::Quote(new)) => {
                self.html.push_str("<blockquote>");
                self.blocks(old, new);
                self.html.push_str("</blockquote>");
            }
            (old, new) => {
                self.removed(&html(std::slice::from_ref(old)));
                self.added(&html(std::slice::from_ref(new)));
            }
        }
    }

    /// Matches items as if each were a quote: what is alike stands on one line.
    fn items(&mut self, tag: &str, old: &[Vec<Block>], new: &[Vec<Block>]) {
        let quoted = |items: &[Vec<Block>]| -> Vec<Block> {
            items.iter().map(|item| Block::Quote(item.clone())).collect()
        };
        let pairs = align::blocks(&quoted(old), &quoted(new));
        self.html.extend(["<", tag, ">"]);
        for step in steps(&pairs, old.len(), new.len()) {
            self.html.push_str("<li>");
            match step {
                Step::Removed(at) => self.removed(&html(old.get(at).map_or(&[], Vec::as_slice))),
                Step::Added(at) => self.added(&html(new.get(at).map_or(&[], Vec::as_slice))),
                Step::Both(at, to) => {
                    let of = |items: &[Vec<Block>], at: usize| items.get(at).cloned();
                    self.blocks(&of(old, at).unwrap_or_default(), &of(new, to).unwrap_or_default());
                }
            }
            self.html.push_str("</li>");
        }
        self.html.extend(["</", tag, ">"]);
    }

    fn line(&mut self, old: &[Inline], new: &[Inline]) {
        let (old, new) = (words(old), words(new));
        let pairs = align::words(&old, &new);
        let (mut came, mut went, mut same) = (Vec::new(), Vec::new(), Vec::new());
        for step in steps(&pairs, old.len(), new.len()) {
            match step {
                Step::Both(_, at) => {
                    self.change(&mut went, &mut came);
                    same.extend(new.get(at).cloned());
                }
                Step::Removed(at) => {
                    self.html.push_str(&inline(&mut same));
                    went.extend(old.get(at).cloned());
                }
                Step::Added(at) => {
                    self.html.push_str(&inline(&mut same));
                    came.extend(new.get(at).cloned());
                }
            }
        }
        self.change(&mut went, &mut came);
        self.html.push_str(&inline(&mut same));
    }

    fn change(&mut self, went: &mut Vec<Inline>, came: &mut Vec<Inline>) {
        let (went, came) = (inline(went), inline(came));
        if !went.is_empty() {
            self.removed(&went);
        }
        if !came.is_empty() {
            self.added(&came);
        }
    }

    fn added(&mut self, html: &str) {
        let (open, word, close) = match self.marking {
            Marking::News { added, .. } => ("<ins>", added, "</ins>"),
            Marking::Own { added } => ("<span class=\"mine\">", added, "</span>"),
        };
        // A paragraph does not fit into a span.
        let is_block = html.starts_with("<p>") || html.starts_with('<') && !is_inline(html);
        let (open, close) = match self.marking {
            Marking::Own { .. } if is_block => ("<div class=\"mine\">", "</div>"),
            Marking::Own { .. } | Marking::News { .. } => (open, close),
        };
        self.html.extend([open, "<span class=\"vh\">", &escape(word), " </span>", html, close]);
    }

    fn removed(&mut self, html: &str) {
        if let Marking::News { removed, .. } = self.marking {
            let word = escape(removed);
            self.html.extend(["<del><span class=\"vh\">", &word, " </span>", html, "</del>"]);
        }
    }
}

fn is_inline(html: &str) -> bool {
    ["<strong", "<em", "<u>", "<s>", "<code", "<a ", "<br"].iter().any(|tag| html.starts_with(tag))
}

/// Walks both lists from the beginning: what went stands before what came.
fn steps(pairs: &[(usize, usize)], old: usize, new: usize) -> Vec<Step> {
    let mut found = Vec::new();
    let (mut old_at, mut new_at) = (0, 0);
    for (old_to, new_to) in pairs.iter().copied().chain([(old, new)]) {
        found.extend((old_at..old_to).map(Step::Removed));
        found.extend((new_at..new_to).map(Step::Added));
        if old_to < old && new_to < new {
            found.push(Step::Both(old_to, new_to));
        }
        (old_at, new_at) = (old_to.saturating_add(1), new_to.saturating_add(1));
    }
    found
}

/// Cuts a line into words, each with its marks.
fn words(line: &[Inline]) -> Vec<Inline> {
    let mut found = Vec::new();
    for piece in line {
        match piece {
            Inline::LineBreak => found.push(Inline::LineBreak),
            Inline::Text { text, marks } => {
                let words = align::cut(text).into_iter();
                let word =
                    |text: &str| Inline::Text { text: text.to_owned(), marks: marks.clone() };
                found.extend(words.map(word));
            }
        }
    }
    found
}

/// Writes pieces of a line, and takes them.
fn inline(pieces: &mut Vec<Inline>) -> String {
    let mut line = Vec::new();
    pieces.drain(..).for_each(|piece| push_inline(&mut line, piece));
    if line.is_empty() {
        return String::new();
    }
    let html = html(&[Block::Paragraph(line)]);
    let inside = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    inside.unwrap_or(&html).to_owned()
}

fn plain_headings(blocks: &[Block]) -> Vec<Block> {
    blocks.iter().map(plain_heading).collect()
}

fn plain_heading(block: &Block) -> Block {
    let strong = |piece: &Inline| match piece {
        Inline::Text { text, marks } => {
            let marks = Marks { bold: true, ..marks.clone() };
            Inline::Text { text: text.clone(), marks }
        }
        Inline::LineBreak => Inline::LineBreak,
    };
    let all = |items: &[Vec<Block>]| items.iter().map(|item| plain_headings(item)).collect();
    match block {
        Block::Heading { content, .. } => Block::Paragraph(content.iter().map(strong).collect()),
        Block::BulletList(items) => Block::BulletList(all(items)),
        Block::NumberedList { start, items } => {
            Block::NumberedList { start: *start, items: all(items) }
        }
        Block::Quote(content) => Block::Quote(plain_headings(content)),
        Block::Paragraph(_) | Block::CheckList(_) | Block::Table(_) | Block::Rule => block.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEWS: Marking<'_> = Marking::News { added: "added", removed: "removed" };

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(vec![Inline::plain(text)])
    }

    #[test]
    fn g11_what_came_and_went_is_marked_word_by_word() {
        let before = [paragraph("Hanke kouluttaa ohjaajat yhdessä illassa.")];
        let now =
            [paragraph("Hanke kouluttaa ohjaajat kolmessa illassa."), paragraph("Kahvia on.")];
        let ear = |word: &str| format!("<span class=\"vh\">{word} </span>");
        let (added, removed) = (ear("added"), ear("removed"));
        let expected = format!(
            "<p>Hanke kouluttaa ohjaajat <del>{removed}yhdessä</del><ins>{added}kolmessa</ins> illassa.</p><ins>{added}<p>Kahvia on.</p></ins>"
        );
        assert_eq!(compared(&before, &now, NEWS), expected);
        let own = compared(&before, &now, Marking::Own { added: "own" });
        assert!(!own.contains("yhdessä") && own.contains("<span class=\"mine\">"), "{own}");
        assert!(own.contains("<div class=\"mine\">"), "{own}");
    }

    #[test]
    fn g11_equal_texts_have_no_marks_and_markup_is_escaped() {
        let text = [paragraph("a < b & <script>"), Block::BulletList(vec![vec![paragraph("x")]])];
        let same = compared(&text, &text, NEWS);
        assert_eq!(same, html(&text));
        let changed = compared(&[paragraph("a")], &[paragraph("<img src=x>")], NEWS);
        assert!(!changed.contains("<img"), "{changed}");
        let list = |last: &str| {
            Block::BulletList(vec![vec![paragraph("yksi sana")], vec![paragraph(last)]])
        };
        let html = compared(&[list("kaksi vanhaa sanaa")], &[list("kaksi uutta sanaa")], NEWS);
        assert!(html.contains("<li>yksi sana</li>") || html.contains("<li><p>yksi sana</p></li>"));
        assert!(html.contains("uutta</ins> sanaa"), "{html}");
    }
}
