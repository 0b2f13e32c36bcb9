//! The conversation of a device whose disk does not take everything, event by event.

use talkoot_core::access::{Caller, Role};
use talkoot_core::id::{AccountId, ChangeId, ReplicaId};
use talkoot_core::sign::SignedChange;
use talkoot_core::sync::client::{self, Client, Effect, Event};
use talkoot_core::sync::message::{ClientMessage, Cursor, PROTOCOL, Page, ServerMessage, Welcome};

fn welcome(log: u64) -> Event {
    let account = Some(AccountId([1; 16]));
    let caller =
        Caller { account, role: Role::Member, projects: std::collections::BTreeSet::new() };
    let (rights, now_ms, devices) = (0, 0, Vec::new());
    let welcome =
        Welcome { protocol: PROTOCOL, caller, rights, log, now_ms, devices, makers: Vec::new() };
    Event::Received(ServerMessage::Welcome(welcome))
}

fn at(sequence: u64) -> Cursor {
    Cursor { sequence, log: 1, rights: 0 }
}

fn page(after: u64, sequence: u64) -> Event {
    let (entries, cursor) = (Vec::new(), at(sequence));
    let page = Page { entries, after, cursor, more: false, from_start: false, makers: Vec::new() };
    Event::Received(ServerMessage::Entries(page))
}

/// Lets events happen, one after the other, and gives the effects of the last.
fn let_happen(client: &mut Client, events: Vec<Event>) -> Vec<Effect> {
    let mut last = Vec::new();
    for event in events {
        let (after, effects) = client::step(client.clone(), event);
        (*client, last) = (after, effects);
    }
    last
}

/// A device that has read its log up to 5 and has just come on.
fn up() -> Client {
    let mut client = Client::new(at(5));
    let_happen(&mut client, vec![Event::TryNow, Event::Opened, welcome(1)]);
    client
}

fn pull(cursor: Cursor) -> Effect {
    Effect::Send(ClientMessage::Pull(cursor))
}

const ID: ChangeId = ChangeId { replica: ReplicaId([1; 16]), counter: 1 };

fn outbox_read() -> Event {
    let signed = SignedChange { body: vec![1], signature: [0; 64] };
    Event::OutboxRead { changes: vec![(ID, signed)], owed: [].into() }
}

/// The server confirms, the disk does not take it, the outbox is read as it still is.
fn confirmed_in_vain(client: &mut Client, now_ms: u64) -> Vec<Effect> {
    let_happen(client, vec![outbox_read()]);
    let stored = Event::Received(ServerMessage::Stored(vec![ID]));
    assert!(let_happen(client, vec![stored]).contains(&Effect::Forget(vec![ID])));
    let_happen(client, vec![Event::DiskFailed { now_ms, chance: 0 }])
}

#[test]
fn n12_a_page_that_the_disk_did_not_take_is_asked_for_again_before_the_next_is_taken() {
    let mut client = up();
    let taken = let_happen(&mut client, vec![page(5, 7)]);
    assert!(matches!(taken.as_slice(), [Effect::Store(_)]));
    assert_eq!(let_happen(&mut client, vec![Event::PageNotStored]), vec![]);
    assert!(!client.caught_up && client.cursor == at(5));
    assert_eq!(let_happen(&mut client, vec![page(7, 9)]), vec![pull(at(5))]);
    let shown = let_happen(&mut client, vec![Event::PageShown]);
    assert!(shown.contains(&pull(at(5))), "a person who looks has it asked for too");
}

#[test]
fn n13_what_a_full_disk_did_not_take_is_tried_again_after_a_wait_that_grows() {
    let mut client = up();
    let mut waits = Vec::new();
    for now_ms in [0, 100_000, 200_000] {
        let effects = confirmed_in_vain(&mut client, now_ms);
        let [Effect::WakeAt { at_ms }] = effects.as_slice() else { panic!("{effects:?}") };
        waits.push(at_ms - now_ms);
        assert_eq!(let_happen(&mut client, vec![outbox_read()]), vec![], "nothing goes round");
        let early = Event::Woke { now_ms: at_ms - 1 };
        assert_eq!(let_happen(&mut client, vec![early]), vec![Effect::WakeAt { at_ms: *at_ms }]);
        let woke = let_happen(&mut client, vec![Event::Woke { now_ms: *at_ms }]);
        assert!(woke.contains(&Effect::ReadOutbox { held: [].into() }));
    }
    assert!(waits.iter().all(|wait| *wait >= 500), "{waits:?}");
}

#[test]
fn n13_a_person_and_a_disk_that_takes_something_try_at_once() {
    for event in [Event::TryNow, Event::PageShown, Event::OutboxGrew] {
        let mut client = up();
        confirmed_in_vain(&mut client, 0);
        assert!(
            let_happen(&mut client, vec![event]).contains(&Effect::ReadOutbox { held: [].into() })
        );
    }
    let mut client = up();
    confirmed_in_vain(&mut client, 0);
    let closed = Event::Closed { code: None, now_ms: 0, chance: 0 };
    let again = vec![closed, Event::TryNow, Event::Opened, welcome(1), outbox_read()];
    assert!(matches!(let_happen(&mut client, again).as_slice(), [Effect::Send(_)]));
}

#[test]
fn n14_nothing_of_a_restored_log_is_taken_before_all_is_listed_as_owed() {
    let mut client = Client::new(Cursor { log: 9, ..at(5) });
    let effects = let_happen(&mut client, vec![Event::TryNow, Event::Opened, welcome(1)]);
    assert!(effects.contains(&Effect::OweAll));
    let failed = Event::DiskFailed { now_ms: 0, chance: 0 };
    let effects = let_happen(&mut client, vec![page(0, 3), failed]);
    let [Effect::WakeAt { at_ms }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(let_happen(&mut client, vec![page(0, 3)]), vec![], "its pages wait");
    let woke = let_happen(&mut client, vec![Event::Woke { now_ms: *at_ms }]);
    assert_eq!(woke, vec![Effect::OweAll]);
    let listed = let_happen(&mut client, vec![Event::AllOwed]);
    assert_eq!(listed, vec![pull(Cursor { log: 9, ..at(5) })]);
    assert!(matches!(let_happen(&mut client, vec![page(0, 3)]).as_slice(), [Effect::Store(_)]));
}
