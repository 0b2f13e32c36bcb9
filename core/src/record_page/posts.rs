//! The posts of a thread, in the order in which everybody reads them.
//!
//! Each stands under a heading that says who wrote it and when. What a post was answered with,
//! what it quotes and what became of it are lines of their own, so that nothing of it is in the
//! look alone.

use crate::id::{AccountId, ChangeId};
use crate::schema::{Label, area, label};
use crate::stamp::Stamp;
use crate::text::markdown::read;
use crate::text::{Block, Inline, Marks};
use crate::thread::{PostView, Retracted, Thread};

use super::known::labelled;
use super::{RecordPage, Section, lower};

const ANSWER: Label = label("Vastaus kysymykseen", "Svar på frågan", "Answer to the question");
const REPLY: Label = label("Vastaus viestiin", "Svar på inlägget", "In reply to");
const EDITED: Label = label("Muokattu", "Redigerat", "Edited");
const BESIDE: Label = label(
    "Sama viesti toiselta laitteelta",
    "Samma inlägg från en annan enhet",
    "The same post from another device",
);
const TRIED: Label = label("Kertoo kokeilusta", "Berättar om ett försök", "Tells of trying");
const A_PRACTICE: Label = label("toimintamalli", "verksamhetsmodell", "a practice");
const RETRACTED: Label = label(
    "Kirjoittaja poisti tämän viestin",
    "Skribenten tog bort det här inlägget",
    "Its writer removed this post",
);
const MODERATED: Label = label(
    "Keskustelun valvoja poisti tämän viestin",
    "Den som sköter diskussionen tog bort det här inlägget",
    "A moderator removed this post",
);
/// Where the name of an account is not known any more.
const NAMELESS: &str = "–";

/// Gives a section for each post (rule DI41); none of a record that is no thread.
pub(super) fn posts(page: &RecordPage<'_>, level: u8) -> Vec<Section> {
    let Some(thread) = Thread::of(page.record) else { return Vec::new() };
    let section = |post: &PostView<'_>| Section {
        heading: Some(line(page, post.author, post.written)),
        language: None,
        blocks: said(page, &thread, post, level),
    };
    thread.posts.iter().map(section).collect()
}

/// Says who did something and when.
fn line(page: &RecordPage<'_>, by: AccountId, at: Stamp) -> String {
    let name = (page.people)(by).unwrap_or_else(|| NAMELESS.to_owned());
    match (page.clock)(at.wall_ms) {
        Some(when) => format!("{name}, {when}"),
        None => name,
    }
}

fn said(page: &RecordPage<'_>, thread: &Thread<'_>, post: &PostView<'_>, level: u8) -> Vec<Block> {
    let words = |label: Label| page.language.label(label);
    let mut blocks = Vec::new();
    if post.answers {
        let marks = Marks { bold: true, ..Marks::default() };
        blocks.push(Block::Paragraph(vec![Inline::Text { text: words(ANSWER).to_owned(), marks }]));
    }
    let about = |id: ChangeId| thread.post(id).map(|it| line(page, it.author, it.written));
    if let Some(to) = post.reply_to.and_then(about) {
        blocks.push(Block::Paragraph(labelled(words(REPLY), vec![Inline::plain(&to)])));
    }
    if let Some(retracted) = &post.retracted {
        blocks.push(gone(page, retracted));
        return blocks;
    }
    if let Some(quote) = post.quote {
        let mut lines = vec![Block::Paragraph(vec![Inline::plain(&quote.passage)])];
        let of = about(quote.post).map(|of| Block::Paragraph(vec![Inline::plain(&of)]));
        lines.extend(of);
        blocks.push(Block::Quote(lines));
    }
    if let Some(tried) = post.tried {
        let name = (page.names)(tried.practice).unwrap_or_else(|| words(A_PRACTICE).to_owned());
        blocks.push(Block::Paragraph(labelled(words(TRIED), vec![Inline::plain(&name)])));
    }
    let text = post.words.map(|words| read(&words.text)).unwrap_or_default();
    blocks.extend(lower(&text, level));
    for other in &post.beside {
        blocks.push(Block::Paragraph(labelled(words(BESIDE), Vec::new())));
        blocks.extend(lower(&read(&other.text), level));
    }
    blocks.extend(post.edited.and_then(|at| edited(page, at)));
    blocks.extend(reactions(page, post));
    blocks
}

/// Says that a post was taken back, and whose doing that was.
fn gone(page: &RecordPage<'_>, retracted: &Retracted) -> Block {
    let words = if retracted.moderated { MODERATED } else { RETRACTED };
    let when = (page.clock)(retracted.by.stamp.wall_ms).unwrap_or_else(|| NAMELESS.to_owned());
    Block::Paragraph(labelled(page.language.label(words), vec![Inline::plain(&when)]))
}

fn edited(page: &RecordPage<'_>, at: Stamp) -> Option<Block> {
    let when = Inline::plain(&(page.clock)(at.wall_ms)?);
    Some(Block::Paragraph(labelled(page.language.label(EDITED), vec![when])))
}

/// Lists the words that stand beside a post, each with who gave it.
fn reactions(page: &RecordPage<'_>, post: &PostView<'_>) -> Option<Block> {
    let item = |(code, by): (&&str, &Vec<AccountId>)| {
        let word = area::labels("reaction", code).map(|labels| page.language.choose(labels));
        let names = by.iter().map(|it| (page.people)(*it).unwrap_or_else(|| NAMELESS.to_owned()));
        let names: Vec<String> = names.collect();
        let line = labelled(word.unwrap_or(code), vec![Inline::plain(&names.join(", "))]);
        vec![Block::Paragraph(line)]
    };
    let items: Vec<Vec<Block>> = post.reactions.iter().map(item).collect();
    (!items.is_empty()).then_some(Block::BulletList(items))
}
