//! Changes from one device to another, over the socket and over HTTP.

use talkoot_core::codec;
use talkoot_core::schema::Kind;
use talkoot_core::sync::message::{ClientMessage, Cursor, Entry, Presence, ServerMessage};
use talkoot_server::feed::reached;

use super::device::{Device, answer, create, record, seen, title};
use super::http::{ask, sign_in};
use super::process::Server;

#[test]
fn w1_a_pushed_change_is_acknowledged_and_reaches_the_other_device_unchanged() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut one = Device::online(&server, 1, Some(&session));
    let mut other = Device::online(&server, 2, Some(&session));
    assert_eq!(other.pull(), []);
    let (id, signed) = one.change(record(1), create(Kind::Document));
    one.say(&ClientMessage::Push(vec![signed.clone()]));
    let stored = one.wait_for(|message| match message {
        ServerMessage::Stored(ids) => Some(ids),
        _ => None,
    });
    assert_eq!(stored, [id]);
    let news = other.news();
    let [Entry::Change { record: of, change, .. }] = news.as_slice() else {
        panic!("one change came, not {news:?}")
    };
    assert_eq!((of, change), (&record(1), &signed));
}

#[test]
fn w1_sending_twice_is_harmless_and_other_bytes_with_the_same_identity_are_refused() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut device = Device::online(&server, 1, Some(&session));
    let (_, signed) = device.change(record(1), create(Kind::Document));
    assert_eq!(device.push(signed.clone()), "ok");
    assert_eq!(device.push(signed.clone()), "ok");
    device.say(&ClientMessage::Push(vec![signed.clone(), signed]));
    device.wait_for(answer);
    assert_eq!(server.folder.log_rows(), 1);
    let mut double = Device::new(1, Some(&session));
    let (_, other) = double.change(record(2), create(Kind::Document));
    assert_eq!(device.push(other), "identity_taken");
    assert_eq!(server.folder.log_rows(), 1);
}

#[test]
fn n34_a_page_follows_even_where_everything_that_was_pushed_had_been_stored_before() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut device = Device::online(&server, 1, Some(&session));
    let (_, signed) = device.change(record(1), create(Kind::Document));
    assert_eq!(device.push(signed.clone()), "ok");
    assert_eq!(device.pull().len(), 1);
    assert_eq!(device.push(signed), "ok");
    let page = device.page();
    assert_eq!((page.entries.len(), page.cursor.sequence, page.more), (0, reached(1), false));
}

#[test]
fn w4_a_new_device_gets_everything_in_pages_from_the_start() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut one = Device::online(&server, 1, Some(&session));
    one.store(record(1), create(Kind::Document));
    // More than fits on one page.
    for _ in 0..3 {
        let batch: Vec<_> =
            (0..400).map(|at| one.edit(record(1), title(&at.to_string()))).collect();
        one.say(&ClientMessage::Push(batch));
        assert_eq!(one.wait_for(answer), "ok");
    }
    let mut other = Device::online(&server, 2, Some(&session));
    other.say(&ClientMessage::Pull(Cursor::default()));
    let first = other.page();
    assert!((first.from_start, first.more) == (true, true) && first.entries.len() == 500);
    let rest = other.pull();
    assert_eq!(first.entries.len() + rest.len(), 1_201);
    // The cursor names the log and the rights now, so nothing comes twice.
    other.say(&ClientMessage::Pull(other.cursor));
    let page = other.page();
    assert_eq!((page.entries.len(), page.from_start, page.more), (0, false, false));
}

#[test]
fn w5_the_same_conversation_runs_over_one_request() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut device = Device::new(1, Some(&session));
    let (id, signed) = device.change(record(1), create(Kind::Document));
    let messages = vec![
        device.hello(),
        ClientMessage::Push(vec![signed]),
        ClientMessage::Pull(Cursor::default()),
    ];
    let request = format!("POST /api/sync?as={}", session.account);
    let reply = ask(&server, &request, &session.headers(&server), &codec::encode(&messages));
    assert_eq!(reply.status, 200);
    let answers: Vec<ServerMessage> = codec::decode_message(&reply.body).unwrap();
    assert!(matches!(answers.first(), Some(ServerMessage::Welcome(_))), "{answers:?}");
    assert!(answers.contains(&ServerMessage::Stored(vec![id])), "{answers:?}");
    let Some(ServerMessage::Entries(page)) = answers.last() else { panic!("{answers:?}") };
    assert_eq!((seen(&page.entries), page.more), (vec![record(1)], false));
}

#[test]
fn w8_presence_reaches_those_who_may_see_the_record_and_nobody_else() {
    let server = Server::start();
    let project = record(9);
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    server.add_user("near@talkoot.example", "reader", &[project.to_string()]);
    server.add_user("far@talkoot.example", "reader", &[]);
    let [leena, near, far] =
        ["leena", "near", "far"].map(|name| sign_in(&server, &format!("{name}@talkoot.example")));
    let mut writer = Device::online(&server, 1, Some(&leena));
    let mut near = Device::online(&server, 2, Some(&near));
    let mut far = Device::online(&server, 3, Some(&far));
    writer.store(record(1), super::device::create_in(project));
    writer.store(record(2), [create(Kind::Document), super::device::publish(true)].concat());
    for of in [record(1), record(2)] {
        let presence = Presence { record: of, state: vec![1, 2, 3] };
        writer.say(&ClientMessage::Presence(presence));
    }
    let present = |message| match message {
        ServerMessage::Present { account, presence, .. } => Some((account, presence.record)),
        _ => None,
    };
    let me = writer.author.account;
    assert_eq!(near.wait_for(present), (me, record(1)));
    assert_eq!(near.wait_for(present), (me, record(2)));
    assert_eq!(far.wait_for(present), (me, record(2)), "the first was not for everybody");
}
