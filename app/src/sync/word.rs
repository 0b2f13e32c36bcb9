//! What tabs of one account say to each other.

use minicbor::{Decode, Encode};
use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::sync::message::{Close, Device, Presence};

use crate::workspace::{LineState, SyncStatus};

/// One message between tabs.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub(crate) enum Word {
    /// These records have changed in storage; `anew`: something was taken out of them.
    #[n(0)]
    Wrote {
        #[n(0)]
        records: Vec<RecordId>,
        #[n(1)]
        anew: bool,
    },
    /// Something waits for the server.
    #[n(1)]
    OutboxGrew,
    /// These waiting changes are on the server.
    #[n(2)]
    Sent(#[n(0)] Vec<ChangeId>),
    /// What was set aside has changed.
    #[n(3)]
    SetAsideChanged,
    #[n(4)]
    TryNow,
    #[n(5)]
    SignedIn,
    /// The account was left in one tab, so it is in all.
    #[n(6)]
    SignedOut,
    /// A tab has just opened and asks how the line is.
    #[n(7)]
    AskLine,
    #[n(8)]
    Line(#[n(0)] LineWord),
    /// The own presence, for the tab that speaks for all.
    #[n(9)]
    Here(#[n(0)] Presence),
    /// Somebody else's presence.
    #[n(10)]
    Present {
        #[n(0)]
        account: AccountId,
        #[n(1)]
        replica: ReplicaId,
        #[n(2)]
        presence: Presence,
    },
    /// The person or the people known have changed in storage.
    #[n(11)]
    PeopleChanged,
    /// A person looks at a tab again.
    #[n(12)]
    PageShown,
    /// A file brought what the server may lack.
    #[n(13)]
    OwesMore,
    /// What files brought and nobody vouches for has changed in storage.
    #[n(14)]
    ShelfChanged,
}

/// How the line is, as one tab tells the others.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub(crate) struct LineWord {
    /// 0 offline, 1 connecting, 2 online; otherwise the code of why it is held.
    #[n(0)]
    state: u16,
    #[n(1)]
    caught_up: bool,
    #[n(2)]
    syncing_since_ms: Option<u64>,
    #[n(3)]
    last_synced_ms: Option<u64>,
    #[n(4)]
    devices: Vec<Device>,
    #[n(5)]
    owes: bool,
}

impl LineWord {
    /// Says what a status says of the line.
    pub(crate) fn of(status: &SyncStatus) -> Self {
        Self {
            state: match status.line {
                LineState::Offline => 0,
                LineState::Connecting => 1,
                LineState::Online => 2,
                LineState::Held(close) => close.code(),
            },
            caught_up: status.caught_up,
            syncing_since_ms: status.syncing_since_ms,
            last_synced_ms: status.last_synced_ms,
            devices: status.devices.clone(),
            owes: status.owes,
        }
    }

    /// Puts what was said into a status.
    pub(crate) fn put_into(self, status: &mut SyncStatus) {
        status.line = match (self.state, Close::from_code(self.state)) {
            (_, Some(close)) => LineState::Held(close),
            (1, None) => LineState::Connecting,
            (2, None) => LineState::Online,
            (_, None) => LineState::Offline,
        };
        status.caught_up = self.caught_up;
        status.syncing_since_ms = self.syncing_since_ms;
        status.last_synced_ms = self.last_synced_ms;
        status.devices = self.devices;
        status.owes = self.owes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l4_every_state_of_the_line_reaches_the_other_tabs() {
        let held = Close::ALL.map(LineState::Held);
        let plain = [LineState::Offline, LineState::Connecting, LineState::Online];
        for line in plain.into_iter().chain(held) {
            let status = SyncStatus { line, caught_up: true, owes: true, ..SyncStatus::default() };
            let mut other = SyncStatus::default();
            LineWord::of(&status).put_into(&mut other);
            assert_eq!(other, status);
        }
    }
}
