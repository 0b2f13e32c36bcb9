//! The summaries of all records on this device: what lists are made of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use talkoot_core::id::RecordId;
use talkoot_core::summary::{PracticeSummary, Summary};

/// All summaries by their record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Summaries {
    records: BTreeMap<RecordId, Arc<Summary>>,
    /// The copies of each practice that are here.
    copies: BTreeMap<RecordId, BTreeSet<RecordId>>,
    /// Counts up with each difference, so that a list can tell that there is one.
    pub(crate) version: u64,
}

impl Summaries {
    /// Finds the summary of a record.
    pub(crate) fn get(&self, record: RecordId) -> Option<&Arc<Summary>> {
        self.records.get(&record)
    }

    /// Lists all summaries, by record.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<Summary>> {
        self.records.values()
    }

    /// Says whether this device holds nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Puts a summary in, or takes it out.
    pub(crate) fn set(&mut self, record: RecordId, summary: Option<Summary>) {
        let mut summary = summary;
        let known = self.records.get(&record);
        // What only all of them together say was noted before, and is noted anew below.
        let binned = known.and_then(|it| it.practice.as_ref()).map(|it| it.binned.clone());
        if let Some(practice) = summary.as_mut().and_then(|it| it.practice.as_mut()) {
            practice.binned = binned.unwrap_or_default();
        }
        let summary = summary.map(Arc::new);
        let before = match summary.clone() {
            Some(summary) => self.records.insert(record, summary),
            None => self.records.remove(&record),
        };
        let differs = before != summary;
        self.version = self.version.saturating_add(u64::from(differs));
        if !differs {
            return;
        }
        let (was, is) = (origin_of(before.as_ref()), origin_of(summary.as_ref()));
        if let Some(copies) = was.and_then(|origin| self.copies.get_mut(&origin)) {
            copies.remove(&record);
        }
        if let Some(origin) = is {
            self.copies.entry(origin).or_default().insert(record);
        }
        for original in [Some(record), was, is].into_iter().flatten() {
            self.note_binned(original);
        }
    }

    /// Takes all out.
    pub(crate) fn clear(&mut self) {
        self.records.clear();
        self.copies.clear();
        self.version = self.version.saturating_add(1);
    }

    /// Notes which adopters of a practice have their version in the bin (rule P90).
    fn note_binned(&mut self, original: RecordId) {
        let Some(summary) = self.records.get(&original) else { return };
        let Some(practice) = &summary.practice else { return };
        let binned = self.binned(original, practice);
        if binned == practice.binned {
            return;
        }
        let mut summary = Summary::clone(summary);
        if let Some(practice) = &mut summary.practice {
            practice.binned = binned;
        }
        self.records.insert(original, Arc::new(summary));
    }

    /// Lists the adopters every version of whom lies in the bin, of those that are here.
    fn binned(&self, original: RecordId, practice: &PracticeSummary) -> Vec<RecordId> {
        let copies = self.copies.get(&original);
        let of = |project: RecordId| {
            let copies = copies.into_iter().flatten().filter_map(|copy| self.records.get(copy));
            copies.filter(move |copy| copy.project == Some(project))
        };
        let is_binned = |project: &RecordId| {
            of(*project).next().is_some() && of(*project).all(|copy| copy.trashed.is_some())
        };
        practice.adopters.iter().copied().filter(is_binned).collect()
    }
}

fn origin_of(summary: Option<&Arc<Summary>>) -> Option<RecordId> {
    summary.and_then(|it| it.practice.as_ref()?.origin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use talkoot_core::id::{AccountId, ChangeId, ReplicaId};
    use talkoot_core::record::Deed;
    use talkoot_core::schema::Kind;
    use talkoot_core::stamp::Stamp;

    const ORIGINAL: RecordId = RecordId([1; 16]);

    fn practice(number: u8, project: u8, practice: PracticeSummary) -> Summary {
        let change = ChangeId { replica: ReplicaId([1; 16]), counter: 1 };
        let deed = Deed { stamp: Stamp::default(), change, author: AccountId([1; 16]) };
        Summary {
            record: RecordId([number; 16]),
            kind: Kind::Practice,
            title: String::new(),
            excerpt: String::new(),
            project: Some(RecordId([project; 16])),
            subkind: None,
            language: None,
            date: None,
            published: true,
            trashed: None,
            created: deed,
            modified: deed,
            choices: 0,
            period: None,
            areas: Vec::new(),
            keywords: Vec::new(),
            newer: false,
            practice: Some(practice),
            unpublished: false,
            asked: Vec::new(),
            thread: None,
            blank: false,
            asked_by: None,
        }
    }

    fn copy(number: u8, project: u8, is_binned: bool) -> (RecordId, Option<Summary>) {
        let origin = PracticeSummary { origin: Some(ORIGINAL), ..PracticeSummary::default() };
        let trashed = is_binned.then(Stamp::default);
        let summary = Summary { trashed, ..practice(number, project, origin) };
        (summary.record, Some(summary))
    }

    fn users(all: &Summaries) -> usize {
        let summary = all.get(ORIGINAL).and_then(|it| it.practice.as_ref());
        summary.map_or(0, |it| it.users().count())
    }

    #[test]
    fn p90_a_version_in_the_bin_is_not_in_use_and_restored_it_is_again() {
        let adopters = [60, 61, 62].map(|project| RecordId([project; 16])).to_vec();
        let adopted = PracticeSummary { adopters, ..PracticeSummary::default() };
        let mut all = Summaries::default();
        let set = |all: &mut Summaries, (record, summary)| all.set(record, summary);
        // The copy may come before its original, and one that is not here counts as its project says.
        set(&mut all, copy(2, 60, true));
        set(&mut all, copy(3, 61, false));
        all.set(ORIGINAL, Some(practice(1, 50, adopted.clone())));
        assert_eq!(users(&all), 2);
        let version = all.version;
        all.set(ORIGINAL, Some(practice(1, 50, adopted)));
        assert_eq!(all.version, version, "the same again is no difference");
        set(&mut all, copy(4, 61, true));
        assert_eq!(users(&all), 2, "another version of that project is in use");
        set(&mut all, copy(3, 61, true));
        assert_eq!(users(&all), 1);
        set(&mut all, copy(2, 60, false));
        assert_eq!(users(&all), 2, "restored, it counts again");
        all.set(RecordId([3; 16]), None);
        all.set(RecordId([4; 16]), None);
        assert_eq!(users(&all), 3, "of what is out of sight nothing is known");
    }
}
