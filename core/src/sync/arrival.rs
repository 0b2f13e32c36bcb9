//! What a page of the log does to a device's copy, beside the changes that it brings.
//!
//! A page may say that records are out of sight; a reading from the beginning
//! says it of everything that it did not bring. What is out of sight is
//! forgotten, but never what waits to be sent: such a record stays *hidden*
//! until nothing of it waits and no page can bring it back. All of this is stored with the cursor, in one
//! transaction with the page, so that a sudden end forgets nothing of it.

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};

use super::message::{Cursor, Entry, Page};
use crate::id::RecordId;

/// A reading from the beginning that is under way, and the records it has brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Pass {
    #[n(0)]
    pub log: u64,
    #[n(1)]
    pub rights: u64,
    #[n(2)]
    pub brought: BTreeSet<RecordId>,
}

/// What a device knows of its own sight.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Sight {
    #[n(0)]
    pub pass: Option<Pass>,
    /// Out of sight as far as this device can tell, and still here because something of them
    /// waits to be sent, or was stored a moment ago and may be on its way back.
    #[n(1)]
    pub hidden: BTreeSet<RecordId>,
    /// Records of which the server stored something that has not come back yet.
    #[n(2)]
    pub stored: BTreeSet<RecordId>,
    /// Records that were here once and were forgotten.
    #[n(3)]
    forgotten: BTreeSet<RecordId>,
    /// Those of them that are on their way back: a part is here, the rest is to come.
    #[n(4)]
    coming: BTreeSet<RecordId>,
}

/// Says whether a page leaves nothing out between itself and what a device has (rule N8).
pub fn follows(page: &Page, cursor: Cursor) -> bool {
    let same_log = (page.cursor.log, page.cursor.rights) == (cursor.log, cursor.rights);
    page.after <= if same_log { cursor.sequence } else { 0 }
}

impl Sight {
    /// Takes up a reading from the beginning of which nothing but itself was kept.
    pub fn of_pass(pass: Option<Pass>) -> Self {
        Self { pass, ..Self::default() }
    }

    /// Takes a page into account; `here` are the records that the device has, those that the
    /// page brings included. Gives those to forget now: `waits` says of which something is unsent.
    pub fn take(
        &mut self,
        page: &Page,
        here: impl Iterator<Item = RecordId>,
        waits: impl Fn(RecordId) -> bool,
    ) -> BTreeSet<RecordId> {
        let is_pass = self.pass.is_some() || page.from_start;
        let mut gone = self.follow(page, here);
        for entry in &page.entries {
            match entry {
                Entry::Change { record, .. } => {
                    gone.remove(record);
                    self.hidden.remove(record);
                    self.stored.remove(record);
                    self.coming.extend(self.forgotten.take(record));
                }
                Entry::Conceal { record } => {
                    gone.insert(*record);
                    self.stored.remove(record);
                }
            }
        }
        // What is stored during a reading from the beginning lies behind its end.
        let follows = |record| is_pass && self.stored.contains(&record);
        let keeps = |record: &RecordId| waits(*record) || follows(*record);
        let (kept, mut forgotten): (BTreeSet<_>, BTreeSet<_>) = gone.into_iter().partition(keeps);
        self.hidden.extend(kept);
        if !page.more && !is_pass {
            // This page reaches the end of the log: what it does not bring does not come.
            self.stored.clear();
            forgotten.extend(self.hidden.extract_if(.., |record| !waits(*record)));
        }
        if !page.more {
            self.coming.clear();
        }
        self.note_forgotten(&forgotten);
        forgotten
    }

    fn note_forgotten(&mut self, forgotten: &BTreeSet<RecordId>) {
        self.coming.retain(|record| !forgotten.contains(record));
        self.forgotten.extend(forgotten);
    }

    /// Notes that a record came on a stick that was not here. As far as this device can tell it is
    /// out of its sight: it stays while something of it is owed, and for good if a page brings it.
    pub fn carried(&mut self, record: RecordId) {
        self.hidden.insert(record);
    }

    /// Notes that the server has stored a change of a record, now or before.
    pub fn stored(&mut self, record: RecordId) {
        self.stored.insert(record);
    }

    /// Notes that a record was dropped here, to be read again from the beginning.
    pub fn dropped(&mut self, record: RecordId) {
        self.hidden.remove(&record);
        self.note_forgotten(&[record].into());
    }

    /// Notes that a refused change and what was built on it wait no more. Says whether the record
    /// is to be forgotten now: it is out of sight, nothing else of it waits, and nothing of it
    /// that was stored a moment ago is on its way back.
    pub fn set_aside(&mut self, record: RecordId, waits: bool) -> bool {
        let forgets = !waits && !self.stored.contains(&record) && self.hidden.remove(&record);
        if forgets {
            self.note_forgotten(&[record].into());
        }
        forgets
    }

    /// Says whether only a part of a record may have come back after it was forgotten: own changes
    /// may be missing, so a new one could not name the one before it. What was never forgotten
    /// lacks none of them, so a new device may write before everything has come.
    pub fn is_partial(&self, record: RecordId) -> bool {
        self.coming.contains(&record)
    }

    /// Follows a reading from the beginning over its pages (rule L6); at its end gives what it
    /// did not bring.
    ///
    /// It may be cut and go on after a reconnect; another log or other rights begin another one.
    fn follow(&mut self, page: &Page, here: impl Iterator<Item = RecordId>) -> BTreeSet<RecordId> {
        let Cursor { log, rights, .. } = page.cursor;
        let same = self.pass.take().filter(|pass| (pass.log, pass.rights) == (log, rights));
        // Every page of a reading says that it is one; only the first begins it. A later one that
        // comes again when all is read must not be taken for a whole reading.
        let begins = page.from_start && page.after == 0;
        let begun = begins.then(|| Pass { log, rights, ..Pass::default() });
        let Some(mut pass) = same.or(begun) else { return BTreeSet::new() };
        pass.brought.extend(page.entries.iter().filter_map(brought));
        if page.more {
            self.pass = Some(pass);
            return BTreeSet::new();
        }
        here.filter(|record| !pass.brought.contains(record)).collect()
    }
}

fn brought(entry: &Entry) -> Option<RecordId> {
    match entry {
        Entry::Change { record, .. } => Some(*record),
        Entry::Conceal { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::SignedChange;

    fn change(record: u8) -> Entry {
        let change = SignedChange { body: vec![], signature: [0; 64] };
        Entry::Change { record: RecordId([record; 16]), arrived_ms: 0, change }
    }

    fn page(rights: u64, entries: Vec<Entry>, more: bool, from_start: bool) -> Page {
        let cursor = Cursor { sequence: 1, log: 1, rights };
        Page { entries, cursor, more, from_start, after: 0, makers: Vec::new() }
    }

    fn records(of: &[u8]) -> BTreeSet<RecordId> {
        of.iter().map(|record| RecordId([*record; 16])).collect()
    }

    /// Takes a page on a device that has the records 1 to 3; 3 has something unsent.
    fn take(sight: &mut Sight, page: &Page) -> BTreeSet<RecordId> {
        let here = records(&[1, 2, 3]);
        sight.take(page, here.into_iter(), |record| record == RecordId([3; 16]))
    }

    #[test]
    fn l6_a_reading_from_the_beginning_goes_on_after_a_cut_line() {
        let mut sight = Sight::default();
        assert_eq!(take(&mut sight, &page(1, vec![change(1)], true, true)), records(&[]));
        assert_eq!(take(&mut sight, &page(1, vec![], false, false)), records(&[2]));
        assert_eq!((&sight.pass, &sight.hidden), (&None, &records(&[3])));
        let last_again = Page { after: 1, ..page(1, vec![change(3)], false, true) };
        assert_eq!(take(&mut sight, &last_again), records(&[]), "the last page comes twice");
    }

    #[test]
    fn l6_other_rights_begin_another_reading() {
        let mut sight = Sight::default();
        take(&mut sight, &page(1, vec![change(1)], true, true));
        assert_eq!(take(&mut sight, &page(2, vec![change(2)], false, true)), records(&[1]));
    }

    #[test]
    fn n35_what_a_reading_brought_that_was_cut_may_lack_something_until_another_one_ends() {
        let mut sight = Sight::default();
        (1..=3).for_each(|record| sight.dropped(RecordId([record; 16])));
        take(&mut sight, &page(1, vec![change(1)], true, true));
        take(&mut sight, &page(2, vec![change(2)], true, true));
        take(&mut sight, &page(3, vec![change(3)], true, true));
        let is_partial = |sight: &Sight, record| sight.is_partial(RecordId([record; 16]));
        assert!((1..=3).all(|record| is_partial(&sight, record)), "the first came in parts, maybe");
        let rest = page(3, vec![change(1)], false, true);
        take(&mut sight, &Page { after: 1, ..rest });
        assert!((1..=3).all(|record| !is_partial(&sight, record)));
    }

    #[test]
    fn l6_an_ordinary_page_conceals_only_what_it_says_last() {
        let mut sight = Sight::default();
        assert_eq!(take(&mut sight, &page(1, vec![change(1)], false, false)), records(&[]));
        let conceal = |record: u8| Entry::Conceal { record: RecordId([record; 16]) };
        let entries = vec![conceal(1), change(1), change(2), conceal(2)];
        assert_eq!(take(&mut sight, &page(1, entries, false, false)), records(&[2]));
    }

    /// A page that changes nothing but how far the log is read.
    fn nothing() -> Page {
        page(1, vec![], false, false)
    }

    #[test]
    fn n11_what_is_stored_during_a_reading_from_the_beginning_is_not_forgotten_at_its_end() {
        let mut sight = Sight::default();
        take(&mut sight, &page(1, vec![change(1)], true, true));
        sight.stored(RecordId([2; 16]));
        assert_eq!(take(&mut sight, &nothing()), records(&[]), "the pass ends");
        assert!(!sight.set_aside(RecordId([2; 16]), false), "a later change of it is refused");
        let mut brought = sight.clone();
        take(&mut brought, &page(1, vec![change(2)], false, false));
        assert_eq!(take(&mut brought, &nothing()), records(&[]), "it came after the pass");
        assert_eq!(take(&mut sight, &nothing()), records(&[2]), "it was out of sight after all");
    }

    #[test]
    fn n10_what_is_out_of_sight_stays_only_while_it_waits_and_comes_back_when_it_is_shown() {
        let mut sight = Sight::default();
        let conceal = Entry::Conceal { record: RecordId([3; 16]) };
        let concealing = page(1, vec![conceal], false, false);
        assert_eq!(take(&mut sight, &concealing), records(&[]));
        assert!(!sight.set_aside(RecordId([3; 16]), true), "something else of it waits");
        let mut revealed = sight.clone();
        take(&mut revealed, &page(1, vec![change(3)], false, false));
        assert!(!revealed.set_aside(RecordId([3; 16]), false), "it is in sight again");
        assert!(sight.set_aside(RecordId([3; 16]), false));
        assert_eq!(sight.hidden, records(&[]));
    }

    #[test]
    fn j18_what_came_on_a_stick_stays_while_it_is_owed_and_for_good_if_a_page_brings_it() {
        let mut sight = Sight::default();
        sight.carried(RecordId([3; 16]));
        assert_eq!(take(&mut sight, &nothing()), records(&[]), "it is owed");
        sight.carried(RecordId([1; 16]));
        sight.carried(RecordId([2; 16]));
        let brings = page(1, vec![change(1)], false, false);
        assert_eq!(take(&mut sight, &brings), records(&[2]), "the log ends without it");
        assert_eq!(sight.hidden, records(&[3]));
    }

    #[test]
    fn n15_what_comes_back_in_parts_is_partial_until_the_rest_is_here() {
        let mut sight = Sight::default();
        let one = RecordId([1; 16]);
        take(&mut sight, &page(1, vec![change(1), change(2)], true, true));
        assert!(!sight.is_partial(one), "it was never forgotten");
        let conceal = Entry::Conceal { record: one };
        assert_eq!(take(&mut sight, &page(1, vec![conceal], false, false)), records(&[1]));
        take(&mut sight, &page(2, vec![change(1)], true, true));
        assert!(sight.is_partial(one) && !sight.is_partial(RecordId([2; 16])));
        take(&mut sight, &page(2, vec![change(1)], false, false));
        assert!(!sight.is_partial(one), "all of it has come");
    }
}
