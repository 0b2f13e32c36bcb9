//! Backup and restore of the simulated store: what `talkoot backup` and `talkoot restore` do.

use super::{Kept, SimStore, locked};
use crate::world::sabotage::Sabotage;
use crate::world::server::accounts::People;

/// The log, the people and the keys of one moment.
#[derive(Clone)]
pub(crate) struct Backup {
    kept: Kept,
    people: People,
}

impl SimStore {
    /// Copies what the disk has confirmed, while the server runs.
    pub(crate) fn back_up(&self) -> Backup {
        let mut kept = locked(&self.kept).clone();
        kept.file.take_back();
        Backup { kept: kept.reopened(false), people: locked(&self.people).clone() }
    }

    /// What a server finds after a restore: a log of another name, and another key of its own;
    /// the former one proves what was signed with it (rules R5, R15).
    pub(crate) fn restored(backup: &Backup, log: u64, sabotage: Option<Sabotage>) -> Self {
        let Backup { mut kept, people } = backup.clone();
        kept.former_seeds.extend(kept.server_seed.take());
        if sabotage != Some(Sabotage::RestoreSameLog) {
            kept.log = log;
        }
        Self::of(kept, people, sabotage)
    }
}
