//! All practices, made ready to be narrowed and counted in one pass. Pure.
//!
//! Small letters for the search, the order of titles and numbers for the codes of the facets are
//! worked out once for each practice and kept for as long as its summary stays the same.

use std::collections::BTreeSet;
use std::sync::Arc;

use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::summary::Summary;

use super::facet::{Facet, strength};
use super::filter::{Filter, Sort};
use crate::screens::documents::filter::order_key;

/// A practice and what was worked out of it.
#[derive(Debug)]
struct Book {
    summary: Arc<Summary>,
    /// What the search looks through, in small letters.
    text: String,
    /// What orders by title.
    order: String,
    strength: usize,
    /// Its codes, as places in [`Shelf::marks`], each with the bit of its facet.
    marks: Vec<(usize, u8)>,
}

/// The practices of this device.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf {
    /// By record, as summaries come.
    books: Vec<Arc<Book>>,
    by_title: Vec<Arc<Book>>,
    /// Every code that a practice has ever had here; a code keeps its place.
    marks: Vec<(Facet, String)>,
    mine: BTreeSet<RecordId>,
}

/// What a filter shows, and what each further choice would.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) shown: Vec<Arc<Summary>>,
    counts: Vec<(Facet, String, usize)>,
}

impl Shelf {
    /// Puts the practices among these summaries, which come by record, on the shelf; what is as
    /// before is taken from there.
    pub(super) fn of<'a>(
        all: impl Iterator<Item = &'a Arc<Summary>>,
        mine: &BTreeSet<RecordId>,
        before: Option<&Self>,
    ) -> Self {
        let before = before.filter(|before| before.mine == *mine);
        let mut known = before.map(|before| before.books.as_slice()).unwrap_or_default().iter();
        let mut at = known.next();
        let mut marks = before.map(|before| before.marks.clone()).unwrap_or_default();
        let mut books = Vec::new();
        for summary in all.filter(|it| it.kind == Kind::Practice && it.trashed.is_none()) {
            while at.is_some_and(|book| book.summary.record < summary.record) {
                at = known.next();
            }
            books.push(match at.filter(|book| Arc::ptr_eq(&book.summary, summary)) {
                Some(book) => Arc::clone(book),
                None => Arc::new(Book::of(summary, mine, &mut marks)),
            });
        }
        let mut by_title = books.clone();
        put_in_order(&mut by_title, Sort::Title);
        Self { books, by_title, marks, mine: mine.clone() }
    }

    /// Picks, counts and orders in one pass (rules P20, P21).
    pub(super) fn find(&self, filter: &Filter) -> Found {
        let words = filter.words.to_lowercase();
        let words: Vec<&str> = words.split_whitespace().collect();
        let chosen = self.marks.iter().map(|(facet, code)| filter.has(*facet, code));
        let chosen: Vec<bool> = chosen.collect();
        let asked = filter.chosen.iter().fold(0, |bits, (facet, _)| bits | facet.bit());
        let mut counts = vec![0; self.marks.len()];
        let mut shown = Vec::new();
        for book in &self.by_title {
            if !words.iter().all(|word| book.text.contains(word)) {
                continue;
            }
            let lacking = asked & !book.meets(&chosen);
            if lacking == 0 {
                shown.push(Arc::clone(book));
            }
            // A choice beside those of its own facet widens the list: there the others decide.
            for (number, bit) in &book.marks {
                if lacking & !bit == 0
                    && let Some(count) = counts.get_mut(*number)
                {
                    *count += 1;
                }
            }
        }
        // They come by title, which so decides between equals.
        if filter.sort != Sort::Title {
            put_in_order(&mut shown, filter.sort);
        }
        let counted = self.marks.iter().zip(counts);
        Found {
            shown: shown.into_iter().map(|book| Arc::clone(&book.summary)).collect(),
            counts: counted.map(|((facet, code), count)| (*facet, code.clone(), count)).collect(),
        }
    }
}

/// Orders books; equals stay as they are. One function, so that the program has one such sort.
fn put_in_order(books: &mut [Arc<Book>], sort: Sort) {
    books.sort_by(|a, b| match sort {
        Sort::Title => a.order.cmp(&b.order),
        Sort::Adopted | Sort::Latest | Sort::Evidence => b.rank(sort).cmp(&a.rank(sort)),
    });
}

impl Book {
    fn of(
        summary: &Arc<Summary>,
        mine: &BTreeSet<RecordId>,
        known: &mut Vec<(Facet, String)>,
    ) -> Self {
        let words = [&summary.title, &summary.excerpt].into_iter().chain(&summary.keywords);
        let text = words.map(String::as_str).collect::<Vec<_>>().join("\n").to_lowercase();
        let mut marks = Vec::new();
        for facet in Facet::ALL {
            for code in facet.codes(summary, mine) {
                let number = known.iter().position(|mark| mark.0 == facet && mark.1 == code);
                marks.push((number.unwrap_or(known.len()), facet.bit()));
                if number.is_none() {
                    known.push((facet, code));
                }
            }
        }
        Self {
            text,
            order: order_key(&summary.title),
            strength: strength(summary),
            marks,
            summary: Arc::clone(summary),
        }
    }

    /// Gives the facets of which it has a chosen code.
    fn meets(&self, chosen: &[bool]) -> u8 {
        let met = self.marks.iter().filter(|(number, _)| chosen.get(*number) == Some(&true));
        met.fold(0, |bits, (_, bit)| bits | bit)
    }

    fn rank(&self, sort: Sort) -> (u64, u32) {
        let number = |count| u64::try_from(count).unwrap_or(u64::MAX);
        match sort {
            Sort::Adopted => {
                let adopters = self.summary.practice.as_ref().map_or(0, |it| it.users().count());
                (number(adopters), 0)
            }
            Sort::Latest => {
                let stamp = self.summary.modified.stamp;
                (stamp.wall_ms, stamp.tick)
            }
            Sort::Evidence => (number(self.strength), 0),
            Sort::Title => (0, 0),
        }
    }
}

impl Found {
    /// Says how many practices a choice would show.
    pub(super) fn count(&self, facet: Facet, code: &str) -> usize {
        let mut all = self.counts.iter();
        all.find(|it| it.0 == facet && it.1 == code).map(|it| it.2).unwrap_or_default()
    }

    /// Lists the codes of a facet that some practice has, with how many have it.
    pub(super) fn codes(&self, facet: Facet) -> impl Iterator<Item = (&str, usize)> {
        let of_it = self.counts.iter().filter(move |it| it.0 == facet && it.2 > 0);
        of_it.map(|it| (it.1.as_str(), it.2))
    }
}

#[cfg(test)]
#[path = "shelf_tests.rs"]
mod tests;
