//! What may still be owed at the end: a change that the server cannot take back yet (rule R12).

use talkoot_core::access;
use talkoot_core::id::{ChangeId, RecordId};
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
                && disk.owed_after(0, usize::MAX).iter().all(|it| self.is_left(truth, &it.change))
    }

    /// Everything that is owed at the end is what the server rightly left.
    pub(super) fn judge_owed(&self, device: &Device, truth: &Truth) -> Vec<String> {
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
    /// with the disk that was restored, or somebody holds it until it can be judged.
    pub(super) fn is_missing_rightly(&self, id: ChangeId) -> bool {
        let missed = self.restoring.missed.contains(&id);
        let is_owed = || self.devices.iter().any(|device| device.disk.owed.contains_key(&id));
        // Its maker offered it again, because no answer had come, and heard no.
        let is_aside = || self.devices.iter().any(|device| device.disk.is_aside(id));
        missed && (self.restoring.lost.contains(&id) || is_owed() || is_aside())
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
