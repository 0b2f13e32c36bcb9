//! Handing the outbox over, and hearing what became of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Client, Effect, Line, filling, resting};
use crate::id::{ChangeId, RecordId};
use crate::sign::SignedChange;
use crate::sync::message::ClientMessage;

/// What was just stored shows that the disk takes something.
pub(super) fn outbox_grew(client: &mut Client) -> Vec<Effect> {
    resting::disk_works(client);
    resting::try_once(client);
    read_outbox(client)
}

/// Nothing is sent before something of the log is stored: a device that does not know which log
/// confirmed its work could not tell that another one lacks it.
pub(super) fn read_outbox(client: &Client) -> Vec<Effect> {
    let waits = !client.sending.is_empty() || client.filling.comes_first() || client.rest.is_on();
    let may_send = client.line == Line::Up && !waits && client.has_read();
    if may_send { vec![Effect::ReadOutbox { held: client.filling.held() }] } else { vec![] }
}

pub(super) fn outbox_read(
    client: &mut Client,
    changes: Vec<(ChangeId, SignedChange)>,
    owed: &BTreeMap<RecordId, u64>,
) -> Vec<Effect> {
    if read_outbox(client).is_empty() || changes.is_empty() {
        return vec![];
    }
    let unoffered = filling::unoffered(client, owed);
    let mut effects = hand_over(client, free(changes, &unoffered));
    if !unoffered.is_empty() {
        // Nobody has said yet that more is owed, but it is.
        effects.extend(filling::grew(client));
    }
    effects
}

/// Leaves out work on records that waits for what was not offered yet.
fn free(
    mut changes: Vec<(ChangeId, SignedChange)>,
    unoffered: &BTreeSet<RecordId>,
) -> Vec<(ChangeId, SignedChange)> {
    if !unoffered.is_empty() {
        let records = filling::records(changes.iter().map(|(id, change)| (*id, change)));
        changes.retain(|(id, _)| records.get(id).is_none_or(|record| !unoffered.contains(record)));
    }
    changes
}

fn hand_over(client: &mut Client, changes: Vec<(ChangeId, SignedChange)>) -> Vec<Effect> {
    if changes.is_empty() {
        return vec![];
    }
    let most = if client.one_by_one { 1 } else { changes.len() };
    filling::sent(client, &changes);
    let (ids, bodies) = changes.into_iter().take(most).unzip();
    client.sending = ids;
    vec![Effect::Send(ClientMessage::Push(bodies))]
}

/// Notes answers; when all have come, the next part of the outbox goes out.
pub(super) fn answered(client: &mut Client, ids: &[ChangeId]) -> Vec<Effect> {
    let was_sending = !client.sending.is_empty();
    client.sending.retain(|id| !ids.contains(id));
    if was_sending { read_outbox(client) } else { vec![] }
}

pub(super) fn refused(client: &mut Client, id: Option<ChangeId>, code: String) -> Vec<Effect> {
    let Some(id) = id else { return unnamed_refused(client, code) };
    if !client.sending.contains(&id) {
        // An answer that came twice; what still waits is sent and judged again.
        return vec![];
    }
    let waits = filling::holds(client, id, &code);
    let aside = (!waits).then_some(Effect::SetAside { id, code });
    let mut effects: Vec<_> = aside.into_iter().collect();
    effects.extend(answered(client, &[id]));
    effects
}

/// The server could not even read which change it was. Alone, it is that one; otherwise
/// they go again one at a time, so that one that cannot be read does not hold up the others.
fn unnamed_refused(client: &mut Client, code: String) -> Vec<Effect> {
    let sending = std::mem::take(&mut client.sending);
    if let [id] = sending.as_slice() {
        client.one_by_one = false;
        let held = client.filling.held();
        return vec![Effect::SetAside { id: *id, code }, Effect::ReadOutbox { held }];
    }
    client.one_by_one = true;
    read_outbox(client)
}
