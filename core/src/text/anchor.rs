//! A passage of a text, named so that the name stays right while the text moves.
//!
//! It is named by its first and its last character, as Yjs numbers them. What is written before,
//! within or behind it changes nothing; where the line of one end is gone what is left in the line
//! of the other stays, and where both are gone there is no passage any more.

use std::fmt;

use minicbor::{Decode, Encode};
use yrs::branch::Branch;
use yrs::{Assoc, ClientID, ID, IndexedSequence as _, ReadTxn, StickyIndex, Transact as _};
use yrs::{Text as _, XmlFragment as _, XmlOut, XmlTextRef};

use super::document::{TextDocument, TextError};
use super::edit::words_of;
use super::node::Block;
use super::prescan::CLIENT_END;
use super::rewrite::run::say;

/// The first and the last character of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Anchor {
    #[n(0)]
    pub first: Sign,
    #[n(1)]
    pub last: Sign,
}

/// A character: the Yjs client that wrote it, and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Sign {
    #[n(0)]
    pub client: u64,
    #[n(1)]
    pub clock: u32,
}

/// A place in a field: a run of text, counted from the beginning, and a UTF-16 offset in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub run: usize,
    pub offset: u32,
}

/// Where a passage stands, and what it says; its lines stand apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub from: Place,
    pub until: Place,
    pub words: String,
}

impl Anchor {
    /// Reads what [`Anchor`] writes, such as `17.204 17.219`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(' ')?;
        Some(Self { first: Sign::parse(first)?, last: Sign::parse(last)? })
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, last } = self;
        write!(f, "{}.{} {}.{}", first.client, first.clock, last.client, last.clock)
    }
}

impl Sign {
    fn parse(text: &str) -> Option<Self> {
        let (client, clock) = text.split_once('.')?;
        let sign = Self { client: number(client)?, clock: u32::try_from(number(clock)?).ok()? };
        (sign.client < CLIENT_END).then_some(sign)
    }
}

/// Reads a number in the one way in which it is written.
fn number(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

impl TextDocument {
    /// Names the passage between two places of a field; `None` where it holds no character.
    pub fn anchor(&self, field: &str, from: Place, until: Place) -> Option<Anchor> {
        let txn = self.doc.transact();
        let runs = runs(&txn, field);
        if from >= until {
            return None;
        }
        let first = runs.get(from.run)?.sticky_index(&txn, from.offset, Assoc::After)?;
        let last = runs.get(until.run)?.sticky_index(&txn, until.offset, Assoc::Before)?;
        Some(Anchor { first: sign(*first.id()?), last: sign(*last.id()?) })
    }

    /// Gives the edit after which a passage says `words`, made under a Yjs client of its own;
    /// `None` where it says them, is gone or spans several lines. The text stays as it is.
    ///
    /// # Errors
    ///
    /// Returns why the text's own state does not load; no text that was checked does that.
    pub fn replacing(
        &self,
        client_id: u64,
        field: &str,
        anchor: &Anchor,
        words: &str,
    ) -> Result<Option<Vec<u8>>, TextError> {
        let found = self.find(field, anchor).filter(|it| it.from.run == it.until.run);
        let Some(found) = found.filter(|it| it.words != words) else { return Ok(None) };
        let copy = Self::from_state(client_id, &self.state())?;
        let mut txn = copy.doc.transact_mut();
        let Some(run) = runs(&txn, field).into_iter().nth(found.from.run) else { return Ok(None) };
        let now = words_of(&run, &txn);
        let before = cut(&now, 0, found.from.offset);
        let behind = cut(&now, found.until.offset, u32::MAX);
        say(&run, &mut txn, &now, &format!("{before}{words}{behind}"));
        Ok(Some(txn.encode_update_v1()))
    }

    /// Says whether another text says the same in a field but for a passage of one line.
    ///
    /// # Errors
    ///
    /// Returns why a state does not load; no text that was checked does that.
    pub fn is_like_but_for(
        &self,
        other: &Self,
        field: &str,
        found: &Found,
    ) -> Result<bool, TextError> {
        let units = |text: &Self| text.units(field, found.from.run);
        let (Some(ours), Some(theirs)) = (units(self), units(other)) else { return Ok(false) };
        let behind = ours.saturating_sub(found.until.offset);
        let until = theirs.checked_sub(behind).filter(|until| *until >= found.from.offset);
        let Some(until) = until.filter(|_| found.from.run == found.until.run) else {
            return Ok(false);
        };
        let rest = self.without(field, found.from, found.until.offset)?;
        Ok(rest == other.without(field, found.from, until)?)
    }

    fn units(&self, field: &str, run: usize) -> Option<u32> {
        let txn = self.doc.transact();
        Some(end(&txn, &runs(&txn, field), run)?.offset)
    }

    /// Gives a field as it would be without what stands between a place and an offset there.
    fn without(&self, field: &str, from: Place, until: u32) -> Result<Vec<Block>, TextError> {
        let copy = Self::from_state(self.client_id(), &self.state())?;
        let mut txn = copy.doc.transact_mut();
        if let Some(run) = runs(&txn, field).get(from.run) {
            run.remove_range(&mut txn, from.offset, until.saturating_sub(from.offset));
        }
        drop(txn);
        Ok(copy.blocks(field))
    }

    /// Finds a passage as it stands now; `None` once nothing of it is left.
    pub fn find(&self, field: &str, anchor: &Anchor) -> Option<Found> {
        let txn = self.doc.transact();
        let runs = runs(&txn, field);
        let from = place(&txn, &runs, anchor.first, Assoc::After);
        let until = place(&txn, &runs, anchor.last, Assoc::Before);
        let (from, until) = match (from, until) {
            (Some(from), Some(until)) => (from, until),
            (Some(from), None) => (from, end(&txn, &runs, from.run)?),
            (None, Some(until)) => (Place { run: until.run, offset: 0 }, until),
            (None, None) => return None,
        };
        let words = words_between(&txn, &runs, from, until);
        (from < until && !words.is_empty()).then_some(Found { from, until, words })
    }
}

fn runs<T: ReadTxn>(txn: &T, field: &str) -> Vec<XmlTextRef> {
    let fragment = txn.get_xml_fragment(field);
    let all = fragment.iter().flat_map(|fragment| fragment.successors(txn));
    all.filter_map(XmlOut::into_xml_text).collect()
}

fn sign(id: ID) -> Sign {
    Sign { client: id.client.get(), clock: id.clock }
}

fn place<T: ReadTxn>(txn: &T, runs: &[XmlTextRef], sign: Sign, assoc: Assoc) -> Option<Place> {
    let id = ID::new(ClientID::new(sign.client), sign.clock);
    let offset = StickyIndex::from_id(id, assoc).get_offset(txn)?;
    let run = runs.iter().position(|run| *offset.branch == *AsRef::<Branch>::as_ref(run))?;
    Some(Place { run, offset: offset.index })
}

fn end<T: ReadTxn>(txn: &T, runs: &[XmlTextRef], run: usize) -> Option<Place> {
    let units = words_of(runs.get(run)?, txn).encode_utf16().count();
    Some(Place { run, offset: u32::try_from(units).ok()? })
}

fn words_between<T: ReadTxn>(txn: &T, runs: &[XmlTextRef], from: Place, until: Place) -> String {
    let within = runs.iter().enumerate().skip(from.run).take_while(|(at, _)| *at <= until.run);
    let lines = within.map(|(at, run)| {
        let begin = if at == from.run { from.offset } else { 0 };
        let close = if at == until.run { until.offset } else { u32::MAX };
        cut(&words_of(run, txn), begin, close)
    });
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Cuts out what stands between two UTF-16 offsets.
fn cut(words: &str, begin: u32, close: u32) -> String {
    let mut at = 0;
    let mut kept = String::new();
    for letter in words.chars() {
        if at >= begin && at < close {
            kept.push(letter);
        }
        at += if letter.len_utf16() == 2 { 2 } else { 1 };
    }
    kept
}

#[cfg(test)]
mod tests;
