//! Both sides of the conversation, event by event.

use talkoot_core::access::{Caller, Role};
use talkoot_core::change::{Change, Op, SCHEMA_VERSION};
use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::sign::{ReplicaKey, SignedChange};
use talkoot_core::stamp::Stamp;
use talkoot_core::sync::client::{self, Client, Effect, Event, Line};
use talkoot_core::sync::message::{
    ClientMessage, Close, Cursor, Holding, PROTOCOL, Page, ServerMessage, Verdict, Welcome,
};
use talkoot_core::sync::outbox::{Work, group};
use talkoot_core::sync::server;

fn id(counter: u64) -> ChangeId {
    ChangeId { replica: ReplicaId([1; 16]), counter }
}

fn signed() -> SignedChange {
    SignedChange { body: vec![1], signature: [0; 64] }
}

fn anyone() -> Caller {
    Caller { account: None, role: Role::Anyone, projects: std::collections::BTreeSet::new() }
}

fn welcome() -> ServerMessage {
    let caller = anyone();
    let devices = Vec::new();
    ServerMessage::Welcome(Welcome {
        protocol: PROTOCOL,
        caller,
        rights: 0,
        log: LOG,
        now_ms: 0,
        devices,
        makers: Vec::new(),
    })
}

/// The log of the server, and a device that has read nothing of it but its name.
const LOG: u64 = 1;
const START: Cursor = Cursor { sequence: 0, log: LOG, rights: 0 };

fn page(after: u64, sequence: u64, more: bool) -> ServerMessage {
    let cursor = Cursor { sequence, ..START };
    ServerMessage::Entries(Page {
        entries: Vec::new(),
        after,
        cursor,
        more,
        from_start: false,
        makers: Vec::new(),
    })
}

/// Lets events happen to a client and gives it with the effects of the last.
fn after(events: Vec<Event>) -> (Client, Vec<Effect>) {
    let start = (Client::new(START), Vec::new());
    events.into_iter().fold(start, |(client, _), event| client::step(client, event))
}

fn up() -> Vec<Event> {
    vec![Event::TryNow, Event::Opened, Event::Received(welcome())]
}

#[test]
fn n2_only_the_servers_word_empties_the_outbox() {
    let mut events = up();
    events.push(Event::OutboxRead {
        changes: vec![(id(1), signed()), (id(2), signed())],
        owed: [].into(),
    });
    let (client, effects) = after(events);
    assert_eq!(effects, vec![Effect::Send(ClientMessage::Push(vec![signed(), signed()]))]);
    let (client, effects) =
        client::step(client, Event::Received(ServerMessage::Stored(vec![id(1)])));
    assert_eq!(effects, vec![Effect::Forget(vec![id(1)])]);
    let (client, effects) =
        client::step(client, Event::Closed { code: None, now_ms: 0, chance: 0 });
    assert!(matches!(effects.as_slice(), [Effect::WakeAt { .. }]), "nothing is forgotten");
    assert!(client.sending.is_empty(), "what was not answered is sent again");
}

#[test]
fn n2_a_refused_change_is_set_aside_with_its_reason() {
    let mut events = up();
    events.push(Event::OutboxRead { changes: vec![(id(1), signed())], owed: [].into() });
    let code = "not_allowed".to_owned();
    events.push(Event::Received(ServerMessage::Refused { id: Some(id(1)), code: code.clone() }));
    let (_, effects) = after(events);
    assert_eq!(
        effects,
        vec![Effect::SetAside { id: id(1), code }, Effect::ReadOutbox { held: [].into() }]
    );
}

#[test]
fn n2_a_change_that_the_server_cannot_read_does_not_hold_up_the_others() {
    let mut events = up();
    events.push(Event::OutboxRead {
        changes: vec![(id(1), signed()), (id(2), signed())],
        owed: [].into(),
    });
    let refused = || ServerMessage::Refused { id: None, code: "malformed".to_owned() };
    events.push(Event::Received(refused()));
    let (client, effects) = after(events);
    assert_eq!(effects, vec![Effect::ReadOutbox { held: [].into() }]);
    let again =
        Event::OutboxRead { changes: vec![(id(1), signed()), (id(2), signed())], owed: [].into() };
    let (client, effects) = client::step(client, again);
    assert_eq!(effects, vec![Effect::Send(ClientMessage::Push(vec![signed()]))]);
    let (_, effects) = client::step(client, Event::Received(refused()));
    let code = "malformed".to_owned();
    assert_eq!(
        effects,
        vec![Effect::SetAside { id: id(1), code }, Effect::ReadOutbox { held: [].into() }]
    );
}

#[test]
fn n3_a_signed_out_device_holds_its_outbox_until_somebody_signs_in() {
    let mut events = up();
    let code = Some(Close::SignedOut.code());
    events.push(Event::Closed { code, now_ms: 0, chance: 0 });
    events.push(Event::OutboxGrew);
    let (client, effects) = after(events);
    assert_eq!((client.line, effects), (Line::Held(Close::SignedOut), vec![]));
    assert_eq!(client::step(client, Event::SignedIn).1, vec![Effect::Open]);
}

#[test]
fn n4_each_failure_waits_and_a_person_may_try_at_once() {
    let closed = Event::Closed { code: None, now_ms: 10_000, chance: 3 };
    let (client, effects) = after(vec![Event::TryNow, closed]);
    assert!(matches!(effects.as_slice(), [Effect::WakeAt { at_ms }] if *at_ms > 10_000));
    assert!(matches!(client.line, Line::Down { failures: 1, .. }));
    assert_eq!(client::step(client, Event::TryNow).1, vec![Effect::Open]);
}

#[test]
fn n4_a_network_that_comes_back_takes_the_place_of_an_attempt_that_hangs() {
    for hanging in [vec![Event::TryNow], vec![Event::TryNow, Event::Opened]] {
        let (client, _) = after(hanging);
        let (client, effects) = client::step(client, Event::PageShown);
        assert_eq!(effects, vec![], "looking at the page again hurries nothing that is under way");
        let (client, effects) = client::step(client, Event::TryNow);
        assert_eq!((client.line, effects), (Line::Opening { failures: 0 }, vec![Effect::Open]));
    }
}

#[test]
fn n8_a_page_that_follows_a_missing_one_is_asked_for_again() {
    let mut events = up();
    events.push(Event::Received(page(5, 9, false)));
    let (client, effects) = after(events);
    assert_eq!(effects, vec![Effect::Send(ClientMessage::Pull(START))]);
    let (client, effects) = client::step(client, Event::Received(page(0, 5, true)));
    assert!(matches!(effects.as_slice(), [Effect::Store(_)]));
    let cursor = Cursor { sequence: 5, ..START };
    let (client, effects) = client::step(client, Event::PageStored { cursor, more: true });
    assert_eq!(effects, vec![Effect::Send(ClientMessage::Pull(cursor))]);
    let (client, effects) = client::step(client, Event::Received(page(0, 5, false)));
    assert_eq!(effects, vec![], "an old page changes nothing");
    let (_, effects) = client::step(client, Event::Received(page(0, 5, true)));
    let asks = vec![Effect::Send(ClientMessage::Pull(cursor))];
    assert_eq!(effects, asks, "but the server goes on only when it is asked");
}

#[test]
fn n9_the_server_answers_nobody_who_has_not_greeted() {
    let talk = server::Conversation::default();
    let push = server::Event::Received(ClientMessage::Push(vec![signed()]));
    let (_, effects) = server::step(talk, push);
    assert_eq!(effects, vec![server::Effect::Close(Close::NotAllowed)]);
}

#[test]
fn n9_the_server_says_stored_only_after_the_store_did() {
    let key = ReplicaKey::from_seed(&[1; 32]).public();
    let ServerMessage::Welcome(welcome) = welcome() else { return };
    let vouched = server::Event::Vouched { key, welcome };
    let (talk, _) = server::step(server::Conversation::default(), vouched);
    let push = server::Event::Received(ClientMessage::Push(vec![signed()]));
    let (talk, effects) = server::step(talk, push);
    assert_eq!(effects, vec![server::Effect::Admit { key, changes: vec![signed()] }]);
    let stored = server::Outcome::Stored(id(1));
    let (_, effects) = server::step(talk, server::Event::Admitted(vec![stored]));
    assert_eq!(effects, vec![server::Effect::Send(ServerMessage::Stored(vec![id(1)]))]);
}

fn change(counter: u64, record: RecordId, op: Op) -> Change {
    Change {
        id: id(counter),
        previous: counter - 1,
        stamp: Stamp { wall_ms: counter, tick: 0 },
        author: AccountId([1; 16]),
        record,
        schema: SCHEMA_VERSION,
        ops: vec![op],
    }
}

#[test]
fn n5_a_run_of_typing_counts_as_one_waiting_change() {
    let text = || Op::Text { schema: 1, update: vec![0, 0] };
    let (one, other) = (RecordId([1; 16]), RecordId([2; 16]));
    let publish = Op::Publish { published: true, replaces: vec![], version: None, reason: None };
    let outbox = [
        change(1, one, text()),
        change(2, other, text()),
        change(3, one, text()),
        change(4, one, publish),
        change(5, one, text()),
    ];
    let works: Vec<_> = group(outbox.iter()).iter().map(|it| (it.work, it.changes.len())).collect();
    let expected = vec![(Work::Wrote, 2), (Work::Wrote, 1), (Work::Published, 1), (Work::Wrote, 1)];
    assert_eq!(works, expected);
}

fn holding() -> Holding {
    Holding {
        record: RecordId([4; 16]),
        frontier: [(ReplicaId([1; 16]), 3)].into(),
        digest: [0; 32],
    }
}

/// A device that has read the log up to 9, and has nothing on its way.
fn quiet() -> Client {
    let mut events = up();
    let cursor = Cursor { sequence: 9, ..START };
    events.push(Event::Received(page(0, 9, false)));
    events.push(Event::PageStored { cursor, more: false });
    after(events).0
}

fn verdict(verdict: Verdict, latest: u64) -> Event {
    let record = holding().record;
    Event::Received(ServerMessage::Compared { record, verdict, latest })
}

#[test]
fn n31_nothing_is_compared_while_something_is_on_its_way() {
    let asked = vec![Effect::Send(ClientMessage::Compare(holding()))];
    assert_eq!(client::step(quiet(), Event::Looked(holding())).1, asked);
    let changes = vec![(id(1), signed())];
    let (sending, _) = client::step(quiet(), Event::OutboxRead { changes, owed: [].into() });
    assert_eq!(client::step(sending, Event::Looked(holding())).1, vec![]);
    let (reading, _) = after(up());
    assert_eq!(client::step(reading, Event::Looked(holding())).1, vec![]);
    let (storing, _) = client::step(quiet(), Event::Received(page(9, 10, false)));
    assert_eq!(client::step(storing.clone(), Event::Looked(holding())).1, vec![]);
    assert_eq!(client::step(storing, verdict(Verdict::Differs, 9)).1, vec![]);
    let (down, _) = client::step(quiet(), Event::Closed { code: None, now_ms: 0, chance: 0 });
    assert_eq!(client::step(down, Event::Looked(holding())).1, vec![]);
    for (word, latest) in
        [(Verdict::Same, 9), (Verdict::Ahead, 9), (Verdict::Unseen, 0), (Verdict::Behind, 10)]
    {
        assert_eq!(client::step(quiet(), verdict(word, latest)).1, vec![], "{word:?}");
    }
}

#[test]
fn n31_what_differs_is_folded_again_then_read_again_and_then_left() {
    let record = holding().record;
    for word in [Verdict::Behind, Verdict::Differs] {
        let (client, effects) = client::step(quiet(), verdict(word, 9));
        assert_eq!(effects, vec![Effect::Refold(record)]);
        let (client, effects) = client::step(client, verdict(word, 9));
        let anew = Effect::Send(ClientMessage::Pull(START));
        assert_eq!(effects, vec![Effect::Reread(record), anew]);
        assert!(!client.caught_up, "everything is read again");
        let cursor = Cursor { sequence: 9, ..START };
        let (client, _) = client::step(client, Event::Received(page(0, 9, false)));
        let (client, _) = client::step(client, Event::PageStored { cursor, more: false });
        let (client, effects) = client::step(client, verdict(word, 9));
        assert_eq!(effects, vec![], "not in circles");
        let (client, _) = client::step(client, verdict(Verdict::Same, 9));
        let (_, effects) = client::step(client, verdict(word, 9));
        assert_eq!(effects, vec![Effect::Refold(record)], "another time it is healed again");
    }
}

/// Gives the wait that effects ask for, and says whether they ask for a page.
fn listening(effects: &[Effect]) -> (Option<client::Watch>, bool) {
    let watch = effects.iter().rev().find_map(|effect| {
        if let Effect::Listen { watch, .. } = effect { Some(*watch) } else { None }
    });
    let asks = |effect: &Effect| matches!(effect, Effect::Send(ClientMessage::Pull(_)));
    (watch, effects.iter().any(asks))
}

#[test]
fn n18_a_line_that_says_nothing_is_asked_and_then_given_up() {
    let (client, effects) = after(up());
    let (watch, _) = listening(&effects);
    let silent = Event::Waited(watch.unwrap());
    let (client, effects) = client::step(client, silent.clone());
    let (answer, asks) = listening(&effects);
    assert!(asks, "{effects:?}");
    let given_up = client::step(client.clone(), Event::Waited(answer.unwrap()));
    assert_eq!(given_up.1, vec![Effect::Open]);
    let (client, _) = client::step(client, Event::Received(page(0, 0, false)));
    let (client, effects) = client::step(client, Event::Waited(answer.unwrap()));
    assert_eq!((listening(&effects).0.is_some(), listening(&effects).1), (true, false));
    let closed = Event::Closed { code: None, now_ms: 0, chance: 0 };
    let again = [closed, Event::TryNow, Event::Opened, Event::Received(welcome())];
    let client = again.into_iter().fold(client, |client, event| client::step(client, event).0);
    assert_eq!(client::step(client, silent).1, vec![], "a wait of the line before");
}

#[test]
fn n18_a_person_or_a_network_that_came_has_the_line_asked_at_once() {
    for event in [Event::TryNow, Event::PageShown] {
        let stored = Event::PageStored { cursor: START, more: false };
        let (client, _) = after(up().into_iter().chain([stored]).collect());
        let (client, effects) = client::step(client, event);
        let (probe, asks) = listening(&effects);
        assert!(asks, "{effects:?}");
        let given_up = client::step(client.clone(), Event::Waited(probe.unwrap()));
        assert_eq!(given_up.1, vec![Effect::Open]);
        let (client, _) = client::step(client, Event::Received(page(0, 0, false)));
        assert_eq!(client::step(client, Event::Waited(probe.unwrap())).1, vec![]);
    }
}

#[test]
fn n18_a_line_that_was_held_is_tried_when_a_person_asks_unless_something_has_to_be_done_first() {
    for close in Close::ALL {
        let closed = Event::Closed { code: Some(close.code()), now_ms: 0, chance: 0 };
        let (_, effects) = after(up().into_iter().chain([closed, Event::TryNow]).collect());
        let waits = matches!(close, Close::SignedOut | Close::TooOld);
        assert_eq!(effects.is_empty(), waits, "{close:?}");
    }
}

/// A device that has set its cursor back to read a record again.
fn rereading() -> Client {
    let (client, _) = client::step(quiet(), verdict(Verdict::Differs, 9));
    client::step(client, verdict(Verdict::Differs, 9)).0
}

fn welcome_to(log: u64) -> Event {
    let account = Some(AccountId([1; 16]));
    let caller = Caller { account, ..anyone() };
    let (devices, now_ms) = (Vec::new(), 0);
    let welcome =
        Welcome { protocol: PROTOCOL, caller, rights: 0, log, now_ms, devices, makers: Vec::new() };
    Event::Received(ServerMessage::Welcome(welcome))
}

#[test]
fn n33_whoever_reads_again_still_knows_which_log_he_has_read() {
    let client = rereading();
    assert_eq!(client.cursor, START);
    // The program is closed before anything has come, and the server restored.
    for client in [Client::new(client.cursor), client] {
        let closed = Event::Closed { code: None, now_ms: 0, chance: 0 };
        let again = [closed, Event::TryNow, Event::Opened];
        let client = again.into_iter().fold(client, |client, event| client::step(client, event).0);
        let (_, effects) = client::step(client.clone(), welcome_to(LOG + 1));
        assert!(effects.contains(&Effect::OweAll), "{effects:?}");
        let (_, effects) = client::step(client, welcome_to(LOG));
        assert!(effects.contains(&Effect::Send(ClientMessage::Pull(START))), "{effects:?}");
    }
}

#[test]
fn n33_what_was_on_its_way_does_not_skip_what_is_read_again() {
    let asks_again = vec![Effect::Send(ClientMessage::Pull(START))];
    let (client, effects) = client::step(rereading(), Event::Received(page(9, 10, false)));
    assert_eq!(effects, asks_again, "a page that followed what was read before");
    // A pass from the beginning, which the server lets end where the log ends now.
    let cursor = Cursor { sequence: 5, rights: 10 << 20, ..START };
    let first = Page {
        entries: Vec::new(),
        after: 0,
        cursor,
        more: true,
        from_start: true,
        makers: Vec::new(),
    };
    let (client, effects) =
        client::step(client, Event::Received(ServerMessage::Entries(first.clone())));
    assert_eq!(effects, vec![Effect::Store(first)]);
    let (_, effects) = client::step(client, Event::PageStored { cursor, more: true });
    assert_eq!(effects, vec![Effect::Send(ClientMessage::Pull(cursor))]);
}
