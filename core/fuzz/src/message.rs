//! Any bytes as messages of the wire, both ways, and what the two machines make of them.

use minicbor::{Decode, Encode};
use talkoot_core::access::{Caller, Role};
use talkoot_core::codec::{decode_message, encode};
use talkoot_core::sync::message::{
    ClientMessage, Cursor, Holding, Page, Presence, ServerMessage, Verdict, Welcome,
};
use talkoot_core::sync::server::{Conversation, Effect, Event, Outcome};
use talkoot_core::sync::{client, server};

use super::script::Script;

/// Most messages of one conversation.
const MESSAGES_MAX: usize = 64;

/// Reads messages and holds two conversations with them.
pub fn run(bytes: &[u8]) {
    survives::<ClientMessage>(bytes);
    survives::<Vec<ClientMessage>>(bytes);
    survives::<ServerMessage>(bytes);
    let mut script = Script::new(bytes);
    let mut talk = Conversation::default();
    let mut device = client::Client::new(Cursor::default());
    device = client::step(device, client::Event::TryNow).0;
    device = client::step(device, client::Event::Opened).0;
    for _ in 0..MESSAGES_MAX {
        if !script.goes_on() {
            break;
        }
        let part = script.bytes();
        if let Some(message) = survives::<ClientMessage>(part) {
            talk = serve(talk, message);
        }
        if let Some(message) = survives::<ServerMessage>(part) {
            device = hear(device, message);
        }
        device = client::step(device, other(part)).0;
    }
}

/// Reads bytes as a message; one that reads is written and read as itself.
fn survives<T>(bytes: &[u8]) -> Option<T>
where
    T: for<'b> Decode<'b, ()> + Encode<()> + PartialEq + std::fmt::Debug,
{
    let message: T = decode_message(bytes).ok()?;
    let again: Result<T, _> = decode_message(&encode(&message));
    // Longer forms of the same numbers are read; what we write is never longer.
    assert_eq!(again.as_ref(), Ok(&message), "a message survives its bytes");
    Some(message)
}

/// Plays the server's driver for one message.
fn serve(talk: Conversation, message: ClientMessage) -> Conversation {
    let was_greeted = talk.key.is_some();
    let is_greeting = matches!(message, ClientMessage::Hello(_));
    let (mut talk, mut effects) = server::step(talk, Event::Received(message));
    assert!(effects.len() <= 1, "one message asks for one thing");
    if !was_greeted && !is_greeting {
        assert!(matches!(effects.as_slice(), [Effect::Close(_)]), "nobody is heard ungreeted");
    }
    while let Some(effect) = effects.pop() {
        let event = match effect {
            Effect::Vouch(hello) => Event::Vouched { key: hello.key, welcome: welcome() },
            Effect::Admit { changes, .. } | Effect::TakeBack { changes, .. } => {
                let outcome = |_| Outcome::Refused { id: None, code: "malformed" };
                Event::Admitted(changes.iter().map(outcome).collect())
            }
            Effect::Read(cursor) => {
                let page = Page {
                    entries: Vec::new(),
                    after: 0,
                    cursor,
                    more: false,
                    from_start: false,
                    makers: Vec::new(),
                };
                Event::PageRead(page)
            }
            Effect::Compare(Holding { record, .. }) => {
                Event::Compared { record, verdict: Verdict::Unseen, latest: 1 }
            }
            Effect::Send(ServerMessage::Stored(ids)) => {
                assert!(ids.is_empty(), "nothing was stored");
                continue;
            }
            Effect::Send(_) | Effect::Relay(_) | Effect::Close(_) => continue,
        };
        let (next, more) = server::step(talk, event);
        talk = next;
        effects.extend(more);
    }
    talk
}

/// Plays the device's driver for one message.
fn hear(device: client::Client, message: ServerMessage) -> client::Client {
    let named = match &message {
        ServerMessage::Stored(ids) => ids.clone(),
        ServerMessage::Welcome(_)
        | ServerMessage::Refused { .. }
        | ServerMessage::Entries(_)
        | ServerMessage::Present { .. }
        | ServerMessage::Compared { .. }
        | ServerMessage::People(_) => Vec::new(),
    };
    let (mut device, effects) = client::step(device, client::Event::Received(message));
    for effect in effects {
        match effect {
            client::Effect::Forget(ids) => {
                assert!(ids.iter().all(|id| named.contains(id)), "only the server's word forgets");
            }
            client::Effect::Store(page) => {
                let stored = client::Event::PageStored { cursor: page.cursor, more: page.more };
                device = client::step(device, stored).0;
            }
            client::Effect::Open
            | client::Effect::WakeAt { .. }
            | client::Effect::Listen { .. }
            | client::Effect::SayHello { .. }
            | client::Effect::Send(_)
            | client::Effect::ReadOutbox { .. }
            | client::Effect::OweAll
            | client::Effect::ReadOwed { .. }
            | client::Effect::SetAside { .. }
            | client::Effect::Greeted(_)
            | client::Effect::KeepPeople(_)
            | client::Effect::ShowPresence(_)
            | client::Effect::Hold(_)
            | client::Effect::Refold(_)
            | client::Effect::Reread(_) => {}
        }
    }
    device
}

/// Makes of a part of the script something else that can happen to a device.
fn other(part: &[u8]) -> client::Event {
    let mut script = Script::new(part);
    let now_ms = u64::from(script.pair()).saturating_mul(1_000);
    match script.byte() % 10 {
        0 => client::Event::TryNow,
        1 => client::Event::PageShown,
        2 => client::Event::Woke { now_ms },
        3 => client::Event::SignedIn,
        4 => client::Event::Opened,
        5 => client::Event::Closed {
            code: Some(4_400_u16.saturating_add(u16::from(script.byte()))),
            now_ms,
            chance: now_ms,
        },
        6 => client::Event::OutboxRead { changes: Vec::new(), owed: [].into() },
        7 => client::Event::AllOwed,
        8 => client::Event::OwedRead { owed: Vec::new() },
        _ => client::Event::PresenceChanged(Presence {
            record: super::change::RECORD,
            state: part.to_vec(),
        }),
    }
}

fn welcome() -> Welcome {
    let caller = Caller { account: None, role: Role::Anyone, projects: [].into() };
    Welcome {
        protocol: 1,
        caller,
        rights: 1,
        log: 1,
        now_ms: 1,
        devices: Vec::new(),
        makers: Vec::new(),
    }
}
