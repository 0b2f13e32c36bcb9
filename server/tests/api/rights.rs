//! Rights that change, sessions that end and devices that are removed, under a running server.

use talkoot_core::access::Role;
use talkoot_core::schema::Kind;
use talkoot_core::sync::message::{ClientMessage, Close};

use super::device::{Device, create, record, seen, title};
use super::http::{ask, sign_in};
use super::process::Server;

#[test]
fn u2_a_device_whose_session_has_ended_is_told_so_and_keeps_its_words() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut device = Device::online(&server, 1, Some(&session));
    server.folder.database().execute("UPDATE session SET expires_ms = 1", []).unwrap();
    let signed = device.edit(record(1), create(Kind::Document));
    device.say(&ClientMessage::Push(vec![signed.clone()]));
    assert_eq!(device.wait_for_close(), Some(Close::SignedOut.code()));
    assert_eq!(server.folder.log_rows(), 0);
    // It tries again with the account that it remembers, and is told before it can read anything.
    let query = format!("?as={}", session.account);
    device.connect(&server, Some(&session), &query);
    assert_eq!(device.wait_for_close(), Some(Close::SignedOut.code()));
    let request = format!("POST /api/sync{query}");
    let reply = ask(&server, &request, &session.headers(&server), b"");
    assert_eq!(reply.code(), (401, "signed_out".to_owned()));
    let session = sign_in(&server, "leena@talkoot.example");
    device.connect(&server, Some(&session), &query);
    device.greet();
    assert_eq!(device.push(signed), "ok");
}

#[test]
fn u3_a_role_taken_away_counts_at_once_and_the_device_reads_anew() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    server.add_user("pentti@talkoot.example", "coordinator", &[]);
    let [leena, pentti] =
        ["leena", "pentti"].map(|name| sign_in(&server, &format!("{name}@talkoot.example")));
    let mut writer = Device::online(&server, 1, Some(&leena));
    let mut device = Device::online(&server, 2, Some(&pentti));
    writer.store(record(1), super::device::create_in(record(9)));
    writer.store(record(2), create(Kind::Document));
    assert_eq!(seen(&device.pull()), [record(2), record(1)], "the one changed last comes first");
    server.user(&["user", "set-role", "pentti@talkoot.example", "reader"], "");
    let close = device.wait_for_close();
    assert!(close.and_then(Close::from_code).is_none(), "an ordinary break, not {close:?}");
    device.connect(&server, Some(&pentti), "");
    let welcome = device.greet();
    assert_eq!((welcome.caller.role, welcome.rights), (Role::Reader, 2));
    device.say(&ClientMessage::Pull(device.cursor));
    let page = device.page();
    assert!(page.from_start, "what does not come is out of sight now");
    assert_eq!(seen(&page.entries), [record(2)]);
    let signed = device.edit(record(2), title("Not any more"));
    assert_eq!(device.push(signed), "not_allowed");
}

#[test]
fn u3_a_new_password_signs_every_device_out() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "reader", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut device = Device::online(&server, 1, Some(&session));
    let words = ["user", "set-password", "leena@talkoot.example", "--password-stdin"];
    server.user(&words, "another-long-password");
    assert_eq!(device.wait_for_close(), Some(Close::SignedOut.code()));
}

#[test]
fn u4_what_a_removed_device_pushes_is_refused() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut lost = Device::online(&server, 1, Some(&session));
    lost.store(record(1), create(Kind::Document));
    let request = format!("DELETE /api/devices/{}", lost.author.replica());
    let headers = session.headers(&server);
    assert_eq!(ask(&server, &request, &headers, b"").status, 204);
    assert_eq!(ask(&server, &request, &headers, b"").code(), (404, "unknown_device".to_owned()));
    let signed = lost.edit(record(1), title("From the thief"));
    assert_eq!(lost.push(signed.clone()), "foreign_device");
    lost.connect(&server, Some(&session), "");
    assert_eq!(lost.greet().devices, []);
    assert_eq!(lost.push(signed), "foreign_device");
}

#[test]
fn u4_a_device_of_one_account_cannot_speak_for_another() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    server.add_user("pentti@talkoot.example", "coordinator", &[]);
    let [leena, pentti] =
        ["leena", "pentti"].map(|name| sign_in(&server, &format!("{name}@talkoot.example")));
    Device::online(&server, 1, Some(&leena));
    let mut same_key = Device::new(1, Some(&pentti));
    same_key.connect(&server, Some(&pentti), "");
    let hello = same_key.hello();
    same_key.say(&hello);
    assert_eq!(same_key.wait_for_close(), Some(Close::NotAllowed.code()));
}
