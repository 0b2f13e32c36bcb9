//! What a run showed: proof that work was done, and that a seed is one story.

use std::collections::{BTreeMap, VecDeque};

use talkoot_core::id::RecordId;

use super::fault::Fault;

/// Lines of the story that a complaint shows.
const LINES_SHOWN: usize = 60;

/// Counts of what stands in margins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Margins {
    pub comments: usize,
    pub suggestions: usize,
    /// Passages of which nothing is left.
    pub gone: usize,
    /// Passages of which something else is left than what they said.
    pub changed: usize,
    /// Passages that nobody touched.
    pub untouched: usize,
    /// Resolved, declined.
    pub settled: usize,
    pub accepted: usize,
    /// Suggestions that two accepted who did not know of each other.
    pub accepted_twice: usize,
    /// Accepted, in a text in which nothing else was taken away.
    pub intact: usize,
    /// Acceptances that were taken back.
    pub taken_back: usize,
}

impl Margins {
    /// Names the counts.
    fn counts(&mut self) -> [(&'static str, &mut usize); 10] {
        [
            ("comments on passages", &mut self.comments),
            ("suggestions in margins", &mut self.suggestions),
            ("passages gone", &mut self.gone),
            ("passages changed", &mut self.changed),
            ("passages untouched", &mut self.untouched),
            ("settled in margins", &mut self.settled),
            ("accepted in margins", &mut self.accepted),
            ("accepted twice in margins", &mut self.accepted_twice),
            ("accepted and intact", &mut self.intact),
            ("taken back in margins", &mut self.taken_back),
        ]
    }

    /// Lists the counts with their names.
    pub fn all(mut self) -> [(&'static str, usize); 10] {
        self.counts().map(|(name, count)| (name, *count))
    }
}

/// Counts of open comments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Comments {
    pub sent: usize,
    /// Sent again under the same name.
    pub again: usize,
    /// Of whoever is kept out.
    pub kept_out: usize,
    /// Shown to moderators as waiting.
    pub listed: usize,
    /// Published on a device, maybe without a network.
    pub published_here: usize,
    /// Decisions that the server did not take.
    pub too_late: usize,
    pub published: usize,
    pub rejected: usize,
    pub waiting: usize,
    /// Rejected while a change that publishes it was on its way.
    pub rejected_and_published: usize,
}

impl Comments {
    /// Names the counts.
    fn counts(&mut self) -> [(&'static str, &mut usize); 10] {
        [
            ("comments sent", &mut self.sent),
            ("comments sent again", &mut self.again),
            ("comments kept out", &mut self.kept_out),
            ("comments listed", &mut self.listed),
            ("comments published here", &mut self.published_here),
            ("decisions too late", &mut self.too_late),
            ("comments published", &mut self.published),
            ("comments rejected", &mut self.rejected),
            ("comments waiting", &mut self.waiting),
            ("comments rejected and published", &mut self.rejected_and_published),
        ]
    }

    /// Lists the counts with their names.
    pub fn all(mut self) -> [(&'static str, usize); 10] {
        self.counts().map(|(name, count)| (name, *count))
    }
}

/// Counts over one run or many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub made: usize,
    pub stored: usize,
    /// Confirmed by the server, whether anybody heard it or not.
    pub acknowledged: usize,
    /// Lost by a restore, and there again at the end.
    pub given_back: usize,
    /// Held by devices at the end, because the server cannot judge them yet.
    pub still_owed: usize,
    /// Confirmed after the backup, and on no device any more when it was restored.
    pub lost_with_disk: usize,
    /// Records that were dropped and read again, because the server held them otherwise.
    pub read_again: usize,
    pub acknowledged_before: usize,
    pub set_aside: usize,
    /// Refused on the device already, by the same rules.
    pub refused_here: usize,
    /// Not saved, because the device had no room; the person was told so.
    pub not_saved: usize,
    pub choices: usize,
    /// Choices about entries of lists.
    pub entry_choices: usize,
    /// Suggestions that several answered without knowing of each other.
    pub answered_twice: usize,
    /// Practices adopted, improvements received, sections suggested, suggestions answered,
    /// changes published with a reason.
    pub with_others: [usize; 5],
    /// Posts, things said of posts, notes of what was read or is followed.
    pub discussed: [usize; 3],
    /// What stands in margins at the end.
    pub margins: Margins,
    /// What outsiders said, and what became of it.
    pub comments: Comments,
    pub records: usize,
    pub faults: BTreeMap<Fault, usize>,
}

impl Tally {
    /// Counts a misfortune.
    pub(crate) fn note(&mut self, fault: Fault) {
        *self.faults.entry(fault).or_default() += 1;
    }

    /// Adds another run.
    pub fn add(&mut self, other: &Self) {
        self.made += other.made;
        self.stored += other.stored;
        self.acknowledged += other.acknowledged;
        self.given_back += other.given_back;
        self.still_owed += other.still_owed;
        self.lost_with_disk += other.lost_with_disk;
        self.read_again += other.read_again;
        self.acknowledged_before += other.acknowledged_before;
        self.set_aside += other.set_aside;
        self.refused_here += other.refused_here;
        self.not_saved += other.not_saved;
        self.choices += other.choices;
        self.entry_choices += other.entry_choices;
        self.answered_twice += other.answered_twice;
        for (count, other) in self.with_others.iter_mut().zip(other.with_others) {
            *count += other;
        }
        for (count, other) in self.discussed.iter_mut().zip(other.discussed) {
            *count += other;
        }
        for ((_, count), (_, other)) in self.margins.counts().into_iter().zip(other.margins.all()) {
            *count += other;
        }
        for ((_, count), (_, other)) in self.comments.counts().into_iter().zip(other.comments.all())
        {
            *count += other;
        }
        self.records += other.records;
        for (fault, count) in &other.faults {
            *self.faults.entry(*fault).or_default() += count;
        }
    }

    /// Names the kinds of misfortune and of work that never happened.
    pub fn never(&self) -> Vec<String> {
        let faults = Fault::ALL.iter().filter(|fault| !self.faults.contains_key(fault));
        let [adopted, received, suggested, answered, published] = self.with_others;
        let [posted, said_of, noted] = self.discussed;
        let works = [
            ("made", self.made),
            ("stored", self.stored),
            ("acknowledged", self.acknowledged),
            ("given back", self.given_back),
            ("still owed", self.still_owed),
            ("read again", self.read_again),
            ("set aside", self.set_aside),
            ("refused here", self.refused_here),
            ("not saved", self.not_saved),
            ("choices", self.choices),
            ("choices of entries", self.entry_choices),
            ("adopted", adopted),
            ("received", received),
            ("suggested", suggested),
            ("answered", answered),
            ("published again", published),
            ("posted", posted),
            ("said of posts", said_of),
            ("noted", noted),
        ];
        let works = works
            .into_iter()
            .chain(self.margins.all())
            .chain(self.comments.all())
            .filter(|(_, count)| *count == 0);
        let faults = faults.map(|fault| format!("{fault:?}"));
        faults.chain(works.map(|(name, _)| name.to_owned())).collect()
    }
}

/// The end of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub tally: Tally,
    /// The digest of every record on the server.
    pub digests: BTreeMap<RecordId, [u8; 32]>,
    /// A number that stands for everything that happened, in its order.
    pub story: u64,
    /// What is wrong; nothing, if all is well.
    pub complaints: Vec<String>,
    /// The last things that happened.
    pub last: Vec<String>,
}

/// Everything that happened: a number for all of it, and the last lines.
#[derive(Debug)]
pub(crate) struct Story {
    pub(crate) number: u64,
    last: VecDeque<String>,
}

impl Default for Story {
    fn default() -> Self {
        Self { number: 0xCBF2_9CE4_8422_2325, last: VecDeque::new() }
    }
}

impl Story {
    /// Adds a line (the number is FNV-1a over all of them).
    pub(crate) fn tell(&mut self, line: String) {
        for byte in line.bytes() {
            self.number = (self.number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
        if self.last.len() == LINES_SHOWN {
            self.last.pop_front();
        }
        self.last.push_back(line);
    }

    /// Gives the last lines.
    pub(crate) fn last(&self) -> Vec<String> {
        self.last.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn z2_a_run_says_which_kinds_of_misfortune_and_of_work_never_happened() {
        let nothing = Tally::default().never();
        assert_eq!(nothing.len(), Fault::ALL.len() + 19 + 10 + 10, "{nothing:?}");
        let mut tally = Tally { made: 1, ..Tally::default() };
        tally.note(Fault::Restored);
        let never = tally.never();
        assert!(!never.iter().any(|name| name == "made" || name == "Restored"), "{never:?}");
        assert!(never.iter().any(|name| name == "given back"), "{never:?}");
    }

    #[test]
    fn z6_a_run_in_which_nothing_rotted_or_nothing_was_read_again_says_so() {
        let never = Tally::default().never();
        assert!(["Rot", "read again"].iter().all(|name| never.iter().any(|it| it == name)));
    }
}
