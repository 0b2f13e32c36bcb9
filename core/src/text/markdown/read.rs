//! Reads Markdown into a tree.
//!
//! Total: any text is some tree. HTML is words, but for six bare tags. What
//! the schema has no node for keeps its words: code blocks become lines of
//! code, pictures their description, headings 5 and 6 level 4.

mod frames;
mod marks;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::super::link::destination;
use super::super::node::{Block, Inline, push_inline};
use frames::Frame;
use marks::Open;

/// Reads a text.
pub fn read(source: &str) -> Vec<Block> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    // As CommonMark says: the one sign that no source may hold.
    let source = source.replace('\0', "\u{fffd}");
    let mut reader = Reader::default();
    for event in Parser::new_ext(&source, options) {
        reader.event(event);
    }
    reader.close_line();
    while !reader.frames.is_empty() {
        reader.close_frame();
    }
    reader.blocks
}

#[derive(Default)]
struct Reader {
    frames: Vec<Frame>,
    /// The blocks of the innermost frame that holds blocks.
    blocks: Vec<Block>,
    line: Vec<Inline>,
    /// The level where the open line is a heading's.
    heading: Option<u8>,
    /// Whether a code block is open.
    is_code: bool,
    marks: Open,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.is_code => self.code_lines(&text),
            Event::Text(text) => self.text(&text, false),
            Event::Code(text) => self.text(&text, true),
            Event::Html(html) => self.html_block(&html),
            Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak => self.text(" ", false),
            Event::HardBreak => self.line.push(Inline::LineBreak),
            Event::Rule => {
                self.close_line();
                self.blocks.push(Block::Rule);
            }
            Event::TaskListMarker(is_checked) => {
                if let Some(Frame::Item { checked, .. }) = self.frames.last_mut() {
                    *checked = Some(is_checked);
                }
            }
            // Not switched on; their words would show if they were.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, false),
            Event::FootnoteReference(text) => self.text(&text, false),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.marks.italic += 1,
            Tag::Strong => self.marks.bold += 1,
            Tag::Strikethrough => self.marks.strike += 1,
            Tag::Link { dest_url, .. } => {
                let href = dest_url.to_string();
                self.marks.links.push(destination(&href).is_some().then_some(href));
            }
            Tag::Heading { level, .. } => {
                self.close_line();
                self.heading = Some(level_of(level));
            }
            Tag::CodeBlock(_) => {
                self.close_line();
                self.is_code = true;
            }
            Tag::BlockQuote(_) => {
                self.close_line();
                let above = std::mem::take(&mut self.blocks);
                self.open(Frame::Quote { above });
            }
            Tag::List(start) => {
                self.close_line();
                self.open(Frame::List { start, items: Vec::new() });
            }
            Tag::Item => self.open_item(),
            Tag::Table(_) => {
                self.close_line();
                let above = std::mem::take(&mut self.blocks);
                self.open(Frame::Table { rows: Vec::new(), is_head: false, above });
            }
            Tag::TableHead => self.row(true),
            Tag::TableRow => self.row(false),
            Tag::Paragraph | Tag::HtmlBlock => self.close_line(),
            // A picture's description comes as words; the rest is not switched on.
            Tag::TableCell
            | Tag::Image { .. }
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.marks.italic = self.marks.italic.saturating_sub(1),
            TagEnd::Strong => self.marks.bold = self.marks.bold.saturating_sub(1),
            TagEnd::Strikethrough => self.marks.strike = self.marks.strike.saturating_sub(1),
            TagEnd::Link => drop(self.marks.links.pop()),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::HtmlBlock => self.close_line(),
            TagEnd::CodeBlock => {
                while self.line.last() == Some(&Inline::LineBreak) {
                    self.line.pop();
                }
                self.is_code = false;
                self.close_line();
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::Table => {
                self.close_line();
                self.close_frame();
            }
            TagEnd::TableCell => self.cell(),
            TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::Image
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn text(&mut self, text: &str, code: bool) {
        let marks = self.marks.marks(code);
        push_inline(&mut self.line, Inline::Text { text: text.to_owned(), marks });
    }

    /// Reads lines of a code block; each is a line of code with a break after it.
    fn code_lines(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            self.text(line.trim_end_matches(['\n', '\r']), true);
            if line.ends_with('\n') {
                self.line.push(Inline::LineBreak);
            }
        }
    }

    /// Reads a block of HTML: a known tag alone on its line, or words.
    fn html_block(&mut self, html: &str) {
        for line in html.lines().filter(|line| !line.trim().is_empty()) {
            if !self.line.is_empty() {
                self.text(" ", false);
            }
            self.html(line.trim());
        }
    }

    fn html(&mut self, html: &str) {
        match html {
            "<br>" | "<br/>" | "<br />" => self.line.push(Inline::LineBreak),
            tag if self.marks.tag(tag) => {}
            words => self.text(words, false),
        }
    }

    /// Ends the open line: a heading's, or else a paragraph where it has words.
    fn close_line(&mut self) {
        let content = std::mem::take(&mut self.line);
        self.marks = Open::default();
        match self.heading.take() {
            Some(level) => self.blocks.push(Block::Heading { level, content }),
            None if content.is_empty() => {}
            None => self.blocks.push(Block::Paragraph(content)),
        }
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => 4,
    }
}
