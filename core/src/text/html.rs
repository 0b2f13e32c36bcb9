//! A text as HTML that is safe to put into a page.
//!
//! Everything that people wrote is escaped; only the tags named here come out,
//! none with a style or a script. Headings stand below the page's own title and
//! skip no level, however the writer chose theirs: a screen reader's outline has
//! no holes. Check items need no script: a disabled checkbox with its words as
//! its label.

use super::link::{Destination, destination};
use super::node::{Block, Cell, CheckItem, Inline, Marks, line_text};
use super::outline::Ids;

/// Writes the HTML of a text.
pub fn html(blocks: &[Block]) -> String {
    let mut writer = Writer::default();
    writer.blocks(blocks);
    writer.html
}

/// Writes texts after each other as one, each in the language that is named beside it.
pub fn html_of_parts<'a>(
    parts: impl IntoIterator<Item = (Option<&'a str>, &'a [Block])>,
) -> String {
    let mut writer = Writer::default();
    for (language, blocks) in parts.into_iter().filter(|(_, blocks)| !blocks.is_empty()) {
        match language {
            Some(tag) => {
                writer.open("div", &[("lang", tag)]);
                writer.blocks(blocks);
                writer.close("div");
            }
            None => writer.blocks(blocks),
        }
    }
    writer.html
}

#[derive(Default)]
struct Writer {
    html: String,
    ids: Ids,
    /// The levels of the headings that the next one may stand under, outermost first.
    above: Vec<u8>,
}

impl Writer {
    /// Opens a tag; the values of its attributes are escaped here.
    fn open(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.html.extend(["<", tag]);
        for (name, value) in attributes {
            self.html.extend([" ", name, "=\"", &escape(value), "\""]);
        }
        self.html.push('>');
    }

    fn close(&mut self, tag: &str) {
        self.html.extend(["</", tag, ">"]);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(line) => {
                self.html.push_str("<p>");
                self.line(line);
                self.html.push_str("</p>");
            }
            Block::Heading { level, content } => self.heading(*level, content),
            Block::BulletList(items) => {
                self.html.push_str("<ul>");
                self.items(items);
                self.html.push_str("</ul>");
            }
            Block::NumberedList { start, items } => {
                let start = start.to_string();
                let attribute = [("start", start.as_str())];
                let is_first = start == "1";
                self.open("ol", if is_first { &[] } else { &attribute });
                self.items(items);
                self.html.push_str("</ol>");
            }
            Block::CheckList(items) => {
                self.html.push_str("<ul class=\"check-list\">");
                for item in items {
                    self.check_item(item);
                }
                self.html.push_str("</ul>");
            }
            Block::Quote(content) => {
                self.html.push_str("<blockquote>");
                self.blocks(content);
                self.html.push_str("</blockquote>");
            }
            Block::Table(rows) => self.table(rows),
            Block::Rule => self.html.push_str("<hr>"),
        }
    }

    fn heading(&mut self, level: u8, content: &[Inline]) {
        self.above.retain(|above| *above < level);
        self.above.push(level);
        let tag = format!("h{}", self.above.len().clamp(1, 4) + 1);
        let id = self.ids.next(&line_text(content, ' '));
        self.open(&tag, &[("id", &id)]);
        self.line(content);
        self.close(&tag);
    }

    fn items(&mut self, items: &[Vec<Block>]) {
        for item in items {
            self.html.push_str("<li>");
            self.item(item);
            self.html.push_str("</li>");
        }
    }

    /// Writes an item; one that is a single paragraph needs no `<p>`.
    fn item(&mut self, content: &[Block]) {
        match content {
            [Block::Paragraph(line)] => self.line(line),
            blocks => self.blocks(blocks),
        }
    }

    fn check_item(&mut self, item: &CheckItem) {
        let state = if item.checked { " checked" } else { "" };
        let (label, rest) = match item.content.split_first() {
            Some((Block::Paragraph(line), rest)) => (line.as_slice(), rest),
            _ => (&[][..], item.content.as_slice()),
        };
        let opening = ["<li><label><input type=\"checkbox\" disabled", state, "> <span>"];
        self.html.extend(opening);
        self.line(label);
        self.html.push_str("</span></label>");
        self.blocks(rest);
        self.html.push_str("</li>");
    }

    fn table(&mut self, rows: &[Vec<Cell>]) {
        let has_head = rows.first().is_some_and(|row| row.iter().all(|cell| cell.is_header));
        let (head, body) = rows.split_at(usize::from(has_head && !rows.is_empty()));
        self.html.push_str("<table>");
        for (tag, part) in [("thead", head), ("tbody", body)] {
            if part.is_empty() {
                continue;
            }
            self.open(tag, &[]);
            for row in part {
                self.row(row);
            }
            self.close(tag);
        }
        self.html.push_str("</table>");
    }

    fn row(&mut self, row: &[Cell]) {
        let heads_columns = row.iter().all(|cell| cell.is_header);
        self.html.push_str("<tr>");
        for cell in row {
            let tag = if cell.is_header { "th" } else { "td" };
            let scope = if heads_columns { "col" } else { "row" };
            let (colspan, rowspan) = (cell.colspan.to_string(), cell.rowspan.to_string());
            let attributes = [
                (cell.is_header, ("scope", scope)),
                (cell.colspan > 1, ("colspan", colspan.as_str())),
                (cell.rowspan > 1, ("rowspan", rowspan.as_str())),
            ];
            let attributes: Vec<(&str, &str)> = attributes
                .into_iter()
                .filter_map(|(is_needed, attribute)| is_needed.then_some(attribute))
                .collect();
            self.open(tag, &attributes);
            self.item(&cell.content);
            self.close(tag);
        }
        self.html.push_str("</tr>");
    }

    fn line(&mut self, line: &[Inline]) {
        for piece in line {
            match piece {
                Inline::Text { text, marks } => self.marked(text, marks),
                Inline::LineBreak => self.html.push_str("<br>"),
            }
        }
    }

    fn marked(&mut self, text: &str, marks: &Marks) {
        let link = marks.link.as_deref().and_then(|href| Some((href, destination(href)?)));
        match link {
            Some((href, Destination::Elsewhere)) => {
                self.open("a", &[("href", href), ("rel", "noopener noreferrer nofollow")]);
            }
            Some((href, Destination::Person | Destination::Here)) => {
                self.open("a", &[("href", href)]);
            }
            None => {}
        }
        let tags: Vec<&str> = [
            (marks.bold, "strong"),
            (marks.italic, "em"),
            (marks.underline, "u"),
            (marks.strike, "s"),
            (marks.code, "code"),
        ]
        .into_iter()
        .filter_map(|(is_on, tag)| is_on.then_some(tag))
        .collect();
        for tag in &tags {
            self.open(tag, &[]);
        }
        self.html.push_str(&escape(text));
        for tag in tags.iter().rev() {
            self.close(tag);
        }
        if link.is_some() {
            self.html.push_str("</a>");
        }
    }
}

/// Escapes what HTML would read as markup, in text and in attributes alike.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
