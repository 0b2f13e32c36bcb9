//! The keys that changes are proved with: those of the devices, and the server's own.

use std::collections::BTreeMap;

use talkoot_core::change::Change;
use talkoot_core::id::ReplicaId;
use talkoot_core::sign::PublicKey;

use super::{Listener, report};
use crate::own_keys::OwnKeys;
use crate::store::Holder;
use crate::store::sqlite::inspect::Inspection;

/// Every key that is known here.
#[derive(Debug, Default)]
pub(super) struct Keys {
    devices: BTreeMap<ReplicaId, Holder>,
    own: OwnKeys,
}

impl Keys {
    /// Reads the devices and the server's key, and checks that each bears its own name (rule S2).
    pub(super) fn read(inspection: &Inspection, heard: &mut impl Listener) -> Self {
        let mut held = BTreeMap::new();
        let devices = inspection.devices().unwrap_or_else(|cause| {
            report(heard, "devices", format!("cannot be read: {cause}"));
            Vec::new()
        });
        for (replica, account, key) in devices {
            if key.replica() != replica {
                report(heard, &format!("device {replica}"), "has a key of another name".to_owned());
            }
            held.insert(replica, Holder { key, account });
        }
        let own = inspection.own_seeds().unwrap_or_else(|cause| {
            report(heard, "server key", format!("cannot be read: {cause}"));
            Vec::new()
        });
        if let Err(cause) = inspection.people() {
            report(heard, "accounts", format!("cannot be read: {cause}"));
        }
        Self { devices: held, own: OwnKeys::new(own) }
    }

    /// Gives the key that proves a change, and whether its holder may write for its author.
    pub(super) fn of(&self, change: &Change) -> Option<(PublicKey, bool)> {
        match self.devices.get(&change.id.replica) {
            Some(holder) => Some((holder.key, holder.account == change.author)),
            None => self.own.of(change).map(|key| (key, true)),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.devices.len()
    }
}
