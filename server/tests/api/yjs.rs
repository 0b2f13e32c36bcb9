//! Standard Yjs clients: their rights, their changes, and devices beside them.

use talkoot_core::change::Op;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::sync::message::{ClientMessage, Entry, Presence, ServerMessage};
use talkoot_core::text::edit::Edit;
use talkoot_core::text::prescan::{AwarenessState, encode_awareness};
use talkoot_core::text::{TEXT_SCHEMA_VERSION, TextDocument};
use talkoot_core::yjs;

use super::device::{Device, create, create_in, publish, record};
use super::http::{Session, sign_in};
use super::process::{Folder, Server, talkoot};
use super::verify;
use super::yjs_client::YjsClient;

/// A server with a document that a coordinator began, the coordinator, and a reader.
fn server() -> (Server, Session, Session, Device) {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    server.add_user("lasse@talkoot.example", "reader", &[]);
    let leena = sign_in(&server, "leena@talkoot.example");
    let lasse = sign_in(&server, "lasse@talkoot.example");
    let mut device = Device::online(&server, 1, Some(&leena));
    device.store(record(1), [create(Kind::Document), publish(true)].concat());
    device.pull();
    (server, leena, lasse, device)
}

fn name(record: RecordId) -> String {
    record.to_string()
}

/// Takes the texts of pages until one holds the words.
fn read_until(device: &mut Device, text: &mut TextDocument, words: &str) {
    loop {
        for entry in device.news() {
            let Entry::Change { change, .. } = entry else { continue };
            for op in change.open().unwrap().ops {
                if let Op::Text { update, .. } = op {
                    text.apply(&update).unwrap();
                }
            }
        }
        if talkoot_core::text::plain::plain(&text.blocks("body")).contains(words) {
            return;
        }
    }
}

#[test]
fn y3_what_a_client_writes_is_a_stored_change_of_its_account_before_others_hear_of_it() {
    let (server, leena, _, mut device) = server();
    let mut one = YjsClient::synced(&server, Some(&leena), &name(record(1)), 11);
    let mut other = YjsClient::synced(&server, Some(&leena), &name(record(1)), 12);
    one.write("Talkoot");
    other.wait_until(|it| it.words().contains("Talkoot"));
    // Whoever has heard of it can be sure of it: the server is killed at once.
    let server = Server::start_in(server.kill());
    let mut later = YjsClient::synced(&server, Some(&leena), &name(record(1)), 13);
    assert_eq!(later.canonical(), other.canonical());
    later.write("kylässä");
    device.connect(&server, Some(&leena), "");
    device.greet();
    let (author, mut text) = (device.author.account, TextDocument::new(1));
    let entries = device.pull();
    let texts = entries.iter().filter_map(|entry| match entry {
        Entry::Change { change, .. } => change.open().ok(),
        Entry::Conceal { .. } => None,
    });
    for change in texts {
        assert_eq!(change.author, author);
        for op in change.ops {
            if let Op::Text { update, .. } = op {
                text.apply(&update).unwrap();
            }
        }
    }
    if !talkoot_core::text::plain::plain(&text.blocks("body")).contains("kylässä") {
        read_until(&mut device, &mut text, "kylässä");
    }
    assert_eq!(text.canonical(&["body"]), later.canonical());
}

#[test]
fn y4_whoever_may_only_read_reads_and_what_he_writes_is_refused_and_does_not_spread() {
    let (server, leena, lasse, mut device) = server();
    device.store(record(2), create_in(record(8)));
    let mut writer = YjsClient::synced(&server, Some(&leena), &name(record(1)), 11);
    writer.write("Talkoot");
    let mut readers = vec![
        YjsClient::synced(&server, Some(&lasse), &name(record(1)), 12),
        YjsClient::synced(&server, Some(&lasse), &name(record(1)), 13),
    ];
    for reader in &mut readers {
        reader.wait_until(|it| it.words().contains("Talkoot"));
    }
    // What they have heard of is stored.
    let rows = server.folder.log_rows();
    for reader in &mut readers {
        reader.write("mine");
        reader.wait_until(|it| !it.denied.is_empty());
        assert_eq!(reader.denied, ["not_allowed"]);
    }
    assert_eq!(server.folder.log_rows(), rows);
    writer.write("again");
    for reader in &mut readers {
        reader.wait_until(|it| it.words().contains("again"));
    }
    assert!(!writer.words().contains("mine"));
    // What one may not see is not there.
    for unseen in [name(record(2)), name(record(9)), "no-name".to_owned()] {
        assert_eq!(
            YjsClient::open(&server, Some(&lasse), &unseen, 14).err(),
            Some(404),
            "{unseen}"
        );
    }
    assert!(YjsClient::open(&server, Some(&leena), &name(record(2)), 14).is_ok());
}

#[test]
fn y4_a_session_that_ends_closes_its_texts() {
    let (server, leena, lasse, _) = server();
    let mut reader = YjsClient::synced(&server, Some(&lasse), &name(record(1)), 12);
    server.user(
        &["user", "set-password", "lasse@talkoot.example", "--password-stdin"],
        "another-long-one",
    );
    reader.wait_for_close();
    drop(leena);
}

#[test]
fn y5_devices_and_clients_hold_the_same_text() {
    let (server, leena, _, mut device) = server();
    let mut client = YjsClient::synced(&server, Some(&leena), &name(record(1)), 11);
    let mut text = TextDocument::new(77);
    for round in 0..5 {
        let words = format!("device {round}");
        let update = text.edit("body", &Edit::AppendParagraph { text: words.clone() }).unwrap();
        device.store(record(1), vec![Op::Text { schema: TEXT_SCHEMA_VERSION, update }]);
        client.wait_until(|it| it.words().contains(&words));
        client.write(&format!("client {round}"));
        read_until(&mut device, &mut text, &format!("client {round}"));
    }
    assert_eq!(client.canonical(), text.canonical(&["body"]));
    // A client id of the device is not a standard client's to use.
    let mut thief = YjsClient::synced(&server, Some(&leena), &name(record(1)), 77);
    thief.write("stolen");
    thief.wait_until(|it| !it.denied.is_empty());
    assert_eq!(thief.denied, ["text_gap"]);
}

#[test]
fn y6_presence_goes_both_ways_and_nobody_stays_who_has_gone() {
    let (server, leena, _, mut device) = server();
    let mut one = YjsClient::synced(&server, Some(&leena), &name(record(1)), 11);
    one.is_here(1, r#"{"user":{"name":"Leena"}}"#);
    let mut other = YjsClient::synced(&server, Some(&leena), &name(record(1)), 12);
    other.wait_until(|it| !it.awareness.is_empty());
    let state = device.wait_for(|message| match message {
        ServerMessage::Present { presence, .. } => Some(presence.state),
        _ => None,
    });
    assert_eq!(state, other.awareness, "the same words for a device");
    let here = AwarenessState { client: 77, clock: 1, json: r#"{"user":{"name":"Laptop"}}"# };
    let state = encode_awareness(&[here]);
    device.say(&ClientMessage::Presence(Presence { record: record(1), state: state.clone() }));
    other.wait_until(|it| it.awareness == state);
    drop(one);
    other.wait_until(|it| it.awareness.ends_with(b"\x04null"));
}

#[test]
fn y7_the_playground_takes_any_name_and_content_and_is_for_this_machine_alone() {
    let server = Server::start_with(Folder::new(), &["--yjs-playground"]);
    let mut one = YjsClient::synced(&server, None, "any/name%20at-all", 11);
    // A plain text in a field of its own: no text of ours has such a thing.
    let update = [1, 1, 11, 0, 4, 1, 4, b'T', b'e', b'x', b't', 2, b'h', b'i', 0];
    one.send(yjs::update(&update));
    let mut other = YjsClient::synced(&server, None, "any/name%20at-all", 12);
    other.wait_until(|it| it.bytes > 10);
    let server = Server::start_with(server.kill(), &["--yjs-playground"]);
    let later = YjsClient::synced(&server, None, "any/name%20at-all", 13);
    assert_eq!(later.canonical(), other.canonical());
    assert_eq!(verify::look(&server.kill()).problems, []);
    let folder = Folder::new();
    for open in [&["--listen", "0.0.0.0:0"][..], &["--public-url", "https://talkoot.example"]] {
        let words = [&["serve", "--yjs-playground"], open].concat();
        let refused = talkoot(&folder.0, &words, "");
        assert_eq!(refused.status.code(), Some(2));
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(said.contains("--yjs-playground"), "{said}");
    }
}

#[test]
fn r16_scratch_documents_are_looked_at_by_their_own_rules_beside_ordinary_texts() {
    let (server, leena, _, _) = server();
    YjsClient::synced(&server, Some(&leena), &name(record(1)), 11).write("Talkoot");
    let server = Server::start_with(server.kill(), &["--yjs-playground"]);
    let mut scratch = YjsClient::synced(&server, None, "scratch", 11);
    let mut other = YjsClient::synced(&server, None, "scratch", 12);
    for number in 0..40 {
        // Each is a plain text in a field of its own name.
        let field = [b'a' + number % 20, b'0' + number / 20];
        let (clock, [one, two]) = (number * 2, field);
        scratch.send(yjs::update(&[1, 1, 11, clock, 4, 1, 2, one, two, 2, b'h', b'i', 0]));
    }
    other.wait_until(|it| it.bytes > 400);
    let found = verify::look(&server.kill()).problems;
    assert_eq!(found, []);
}

#[test]
fn y8_bytes_that_lie_are_refused_with_a_code_and_the_text_goes_on() {
    let (server, leena, _, _) = server();
    let mut client = YjsClient::synced(&server, Some(&leena), &name(record(1)), 11);
    let rows = server.folder.log_rows();
    let deep = [vec![1, 1, 9, 0], [0x27, 0, 9, 0].repeat(7_000)].concat();
    let cases: [(Vec<u8>, &str); 7] = [
        (vec![0, 2, 9, 1], "text_malformed"),
        (vec![], "text_malformed"),
        (vec![0, 0, 5, 0xff, 0xff, 0xff, 0xff, 0x0f], "text_malformed"),
        (yjs::update(&deep), "text_unknown_content"),
        (yjs::update(&[1, 1, 9, 5, 4, 1, 4, b'b', b'o', b'd', b'y', 1, b'x', 0]), "text_gap"),
        (
            yjs::update(&[1, 1, 9, 0, 4, 1, 4, b'b', b'o', b'd', b'y', 1, b'x', 0]),
            "text_unknown_content",
        ),
        (yjs::awareness(&[1, 9, 1, 1, b'{']), "text_malformed"),
    ];
    for (place, (frame, code)) in cases.into_iter().enumerate() {
        client.send(frame);
        client.wait_until(|it| it.denied.len() > place);
        assert_eq!(client.denied[place], code, "case {place}");
    }
    assert_eq!(server.folder.log_rows(), rows);
    client.write("goes on");
    let mut other = YjsClient::synced(&server, Some(&leena), &name(record(1)), 12);
    other.wait_until(|it| it.words().contains("goes on"));
}

#[test]
fn y9_a_client_that_does_not_read_is_let_go_and_holds_nobody_up() {
    let (server, leena, _, _) = server();
    let mut writer = YjsClient::synced(&server, Some(&leena), &name(record(1)), 11);
    let mut other = YjsClient::synced(&server, Some(&leena), &name(record(1)), 12);
    let mut deaf = YjsClient::synced(&server, Some(&leena), &name(record(1)), 13);
    let words = "talkoot ".repeat(110_000);
    let mut sent = 0;
    // More than may wait for one client, and than the kernel keeps for it.
    while sent < 48 * 1_048_576 {
        writer.write(&words);
        sent += words.len();
        other.wait_until(|it| it.bytes >= sent);
    }
    deaf.wait_for_close();
    assert!(deaf.bytes < sent, "it was let go before it had everything");
    writer.write("goes on");
    other.wait_until(|it| it.bytes > sent + "goes on".len());
}

#[test]
fn y11_a_scratch_document_that_nobody_writes_in_is_not_stored() {
    let server = Server::start_with(Folder::new(), &["--yjs-playground"]);
    let rows = server.folder.log_rows();
    let mut one = YjsClient::synced(&server, None, "empty", 11);
    let mut other = YjsClient::synced(&server, None, "empty", 12);
    assert_eq!(server.folder.log_rows(), rows);
    one.write("words");
    other.wait_until(|it| it.words().contains("words"));
    assert_eq!(server.folder.log_rows(), rows + 2, "its beginning, and the words");
    other.write("more");
    one.wait_until(|it| it.words().contains("more"));
    let server = Server::start_with(server.kill(), &["--yjs-playground"]);
    let later = YjsClient::synced(&server, None, "empty", 13);
    assert_eq!(later.canonical(), one.canonical());
}

#[test]
fn y12_a_client_that_asks_without_end_is_let_go_and_another_is_served() {
    let (server, leena, lasse, _) = server();
    let mut writer = YjsClient::synced(&server, Some(&leena), &name(record(1)), 11);
    let mut other = YjsClient::synced(&server, Some(&leena), &name(record(1)), 12);
    let mut stranger = YjsClient::synced(&server, Some(&lasse), &name(record(1)), 13);
    for clock in 0..200_u32 {
        let clocks = std::collections::BTreeMap::from([(99, clock)]);
        stranger.send(yjs::know(&clocks));
    }
    stranger.wait_for_close();
    writer.write("goes on");
    other.wait_until(|it| it.words().contains("goes on"));
    let mut again = YjsClient::synced(&server, Some(&lasse), &name(record(1)), 14);
    again.wait_until(|it| it.words().contains("goes on"));
}

#[test]
fn y16_a_crowd_that_asks_for_parts_of_a_long_text_is_answered_and_holds_no_writer_up() {
    let (server, leena, lasse, _) = server();
    let mut writer = YjsClient::synced(&server, Some(&leena), &name(record(1)), 11);
    let mut other = YjsClient::synced(&server, Some(&leena), &name(record(1)), 12);
    for part in 0..20 {
        writer.write(&format!("part {part} {}", "talkoot ".repeat(200)));
    }
    other.wait_until(|it| it.words().contains("part 19 "));
    let synced = |client| YjsClient::synced(&server, Some(&lasse), &name(record(1)), client);
    let mut crowd: Vec<_> = (100..130).map(synced).collect();
    crowd.iter_mut().for_each(YjsClient::ask_alone);
    writer.write("goes on");
    other.wait_until(|it| it.words().contains("goes on"));
    for stranger in &mut crowd {
        stranger.wait_until(|it| it.answers == 2 && it.words().contains("goes on"));
    }
}
