//! Which practices a new one resembles, so that what exists is found before it is written again.
//!
//! Words are compared by how they begin, for Finnish bends their ends, and a rare word weighs
//! more than a common one. The search takes the practices in portions, so that whoever asks
//! can let others work between them; how they are split changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::RecordId;
use crate::schema::Kind;
use crate::summary::{PracticeSummary, Summary};

/// Shorter words say nothing of what a practice is about.
const WORD_LETTERS_MIN: usize = 3;
/// So many letters of a word are compared.
const STEM_LETTERS: usize = 5;
/// A word alone makes no twin, unless it is the whole name of both.
const SHARED_MIN: usize = 2;
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
    /// The beginnings of the draft's words, each with its place in what follows.
    stems: BTreeMap<String, usize>,
    /// The places of the words of its name.
    name: BTreeSet<usize>,
    /// In how many practices each word was met.
    met: Vec<u64>,
    seen: u64,
    candidates: Vec<Candidate>,
}

/// A practice that has some of the words.
#[derive(Clone, Debug)]
struct Candidate {
    record: RecordId,
    shared: BTreeSet<usize>,
    bonus: u64,
}

impl TwinSearch {
    /// Begins a search; `None` while the draft has no name to compare.
    pub fn of(draft: &Summary) -> Option<Self> {
        let mut stems = BTreeMap::new();
        for stem in stems_of(&draft.title) {
            let place = stems.len();
            stems.entry(stem).or_insert(place);
        }
        let name: BTreeSet<usize> = stems.values().copied().collect();
        if name.is_empty() {
            return None;
        }
        for stem in described(draft) {
            let place = stems.len();
            stems.entry(stem).or_insert(place);
        }
        let met = vec![0; stems.len()];
        Some(Self { draft: draft.clone(), stems, name, met, seen: 0, candidates: Vec::new() })
    }

    /// Looks at one practice more; what is none, or lies in the bin, is passed over.
    pub fn look_at(&mut self, other: &Summary) {
        if other.kind != Kind::Practice || other.trashed.is_some() || is_kin(&self.draft, other) {
            return;
        }
        let place = |stem: String| self.stems.get(&stem).copied();
        let named: BTreeSet<String> = stems_of(&other.title).collect();
        let is_same_name = named.len() == self.name.len()
            && named
                .iter()
                .all(|stem| self.stems.get(stem).is_some_and(|place| self.name.contains(place)));
        let mut shared: BTreeSet<usize> = named.into_iter().filter_map(place).collect();
        shared.extend(other.keywords.iter().flat_map(|word| stems_of(word)).filter_map(place));
        let is_about_it = !shared.is_empty();
        shared.extend(stems_of(&other.excerpt).filter_map(place));
        for place in &shared {
            if let Some(met) = self.met.get_mut(*place) {
                *met = met.saturating_add(1);
            }
        }
        self.seen = self.seen.saturating_add(1);
        if is_about_it && (shared.len() >= SHARED_MIN || is_same_name) {
            let bonus = bonus(&self.draft, other);
            self.candidates.push(Candidate { record: other.record, shared, bonus });
        }
    }

    /// Gives the practices that the draft resembles, the nearest first (rule P27).
    pub fn twins(&self) -> Vec<RecordId> {
        let weights: Vec<u64> = self.met.iter().map(|met| weight(self.seen, *met)).collect();
        let all: BTreeSet<usize> = self.stems.values().copied().collect();
        let share = |candidate: &Candidate, of: &BTreeSet<usize>| {
            let sum = |places: &mut dyn Iterator<Item = &usize>| {
                places.filter_map(|place| weights.get(*place)).sum::<u64>()
            };
            let shared = sum(&mut candidate.shared.intersection(of)).saturating_mul(100);
            shared.checked_div(sum(&mut of.iter())).unwrap_or_default()
        };
        let near = |candidate: &Candidate| {
            let share = share(candidate, &self.name).max(share(candidate, &all));
            let share = share.saturating_add(candidate.bonus);
            (share >= SHARE_MIN).then_some((std::cmp::Reverse(share), candidate.record))
        };
        let mut twins: Vec<_> = self.candidates.iter().filter_map(near).collect();
        twins.sort_unstable();
        twins.into_iter().take(TWINS_MAX).map(|(_, record)| record).collect()
    }
}

/// Says whether two practices are the same, or one comes from the other: that is no news.
fn is_kin(draft: &Summary, other: &Summary) -> bool {
    let root = |summary: &Summary| {
        let origin = summary.practice.as_ref().and_then(|practice| practice.origin);
        origin.unwrap_or(summary.record)
    };
    draft.record == other.record || root(draft) == root(other)
}

/// The words of the description and the keywords.
fn described(summary: &Summary) -> impl Iterator<Item = String> {
    let words = std::iter::once(&summary.excerpt).chain(&summary.keywords);
    words.flat_map(|text| stems_of(text))
}

/// Cuts a text into the beginnings of its words, in small letters.
fn stems_of(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| word.chars().nth(WORD_LETTERS_MIN - 1).is_some());
    words.map(|word| word.chars().flat_map(char::to_lowercase).take(STEM_LETTERS).collect())
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
