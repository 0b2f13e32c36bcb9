//! What a file brought reaches the server: on the line that stands, or on the next.

use std::collections::BTreeSet;

use talkoot_core::access::{Caller, Role};
use talkoot_core::author::{Author, Slot};
use talkoot_core::change::Op;
use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::schema::Kind;
use talkoot_core::sign::{ReplicaKey, SignedChange};
use talkoot_core::stamp::Stamp;
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

const BROUGHT: RecordId = RecordId([7; 16]);
const OTHER: RecordId = RecordId([8; 16]);

/// Own work on a record, as it lies in the outbox.
fn work(counter: u64, record: RecordId) -> (ChangeId, SignedChange) {
    let author = Author { account: AccountId([1; 16]), key: ReplicaKey::from_seed(&[1; 32]) };
    let slot = Slot { counter, previous: 0, stamp: Stamp { wall_ms: counter, tick: 0 } };
    let (change, signed) = author.write(slot, record, vec![Op::Create { kind: Kind::Document }]);
    (change.id, signed)
}

fn read(work: &[(ChangeId, SignedChange)], owed: &[(RecordId, u64)]) -> Event {
    Event::OutboxRead { changes: work.to_vec(), owed: owed.iter().copied().collect() }
}

fn push(work: &(ChangeId, SignedChange)) -> Effect {
    Effect::Send(ClientMessage::Push(vec![work.1.clone()]))
}

fn refused(id: ChangeId) -> Event {
    let code = "unknown_record".to_owned();
    Event::Received(ServerMessage::Refused { id: Some(id), code })
}

#[test]
fn n42_work_on_what_a_file_just_brought_waits_until_that_is_given_and_other_work_goes_on() {
    let (on_it, beside) = (work(1, BROUGHT), work(2, OTHER));
    // The outbox is read before anybody has said that a file brought something.
    let outbox = read(&[on_it.clone(), beside.clone()], &[(BROUGHT, 7)]);
    let (client, effects) = step(caught_up(), outbox);
    assert_eq!(effects, [push(&beside), Effect::ReadOwed { after: 0 }]);
    assert_eq!(client.sending, [beside.0]);
    let (client, effects) = step(client, Event::Received(ServerMessage::Stored(vec![beside.0])));
    assert_eq!(effects, [Effect::Forget(vec![beside.0])], "the rest of it waits");
    let (client, _) = step(client, Event::OwedRead { owed: vec![owed(7)] });
    let (client, _) = step(client, stored(7));
    let (client, effects) = step(client, Event::OwedRead { owed: vec![] });
    assert!(effects.contains(&Effect::ReadOutbox { held: [].into() }));
    let (_, effects) = step(client, read(std::slice::from_ref(&on_it), &[]));
    assert_eq!(effects, [push(&on_it)]);
}

#[test]
fn n42_what_was_left_holds_up_nothing_but_what_came_since_does() {
    let left = Event::Received(ServerMessage::Refused {
        id: Some(id(7)),
        code: "foreign_device".to_owned(),
    });
    let (client, _) = step(caught_up(), Event::OwedGrew);
    let (client, _) = step(client, Event::OwedRead { owed: vec![owed(7)] });
    let (client, _) = step(client, left);
    let (client, _) = step(client, Event::OwedRead { owed: vec![] });
    assert!(matches!(client.filling, Filling::Kept(_)));
    let (on_left, on_new) = (work(1, OTHER), work(2, BROUGHT));
    let outbox = read(&[on_left.clone(), on_new.clone()], &[(OTHER, 7)]);
    let both = ClientMessage::Push(vec![on_left.1.clone(), on_new.1.clone()]);
    assert_eq!(step(client.clone(), outbox).1, [Effect::Send(both)]);
    let outbox = read(&[on_left.clone(), on_new], &[(OTHER, 7), (BROUGHT, 9)]);
    let (_, effects) = step(client, outbox);
    assert_eq!(effects, [push(&on_left), Effect::ReadOwed { after: 0 }]);
}

#[test]
fn n42_work_that_went_out_before_more_was_owed_is_judged_behind_that() {
    let on_it = work(1, BROUGHT);
    let (client, _) = step(caught_up(), read(std::slice::from_ref(&on_it), &[]));
    let (client, _) = step(client, Event::OwedGrew);
    let (client, effects) = step(client, refused(on_it.0));
    assert_eq!(effects, [], "it stays in the outbox");
    let (client, effects) = step(client, Event::OwedRead { owed: vec![] });
    assert!(effects.contains(&Effect::ReadOutbox { held: [].into() }));
    let (client, _) = step(client, read(std::slice::from_ref(&on_it), &[]));
    let (_, effects) = step(client, refused(on_it.0));
    assert!(matches!(effects[..], [Effect::SetAside { .. }, ..]), "now nothing is on its way");
}
