//! What is closed to whoever has no account: changes hold what is written and not published yet.

use talkoot_core::codec;
use talkoot_core::sync::message::{ClientMessage, Cursor};

use super::device::{Device, Heard, create_in, record, title};
use super::http::{ask, sign_in};
use super::process::Server;
use super::yjs_client::YjsClient;

/// A server with a published document that its people write on, and with a draft.
fn server() -> Server {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let leena = sign_in(&server, "leena@talkoot.example");
    let mut writer = Device::online(&server, 1, Some(&leena));
    writer.store(record(1), [create_in(record(8)), title("Open")].concat());
    let published = writer.publish_as_it_is(record(1), None);
    writer.store(record(1), published);
    writer.store(record(1), title("Canary"));
    writer.store(record(2), create_in(record(8)));
    server
}

#[test]
fn pu1_the_conversation_is_closed_without_an_account_over_both_ways_in() {
    let server = server();
    let rows = server.folder.log_rows();
    let mut stranger = Device::new(2, None);
    let push = ClientMessage::Push(vec![stranger.edit(record(3), create_in(record(8)))]);
    let messages = vec![stranger.hello(), push, ClientMessage::Pull(Cursor::default())];
    let reply = ask(&server, "POST /api/sync", &[], &codec::encode(&messages));
    assert_eq!(reply.code(), (401, "signed_out".to_owned()));
    stranger.connect(&server, None, "");
    for message in &messages {
        stranger.try_say(message);
    }
    match stranger.hear() {
        Heard::Closed(code) => assert_eq!(code, Some(4401)),
        Heard::Said(message) => panic!("{message:?}"),
    }
    assert_eq!(server.folder.log_rows(), rows);
}

#[test]
fn pu1_a_text_as_it_is_written_is_not_there_without_an_account() {
    let server = server();
    for name in [record(1).to_string(), record(2).to_string(), record(9).to_string()] {
        assert_eq!(YjsClient::open(&server, None, &name, 14).err(), Some(404), "{name}");
    }
}
