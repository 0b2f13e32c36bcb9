//! What is malformed, too large or forged: a stable code, and nothing stored.

use talkoot_core::codec;
use talkoot_core::limits::{CHANGE_BYTES_MAX, MESSAGE_BYTES_MAX, MESSAGE_CHANGES_MAX};
use talkoot_core::schema::Kind;
use talkoot_core::sign::{ReplicaKey, SignedChange};
use talkoot_core::sync::message::{ClientMessage, Close, Cursor};
use tungstenite::Message;

use super::device::{Device, answer, create, record, title};
use super::http::{Session, ask, sign_in};
use super::process::Server;

fn server() -> (Server, Session) {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    (server, session)
}

#[test]
fn w2_a_change_that_is_not_what_it_says_is_refused_with_its_code_and_not_stored() {
    let (server, session) = server();
    let mut device = Device::online(&server, 1, Some(&session));
    let fresh = |device: &mut Device| device.edit(record(1), create(Kind::Document));
    let mut cases: Vec<(&str, SignedChange)> = Vec::new();
    let garbage = SignedChange { body: vec![1, 255, 3], signature: [0; 64] };
    cases.push(("malformed", garbage));
    let endless = SignedChange { body: vec![0; CHANGE_BYTES_MAX + 1], signature: [0; 64] };
    cases.push(("too_large", endless));
    let mut forged = fresh(&mut device);
    forged.signature[7] ^= 1;
    cases.push(("signature", forged));
    let mut other_device = Device::new(77, Some(&session));
    cases.push(("foreign_device", fresh(&mut other_device)));
    let mut other_author = Device::new(1, None);
    cases.push(("foreign_author", fresh(&mut other_author)));
    cases.push(("unknown_record", other_edit(&session)));
    let mut gap = Device::new(1, Some(&session));
    gap.edit(record(3), create(Kind::Document));
    cases.push(("unknown_record", gap.edit(record(3), title("x"))));
    for (code, signed) in cases {
        assert_eq!(device.push(signed), code);
        assert_eq!(server.folder.log_rows(), 0, "{code}");
    }
    device.forget_last(record(1));
    let good = fresh(&mut device);
    assert_eq!(device.push(good), "ok", "the conversation goes on");
}

fn other_edit(session: &Session) -> SignedChange {
    Device::new(1, Some(session)).edit(record(2), title("Nothing to edit"))
}

#[test]
fn w2_messages_that_do_not_decode_are_named_and_the_line_stays() {
    let (server, session) = server();
    let mut device = Device::online(&server, 1, Some(&session));
    for bytes in [vec![], vec![1], vec![9, 9, 9], b"not ours at all".to_vec()] {
        device.send(Message::Binary(bytes.clone().into()));
        assert_eq!(device.wait_for(answer), "malformed");
        let reply = ask(&server, "POST /api/sync", &session.headers(&server), &bytes);
        assert_eq!(reply.code(), (400, "malformed".to_owned()));
    }
    device.send(Message::Text("hello".into()));
    assert_eq!(device.wait_for(answer), "malformed");
    assert_eq!(device.pull(), []);
}

#[test]
fn w2_too_much_at_once_ends_the_line_with_its_code() {
    let (server, session) = server();
    let mut device = Device::online(&server, 1, Some(&session));
    let signed = device.edit(record(1), create(Kind::Document));
    device.say(&ClientMessage::Push(vec![signed; MESSAGE_CHANGES_MAX + 1]));
    assert_eq!(device.wait_for_close(), Some(Close::TooMuch.code()));
    let mut device = Device::online(&server, 1, Some(&session));
    device.send(Message::Binary(vec![0; MESSAGE_BYTES_MAX + 1].into()));
    assert_eq!(device.wait_for_close(), Some(Close::TooMuch.code()));
    let large = vec![0; MESSAGE_BYTES_MAX + 1];
    let reply = ask(&server, "POST /api/sync", &session.headers(&server), &large);
    assert_eq!(reply.code(), (413, "too_large".to_owned()));
    let form = vec![b' '; 9_000];
    assert_eq!(ask(&server, "POST /api/session", &[], &form).code().0, 413);
    assert_eq!(server.folder.log_rows(), 0);
}

#[test]
fn w1_nothing_is_heard_before_the_greeting_and_an_old_program_is_told() {
    let (server, session) = server();
    let mut device = Device::new(1, Some(&session));
    device.connect(&server, Some(&session), "");
    device.say(&ClientMessage::Pull(Cursor::default()));
    assert_eq!(device.wait_for_close(), Some(Close::NotAllowed.code()));
    let ClientMessage::Hello(mut hello) = device.hello() else { panic!("a greeting") };
    hello.protocol = 0;
    device.connect(&server, Some(&session), "");
    device.say(&ClientMessage::Hello(hello.clone()));
    assert_eq!(device.wait_for_close(), Some(Close::TooOld.code()));
    let body = codec::encode(&vec![ClientMessage::Hello(hello)]);
    let reply = ask(&server, "POST /api/sync", &session.headers(&server), &body);
    assert_eq!(reply.code(), (426, "too_old".to_owned()));
}

#[test]
fn w2_a_change_of_a_stolen_identity_does_not_pass_as_its_owners() {
    let (server, session) = server();
    server.add_user("pentti@talkoot.example", "coordinator", &[]);
    let other = sign_in(&server, "pentti@talkoot.example");
    let mut owner = Device::online(&server, 1, Some(&session));
    owner.store(record(1), create(Kind::Document));
    // The thief knows the owner's public name, but signs with a key of his own.
    let mut forger = Device::new(1, Some(&other));
    let mut thief = Device::online(&server, 2, Some(&other));
    let (_, mut signed) = forger.change(record(2), create(Kind::Document));
    let own = ReplicaKey::from_seed(&[2; 32]);
    signed.signature = own.sign(&signed.open().unwrap()).signature;
    assert_eq!(thief.push(signed), "foreign_device");
    assert_eq!(server.folder.log_rows(), 1);
}
