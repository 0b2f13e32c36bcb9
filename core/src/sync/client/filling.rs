//! Filling up a server that was restored from a backup: what this device owes it.
//!
//! Another log than the cursor's means that changes which were stored for good may
//! be gone there. The device lists everything it holds as owed, reads the new log
//! (what that brings is not owed), and gives the rest back, oldest first and before
//! its outbox, which builds on it. Nothing is forgotten before it is given back, and
//! what the server leaves stays owed until the next line.
//!
//! What was left holds no new work up: once all was offered, the server judges that too.
//! What it refuses for building on something that it may take later waits for that.
//!
//! A file may bring something just before a person writes on it, and the news of the one may
//! come after the other. So whoever reads the outbox says what is owed at that moment: work on
//! a record of which something was never offered waits for that (rule N42).

use std::collections::{BTreeMap, BTreeSet};

use crate::access::{self, Refusal};
use crate::id::{ChangeId, RecordId};
use crate::sign::SignedChange;

use super::super::message::{ClientMessage, Cursor, Welcome};
use super::{Client, Effect, Line, read_outbox};

/// Where giving back stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Filling {
    /// The server has everything that it ever said is stored.
    #[default]
    Nothing,
    /// Everything here is being listed as owed; until it is, nothing of the new log is taken.
    Listing,
    /// Its log is read first: what it brings is not owed.
    Reading,
    /// The rest is given back.
    Returning(Returning),
    /// Everything was offered on this line; what was left stays owed.
    Kept(Kept),
}

/// What was left, as far as new work may build on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The arrival up to which everything that is owed was offered.
    until: u64,
    /// Records of which a change was left that may be taken later.
    undecided: BTreeSet<RecordId>,
    /// Those of them whose new work was refused for building on that: it waits.
    held: BTreeSet<RecordId>,
    /// New work on undecided records that was handed over and not answered.
    sent: BTreeMap<ChangeId, RecordId>,
}

/// A list of what is owed while it is worked through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returning {
    /// The changes handed over and not yet answered.
    sending: Vec<ChangeId>,
    /// The arrival up to which the list was offered.
    after: u64,
    /// Whether the server took any.
    took: bool,
    /// Whether it left any.
    left: bool,
    /// The records of what is handed over, and of what was left undecided.
    records: BTreeMap<ChangeId, RecordId>,
    undecided: BTreeSet<RecordId>,
    /// Whether more came to be owed meanwhile, which the list may not hold.
    grew: bool,
}

/// A change that is owed, at its place in the order in which changes came to this device.
///
/// A change never comes before what it builds on, so this order can be admitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    pub arrival: u64,
    pub id: ChangeId,
    pub change: SignedChange,
}

impl Filling {
    /// Says whether the outbox has to wait, because what it builds on may be missing there.
    pub(super) fn comes_first(&self) -> bool {
        match self {
            Self::Listing | Self::Reading | Self::Returning(_) => true,
            Self::Nothing | Self::Kept(_) => false,
        }
    }

    /// Lists the records whose new work waits for what is owed.
    pub(super) fn held(&self) -> BTreeSet<RecordId> {
        match self {
            Self::Kept(kept) => kept.held.clone(),
            Self::Nothing | Self::Listing | Self::Reading | Self::Returning(_) => BTreeSet::new(),
        }
    }
}

/// Says whether a server lost what it had: its log is another than the one that was read.
///
/// Without an account nothing can be given back, so nothing is owed.
fn is_restored(client: &Client, welcome: &Welcome) -> bool {
    client.has_read() && client.cursor.log != welcome.log && welcome.caller.account.is_some()
}

/// Begins a conversation: lists what is owed before a page of the new log is stored.
pub(super) fn begin(client: &mut Client, welcome: &Welcome) -> Vec<Effect> {
    if is_restored(client, welcome) {
        client.filling = Filling::Listing;
        return vec![Effect::OweAll];
    }
    let pull = Effect::Send(ClientMessage::Pull(client.cursor));
    if client.filling == Filling::Nothing {
        // What a person wrote reaches safety first.
        return read_outbox(client).into_iter().chain([pull]).collect();
    }
    client.filling = Filling::Reading;
    vec![pull]
}

/// Everything is listed as owed, so now the new log may be read.
pub(super) fn all_owed(client: &mut Client) -> Vec<Effect> {
    if client.line != Line::Up || client.filling != Filling::Listing {
        return vec![];
    }
    client.filling = Filling::Reading;
    vec![Effect::Send(ClientMessage::Pull(client.cursor))]
}

/// The log is read to its end.
pub(super) fn log_read(client: &mut Client) -> Vec<Effect> {
    match client.filling {
        Filling::Reading if client.line == Line::Up => {
            client.filling = Filling::Returning(Returning::default());
            vec![Effect::ReadOwed { after: 0 }]
        }
        // A page may have brought what work in the outbox waits for, or all that was owed.
        Filling::Kept(_) => {
            read_outbox(client).into_iter().chain([Effect::ReadOwed { after: 0 }]).collect()
        }
        Filling::Nothing | Filling::Listing | Filling::Reading | Filling::Returning(_) => vec![],
    }
}

/// What a file brought is offered on the line that stands, or on the next.
pub(super) fn grew(client: &mut Client) -> Vec<Effect> {
    match &mut client.filling {
        Filling::Nothing | Filling::Kept(_) => {
            client.filling = Filling::Reading;
            client.caught_up = false;
            log_read(client)
        }
        Filling::Returning(returning) => {
            returning.grew = true;
            vec![]
        }
        Filling::Listing | Filling::Reading => vec![],
    }
}

/// Hands the next part over, or ends.
pub(super) fn owed_read(client: &mut Client, owed: Vec<Owed>) -> Vec<Effect> {
    if matches!(client.filling, Filling::Kept(_)) && owed.is_empty() {
        // Others gave back what was left.
        client.filling = Filling::Nothing;
        client.caught_up = client.line == Line::Up && client.received == client.cursor;
        return read_outbox(client);
    }
    if client.filling == Filling::Nothing && !owed.is_empty() {
        // The server's word for these came while the disk took nothing.
        client.filling = Filling::Reading;
        return log_read(client);
    }
    let Filling::Returning(returning) = &mut client.filling else { return vec![] };
    if client.line != Line::Up || !returning.sending.is_empty() {
        return vec![];
    }
    let Some(last) = owed.last() else { return end(client) };
    returning.after = last.arrival;
    returning.records = records(owed.iter().map(|owed| (owed.id, &owed.change)));
    let (ids, bodies) = owed.into_iter().map(|owed| (owed.id, owed.change)).unzip();
    returning.sending = ids;
    vec![Effect::Send(ClientMessage::Return(bodies))]
}

/// Everything was offered: the outbox may go, and what is out of sight may be forgotten.
fn end(client: &mut Client) -> Vec<Effect> {
    let Filling::Returning(returning) = &mut client.filling else { return vec![] };
    let Returning { took, left, grew, undecided, after, .. } = std::mem::take(returning);
    if grew {
        // The list is read anew. What was taken is remembered: the reading that follows is due.
        client.filling = Filling::Returning(Returning { took, ..Returning::default() });
        return vec![Effect::ReadOwed { after: 0 }];
    }
    let kept = Kept { until: after, undecided, ..Kept::default() };
    client.filling = if left { Filling::Kept(kept) } else { Filling::Nothing };
    let mut effects = read_outbox(client);
    if took && !left {
        // An ordinary reading from the beginning: it ends with forgetting what is out of sight.
        // The cursor stays what is stored: by it another restore is told apart.
        client.received = Cursor::default();
        effects.push(Effect::Send(ClientMessage::Pull(client.received)));
    } else {
        client.caught_up = !left;
    }
    effects
}

/// Notes that the server has some for good.
pub(super) fn taken(client: &mut Client, ids: &[ChangeId]) -> Vec<Effect> {
    answered(client, |returning| returning.note(ids, |it| it.took = true))
}

/// Notes that the server left one; it stays owed. Gives `None` if it was not given back.
pub(super) fn left(client: &mut Client, id: Option<ChangeId>, code: &str) -> Option<Vec<Effect>> {
    let Filling::Returning(returning) = &mut client.filling else { return None };
    let ids = match id {
        Some(id) => vec![id],
        // It could not even read which: nothing more is said of this part.
        None => returning.sending.clone(),
    };
    let is_ours = ids.iter().any(|id| returning.sending.contains(id));
    // A device may come yet, and rights that were given after the backup may be given again.
    let undecided = [Refusal::ForeignReplica.code(), Refusal::NotAllowed.code()];
    if is_ours && undecided.contains(&code) {
        let records = ids.iter().filter_map(|id| returning.records.get(id));
        returning.undecided.extend(records);
    }
    is_ours.then(|| answered(client, |returning| returning.note(&ids, |it| it.left = true)))
}

impl Returning {
    /// Takes answers into account; true if all have come.
    fn note(&mut self, ids: &[ChangeId], said: impl FnOnce(&mut Self)) -> bool {
        let before = self.sending.len();
        self.sending.retain(|id| !ids.contains(id));
        if self.sending.len() == before {
            return false;
        }
        said(self);
        self.sending.is_empty()
    }
}

fn answered(client: &mut Client, note: impl FnOnce(&mut Returning) -> bool) -> Vec<Effect> {
    let Filling::Returning(returning) = &mut client.filling else { return vec![] };
    let after = returning.after;
    if note(returning) { vec![Effect::ReadOwed { after }] } else { vec![] }
}

/// Notes new work that is handed over.
pub(super) fn sent(client: &mut Client, changes: &[(ChangeId, SignedChange)]) {
    if let Filling::Kept(kept) = &mut client.filling
        && !kept.undecided.is_empty()
    {
        kept.sent = records(changes.iter().map(|(id, change)| (*id, change)));
        kept.sent.retain(|_, record| kept.undecided.contains(record));
    }
}

/// Lists the records of which something is owed that was never offered on this line.
///
/// `owed` names each record of which something is owed, with the last arrival of it.
pub(super) fn unoffered(client: &Client, owed: &BTreeMap<RecordId, u64>) -> BTreeSet<RecordId> {
    let until = match &client.filling {
        Filling::Nothing => 0,
        Filling::Kept(kept) => kept.until,
        // All of it is about to be offered.
        Filling::Listing | Filling::Reading | Filling::Returning(_) => return BTreeSet::new(),
    };
    owed.iter().filter(|(_, last)| **last > until).map(|(record, _)| *record).collect()
}

/// Says whether new work that was refused waits: it builds on what is not there, and something of
/// its record may be taken later, or is on its way.
pub(super) fn holds(client: &mut Client, id: ChangeId, code: &str) -> bool {
    let builds_on_missing = access::builds_on_missing(code);
    match &mut client.filling {
        Filling::Nothing => false,
        // It went out before more came to be owed; it is sent and judged again behind that.
        Filling::Listing | Filling::Reading | Filling::Returning(_) => builds_on_missing,
        Filling::Kept(kept) => {
            let Some(record) = kept.sent.remove(&id) else { return false };
            kept.held.extend(builds_on_missing.then_some(record));
            builds_on_missing
        }
    }
}

/// A page brought something of a record: what waited for it may try again.
pub(super) fn brought(client: &mut Client, record: RecordId) {
    if let Filling::Kept(kept) = &mut client.filling {
        kept.held.remove(&record);
    }
}

pub(super) fn records<'a>(
    changes: impl Iterator<Item = (ChangeId, &'a SignedChange)>,
) -> BTreeMap<ChangeId, RecordId> {
    let opened = changes.map(|(id, change)| Some((id, change.open().ok()?.record)));
    opened.flatten().collect()
}

/// The line is gone: what is owed is offered anew on the next.
pub(super) fn closed(client: &mut Client) {
    if client.filling != Filling::Nothing {
        client.filling = Filling::Reading;
    }
}
