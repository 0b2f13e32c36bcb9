//! A record as a page for people: Markdown, and HTML that needs nothing else.
//!
//! Both come from one tree of blocks: the title, what is known in a list, then
//! the texts and the longer lists. The server's open API and the files that a
//! device hands out are made here. Words of labels and lists are in the language
//! that is asked for. Whoever asks also says what other records are called: one
//! whose name may not be for every reader is left out.

mod entry;
mod known;
mod posts;

use crate::id::{AccountId, RecordId};
use crate::language::Language;
use crate::open_record::OpenRecord;
use crate::record::Record;
use crate::schema::{Field, Kind, Schema, Shape};
use crate::summary::Summary;
use crate::text::html::{escape, html_of_parts};
use crate::text::markdown::write;
use crate::text::{Block, Inline};

use self::entry::entries;
use self::known::known;
use self::posts::posts;

/// The deepest heading that a text may have.
const LEVEL_MAX: u8 = 4;
/// Lists whose entries have more parts than this stand by themselves.
const PARTS_OF_A_LINE_MAX: usize = 2;
/// How a file looks that is opened without the app, on a screen and on paper.
const STYLE: &str = include_str!("record_page/file.css");
/// A file fetches nothing and runs nothing, whatever opens it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// The formatted texts of a record that say something, in the order in which people read them.
pub type Texts = Vec<(&'static Field, Vec<Block>)>;

/// A record, the language of its labels, and what the records that it names are called.
#[derive(Clone, Copy)]
pub struct RecordPage<'a> {
    pub record: &'a Record,
    pub summary: &'a Summary,
    pub texts: &'a [(&'static Field, Vec<Block>)],
    pub language: Language,
    /// Gives the title of another record; one without is left out.
    pub names: &'a dyn Fn(RecordId) -> Option<String>,
    /// Gives the name of an account: the posts of a thread say who wrote them.
    pub people: &'a dyn Fn(AccountId) -> Option<String>,
    /// Writes a moment as clocks show it where the page is read.
    pub clock: &'a dyn Fn(u64) -> Option<String>,
    /// Whether anybody may read the page. What people suggest to each other is left out then, and
    /// an entry about a record that is not named is left out whole (rule PU4).
    pub is_public: bool,
}

/// Gives the texts of a record.
pub fn texts(open: &OpenRecord) -> Texts {
    let fields = open.record.kind.map(Kind::schema);
    let fields = fields.into_iter().flat_map(Schema::rich_texts);
    let fields = fields.filter(|field| !open.text.is_empty(field.name));
    fields.map(|field| (field, open.text.blocks(field.name))).collect()
}

/// What stands under a heading of its own, or without one.
struct Section {
    heading: Option<String>,
    /// The language of what people wrote here, where it is not that of the page.
    language: Option<String>,
    blocks: Vec<Block>,
}

impl RecordPage<'_> {
    /// Writes the record as Markdown, with a line at its end that says where it is from.
    pub fn markdown(&self, source: Option<&str>) -> String {
        let title = Block::Heading { level: 1, content: vec![Inline::plain(&self.summary.title)] };
        let mut blocks: Vec<Block> = Some(title).filter(|_| self.has_title()).into_iter().collect();
        blocks.extend(self.sections(2, None).into_iter().flat_map(|section| section.headed(2)));
        if let Some(source) = source {
            blocks.extend([Block::Rule, Block::Paragraph(vec![Inline::plain(source)])]);
        }
        write(&blocks)
    }

    /// Writes the record as a page of HTML without a style, a script or anything from elsewhere.
    pub fn html(&self) -> String {
        self.document("", "")
    }

    /// Writes the record as a file that looks decent by itself, on paper too (rule P41).
    pub fn html_file(&self, source: &str) -> String {
        let head = format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n<style>\n{STYLE}</style>\n",
            escape(POLICY)
        );
        self.document(&head, &format!("<footer><p>{}</p></footer>\n", escape(source)))
    }

    /// Writes what stands within a page: the title and everything below it, but for a field that
    /// the page shows `beside` it.
    pub fn article(&self, beside: Option<u16>) -> String {
        let title = escape(self.shown_title());
        let other = self.other_language().map(|tag| format!(" lang=\"{}\"", escape(&tag)));
        // The writer puts its highest heading right below the title of the page.
        format!("<h1{}>{title}</h1>\n{}", other.unwrap_or_default(), self.content(beside))
    }

    fn document(&self, head: &str, foot: &str) -> String {
        let (title, language) = (escape(self.shown_title()), self.language.tag());
        let article = self.article(None);
        format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             {head}<title>{title}</title>\n</head>\n<body>\n<main>\n{article}\n</main>\n\
             {foot}</body>\n</html>\n"
        )
    }

    fn shown_title(&self) -> &str {
        if self.has_title() { &self.summary.title } else { "–" }
    }

    fn content(&self, beside: Option<u16>) -> String {
        let mut parts = Vec::new();
        for Section { heading, language, blocks } in self.sections(1, beside) {
            parts.push((None, heading.map(|words| headline(1, &words)).into_iter().collect()));
            parts.push((language, blocks));
        }
        html_of_parts(parts.iter().map(|(tag, blocks): &(Option<String>, Vec<Block>)| {
            (tag.as_deref(), blocks.as_slice())
        }))
    }

    fn has_title(&self) -> bool {
        !self.summary.title.is_empty()
    }

    /// The language of what people wrote, where it is not that of the page.
    fn other_language(&self) -> Option<String> {
        self.summary.language.clone().filter(|tag| tag != self.language.tag())
    }

    /// What is known, then the texts and longer lists as the schema has them, with headings from
    /// `level` on. A kind with one text needs no heading above it.
    fn sections(&self, level: u8, beside: Option<u16>) -> Vec<Section> {
        let Some(schema) = self.record.kind.map(Kind::schema) else { return Vec::new() };
        let is_only = schema.rich_texts().count() == 1;
        let first = Section { heading: None, language: None, blocks: known(self) };
        let fields = schema.fields.iter().filter(|field| Some(field.tag) != beside);
        let others = fields.filter_map(|field| {
            let heading = Some(self.language.label(field.label).to_owned());
            if let Some((_, text)) = self.texts.iter().find(|(text, _)| text.tag == field.tag) {
                let (heading, by) = if is_only { (None, level - 1) } else { (heading, level) };
                let blocks = lower(text, by).collect();
                return Some(Section { heading, language: self.other_language(), blocks });
            }
            let blocks = entries(self, field)?;
            Some(Section { heading, language: None, blocks })
        });
        std::iter::once(first).chain(others).chain(posts(self, level)).collect()
    }
}

impl Section {
    fn headed(self, level: u8) -> impl Iterator<Item = Block> {
        self.heading.map(|words| headline(level, &words)).into_iter().chain(self.blocks)
    }
}

fn headline(level: u8, words: &str) -> Block {
    Block::Heading { level, content: vec![Inline::plain(words)] }
}

/// Says whether a field is a list that stands by itself.
fn is_long(field: &Field) -> bool {
    matches!(field.shape, Shape::List(parts) if parts.len() > PARTS_OF_A_LINE_MAX)
}

/// Moves the headings of a text down, so that they stand below what is above them.
fn lower(text: &[Block], by: u8) -> impl Iterator<Item = Block> {
    text.iter().map(move |block| match block {
        Block::Heading { level, content } => {
            let level = level.saturating_add(by).min(LEVEL_MAX);
            Block::Heading { level, content: content.clone() }
        }
        Block::Paragraph(_)
        | Block::BulletList(_)
        | Block::NumberedList { .. }
        | Block::CheckList(_)
        | Block::Quote(_)
        | Block::Table(_)
        | Block::Rule => block.clone(),
    })
}

#[cfg(test)]
mod posts_tests;
#[cfg(test)]
mod tests;
