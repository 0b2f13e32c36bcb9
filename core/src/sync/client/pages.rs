//! Pages of the server's log: taken in order, none passed over, none taken twice.

use super::super::arrival::follows;
use super::super::message::{ClientMessage, Cursor, Entry, Page};
use super::{Client, Effect, Filling, Line, filling, read_outbox, resting};

/// Takes a page that follows what has come; asks again where one is missing, passes over old ones.
pub(super) fn received(client: &mut Client, page: Page) -> Vec<Effect> {
    if client.line != Line::Up || client.filling == Filling::Listing {
        // Before the welcome nobody knows whether the cursor's log is still there, and a page of
        // another log must not come to lie beside what is not listed as owed.
        return vec![];
    }
    let same_log =
        (page.cursor.log, page.cursor.rights) == (client.received.log, client.received.rights);
    let known = if same_log { client.received.sequence } else { 0 };
    if !follows(&page, client.received) {
        return vec![Effect::Send(ClientMessage::Pull(client.received))];
    }
    if same_log && page.after < known && page.cursor.sequence <= known {
        // Behind a page with more the server waits for a word before it goes on.
        let asks = page.more.then_some(Effect::Send(ClientMessage::Pull(client.received)));
        return asks.into_iter().collect();
    }
    client.received = page.cursor;
    for entry in &page.entries {
        if let Entry::Change { record, .. } = entry {
            filling::brought(client, *record);
        }
    }
    vec![Effect::Store(page)]
}

pub(super) fn stored(client: &mut Client, cursor: Cursor, more: bool) -> Vec<Effect> {
    resting::disk_works(client);
    let is_first = !client.has_read();
    client.cursor = cursor;
    client.caught_up = !more && client.filling == Filling::Nothing;
    let mut effects = if is_first { read_outbox(client) } else { vec![] };
    if !more {
        effects.extend(filling::log_read(client));
    } else if client.line == Line::Up {
        effects.push(Effect::Send(ClientMessage::Pull(cursor)));
    }
    effects
}

/// What came after the cursor has not come, as far as this device can tell: the next page that
/// does not follow has it asked for again, and so does a person who looks at the page.
pub(super) fn not_stored(client: &mut Client) -> Vec<Effect> {
    client.received = client.cursor;
    client.caught_up = false;
    vec![]
}
