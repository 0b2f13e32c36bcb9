//! What may still be owed at the end: a change that the server cannot take back yet (rule R12).

use std::collections::BTreeSet;

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
            || device.is_turned_away()
            || device.keeps_owed()
                && disk
                    .outbox
                    .values()
                    .all(|it| disk.owes_of(it.record) && self.is_left(truth, &it.signed))
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

    /// Says whether a device rightly holds more of a record than the server: it owes the rest or
    /// waits for an answer behind that, or nobody is signed in there who could owe it (rule R13).
    pub(super) fn holds_more(&self, device: &Device, apart: &Apart) -> bool {
        let is_reader = device.caller().account.is_none();
        let rightly = |id: &ChangeId| {
            let disk = &device.disk;
            disk.owes(*id) || disk.waits(*id) || is_reader && self.restoring.missed.contains(id)
        };
        apart.lacks.is_empty() && !apart.has.is_empty() && apart.has.iter().all(rightly)
    }

    /// Says whether what a device has lost of a record cannot be healed yet: it keeps something
    /// that the server cannot take back, so neither is it quiet nor is the server's copy whole.
    pub(super) fn may_stay_rotten(&self, device: &Device, id: RecordId, apart: &Apart) -> bool {
        let Some(rotten) = self.rotten_of(device, id) else { return false };
        let beside = Apart { lacks: Vec::new(), has: apart.has.clone() };
        let is_ahead = !device.disk.owed.is_empty() || self.holds_more(device, &beside);
        is_ahead && apart.lacks.iter().all(|lost| rotten.contains(lost))
    }

    /// Says whether a change that the server had confirmed is missing for a reason: it was gone
    /// with the disk that was restored, or a device holds it until it can be judged.
    pub(super) fn is_missing_rightly(&self, id: ChangeId) -> bool {
        let missed = self.restoring.missed.contains(&id);
        let mut disks = self.devices.iter().map(|device| &device.disk);
        // A maker who never heard the first answer offers it again, and may hear no.
        missed
            && (self.restoring.lost.contains(&id)
                || disks.any(|it| it.owes(id) || it.waits(id) || it.is_aside(id)))
    }
}

/// What a device has of a record beside what the server has, and what it lacks of that.
pub(super) struct Apart {
    pub(super) lacks: Vec<ChangeId>,
    pub(super) has: Vec<ChangeId>,
}

/// Compares a record on a device with the server's.
pub(super) fn apart(device: &Device, truth: &Truth, record: RecordId) -> Apart {
    let here: BTreeSet<ChangeId> = device.disk.ids_of(record).collect();
    let of_record =
        |signed: &SignedChange| signed.open().is_ok_and(|change| change.record == record);
    let there = truth.stored.iter().filter(|(_, signed)| of_record(signed));
    let there: BTreeSet<ChangeId> = there.map(|(id, _)| *id).collect();
    let lacks = there.difference(&here).copied().collect();
    let has = here.difference(&there).copied().collect();
    Apart { lacks, has }
}
