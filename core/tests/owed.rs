//! What a file brought reaches the server: on the line that stands, or on the next.

use std::collections::BTreeSet;

use talkoot_core::access::{Caller, Role};
use talkoot_core::id::{AccountId, ChangeId, ReplicaId};
use talkoot_core::sign::SignedChange;
use talkoot_core::sync::client::{Client, Effect, Event, Filling, Owed, step};
use talkoot_core::sync::message::{ClientMessage, Cursor, PROTOCOL, ServerMessage, Welcome};

const CURSOR: Cursor = Cursor { sequence: 5, log: 1, rights: 0 };

fn id(counter: u64) -> ChangeId {
    ChangeId { replica: ReplicaId([2; 16]), counter }
}

fn owed(arrival: u64) -> Owed {
    let change = SignedChange { body: vec![1], signature: [0; 64] };
    Owed { arrival, id: id(arrival), change }
}

fn welcome() -> Event {
    let account = Some(AccountId([1; 16]));
    let caller = Caller { account, role: Role::Member, projects: BTreeSet::new() };
    Event::Received(ServerMessage::Welcome(Welcome {
        protocol: PROTOCOL,
        caller,
        rights: 0,
        log: 1,
        now_ms: 0,
        devices: Vec::new(),
        makers: Vec::new(),
    }))
}

/// A client that has read everything.
fn caught_up() -> Client {
    let events = [
        Event::TryNow,
        Event::Opened,
        welcome(),
        Event::PageStored { cursor: CURSOR, more: false },
    ];
    events.into_iter().fold(Client::new(CURSOR), |client, event| step(client, event).0)
}

fn stored(counter: u64) -> Event {
    Event::Received(ServerMessage::Stored(vec![id(counter)]))
}

#[test]
fn l21_what_a_file_brought_is_given_to_the_server_on_the_line_that_stands() {
    let (client, effects) = step(caught_up(), Event::OwedGrew);
    assert_eq!(effects, [Effect::ReadOwed { after: 0 }]);
    assert!(!client.caught_up, "the server lacks something");
    let (client, effects) = step(client, Event::OwedRead { owed: vec![owed(7)] });
    assert!(matches!(effects[..], [Effect::Send(ClientMessage::Return(_))]));
    let (client, effects) = step(client, stored(7));
    assert!(effects.contains(&Effect::Forget(vec![id(7)])));
    let (client, effects) = step(client, Event::OwedRead { owed: vec![] });
    assert_eq!(client.filling, Filling::Nothing);
    assert!(effects.contains(&Effect::Send(ClientMessage::Pull(Cursor::default()))));
}

#[test]
fn l21_what_comes_while_other_things_are_given_back_is_not_passed_over() {
    let (client, _) = step(caught_up(), Event::OwedGrew);
    let (client, _) = step(client, Event::OwedRead { owed: vec![owed(7)] });
    let (client, effects) = step(client, Event::OwedGrew);
    assert_eq!(effects, [], "one part is under way");
    let (client, _) = step(client, stored(7));
    let (client, effects) = step(client, Event::OwedRead { owed: vec![] });
    assert_eq!(effects, [Effect::ReadOwed { after: 0 }], "the list is read anew");
    let (client, effects) = step(client, Event::OwedRead { owed: vec![owed(9)] });
    assert!(matches!(effects[..], [Effect::Send(ClientMessage::Return(_))]));
    let (client, _) = step(client, stored(9));
    let (client, _) = step(client, Event::OwedRead { owed: vec![] });
    assert_eq!(client.filling, Filling::Nothing);
}

#[test]
fn l21_without_a_line_it_is_given_on_the_next_one_also_after_what_could_not_be_judged() {
    let (client, effects) = step(Client::new(CURSOR), Event::OwedGrew);
    assert_eq!((client.filling, effects), (Filling::Reading, vec![]));
    let left = Event::Received(ServerMessage::Refused {
        id: Some(id(7)),
        code: "foreign_device".to_owned(),
    });
    let (client, _) = step(caught_up(), Event::OwedGrew);
    let (client, _) = step(client, Event::OwedRead { owed: vec![owed(7)] });
    let (client, _) = step(client, left);
    let (client, _) = step(client, Event::OwedRead { owed: vec![] });
    assert!(matches!(client.filling, Filling::Kept(_)));
    let (_, effects) = step(client, Event::OwedGrew);
    assert_eq!(effects, [Effect::ReadOwed { after: 0 }]);
}
