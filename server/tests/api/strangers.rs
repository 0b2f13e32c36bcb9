//! Those who have not signed in: what they may hold of the server.

use talkoot_core::schema::Kind;
use tungstenite::Message;

use super::device::{Device, create, publish, record};
use super::http::{ask, sign_in};
use super::process::Server;
use super::yjs_client::YjsClient;

#[test]
fn a22_whoever_has_not_signed_in_sends_little_and_takes_few_sockets() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let leena = sign_in(&server, "leena@talkoot.example");
    let mut owner = Device::online(&server, 1, Some(&leena));
    owner.store(record(1), [create(Kind::Document), publish(true)].concat());
    let name = record(1).to_string();
    let large = vec![0; 200_000];
    let mut stranger = Device::online(&server, 2, None);
    stranger.send(Message::Binary(large.clone().into()));
    assert_eq!(stranger.wait_for_close(), None, "it is not read to its end");
    assert_eq!(ask(&server, "POST /api/sync", &[], &large).code(), (413, "too_large".to_owned()));
    let mut reader = YjsClient::synced(&server, None, &name, 11);
    reader.send(large);
    reader.wait_for_close();
    let mut open = Vec::new();
    let refused = loop {
        assert!(open.len() <= 512, "there is no end to them");
        match YjsClient::open(&server, None, &name, 12) {
            Ok(client) => open.push(client),
            Err(status) => break status,
        }
    };
    assert_eq!(refused, 503);
    let mut member = YjsClient::synced(&server, Some(&leena), &name, 13);
    member.write("Members come in.");
    let mut heard = open.swap_remove(0);
    heard.wait_until(|it| it.words().contains("Members"));
}
