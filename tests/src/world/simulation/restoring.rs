//! Yesterday's backup: the server comes back without what it stored since, under another log's
//! name, while devices are ahead of it.
//!
//! Whatever a device holds that can give it back must be there again at the end (rules R10 to
//! R13). What nobody held any more is gone with the disk, and the world counts it.

use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::access::Role;
use talkoot_core::id::{AccountId, ChangeId, RecordId};

use super::World;
use crate::world::fault::Fault;
use crate::world::server::Backup;

/// What the world knows of backups and of what a restore took away.
#[derive(Default)]
pub(crate) struct Restoring {
    backup: Option<Backup>,
    /// What the administrator last set: a restore forgets it, people do not.
    rights: BTreeMap<AccountId, (Role, BTreeSet<RecordId>)>,
    /// Stored once, and not in the log that was restored since.
    pub(crate) missed: BTreeSet<ChangeId>,
    /// Those of them that no device held which could give them back.
    pub(crate) lost: BTreeSet<ChangeId>,
}

impl World {
    /// Copies the store while the server runs, as every night.
    pub(super) fn back_up(&mut self) {
        self.restoring.backup = Some(self.server.store.back_up());
        self.story.tell("server: is backed up".to_owned());
    }

    /// Puts the last backup in the place of what the server has.
    pub(super) fn restore(&mut self) {
        let Some(backup) = self.restoring.backup.clone() else { return };
        let accounts = self.server.store.people(|people| people.accounts());
        let rights = accounts.into_iter().map(|it| (it.id, (it.role, it.projects)));
        // A restore that nobody has put right yet leaves what was set before it.
        rights.for_each(|(id, rights)| {
            self.restoring.rights.entry(id).or_insert(rights);
        });
        let stored: BTreeSet<ChangeId> = self.stored().collect();
        self.server.restore(&backup, self.chance.next());
        if let Some(moderating) = &mut self.moderating {
            moderating.restored();
        }
        for place in self.network.cut_all() {
            self.lose_line(place, None);
        }
        let there: BTreeSet<ChangeId> = self.stored().collect();
        self.restoring.missed.extend(stored.difference(&there));
        self.note_lost();
        if stored.len() > there.len() {
            self.note(Fault::Restored, 0);
        }
        if self.chance.below(2) == 0 {
            self.put_rights_right();
        }
    }

    /// Notes what no device that could give it back holds any more.
    pub(super) fn note_lost(&mut self) {
        let there: BTreeSet<ChangeId> = self.stored().collect();
        let able = self.devices.iter().filter(|device| {
            let replica = device.key().replica();
            let removed = self.server.store.people(|people| people.has_removed(replica));
            device.caller().account.is_some() && !removed
        });
        let held: BTreeSet<ChangeId> = able.flat_map(|device| device.disk.ids()).collect();
        let missed = self.restoring.missed.iter().copied();
        self.restoring.lost.extend(missed.filter(|id| !there.contains(id) && !held.contains(id)));
    }

    /// Notes the same when a device has forgotten something that it did not know to be owed.
    pub(super) fn note_lost_before_it_was_owed(&mut self, place: usize) {
        if self.devices.get(place).is_some_and(|device| device.disk.owed.is_empty()) {
            self.note_lost();
        }
    }

    fn stored(&self) -> impl Iterator<Item = ChangeId> + use<> {
        self.server.store.changes().into_iter().map(|stored| stored.id)
    }

    /// The administrator sets again what was set after the backup.
    pub(crate) fn put_rights_right(&mut self) {
        for (id, rights) in std::mem::take(&mut self.restoring.rights) {
            self.server.store.people(|people| people.give(id, rights));
        }
    }

    /// The administrator changes rights, knowing what they were meant to be.
    pub(super) fn mean_rights(&mut self, id: AccountId) {
        self.restoring.rights.remove(&id);
    }
}
