//! Changing a run of text into a wanted one: first its words, then how they are marked.

use std::sync::Arc;

use yrs::types::Attrs;
use yrs::{Any, Text as _, TransactionMut, XmlTextRef};

use super::super::align;
use super::super::node::Marks;
use super::super::schema::Mark;
use super::super::shape::{self, Piece};

/// Makes a run say the pieces.
pub(super) fn become_like(run: &XmlTextRef, txn: &mut TransactionMut<'_>, pieces: &[Piece]) {
    let text =
        |pieces: &[Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
    say(run, txn, &text(&shape::of_run(run, txn)), &text(pieces));
    mark(run, txn, pieces);
}

/// Makes a run say the text, word by word, from the end.
pub(in super::super) fn say(run: &XmlTextRef, txn: &mut TransactionMut<'_>, old: &str, new: &str) {
    let (old, new) = (align::cut(old), align::cut(new));
    let pairs = align::words(&old, &new);
    let (mut old_end, mut new_end) = (old.len(), new.len());
    for pair in pairs.iter().rev().map(Some).chain([None]) {
        let (old_begin, new_begin) = pair.map_or((0, 0), |(old, new)| (old + 1, new + 1));
        let at = units(old.get(..old_begin).unwrap_or_default());
        let gone = units(old.get(old_begin..old_end).unwrap_or_default());
        let come = new.get(new_begin..new_end).unwrap_or_default().concat();
        if gone > 0 {
            run.remove_range(txn, at, gone);
        }
        if !come.is_empty() {
            run.insert(txn, at, &come);
        }
        (old_end, new_end) = (old_begin.saturating_sub(1), new_begin.saturating_sub(1));
    }
}

/// Counts UTF-16 units, as the document does.
fn units(words: &[&str]) -> u32 {
    let units = words.iter().flat_map(|word| word.chars()).map(char::len_utf16).sum::<usize>();
    u32::try_from(units).unwrap_or(u32::MAX)
}

/// Marks a run that says the right words as the pieces are marked.
///
/// One mark at a time: a map of several would come out in another order each time.
fn mark(run: &XmlTextRef, txn: &mut TransactionMut<'_>, pieces: &[Piece]) {
    let mut at = 0;
    for piece in pieces {
        let length = units(&[&piece.text]);
        for mark in Mark::ALL {
            let wanted = value(&piece.marks, mark);
            for (from, until) in unlike(run, txn, (at, at + length), mark, &wanted) {
                let attributes = Attrs::from([(Arc::from(mark.name()), wanted.clone())]);
                run.format(txn, from, until - from, attributes);
            }
        }
        at += length;
    }
}

/// Lists the ranges within `range` where a mark is not as wanted.
fn unlike(
    run: &XmlTextRef,
    txn: &TransactionMut<'_>,
    range: (u32, u32),
    mark: Mark,
    wanted: &Any,
) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in shape::of_run(run, txn) {
        let end = at + units(&[&piece.text]);
        let (from, until) = (range.0.max(at), range.1.min(end));
        if from < until && value(&piece.marks, mark) != *wanted {
            found.push((from, until));
        }
        at = end;
    }
    found
}

/// Gives the value that a mark has in the document.
fn value(marks: &Marks, mark: Mark) -> Any {
    let on = |is_on: bool| if is_on { Any::Map(Arc::default()) } else { Any::Null };
    match mark {
        Mark::Bold => on(marks.bold),
        Mark::Italic => on(marks.italic),
        Mark::Underline => on(marks.underline),
        Mark::Strike => on(marks.strike),
        Mark::Code => on(marks.code),
        Mark::Link => marks.link.as_ref().map_or(Any::Null, |href| {
            Any::Map(Arc::new([("href".to_owned(), Any::from(href.as_str()))].into()))
        }),
    }
}
