//! The keys that changes are proved with: those of the devices, and the server's own.

use std::collections::BTreeMap;

use talkoot_core::id::ReplicaId;

use super::{Listener, report};
use crate::store::Holder;
use crate::store::sqlite::inspect::Inspection;

/// Every key that is known here.
#[derive(Debug, Default)]
pub(super) struct Keys(BTreeMap<ReplicaId, Holder>);

impl Keys {
    /// Reads the devices and the server's key, and checks that each bears its own name (rule S2).
    pub(super) fn read(inspection: &Inspection, heard: &mut impl Listener) -> Self {
        let mut keys = BTreeMap::new();
        let devices = inspection.devices().unwrap_or_else(|cause| {
            report(heard, "devices", format!("cannot be read: {cause}"));
            Vec::new()
        });
        for (replica, account, key) in devices {
            if key.replica() != replica {
                report(heard, &format!("device {replica}"), "has a key of another name".to_owned());
            }
            keys.insert(replica, Holder { key, account: Some(account) });
        }
        let own = inspection.own_keys().unwrap_or_else(|cause| {
            report(heard, "server key", format!("cannot be read: {cause}"));
            Vec::new()
        });
        for key in own {
            keys.insert(key.replica(), Holder { key, account: None });
        }
        if let Err(cause) = inspection.people() {
            report(heard, "accounts", format!("cannot be read: {cause}"));
        }
        Self(keys)
    }

    pub(super) fn get(&self, replica: ReplicaId) -> Option<Holder> {
        self.0.get(&replica).copied()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
