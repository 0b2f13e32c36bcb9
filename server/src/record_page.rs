//! A record as a page for people: Markdown, and HTML that needs nothing else.
//!
//! Both come from one tree of blocks, written by core: the title, what is known
//! in a list, then the texts. Words of labels and lists are core's, in the
//! language of the record where it has one. Records that this one points to are
//! left out: their names may not be for every reader.

mod known;

use talkoot_core::schema::{Kind, Label};
use talkoot_core::text::html::{escape, html as html_of};
use talkoot_core::text::markdown::write;
use talkoot_core::text::{Block, Inline};

use self::known::known;
use crate::reading::Reading;

/// The deepest heading that a text may have.
const LEVEL_MAX: u8 = 4;

/// The languages that labels are in; the first is spoken where nothing says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tongue {
    Finnish,
    Swedish,
    English,
}

/// Gives the tag of the language that the page is in.
pub fn language(reading: &Reading) -> &'static str {
    match tongue(reading) {
        Tongue::Finnish => "fi",
        Tongue::Swedish => "sv",
        Tongue::English => "en",
    }
}

/// Writes a record as Markdown.
pub fn markdown(reading: &Reading) -> String {
    let title = Block::Heading { level: 1, content: vec![Inline::plain(&reading.summary.title)] };
    let mut blocks: Vec<Block> = Some(title).filter(|_| has_title(reading)).into_iter().collect();
    blocks.extend(content(reading, 2));
    write(&blocks)
}

/// Writes a record as a page of HTML without a style, a script or anything from elsewhere.
pub fn html(reading: &Reading) -> String {
    let title = if has_title(reading) { &reading.summary.title } else { "–" };
    let (title, language) = (escape(title), language(reading));
    // The writer puts its highest heading right below the title of the page.
    let content = html_of(&content(reading, 1));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{content}\n\
         </main>\n</body>\n</html>\n"
    )
}

fn has_title(reading: &Reading) -> bool {
    !reading.summary.title.is_empty()
}

fn tongue(reading: &Reading) -> Tongue {
    match reading.summary.language.as_deref() {
        Some("sv") => Tongue::Swedish,
        Some("en") => Tongue::English,
        Some(_) | None => Tongue::Finnish,
    }
}

impl Tongue {
    fn label(self, label: Label) -> &'static str {
        self.of([label.fi, label.sv, label.en])
    }

    fn of(self, words: [&'static str; 3]) -> &'static str {
        let [fi, sv, en] = words;
        match self {
            Self::Finnish => fi,
            Self::Swedish => sv,
            Self::English => en,
        }
    }
}

/// What is known, then the texts, with headings from `level` on. A kind with one text needs no
/// heading above it.
fn content(reading: &Reading, level: u8) -> Vec<Block> {
    let tongue = tongue(reading);
    let mut blocks = known(reading, tongue);
    let is_only =
        reading.record.kind.map(Kind::schema).is_some_and(|it| it.rich_texts().count() == 1);
    for (field, text) in &reading.texts {
        if is_only {
            blocks.extend(lower(text, level - 1));
        } else {
            let content = vec![Inline::plain(tongue.label(field.label))];
            blocks.push(Block::Heading { level, content });
            blocks.extend(lower(text, level));
        }
    }
    blocks
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
mod tests;
