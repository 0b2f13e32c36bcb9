//! One device's half of the sync conversation, as a pure state machine.
//!
//! Tell [`step`] what happened; it says what to do, in order. The driver owns
//! the socket, the timer, the clock and the database; nothing is left for it
//! to decide. Only [`ServerMessage::Stored`] takes a change out of the outbox.

mod comparing;
mod filling;
mod handing;
mod listening;
mod pages;
mod resting;

use handing::{answered, outbox_grew, outbox_read, read_outbox, refused};

pub use comparing::Tried;
pub use filling::{Filling, Kept, Owed, Returning};
pub use listening::Watch;
pub use resting::Rest;

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{ChangeId, RecordId};
use crate::sign::SignedChange;

use super::message::{
    ClientMessage, Close, Cursor, Hello, Holding, Page, Person, Presence, ServerMessage, Welcome,
};
use super::retry::delay_ms;

/// What this device knows about its line to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// No line; the next attempt is at `retry_at_ms` unless something is tried before.
    Down { failures: u32, retry_at_ms: u64 },
    /// An attempt is under way.
    Opening { failures: u32 },
    /// The line stands, the server has not answered yet.
    Greeting { failures: u32 },
    /// The conversation runs.
    Up,
    /// The server wants something from a person first; the outbox is held, not dropped.
    Held(Close),
}

/// The whole state of the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub line: Line,
    /// How far this device has stored the server's log.
    pub cursor: Cursor,
    /// How far it has received it; pages on their way into storage lie between the two.
    received: Cursor,
    /// The changes handed over and not yet answered.
    pub sending: Vec<ChangeId>,
    /// Whether changes go out one at a time, because one of several could not be read there.
    one_by_one: bool,
    /// Whether everything that the server had when last asked has come, and it lacks nothing
    /// that it ever said is stored.
    pub caught_up: bool,
    /// What is owed to a server that was restored from a backup.
    pub filling: Filling,
    /// What was tried for records that the server holds otherwise.
    tried: BTreeMap<RecordId, Tried>,
    /// Whether the disk takes nothing for now.
    rest: Rest,
    /// How many lines have come up since the start.
    lines: u64,
    /// How many words of the server have been heard since the start.
    heard: u64,
}

/// Something that happened to the device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A new start, a network that came back, a person who pressed "try now".
    TryNow,
    /// A person looks at the page again.
    PageShown,
    /// The timer asked for by [`Effect::WakeAt`] went off.
    Woke { now_ms: u64 },
    /// Somebody signed in, so a held line may be tried again.
    SignedIn,
    /// The socket stands.
    Opened,
    /// The socket is gone, or could not be opened. `chance` is a random number.
    Closed { code: Option<u16>, now_ms: u64, chance: u64 },
    /// Something waits in the outbox.
    OutboxGrew,
    /// The driver read the outbox, oldest first ([`Effect::ReadOutbox`]), and in the same
    /// transaction each record of which something is owed, with the last arrival of that.
    OutboxRead { changes: Vec<(ChangeId, SignedChange)>, owed: BTreeMap<RecordId, u64> },
    /// The server said something.
    Received(ServerMessage),
    /// The time asked for by [`Effect::Listen`] is over.
    Waited(Watch),
    /// The driver stored a page and its cursor ([`Effect::Store`]).
    PageStored { cursor: Cursor, more: bool },
    /// The driver could not store a page, or it did not follow what is stored.
    PageNotStored,
    /// The disk did not take what an effect had to store. `chance` is a random number.
    DiskFailed { now_ms: u64, chance: u64 },
    /// The driver listed everything as owed ([`Effect::OweAll`]).
    AllOwed,
    /// The driver read what is owed, oldest first ([`Effect::ReadOwed`]).
    OwedRead { owed: Vec<Owed> },
    /// A file brought changes that the server may lack; they are listed as owed already.
    OwedGrew,
    /// This person's presence in a text changed.
    PresenceChanged(Presence),
    /// A record was folded of which nothing waits to be sent and which nobody here writes now.
    Looked(Holding),
}

/// Something the driver must now do, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Open a line in place of the one that stands or is tried; its news is not heard any more.
    Open,
    WakeAt {
        at_ms: u64,
    },
    /// Tell [`Event::Waited`] after a time, in milliseconds.
    Listen {
        watch: Watch,
        for_ms: u64,
    },
    /// Say hello: the driver adds its key, its name and how much waits.
    SayHello {
        cursor: Cursor,
    },
    Send(ClientMessage),
    /// Read the oldest entries of the outbox and answer with [`Event::OutboxRead`].
    /// Work on the records that are held stays: it builds on what is owed.
    ReadOutbox {
        held: BTreeSet<RecordId>,
    },
    /// Store a page and its cursor in one transaction, then [`Event::PageStored`].
    Store(Page),
    /// List every change here as owed, except those in the outbox, then [`Event::AllOwed`].
    ///
    /// What is owed survives a restart. A change that a page brings is not owed any more, and
    /// neither it nor its record is ever forgotten before.
    OweAll,
    /// Read what is owed and came here after an arrival, then [`Event::OwedRead`].
    ReadOwed {
        after: u64,
    },
    /// Take these out of the outbox and of what is owed: the server has them for good.
    Forget(Vec<ChangeId>),
    /// Set this one aside with its reason, readable and copyable.
    SetAside {
        id: ChangeId,
        code: String,
    },
    /// Keep who the server says we are.
    Greeted(Welcome),
    KeepPeople(Vec<Person>),
    ShowPresence(ServerMessage),
    /// Tell the person why sending is held.
    Hold(Close),
    /// Fold a record again from its changes, in place of its snapshot; then [`Event::Looked`].
    Refold(RecordId),
    /// Set the stored cursor back to the beginning of its log, then drop what is here of a
    /// record, unless something of it is unsent or owed.
    Reread(RecordId),
}

impl Client {
    /// Starts with no line and what the device last stored as its cursor.
    pub fn new(cursor: Cursor) -> Self {
        let line = Line::Down { failures: 0, retry_at_ms: 0 };
        Self {
            line,
            cursor,
            received: cursor,
            sending: Vec::new(),
            one_by_one: false,
            caught_up: false,
            filling: Filling::Nothing,
            tried: BTreeMap::new(),
            rest: Rest::default(),
            lines: 0,
            heard: 0,
        }
    }

    /// Says whether something was still owed to the server when this device was last closed.
    #[must_use]
    pub fn owing(mut self, owes: bool) -> Self {
        self.filling = if owes { Filling::Reading } else { Filling::Nothing };
        self
    }

    /// Says whether anything of a log is stored here; every log has a name.
    pub(super) fn has_read(&self) -> bool {
        self.cursor.log != 0
    }

    /// Builds the first words, from what the machine and the driver know.
    pub fn hello(
        &self,
        key: crate::sign::PublicKey,
        device: String,
        waiting: u32,
    ) -> ClientMessage {
        let protocol = super::message::PROTOCOL;
        ClientMessage::Hello(Hello { protocol, key, device, cursor: self.cursor, waiting })
    }
}

/// Takes one event into account. Total: every event is legal in every state.
pub fn step(mut client: Client, event: Event) -> (Client, Vec<Effect>) {
    let effects = match event {
        Event::TryNow => try_now(&mut client),
        Event::PageShown => page_shown(&mut client),
        Event::Woke { now_ms } => woke(&mut client, now_ms),
        Event::SignedIn => signed_in(&mut client),
        Event::Opened => opened(&mut client),
        Event::Closed { code, now_ms, chance } => closed(&mut client, code, now_ms, chance),
        Event::OutboxGrew => outbox_grew(&mut client),
        Event::OutboxRead { changes, owed } => outbox_read(&mut client, changes, &owed),
        Event::Received(message) => received(&mut client, message),
        Event::Waited(watch) => listening::waited(&mut client, watch),
        Event::PageStored { cursor, more } => pages::stored(&mut client, cursor, more),
        Event::PageNotStored => pages::not_stored(&mut client),
        Event::DiskFailed { now_ms, chance } => resting::disk_failed(&mut client, now_ms, chance),
        Event::AllOwed => filling::all_owed(&mut client),
        Event::OwedRead { owed } => filling::owed_read(&mut client, owed),
        Event::OwedGrew => filling::grew(&mut client),
        Event::PresenceChanged(presence) => presence_changed(&client, presence),
        Event::Looked(holding) => comparing::looked(&client, holding),
    };
    (client, effects)
}

fn try_now(client: &mut Client) -> Vec<Effect> {
    match client.line {
        // An attempt from before the network came may hang until the browser gives it up.
        Line::Opening { failures } | Line::Greeting { failures } => open(client, failures),
        // A proxy may have said it, or what it was said for may be over.
        Line::Held(Close::NotAllowed | Close::TakenOver | Close::TooMuch) => open(client, 0),
        Line::Held(Close::SignedOut | Close::TooOld) => vec![],
        Line::Down { .. } | Line::Up => page_shown(client),
    }
}

fn page_shown(client: &mut Client) -> Vec<Effect> {
    match client.line {
        Line::Down { failures, .. } => open(client, failures),
        Line::Up => {
            let mut effects = resting::go_on(client);
            effects.extend(listening::probe(client));
            effects
        }
        Line::Opening { .. } | Line::Greeting { .. } | Line::Held(_) => vec![],
    }
}

fn woke(client: &mut Client, now_ms: u64) -> Vec<Effect> {
    match client.line {
        Line::Down { failures, retry_at_ms } if now_ms >= retry_at_ms => open(client, failures),
        Line::Down { retry_at_ms, .. } => vec![Effect::WakeAt { at_ms: retry_at_ms }],
        Line::Up => resting::woke(client, now_ms),
        Line::Opening { .. } | Line::Greeting { .. } | Line::Held(_) => vec![],
    }
}

fn signed_in(client: &mut Client) -> Vec<Effect> {
    match client.line {
        Line::Down { .. } | Line::Held(_) => open(client, 0),
        Line::Opening { .. } | Line::Greeting { .. } | Line::Up => vec![],
    }
}

fn open(client: &mut Client, failures: u32) -> Vec<Effect> {
    client.line = Line::Opening { failures };
    vec![Effect::Open]
}

fn opened(client: &mut Client) -> Vec<Effect> {
    let failures = match client.line {
        Line::Opening { failures } | Line::Down { failures, .. } => failures,
        Line::Greeting { .. } | Line::Up | Line::Held(_) => 0,
    };
    client.line = Line::Greeting { failures };
    vec![Effect::SayHello { cursor: client.cursor }]
}

/// A line that never came up counts as a failure; one that ran starts afresh.
fn closed(client: &mut Client, code: Option<u16>, now_ms: u64, chance: u64) -> Vec<Effect> {
    client.sending.clear();
    client.received = client.cursor;
    client.caught_up = false;
    filling::closed(client);
    if let Some(close) = code.and_then(Close::from_code) {
        client.line = Line::Held(close);
        return vec![Effect::Hold(close)];
    }
    let failures = match client.line {
        Line::Opening { failures } | Line::Greeting { failures } => failures.saturating_add(1),
        Line::Up => 0,
        Line::Down { .. } | Line::Held(_) => return vec![],
    };
    let retry_at_ms = now_ms.saturating_add(delay_ms(failures, chance));
    client.line = Line::Down { failures, retry_at_ms };
    vec![Effect::WakeAt { at_ms: retry_at_ms }]
}

fn received(client: &mut Client, message: ServerMessage) -> Vec<Effect> {
    client.heard = client.heard.saturating_add(1);
    match message {
        ServerMessage::Welcome(welcome) => welcomed(client, welcome),
        ServerMessage::Stored(ids) => {
            let mut effects = vec![Effect::Forget(ids.clone())];
            effects.extend(answered(client, &ids));
            effects.extend(filling::taken(client, &ids));
            effects
        }
        ServerMessage::Refused { id, code } => {
            filling::left(client, id, &code).unwrap_or_else(|| refused(client, id, code))
        }
        ServerMessage::Entries(page) => pages::received(client, page),
        ServerMessage::People(people) => vec![Effect::KeepPeople(people)],
        ServerMessage::Compared { record, verdict, latest } => {
            comparing::compared(client, record, verdict, latest)
        }
        present @ ServerMessage::Present { .. } => vec![Effect::ShowPresence(present)],
    }
}

fn welcomed(client: &mut Client, welcome: Welcome) -> Vec<Effect> {
    client.line = Line::Up;
    resting::try_once(client);
    client.sending.clear();
    client.received = client.cursor;
    let listens = listening::begin(client);
    let begins = filling::begin(client, &welcome);
    [Effect::Greeted(welcome), listens].into_iter().chain(begins).collect()
}

fn presence_changed(client: &Client, presence: Presence) -> Vec<Effect> {
    match client.line {
        Line::Up => vec![Effect::Send(ClientMessage::Presence(presence))],
        Line::Down { .. } | Line::Opening { .. } | Line::Greeting { .. } | Line::Held(_) => vec![],
    }
}
