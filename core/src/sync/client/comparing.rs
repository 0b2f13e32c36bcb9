//! Comparing what this device holds of a record with what the server holds, and healing.
//!
//! It is asked when nothing is on its way in either direction. What differs is
//! folded again from this device's own changes first: a snapshot may be older
//! than the program. If that does not help, the device's copy of the record is
//! dropped, which is safe because the server has every change of it, and the
//! log is read from the beginning. Each is tried once, so nothing goes round
//! in circles.

use crate::id::RecordId;

use super::super::message::{ClientMessage, Cursor, Holding, Verdict};
use super::{Client, Effect, Filling, Line};

/// What was tried already for a record that differed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    Refolding,
    Rereading,
}

/// Asks, if nothing is on its way.
pub(super) fn looked(client: &Client, holding: Holding) -> Vec<Effect> {
    if is_quiet(client) { vec![Effect::Send(ClientMessage::Compare(holding))] } else { vec![] }
}

fn is_quiet(client: &Client) -> bool {
    let is_up = client.line == Line::Up && client.filling == Filling::Nothing;
    // A page that is being stored would set forward what healing sets back.
    let is_stored = client.caught_up && client.received == client.cursor;
    is_up && is_stored && client.sending.is_empty()
}

/// Heals what differs, by the next means that was not tried.
pub(super) fn compared(
    client: &mut Client,
    record: RecordId,
    verdict: Verdict,
    latest: u64,
) -> Vec<Effect> {
    match verdict {
        Verdict::Same => {
            client.tried.remove(&record);
            vec![]
        }
        // What the device has and the server lacks is the outbox's matter, or a restore's.
        Verdict::Ahead | Verdict::Unseen => vec![],
        Verdict::Behind | Verdict::Differs => {
            let is_on_its_way = client.cursor.sequence < latest;
            if is_on_its_way || !is_quiet(client) { vec![] } else { heal(client, record) }
        }
    }
}

fn heal(client: &mut Client, record: RecordId) -> Vec<Effect> {
    let (next, effects) = match client.tried.get(&record) {
        None => (Tried::Refolding, vec![Effect::Refold(record)]),
        Some(Tried::Refolding) => {
            // The log's name stays: by it a server that is restored meanwhile is told apart.
            client.cursor = Cursor { sequence: 0, ..client.cursor };
            client.received = client.cursor;
            client.caught_up = false;
            let pull = Effect::Send(ClientMessage::Pull(client.cursor));
            (Tried::Rereading, vec![Effect::Reread(record), pull])
        }
        Some(Tried::Rereading) => return vec![],
    };
    client.tried.insert(record, next);
    effects
}
