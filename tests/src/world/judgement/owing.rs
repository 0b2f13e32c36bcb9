//! What may still be owed at the end: a change that the server cannot take back yet (rule R12).

use std::collections::BTreeMap;

use talkoot_core::access;
use talkoot_core::id::{ChangeId, RecordId, ReplicaId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::sign::SignedChange;

use super::{Truth, name};
use crate::world::device::Device;
use crate::world::simulation::World;

impl World {
    /// Says whether a device has come to rest: it is up to date, or keeps only what the server
    /// rightly left and what builds on that.
    pub(super) fn is_at_rest(&self, device: &Device, truth: &Truth) -> bool {
        let disk = &device.disk;
        device.is_content()
            || device.keeps_owed()
                && disk.outbox.values().all(|waiting| disk.owes_of(waiting.record))
                && self.judge_owed(device, truth).is_empty()
    }

    /// Everything that is owed at the end is what the server rightly left.
    pub(super) fn judge_owed(&self, device: &Device, truth: &Truth) -> Vec<String> {
        let carrier = device.key().replica();
        if self.server.store.people(|people| people.has_removed(carrier)) {
            return Vec::new();
        }
        let owed = device.disk.owed_after(0, usize::MAX);
        let wrongly = owed.iter().filter(|owed| !self.is_left(truth, &owed.change));
        let place = device.place;
        wrongly.map(|owed| format!("device {place} still owes {}", name(owed.id))).collect()
    }

    /// Says whether the server rightly leaves a change that is given back: its device was removed
    /// or never met, or its author's rights do not let it in now.
    fn is_left(&self, truth: &Truth, signed: &SignedChange) -> bool {
        let Ok(change) = signed.open() else { return false };
        let holder = self.server.store.people(|people| people.holder(change.id.replica));
        let accounts = self.server.store.people(|people| people.accounts());
        let author = accounts.iter().find(|account| account.id == change.author);
        let (Some(_), Some(author)) = (holder, author) else { return true };
        let known = truth.records.get(&change.record).map(|open| &open.record);
        !truth.stored.contains_key(&change.id)
            && access::admit(&author.caller(), known, &change).is_err()
    }

    /// Says whether a change that the server had confirmed is missing for a reason: it was gone
    /// with the disk that was restored, or a device holds it until it can be judged.
    pub(super) fn is_missing_rightly(&self, id: ChangeId) -> bool {
        let missed = self.restoring.missed.contains(&id);
        let mut disks = self.devices.iter().map(|device| &device.disk);
        // A maker who never heard the first answer offers it again, and may hear no.
        missed
            && (self.restoring.lost.contains(&id)
                || disks.any(|it| it.owed.contains_key(&id) || it.waits(id) || it.is_aside(id)))
    }
}

/// Says whether a device holds at least what the server has of a record, and owes the rest.
pub(super) fn holds_more(device: &Device, truth: &Truth, record: RecordId) -> bool {
    let Some(here) = device.records().get(&record) else { return false };
    let of_record =
        |signed: &SignedChange| signed.open().is_ok_and(|change| change.record == record);
    let mut there = truth.stored.iter().filter(|(_, signed)| of_record(signed));
    device.disk.owes_of(record) && there.all(|(id, _)| here.record.knows(*id))
}

/// Says in which changes a record on a device differs from the server's.
pub(super) fn apart(here: &OpenRecord, truth: &Truth) -> String {
    let known = |id: &&ChangeId| here.record.knows(**id);
    let of_record =
        |signed: &SignedChange| signed.open().is_ok_and(|change| change.record == here.record.id);
    let there = truth.stored.iter().filter(|(_, signed)| of_record(signed)).map(|(id, _)| id);
    let lacks: Vec<String> = there.clone().filter(|id| !known(id)).map(|id| name(*id)).collect();
    let there: BTreeMap<ReplicaId, u64> = there.fold(BTreeMap::new(), |mut last, id| {
        last.entry(id.replica)
            .and_modify(|last| *last = id.counter.max(*last))
            .or_insert(id.counter);
        last
    });
    let more =
        here.record.frontier.iter().filter(|(replica, last)| there.get(replica) < Some(last));
    let more: Vec<String> =
        more.map(|(replica, last)| format!("up to {last} of {replica}")).collect();
    format!("it lacks {lacks:?} and has {more:?} beyond")
}
