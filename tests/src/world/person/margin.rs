//! What people do in the margins of texts: comment on a passage, suggest other words for it,
//! answer, settle, open again.

use std::collections::BTreeMap;

use talkoot_core::access::{Deal, Role, may};
use talkoot_core::change::Op;
use talkoot_core::change::discuss::{Post, Words};
use talkoot_core::id::RecordId;
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::Record;
use talkoot_core::schema::{Field, Kind};
use talkoot_core::text::anchor::{Found, Place};
use talkoot_core::text::plain::plain;
use talkoot_core::text::{Block, Inline, TEXT_SCHEMA_VERSION, TextDocument};
use talkoot_core::thread::margin::{Acceptance, Passage, State, accepting, reopening, settle};
use talkoot_core::thread::{Start, Thread, post};

use super::super::Chance;
use super::super::device::{Deed, Device};
use super::super::sabotage::Sabotage;

/// What takes an acceptance back, while its person may.
pub(crate) struct Back {
    thread: RecordId,
    about: RecordId,
    section: &'static str,
    edit: Op,
    passage: Passage,
}

/// Words of a passage at most.
const WORDS_MAX: u64 = 3;

/// Does something in a margin, if there is a text to do it beside.
pub(super) fn act(device: &mut Device, chance: &mut Chance, world_ms: u64) -> Option<Deed> {
    // An older program knows nothing of margins.
    if device.text_schema != TEXT_SCHEMA_VERSION || device.caller().role < Role::Member {
        return None;
    }
    if !device.backs.is_empty() && chance.below(3) == 0 {
        return take_back(device, world_ms);
    }
    let what = chance.below(10);
    let open = what > 4;
    let threads = threads(device, open);
    let Some(id) = threads.get(chance.index(threads.len())).copied().filter(|_| what > 1) else {
        return begin(device, chance, world_ms);
    };
    if what == 2 {
        let words = Words::plain(&format!("m{}", chance.below(1_000)));
        let said = post(Post { words, ..Post::default() });
        return Some(device.commit(id, vec![said], world_ms));
    }
    let record = &device.records().get(&id)?.record;
    if !may(&device.caller(), record, Deal::Edit) {
        return None;
    }
    let margin = Thread::of(record)?.margin?;
    let state = match (margin.state, margin.suggestion) {
        (State::Resolved | State::Declined, _) => State::Open,
        // Its words are in the text; whoever accepted it takes them back, or nobody.
        (State::Accepted, _) => return None,
        (State::Open, None) => State::Resolved,
        (State::Open, Some(_)) if chance.below(4) == 0 => State::Declined,
        (State::Open, Some(_)) => return accept(device, chance, id, world_ms),
    };
    let said = settle(record, state);
    Some(device.commit(id, vec![said], world_ms))
}

/// Lists the margin threads that are here whole; `open` those that wait for an answer.
fn threads(device: &Device, open: bool) -> Vec<RecordId> {
    let fits = |record: &Record| {
        let margin = Thread::of(record).and_then(|thread| thread.margin);
        margin.is_some_and(|margin| !open || margin.state == State::Open)
    };
    let here = device.records().values().filter(|it| fits(&it.record) && is_usable(device, it));
    here.map(|it| it.record.id).collect()
}

fn is_usable(device: &Device, open: &OpenRecord) -> bool {
    !device.is_too_old_for(open) && !device.is_partial(open.record.id)
}

/// Begins a comment on a passage, or suggests other words for it.
fn begin(device: &mut Device, chance: &mut Chance, world_ms: u64) -> Option<Deed> {
    let written = device.records().values().filter(|open| {
        let kind = open.record.kind;
        matches!(kind, Some(Kind::Document | Kind::Practice)) && is_usable(device, open)
    });
    let written: Vec<RecordId> = written.map(|open| open.record.id).collect();
    let about = *written.get(chance.index(written.len()))?;
    let open = device.records().get(&about)?;
    let fields: Vec<&Field> = open.record.kind?.schema().rich_texts().collect();
    let filled = fields.into_iter().filter(|field| !open.text.is_empty(field.name));
    let field = filled.into_iter().next()?;
    let passage = passage(&open.text, field.name, chance)?;
    let passage = if chance.below(2) == 0 {
        let client_id = chance.below(1 << 32);
        passage.suggesting(&open.text, field.name, &wanted(chance), client_id).ok()??
    } else {
        passage
    };
    let found = open.text.find(field.name, &passage.anchor);
    let project = open.record.project();
    let start = Start {
        subject: "beside the text",
        question: false,
        about: Some((about, Some(field.tag))),
        project,
        wide: project.is_none() || open.record.is_published(),
        passage: Some(passage),
    };
    let mut name = [0; 16];
    name.copy_from_slice(chance.seed().split_at(16).0);
    let record = Record::new(RecordId(name));
    let first = Post { words: Words::plain("look here"), ..Post::default() };
    let ops = start.ops(&record, first);
    let deed = device.commit(record.id, ops, world_ms);
    device.places.extend(found.map(|found| (record.id, found)));
    Some(deed)
}

/// Chooses some whole words of a line, or of two that follow each other.
fn passage(text: &TextDocument, field: &str, chance: &mut Chance) -> Option<Passage> {
    let lines: Vec<String> = text.blocks(field).iter().map(line).collect();
    let run = chance.index(lines.len());
    let words = words_of(lines.get(run)?);
    let first = chance.index(words.len());
    let until = first.saturating_add(chance.index(usize::try_from(WORDS_MAX).ok()?));
    let from = words.get(first)?.0;
    let (_, end) = *words.get(until).or(words.last())?;
    let (mut last, mut close) = (run, end);
    // A comment may be about the end of one line and the beginning of the next.
    if until >= words.len()
        && let Some((_, end)) = lines.get(run + 1).and_then(|next| words_of(next).first().copied())
    {
        (last, close) = (run + 1, end);
    }
    let anchor =
        text.anchor(field, Place { run, offset: from }, Place { run: last, offset: close })?;
    Passage::of(text, field, anchor)
}

/// Gives the words of a block that is a line.
fn line(block: &Block) -> String {
    let Block::Paragraph(pieces) = block else { return String::new() };
    let texts = pieces.iter().map(|piece| match piece {
        Inline::Text { text, .. } => text.as_str(),
        Inline::LineBreak => " ",
    });
    texts.collect()
}

/// Says where the words of a line begin and end; people of this world write ASCII.
fn words_of(line: &str) -> Vec<(u32, u32)> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in line.split(' ') {
        let length = u32::try_from(word.len()).unwrap_or(0);
        if length > 0 {
            words.push((at, at + length));
        }
        at += length + 1;
    }
    words
}

/// Makes words that nobody else writes, in letters that nothing else in a text has.
fn wanted(chance: &mut Chance) -> String {
    let number = chance.below(1 << 40);
    if number.is_multiple_of(8) {
        return String::new(); // The passage is to go.
    }
    let letters = format!("{number:010x}");
    let letter = |digit: char| char::from_digit(10 + digit.to_digit(16)?, 36);
    letters.chars().filter_map(letter).map(|it| it.to_ascii_uppercase()).collect()
}

/// Accepts a suggestion: its words first, since it is called accepted once they are in the text.
fn accept(device: &mut Device, chance: &mut Chance, id: RecordId, world_ms: u64) -> Option<Deed> {
    let thread = &device.records().get(&id)?.record;
    let read = Thread::of(thread)?;
    let open = device.records().get(&read.about?).filter(|open| is_usable(device, open))?;
    let (about, kind) = (open.record.id, open.record.kind?);
    if !may(&device.caller(), &open.record, Deal::Edit) {
        return None;
    }
    let section = kind.schema().fields.iter().find(|field| Some(field.tag) == read.section)?.name;
    let client_id = chance.below(1 << 32);
    let Acceptance { mut bring, back } =
        accepting(&read, &open.text, kind, section, client_id).ok()??;
    if device.sabotage == Some(Sabotage::AcceptInOwnWords) {
        let margin = read.margin.as_ref()?;
        let words = margin.suggestion?.words;
        let update = open.text.replacing(client_id, section, &margin.anchor?, words).ok()??;
        bring = Op::Text { schema: TEXT_SCHEMA_VERSION, update };
    }
    let said = settle(thread, State::Accepted);
    let deed = device.commit(about, vec![bring], world_ms);
    device.close_editor(about);
    // The program may end between the two.
    if deed != Deed::Saved || chance.below(6) == 0 {
        return Some(deed);
    }
    let deed = device.commit(id, vec![said], world_ms);
    if let Some((edit, passage)) = back.filter(|_| deed == Deed::Saved && chance.below(3) == 0) {
        device.backs.push(Back { thread: id, about, section, edit, passage });
    }
    Some(deed)
}

/// Takes an acceptance back: its words first, then the suggestion is open again.
fn take_back(device: &mut Device, world_ms: u64) -> Option<Deed> {
    let Back { thread, about, section, edit, passage } = device.backs.pop()?;
    let open = device.records().get(&about)?;
    if !is_usable(device, open) || !may(&device.caller(), &open.record, Deal::Edit) {
        return None;
    }
    let deed = device.commit(about, vec![edit], world_ms);
    device.close_editor(about);
    if deed != Deed::Saved {
        return Some(deed);
    }
    let text = &device.records().get(&about)?.text;
    let wanted = passage.suggested.as_ref().map_or("", |(words, _)| words);
    if !wanted.is_empty() && plain(&text.blocks(section)).contains(wanted) {
        device.wrongs.push(format!("{thread} was taken back and its words are there"));
    }
    let ops = reopening(&device.records().get(&thread)?.record, &passage);
    Some(device.commit(thread, ops, world_ms))
}

/// Finds the passage of a thread as a device shows it; `None` where it is gone or not here.
pub(crate) fn found(device: &Device, id: RecordId) -> Option<Found> {
    if device.sabotage == Some(Sabotage::KeepPlaces)
        && let Some(place) = device.places.get(&id)
    {
        return Some(place.clone());
    }
    found_in(device.records(), id)
}

/// Finds the passage of a thread among records.
pub(crate) fn found_in(records: &BTreeMap<RecordId, OpenRecord>, id: RecordId) -> Option<Found> {
    let thread = Thread::of(&records.get(&id)?.record)?;
    let open = records.get(&thread.about?)?;
    open.text.find(section_of(&thread, open)?, &thread.margin.as_ref()?.anchor?)
}

/// Names the text that a margin thread stands beside.
pub(crate) fn section_of(thread: &Thread<'_>, open: &OpenRecord) -> Option<&'static str> {
    let fields = open.record.kind?.schema().fields.iter();
    fields.filter(|field| Some(field.tag) == thread.section).map(|field| field.name).next()
}
