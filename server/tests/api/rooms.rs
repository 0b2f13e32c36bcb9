//! Rooms of standard Yjs clients under stress: a store that fails, and those who ask too much.

use std::collections::BTreeMap;

use talkoot_core::schema::Kind;
use talkoot_core::text::TextDocument;
use talkoot_core::text::edit::Edit;
use talkoot_core::yjs;

use super::device::{Device, create, publish, record};
use super::http::{Session, sign_in};
use super::process::Server;
use super::yjs_client::YjsClient;

/// A server with a published document, and the coordinator who began it.
fn server() -> (Server, Session, String) {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let leena = sign_in(&server, "leena@talkoot.example");
    let mut device = Device::online(&server, 1, Some(&leena));
    device.store(record(1), [create(Kind::Document), publish(true)].concat());
    (server, leena, record(1).to_string())
}

#[test]
fn y12_after_a_store_that_failed_an_account_writes_on() {
    let (server, leena, name) = server();
    let mut one = YjsClient::synced(&server, Some(&leena), &name, 11);
    one.write("before");
    let mut other = YjsClient::synced(&server, None, &name, 12);
    other.wait_until(|it| it.words().contains("before"));
    let database = server.folder.database();
    database.execute_batch("BEGIN IMMEDIATE").unwrap();
    one.write("in vain");
    one.wait_for_close();
    database.execute_batch("ROLLBACK").unwrap();
    let mut one = YjsClient::synced(&server, Some(&leena), &name, 13);
    let mut other = YjsClient::synced(&server, None, &name, 14);
    one.write("after");
    other.wait_until(|it| it.words().contains("after"));
    assert_eq!(one.denied, Vec::<String>::new());
}

#[test]
fn y13_whoever_asks_again_and_again_is_answered_for_the_last_and_holds_nobody_up() {
    const ASKED: u64 = 1_000;
    let (server, leena, name) = server();
    let mut writer = YjsClient::synced(&server, Some(&leena), &name, 11);
    let mut long = TextDocument::new(10);
    for round in 0..1_000 {
        let text = format!("{round} {}", "talkoot ".repeat(12));
        long.edit("body", &Edit::AppendParagraph { text }).unwrap();
    }
    writer.send(yjs::update(&long.missing(&BTreeMap::new())));
    let mut stranger = YjsClient::synced(&server, None, &name, 12);
    stranger.wait_until(|it| it.words().contains("999 "));
    for other in 0..ASKED {
        // Each is an answer of its own.
        stranger.send(yjs::know(&BTreeMap::from([(10, 5), (1_000 + other, 1)])));
    }
    stranger.wait_until(|it| it.answers > 1);
    writer.write("goes on");
    stranger.wait_until(|it| it.words().contains("goes on"));
    assert!(stranger.answers < 300, "{} answers", stranger.answers);
}
