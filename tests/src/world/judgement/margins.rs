//! The question about margins: does every passage stand in the same place everywhere, does what
//! nobody touched say what it said, and did an accepted suggestion change its text once?

use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::change::{Change, Op};
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::Record;
use talkoot_core::schema::{Kind, thread_field};
use talkoot_core::text::anchor::Sign;
use talkoot_core::text::plain::plain;
use talkoot_core::text::scan_update;
use talkoot_core::thread::margin::{Margin, State};
use talkoot_core::thread::{Thread, ThreadSummary};
use talkoot_core::value::{Scalar, Value};

use super::Truth;
use crate::world::device::Device;
use crate::world::outcome::Margins;
use crate::world::person::margin::{found, found_in, section_of};

/// Characters of a word that nothing else in its text says by chance: less may be left of a word.
const TELLING: usize = 7;
/// The words with which every text begins, and which nobody writes again.
const FIRST: [&str; 2] = ["first", "words"];

/// On a device every passage stands where it stands in the text of the server, and says the same.
pub(super) fn judge_passages(
    device: &Device,
    truth: &Truth,
    same: &BTreeSet<RecordId>,
    shows: &str,
) -> Vec<String> {
    // What differs rightly (owed, rotten, out of sight) was judged already.
    let stands = |record: &Record| {
        let thread = Thread::of(record).filter(|thread| thread.margin.is_some())?;
        thread.about.filter(|about| same.contains(about))
    };
    let threads = same.iter().filter_map(|id| truth.records.get(id));
    let threads = threads.filter(|open| stands(&open.record).is_some());
    let wrong = threads.filter_map(|open| {
        let id = open.record.id;
        let (here, there) = (found(device, id), found_in(&truth.records, id));
        let place = device.place;
        (here != there).then(|| {
            format!("device {place} {shows} the passage of {id} as {here:?}, which is {there:?}")
        })
    });
    wrong.collect()
}

/// What stands in margins is there once, keeps what it quoted, and changed its text once.
pub(super) fn judge_margins(truth: &Truth, tally: &mut Margins) -> Vec<String> {
    let mut complaints = Vec::new();
    let backs = backs(truth);
    tally.taken_back += backs.values().map(BTreeSet::len).sum::<usize>();
    for open in truth.records.values() {
        let Some(thread) = Thread::of(&open.record) else { continue };
        let Some(margin) = &thread.margin else { continue };
        let summary = ThreadSummary::of(&open.record);
        let is_listed = summary.is_some_and(|it| it.margin.is_some());
        let quotes = quoted(truth, open.record.id);
        let is_kept = quotes.contains(margin.quote);
        if !is_listed || !is_kept || margin.anchor.is_none() {
            complaints.push(format!("{} lost what its passage was", open.record.id));
        }
        tally.comments += usize::from(margin.suggestion.is_none());
        tally.suggestions += usize::from(margin.suggestion.is_some());
        tally.settled += usize::from(matches!(margin.state, State::Resolved | State::Declined));
        let beside = thread.about.and_then(|about| truth.records.get(&about));
        let Some(text) = beside else { continue };
        let backs = backs.get(&text.record.id).map_or(0, BTreeSet::len);
        let seen = Seen { text, thread: &thread, margin, changes: &truth.changes, backs };
        let said = seen.passage(truth, open.record.id, tally).into_iter();
        let said = said.chain(seen.acceptance(tally));
        complaints.extend(said.map(|what| format!("{} {what}", open.record.id)));
    }
    complaints
}

/// Gives what a thread quoted when it was begun, or when it was opened again after its words were
/// taken back.
fn quoted(truth: &Truth, thread: RecordId) -> BTreeSet<&str> {
    let ops = truth.changes.values().filter(|change| change.record == thread);
    let quote = |op| match set(op, thread_field::QUOTE)? {
        Value::One(Scalar::Text(quote)) => Some(quote.as_str()),
        Value::Empty | Value::One(_) | Value::Entry(_) => None,
    };
    ops.flat_map(|change| &change.ops).filter_map(quote).collect()
}

/// Lists the edits that took accepted words back, by the text.
fn backs(truth: &Truth) -> BTreeMap<RecordId, BTreeSet<&[u8]>> {
    let ops = || truth.changes.values().flat_map(|it| it.ops.iter().map(|op| (it.record, op)));
    let suggested = |(_, op)| match set(op, thread_field::EDIT)? {
        Value::One(Scalar::Edit(edit)) => Some(edit.as_slice()),
        Value::Empty | Value::One(_) | Value::Entry(_) => None,
    };
    let suggested: BTreeSet<&[u8]> = ops().filter_map(suggested).collect();
    let mut backs: BTreeMap<RecordId, BTreeSet<&[u8]>> = BTreeMap::new();
    for (record, op) in ops() {
        let Op::Accept { update, .. } = op else { continue };
        let kind = truth.records.get(&record).and_then(|open| open.record.kind);
        if kind == Some(Kind::Document) && !suggested.contains(update.as_slice()) {
            backs.entry(record).or_default().insert(update);
        }
    }
    backs
}

/// Gives what an operation sets a field to.
fn set(op: &Op, tag: u16) -> Option<&Value> {
    let Op::SetField { field, value, .. } = op else { return None };
    (*field == tag).then_some(value)
}

/// A margin thread and the text that it stands beside.
struct Seen<'a> {
    text: &'a OpenRecord,
    thread: &'a Thread<'a>,
    margin: &'a Margin<'a>,
    changes: &'a BTreeMap<ChangeId, Change>,
    /// How often something was taken back in it.
    backs: usize,
}

impl Seen<'_> {
    /// A passage that nobody touched says what it said.
    fn passage(&self, truth: &Truth, id: RecordId, tally: &mut Margins) -> Option<&'static str> {
        let words = found_in(&truth.records, id).map(|found| found.words);
        let quote = self.margin.quote;
        tally.gone += usize::from(words.is_none());
        tally.changed += usize::from(words.as_deref().is_some_and(|words| words != quote));
        // What practices take over from each other and what is taken back is written anew, so the
        // same words may be other ones there. Nobody else writes a word that was there before.
        let is_plain = self.text.record.kind == Some(Kind::Document) && self.backs == 0;
        let tells = |word: &str| word.len() >= TELLING || FIRST.contains(&word);
        let tells = quote.split_whitespace().all(tells);
        if !is_plain || !tells || self.said().matches(quote).count() != 1 {
            return None;
        }
        // The thread may be here while what it is about was refused.
        let here = self.text.text.state_vector();
        let has = |sign: Sign| here.get(&sign.client).is_some_and(|until| sign.clock < *until);
        if !self.margin.anchor.is_some_and(|it| has(it.first) && has(it.last)) {
            return None;
        }
        tally.untouched += 1;
        (words.as_deref() != Some(quote)).then_some("has a passage that nobody touched elsewhere")
    }

    /// What was accepted is in the text once, whoever accepted it.
    fn acceptance(&self, tally: &mut Margins) -> Option<&'static str> {
        let suggestion = self.margin.suggestion?;
        let here = self.changes.values().filter(|change| change.record == self.text.record.id);
        let updates =
            here.flat_map(|change| change.ops.iter().filter_map(Op::update)).map(Vec::as_slice);
        let updates: Vec<&[u8]> = updates.collect();
        let times = updates.iter().filter(|update| **update == suggestion.edit).count();
        tally.accepted += usize::from(times > 0);
        tally.accepted_twice += usize::from(times > 1);
        let words = suggestion.words;
        // Two who take the same back at once open the suggestion again with an edit each.
        if words.is_empty() || self.text.record.kind != Some(Kind::Document) || self.backs > 1 {
            return None;
        }
        let there = self.said().matches(words).count();
        let takes = |update: &&[u8]| {
            let facts = scan_update(update);
            facts.is_ok_and(|facts| !facts.deletes.is_empty())
        };
        let others: BTreeSet<&[u8]> = updates.into_iter().filter(takes).collect();
        let alone = times > 0 && others.iter().all(|update| *update == suggestion.edit);
        tally.intact += usize::from(alone);
        match there {
            // Somebody may have written into its words.
            0 if alone && !is_within(words, &self.said()) => Some("was accepted and is not there"),
            0 | 1 => None,
            _ => Some("is there more than once"),
        }
    }

    fn said(&self) -> String {
        let section = section_of(self.thread, self.text);
        section.map(|section| plain(&self.text.text.blocks(section))).unwrap_or_default()
    }
}

/// Says whether letters stand in a text in their order, whatever stands between them.
fn is_within(letters: &str, text: &str) -> bool {
    let mut signs = text.chars();
    letters.chars().all(|letter| signs.any(|sign| sign == letter))
}
