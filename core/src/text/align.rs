//! Matching two lists so that as much as possible stays: what rewriting and comparing rest on.

use std::collections::BTreeMap;

use super::node::Block;
use super::shape::{self, Shape};

/// What two that are equal are worth; two that are alike are worth less.
const EQUAL: u32 = 2_000;
/// Below this share of common words, in thousandths, two are not alike.
const ALIKE_MIN: u32 = 300;
/// Most cells of one matching: beyond, only what both begin and end with is matched.
const CELLS_MAX: usize = 1_000_000;

/// Matches children with wanted ones: equal ones, and those of one kind with words in common.
pub(super) fn shapes(old: &[&Shape], new: &[Shape]) -> Vec<(usize, usize)> {
    let old_words: Vec<_> = old.iter().map(|shape| counted(shape)).collect();
    let new_words: Vec<_> = new.iter().map(counted).collect();
    let only = old.len() == 1 && new.len() == 1;
    pairs(old.len(), new.len(), |a, b| {
        let (Some(one), Some(other)) = (old.get(a), new.get(b)) else { return 0 };
        if **one == *other {
            return EQUAL;
        }
        let (Some(words), Some(others)) = (old_words.get(a), new_words.get(b)) else { return 0 };
        match share(words, others) {
            share if one.is_of_kind(other) && (only || share >= ALIKE_MIN) => share.max(1),
            _ => 0,
        }
    })
}

/// Matches blocks, each as the elements that it stands for.
pub(super) fn blocks(old: &[Block], new: &[Block]) -> Vec<(usize, usize)> {
    let shapes = |blocks: &[Block]| blocks.iter().map(shape::of_block).collect::<Vec<_>>();
    let (old, new) = (shapes(old), shapes(new));
    self::shapes(&old.iter().collect::<Vec<_>>(), &new)
}

/// Matches words with equal words.
pub(super) fn words<W: PartialEq>(old: &[W], new: &[W]) -> Vec<(usize, usize)> {
    pairs(old.len(), new.len(), |a, b| match (old.get(a), new.get(b)) {
        (Some(one), Some(other)) if one == other => EQUAL,
        _ => 0,
    })
}

/// Cuts a text into words and the signs between them.
pub(super) fn cut(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let inside = |sign: char| first.is_alphanumeric() && sign.is_alphanumeric();
        let end = rest.char_indices().skip(1).find(|(_, sign)| !inside(*sign));
        let (word, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        found.push(word);
        rest = after;
    }
    found
}

/// Finds the matching that is worth most, in order; a worth of 0 is no match.
fn pairs(old: usize, new: usize, worth: impl Fn(usize, usize) -> u32) -> Vec<(usize, usize)> {
    let is_equal = |a: usize, b: usize| worth(a, b) == EQUAL;
    let shorter = old.min(new);
    let head = (0..shorter).take_while(|at| is_equal(*at, *at)).count();
    let tail = (0..shorter - head).take_while(|at| is_equal(old - 1 - at, new - 1 - at)).count();
    let mut found: Vec<_> = (0..head).map(|at| (at, at)).collect();
    let (rows, columns) = (old - head - tail, new - head - tail);
    if rows.saturating_mul(columns) <= CELLS_MAX {
        let inner = best(rows, columns, |a, b| worth(a + head, b + head));
        found.extend(inner.into_iter().map(|(a, b)| (a + head, b + head)));
    }
    found.extend((0..tail).rev().map(|at| (old - 1 - at, new - 1 - at)));
    found
}

/// The table of what the rest of both lists can be worth, filled from the end and read from the
/// beginning.
fn best(rows: usize, columns: usize, worth: impl Fn(usize, usize) -> u32) -> Vec<(usize, usize)> {
    let width = columns + 1;
    let mut table = vec![0_u32; (rows + 1) * width];
    let read = |table: &[u32], a: usize, b: usize| table.get(a * width + b).copied().unwrap_or(0);
    for a in (0..rows).rev() {
        for b in (0..columns).rev() {
            let match_worth = match worth(a, b) {
                0 => 0,
                worth => worth.saturating_add(read(&table, a + 1, b + 1)),
            };
            let most = match_worth.max(read(&table, a + 1, b)).max(read(&table, a, b + 1));
            if let Some(cell) = table.get_mut(a * width + b) {
                *cell = most;
            }
        }
    }
    let (mut a, mut b, mut found) = (0, 0, Vec::new());
    while a < rows && b < columns {
        let here = read(&table, a, b);
        let worth = worth(a, b);
        if worth > 0 && here == worth.saturating_add(read(&table, a + 1, b + 1)) {
            found.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if here == read(&table, a + 1, b) {
            a += 1;
        } else {
            b += 1;
        }
    }
    found
}

fn counted(shape: &Shape) -> BTreeMap<String, u32> {
    let mut words = BTreeMap::new();
    shape.each_text(&mut |text| {
        for word in text.split_whitespace() {
            *words.entry(word.to_owned()).or_insert(0) += 1;
        }
    });
    words
}

/// Gives how many of the words are in both, in thousandths of the larger number.
fn share(one: &BTreeMap<String, u32>, other: &BTreeMap<String, u32>) -> u32 {
    let common: u32 =
        one.iter().map(|(word, count)| (*count).min(other.get(word).copied().unwrap_or(0))).sum();
    let larger = one.values().sum::<u32>().max(other.values().sum());
    common.saturating_mul(1_000).checked_div(larger).unwrap_or(0)
}
