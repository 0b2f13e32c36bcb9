//! The question about threads: is every confirmed post there once, and do the devices of one
//! person agree on what is unread?

use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::change::discuss::Discuss;
use talkoot_core::change::note::Note;
use talkoot_core::change::{Frontier, Op};
use talkoot_core::id::{AccountId, ChangeId, RecordId};
use talkoot_core::notebook::Notebook;
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::Record;
use talkoot_core::thread::{PostView, Thread, ThreadSummary};

use super::{Truth, name};
use crate::world::device::Device;
use crate::world::simulation::World;

type Opens = BTreeMap<RecordId, OpenRecord>;

impl World {
    /// Every post that the server confirmed shows once in its thread, wherever that is whole.
    pub(super) fn judge_posts(&self, truth: &Truth) -> Vec<String> {
        let mut complaints = Vec::new();
        let shown = |records: &Opens, record: RecordId, id: ChangeId| {
            let thread = records.get(&record).and_then(|open| Thread::of(&open.record));
            thread.map_or(0, |it| it.posts.iter().filter(|post| post.id == id).count())
        };
        for id in &self.acknowledged {
            let change = truth.changes.get(id);
            let Some(change) = change.filter(|change| change.ops.iter().any(is_post)) else {
                continue;
            };
            let times = shown(&truth.records, change.record, *id);
            if times != 1 {
                complaints.push(format!("post {} is there {times} times", name(*id)));
            }
        }
        complaints
    }

    /// The devices of one person list the same posts as unread: those that no mark covers which
    /// any of them made and the server has.
    pub(super) fn judge_unread(
        &self,
        device: &Device,
        truth: &Truth,
        same: &BTreeSet<RecordId>,
    ) -> Vec<String> {
        let Some(account) = self.caller_of(device).account else { return Vec::new() };
        let marks = marks_of(truth, account);
        let notebook = RecordId::notebook_of(account);
        // What differs rightly (owed, rotten, out of sight) was judged already. Of somebody who has
        // read nothing there is no notebook anywhere.
        let none = [device.records(), &truth.records].iter().all(|it| !it.contains_key(&notebook));
        let is_whole = none || same.contains(&notebook);
        let threads = same.iter().copied().filter(|_| is_whole);
        let wrong = threads.filter_map(|id| {
            let record = &device.records().get(&id)?.record;
            let thread = Thread::of(record)?;
            let is_covered = |post: &PostView<'_>| {
                marks.get(&id).into_iter().flatten().any(|until| until.knows(post.id))
            };
            let expected = thread.posts.iter().filter(|post| {
                post.author != account && post.retracted.is_none() && !is_covered(post)
            });
            let expected: Vec<ChangeId> = expected.map(|post| post.id).collect();
            let empty = Record::new(notebook);
            let own = device.records().get(&notebook).map_or(&empty, |open| &open.record);
            let notes = Notebook::of(own);
            let is_unread = notes.is_unread(account, id, &ThreadSummary::of(record)?);
            let listed = notes.unread(account, id, &thread);
            let fits = listed == expected && is_unread != expected.is_empty();
            (!fits).then(|| format!("device {} has other posts unread in {id}", device.place))
        });
        wrong.collect()
    }
}

fn is_post(op: &Op) -> bool {
    matches!(op, Op::Discuss { deed: Discuss::Post { .. } })
}

/// Lists how far an account said that it has read, by thread, as its changes say it.
fn marks_of(truth: &Truth, account: AccountId) -> BTreeMap<RecordId, Vec<Frontier>> {
    let mut marks: BTreeMap<RecordId, Vec<Frontier>> = BTreeMap::new();
    for change in truth.changes.values().filter(|change| change.author == account) {
        for op in &change.ops {
            if let Op::Note { note: Note::Read { thread, until } } = op {
                marks.entry(*thread).or_default().push(until.clone());
            }
        }
    }
    marks
}
