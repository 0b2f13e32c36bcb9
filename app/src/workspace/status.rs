//! What the sync centre and the status lines show.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::sync::message::{Close, Device};
use talkoot_core::sync::outbox::WaitingWork;
use talkoot_core::transfer::Waiting;

use crate::comments::Held;

/// The line to the server, as a person needs to know it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LineState {
    Online,
    Connecting,
    #[default]
    Offline,
    /// The server wants something from the person first; nothing is lost meanwhile.
    Held(Close),
}

/// Where sending and fetching stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SyncStatus {
    pub(crate) line: LineState,
    /// Whether everything that the server had has come.
    pub(crate) caught_up: bool,
    /// Since when something is on its way, in milliseconds since 1970.
    pub(crate) syncing_since_ms: Option<u64>,
    /// Whether the server may lack what this device has: it was restored from a backup, or a file
    /// brought it.
    pub(crate) owes: bool,
    /// How many changes of each record the server may lack, beside those that wait.
    pub(crate) owed: BTreeMap<RecordId, usize>,
    /// What files brought and nobody vouches for, by device.
    pub(crate) unverified: Vec<Waiting>,
    pub(crate) waiting: Vec<WaitingWork>,
    pub(crate) set_aside: Vec<SetAside>,
    /// When device and server last agreed.
    pub(crate) last_synced_ms: Option<u64>,
    /// This account's devices, as the server last told.
    pub(crate) devices: Vec<Device>,
    pub(crate) storage: Option<Storage>,
    /// The open comments that wait for this person, where the server has told of them.
    pub(crate) held: Option<Vec<Held>>,
    /// How many that were published here were taken away again, because somebody had rejected
    /// them.
    pub(crate) overruled: usize,
}

/// A change that the server did not take in, kept readable.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct SetAside {
    #[n(0)]
    pub(crate) change: ChangeId,
    #[n(1)]
    pub(crate) record: RecordId,
    /// The stable code of the refusal.
    #[n(2)]
    pub(crate) code: String,
    #[n(3)]
    pub(crate) at_ms: u64,
    /// What the person wrote, as text.
    #[n(4)]
    pub(crate) text: String,
}

/// How much of the browser's storage is used, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Storage {
    pub(crate) used: u64,
    pub(crate) quota: u64,
    /// Whether the browser promised not to clear it by itself.
    pub(crate) persisted: bool,
}

/// Where the newest work on one record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RecordSync {
    Synced,
    /// It was on the server, which may have lost it: it is being given back.
    GivingBack,
    /// Begun here and never sent.
    OnlyOnThisDevice,
    Waiting(usize),
    NeedsChoice,
    /// Made by a newer program: read-only here.
    Newer,
}
