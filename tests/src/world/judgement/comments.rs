//! The question about open comments: is each there once, as it was written, is nothing lost that
//! was taken in, and is what a moderator removed nowhere?

use std::collections::BTreeMap;

use talkoot_core::comment::{Comment, comments};
use talkoot_core::id::ChangeId;
use talkoot_core::sign::SignedChange;
use talkoot_server::held::Standing;

use super::{Truth, name};
use crate::world::outcome::Comments;
use crate::world::simulation::World;
use crate::world::simulation::moderating::{Letter, SECRET};

impl World {
    /// What outsiders said is public once or waits, and no change has what was removed from it.
    pub(super) fn judge_comments(&self, truth: &Truth, tally: &mut Comments) -> Vec<String> {
        let Some(moderating) = &self.moderating else { return Vec::new() };
        let mut complaints = self.with_secrets(truth);
        let public = truth.records.values().flat_map(|open| comments(&open.record));
        let public: Vec<Comment> = public.collect();
        let held = self.server.store.held();
        for (id, letter) in &moderating.sent {
            let words = letter.words();
            let entries = public.iter().filter(|it| it.typed.words.starts_with(words));
            let entries: Vec<&Comment> = entries.collect();
            let standing = held.standing(*id);
            let [published, rejected, waits] = match standing {
                Some(Standing::Published { .. }) => [1, 0, 0],
                Some(Standing::Rejected { .. }) => [0, 1, 0],
                Some(Standing::Waits { .. }) => [0, 0, 1],
                None => [0, 0, 0],
            };
            tally.published += entries.len();
            tally.rejected += rejected;
            tally.waiting += waits;
            tally.rejected_and_published += usize::from(rejected > 0 && !entries.is_empty());
            let is_early = |it: &&Comment| {
                it.written_ms != letter.sent.written_ms.min(it.arrived_ms)
                    || it.arrived_ms > self.now_ms
            };
            let wrongs = [
                (entries.len() > 1, "is public more than once"),
                (entries.iter().any(is_early), "is public as of another time"),
                (letter.taken && standing.is_none(), "was taken in and is gone"),
                (published > 0 && entries.is_empty(), "was let go and is not public"),
                (
                    moderating.settled && waits > 0 && !entries.is_empty(),
                    "is public and still waits",
                ),
            ];
            let wrongs = wrongs.into_iter().filter(|(is_wrong, _)| *is_wrong);
            complaints.extend(wrongs.map(|(_, what)| format!("comment {id} {what}")));
        }
        complaints
    }

    /// Names the changes, wherever they lie, with what a moderator would have removed.
    fn with_secrets(&self, truth: &Truth) -> Vec<String> {
        let mut all: BTreeMap<ChangeId, &SignedChange> = BTreeMap::new();
        all.extend(truth.stored.iter().map(|(id, signed)| (*id, signed)));
        for device in &self.devices {
            all.extend(device.made.iter().map(|(id, made)| (*id, &made.signed)));
            let waiting = device.disk.outbox.values();
            let aside = device.disk.asides.iter().flat_map(|aside| &aside.changes);
            all.extend(waiting.chain(aside).map(|it| (it.id, &it.signed)));
        }
        let secret = SECRET.as_bytes();
        let shows = |signed: &SignedChange| {
            let starts = signed.body.iter().enumerate().filter(|(_, byte)| **byte == b'+');
            let mut rest = starts.filter_map(|(at, _)| signed.body.get(at..));
            rest.any(|rest| rest.starts_with(secret))
        };
        let wrong = all.into_iter().filter(|(_, signed)| shows(signed));
        wrong.map(|(id, _)| format!("{} has what was to be removed", name(id))).collect()
    }
}

impl Letter {
    /// Gives the beginning of what it says, which no other comment says.
    fn words(&self) -> &str {
        self.sent.typed.words.split(' ').next().unwrap_or_default()
    }
}
