//! The server's half of one sync conversation, as a pure state machine.
//!
//! It decides what to admit, read and send, and in which order: a change is
//! acknowledged only after the store said that it is stored. Rights are judged
//! by [`crate::access`], which the store's writer asks with the record at hand.

use crate::id::{ChangeId, RecordId};
use crate::limits::{DEVICE_CHARS_MAX, MESSAGE_CHANGES_MAX, PRESENCE_BYTES_MAX};
use crate::sign::{PublicKey, SignedChange};

use super::message::{
    ClientMessage, Close, Cursor, Hello, Holding, PROTOCOL, Page, Presence, ServerMessage, Verdict,
};

/// The whole state of one conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversation {
    /// The device's key, once it has greeted and the account has vouched for it.
    pub key: Option<PublicKey>,
    /// Where the device has read to; `None` until it asked for the first time.
    pub cursor: Option<Cursor>,
    /// Whether a read is under way.
    reading: bool,
    /// Whether the log grew while a read was under way.
    grew: bool,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Received(ClientMessage),
    /// The account vouched for the device ([`Effect::Vouch`]).
    Vouched {
        key: PublicKey,
        welcome: super::message::Welcome,
    },
    /// The store judged and stored a push ([`Effect::Admit`]); one answer for each change.
    Admitted(Vec<Outcome>),
    /// The store read a page ([`Effect::Read`]).
    PageRead(Page),
    /// The store compared a record ([`Effect::Compare`]); `latest` is the sequence of its last
    /// change.
    Compared {
        record: RecordId,
        verdict: Verdict,
        latest: u64,
    },
    /// Others wrote to the log.
    LogGrew,
}

/// What became of one pushed change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Stored for good, now or before.
    Stored(ChangeId),
    Refused {
        id: Option<ChangeId>,
        code: &'static str,
    },
}

/// Something the driver must now do, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Bind the device to the account and answer with [`Event::Vouched`].
    Vouch(Hello),
    /// Judge and store, then [`Event::Admitted`].
    Admit {
        key: PublicKey,
        changes: Vec<SignedChange>,
    },
    /// Judge each by its author and the key of its device, whoever carries it, and store, then
    /// [`Event::Admitted`]. `key` is the carrier's.
    TakeBack {
        key: PublicKey,
        changes: Vec<SignedChange>,
    },
    /// Read the log after a cursor, then [`Event::PageRead`].
    Read(Cursor),
    /// Compare a record that the caller may see, then [`Event::Compared`].
    Compare(Holding),
    Send(ServerMessage),
    /// Pass on to those who may see the record.
    Relay(Presence),
    Close(Close),
}

/// Takes one event into account. Total: every event is legal in every state.
pub fn step(mut talk: Conversation, event: Event) -> (Conversation, Vec<Effect>) {
    let effects = match event {
        Event::Received(message) => received(&mut talk, message),
        Event::Vouched { key, welcome } => {
            talk.key = Some(key);
            vec![Effect::Send(ServerMessage::Welcome(welcome))]
        }
        Event::Admitted(outcomes) => answers(outcomes),
        Event::PageRead(page) => page_read(&mut talk, page),
        Event::Compared { record, verdict, latest } => {
            vec![Effect::Send(ServerMessage::Compared { record, verdict, latest })]
        }
        Event::LogGrew => log_grew(&mut talk),
    };
    (talk, effects)
}

fn received(talk: &mut Conversation, message: ClientMessage) -> Vec<Effect> {
    match (message, talk.key) {
        (ClientMessage::Hello(hello), _) if hello.protocol < PROTOCOL => {
            vec![Effect::Close(Close::TooOld)]
        }
        (ClientMessage::Hello(mut hello), _) => {
            hello.device = hello.device.chars().take(DEVICE_CHARS_MAX).collect();
            vec![Effect::Vouch(hello)]
        }
        // Everything but a greeting needs a device that the account vouched for.
        (_, None) => vec![Effect::Close(Close::NotAllowed)],
        (ClientMessage::Push(changes) | ClientMessage::Return(changes), Some(_))
            if changes.len() > MESSAGE_CHANGES_MAX =>
        {
            vec![Effect::Close(Close::TooMuch)]
        }
        (ClientMessage::Push(changes), Some(key)) => vec![Effect::Admit { key, changes }],
        (ClientMessage::Return(changes), Some(key)) => vec![Effect::TakeBack { key, changes }],
        (ClientMessage::Pull(cursor), Some(_)) => {
            talk.cursor = Some(cursor);
            read(talk, cursor)
        }
        (ClientMessage::Compare(holding), Some(_)) => vec![Effect::Compare(holding)],
        (ClientMessage::Presence(presence), Some(_)) => {
            let fits = presence.state.len() <= PRESENCE_BYTES_MAX;
            if fits { vec![Effect::Relay(presence)] } else { vec![Effect::Close(Close::TooMuch)] }
        }
    }
}

fn read(talk: &mut Conversation, cursor: Cursor) -> Vec<Effect> {
    talk.reading = true;
    talk.grew = false;
    vec![Effect::Read(cursor)]
}

/// One message for everything stored, one for each refusal, and one for all that could not
/// even be read: a device answers that by sending what is left one at a time.
fn answers(outcomes: Vec<Outcome>) -> Vec<Effect> {
    let mut stored = Vec::new();
    let mut refused = Vec::new();
    let mut has_unnamed = false;
    for outcome in outcomes {
        match outcome {
            Outcome::Stored(id) => stored.push(id),
            Outcome::Refused { id: None, .. } if has_unnamed => {}
            Outcome::Refused { id, code } => {
                has_unnamed |= id.is_none();
                let code = code.to_owned();
                refused.push(Effect::Send(ServerMessage::Refused { id, code }));
            }
        }
    }
    let mut effects = Vec::new();
    if !stored.is_empty() {
        effects.push(Effect::Send(ServerMessage::Stored(stored)));
    }
    effects.extend(refused);
    effects
}

/// Sends a page. A page with more waits for the device's next pull, so a slow one is never flooded.
fn page_read(talk: &mut Conversation, page: Page) -> Vec<Effect> {
    talk.reading = page.more;
    talk.cursor = Some(page.cursor);
    let cursor = page.cursor;
    let mut effects = vec![Effect::Send(ServerMessage::Entries(page))];
    if talk.grew && !talk.reading {
        effects.extend(read(talk, cursor));
    }
    effects
}

fn log_grew(talk: &mut Conversation) -> Vec<Effect> {
    match talk.cursor {
        Some(cursor) if !talk.reading => read(talk, cursor),
        _ => {
            talk.grew = true;
            vec![]
        }
    }
}
