//! Which practices a new one resembles, so that what exists is found before it is written again.
//!
//! Words are compared by how they begin, for Finnish bends their ends, and a rare word weighs
//! more than a common one. The search takes the practices in portions, so that whoever asks
//! can let others work between them; how they are split changes nothing.

use crate::id::RecordId;
use crate::schema::Kind;
use crate::summary::{PracticeSummary, Summary};

/// Shorter words say nothing of what a practice is about.
const WORD_LETTERS_MIN: usize = 3;
/// So many letters of a word are compared.
const STEM_LETTERS: usize = 5;
/// A letter takes so many bits, so that a stem is one number.
const LETTER_BITS: u32 = 21;
/// More words than these are not looked for: each has a bit of a number.
const WORDS_MAX: usize = 64;
/// A word alone makes no twin, unless it is the other's whole name.
const SHARED_MIN: u32 = 2;
/// From this share on, in per cent, practices resemble each other.
const SHARE_MIN: u64 = 60;
/// How much each kind of code adds that both have: an area, a target group, a sector.
const CODE_BONUS: u64 = 5;
/// More than these are a list and no hint.
const TWINS_MAX: usize = 3;

/// The search for what resembles one practice.
#[derive(Clone, Debug)]
pub struct TwinSearch {
    draft: Summary,
    /// The draft's words, each once, those of its name first.
    words: Vec<Word>,
    /// How many of them are of its name.
    named: usize,
    seen: u64,
    candidates: Vec<Candidate>,
}

/// A word of the draft.
#[derive(Clone, Copy, Debug)]
struct Word {
    stem: u128,
    /// In how many practices it was met.
    met: u64,
}

/// A practice that has some of the words.
#[derive(Clone, Debug)]
struct Candidate {
    record: RecordId,
    /// A bit for each word that it has.
    shared: u64,
    bonus: u64,
}

impl TwinSearch {
    /// Begins a search; `None` while the draft has no name to compare.
    pub fn of(draft: &Summary) -> Option<Self> {
        let mut words = Vec::new();
        let mut add = |text: &str| {
            for stem in stems_of(text) {
                if words.len() < WORDS_MAX && words.iter().all(|word: &Word| word.stem != stem) {
                    words.push(Word { stem, met: 0 });
                }
            }
            words.len()
        };
        let named = add(&draft.title);
        if named == 0 {
            return None;
        }
        add(&draft.excerpt);
        for keyword in &draft.keywords {
            add(keyword);
        }
        Some(Self { draft: draft.clone(), words, named, seen: 0, candidates: Vec::new() })
    }

    /// Looks at one practice more; what is none, or lies in the bin, is passed over.
    pub fn look_at(&mut self, other: &Summary) {
        if other.kind != Kind::Practice || other.trashed.is_some() || is_kin(&self.draft, other) {
            return;
        }
        let title = self.shared_with(&other.title);
        let about = other.keywords.iter().fold(title, |bits, it| bits | self.shared_with(it));
        let shared = about | self.shared_with(&other.excerpt);
        self.seen = self.seen.saturating_add(1);
        for (word, _) in self.words.iter_mut().zip(0..).filter(|(_, at)| has(shared, *at)) {
            word.met = word.met.saturating_add(1);
        }
        let is_named_so = title != 0
            && stems_of(&other.title).all(|stem| self.words.iter().any(|word| word.stem == stem));
        if about != 0 && (shared.count_ones() >= SHARED_MIN || is_named_so) {
            let bonus = bonus(&self.draft, other);
            self.candidates.push(Candidate { record: other.record, shared, bonus });
        }
    }

    /// Gives a bit for each word of the draft that a text has.
    fn shared_with(&self, text: &str) -> u64 {
        let place = |stem| self.words.iter().position(|word| word.stem == stem);
        stems_of(text).filter_map(place).fold(0, |bits, place| bits | 1 << place)
    }

    /// Gives the practices that the draft resembles, the nearest first (rule P27).
    pub fn twins(&self) -> Vec<RecordId> {
        // So few that each is put into its place: a sort of their own would weigh more.
        let mut twins: Vec<(u64, RecordId)> = Vec::new();
        for candidate in &self.candidates {
            let share = self.share(candidate, self.named);
            let share = share.max(self.share(candidate, self.words.len()));
            let share = share.saturating_add(candidate.bonus);
            if share >= SHARE_MIN {
                let comes_first = |it: &(u64, RecordId)| {
                    it.0 > share || (it.0 == share && it.1 < candidate.record)
                };
                let place = twins.iter().take_while(|it| comes_first(it)).count();
                twins.insert(place, (share, candidate.record));
                twins.truncate(TWINS_MAX);
            }
        }
        twins.into_iter().map(|(_, record)| record).collect()
    }

    /// Says how much of the first words a practice has, by weight, in per cent.
    fn share(&self, candidate: &Candidate, first: usize) -> u64 {
        let (mut shared, mut all) = (0_u64, 0_u64);
        for (word, at) in self.words.iter().zip(0..).take(first) {
            let weight = weight(self.seen, word.met);
            all = all.saturating_add(weight);
            if has(candidate.shared, at) {
                shared = shared.saturating_add(weight);
            }
        }
        shared.saturating_mul(100).checked_div(all).unwrap_or_default()
    }
}

/// Says whether the bit of a place is set.
fn has(bits: u64, place: u32) -> bool {
    bits & (1 << place) != 0
}

/// Says whether two practices are the same, or one comes from the other: that is no news.
fn is_kin(draft: &Summary, other: &Summary) -> bool {
    let root = |summary: &Summary| {
        let origin = summary.practice.as_ref().and_then(|practice| practice.origin);
        origin.unwrap_or(summary.record)
    };
    draft.record == other.record || root(draft) == root(other)
}

/// Gives the beginnings of a text's words, in small letters, each as a number.
fn stems_of(text: &str) -> impl Iterator<Item = u128> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| word.chars().nth(WORD_LETTERS_MIN - 1).is_some());
    words.map(|word| {
        let letters = word.chars().flat_map(char::to_lowercase).take(STEM_LETTERS);
        letters.fold(0, |stem, letter| stem << LETTER_BITS | u128::from(u32::from(letter)))
    })
}

/// Weighs a word: each halving of those that have it adds one. One that nobody else has tells
/// no two of them apart.
fn weight(seen: u64, met: u64) -> u64 {
    if met == 0 {
        return 1;
    }
    let rarity = seen.saturating_add(1).checked_div(met.saturating_add(1));
    let halvings = rarity.and_then(u64::checked_ilog2).unwrap_or_default();
    u64::from(halvings).saturating_add(1)
}

fn bonus(draft: &Summary, other: &Summary) -> u64 {
    let meet = |one: &[String], two: &[String]| one.iter().any(|code| two.contains(code));
    let of_practice =
        |codes: fn(&PracticeSummary) -> &[String]| match (&draft.practice, &other.practice) {
            (Some(draft), Some(other)) => meet(codes(draft), codes(other)),
            (None, _) | (_, None) => false,
        };
    let common = [
        meet(&draft.areas, &other.areas),
        of_practice(|practice| &practice.target_groups),
        of_practice(|practice| &practice.sectors),
    ];
    common.into_iter().map(|both| if both { CODE_BONUS } else { 0 }).sum()
}

#[cfg(test)]
#[path = "twin_tests.rs"]
mod tests;
