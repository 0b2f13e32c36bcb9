//! What was acknowledged stays: over a kill, over a clean stop.

use std::collections::BTreeSet;

use talkoot_core::change::Op;
use talkoot_core::id::ChangeId;
use talkoot_core::schema::Kind;
use talkoot_core::sync::message::{ClientMessage, Entry, ServerMessage};
use talkoot_core::text::edit::Edit;
use talkoot_core::text::{TEXT_SCHEMA_VERSION, TextDocument};

use super::device::{Device, answer, create, record, title};
use super::http::{Session, sign_in};
use super::process::{Server, talkoot};

#[test]
fn o3_everything_acknowledged_is_there_after_the_server_was_killed() {
    let mut server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut device = Device::new(1, Some(&session));
    for round in 0..5_u8 {
        device.connect(&server, Some(&session), "");
        device.greet();
        device.store(record(round + 1), create(Kind::Document));
        let edits: Vec<_> =
            (0..40).map(|it| device.change(record(round + 1), title(&it.to_string()))).collect();
        for (_, signed) in &edits {
            device.say(&ClientMessage::Push(vec![signed.clone()]));
        }
        // Killed in the middle: some are acknowledged, some are not.
        let mut acknowledged = Vec::new();
        while acknowledged.len() < 10 {
            let ids = device.wait_for(|message| match message {
                ServerMessage::Stored(ids) => Some(ids),
                _ => None,
            });
            acknowledged.extend(ids);
        }
        server = Server::start_in(server.kill());
        // The outbox sends again all that it does not know to be stored.
        device.connect(&server, Some(&session), "");
        device.greet();
        let found = held(&server, &session);
        assert!(acknowledged.iter().all(|id| found.contains(id)), "round {round}");
        let rest: Vec<_> = edits.into_iter().map(|(_, signed)| signed).collect();
        device.say(&ClientMessage::Push(rest));
        assert_eq!(device.wait_for(answer), "ok");
        let found = held(&server, &session);
        assert_eq!(found.len(), (usize::from(round) + 1) * 41, "each once");
    }
}

/// Lists what a device that knows nothing is given.
fn held(server: &Server, session: &Session) -> Vec<ChangeId> {
    let entries = Device::online(server, 2, Some(session)).pull();
    let opened = entries.iter().filter_map(|entry| match entry {
        Entry::Change { change, .. } => Some(change.open().unwrap().id),
        Entry::Conceal { .. } => None,
    });
    opened.collect()
}

#[cfg(unix)]
#[test]
fn o4_asked_to_stop_the_server_says_goodbye_and_ends_clean() {
    for signal in ["TERM", "INT"] {
        let mut server = Server::start();
        server.add_user("leena@talkoot.example", "coordinator", &[]);
        let session = sign_in(&server, "leena@talkoot.example");
        let mut device = Device::online(&server, 1, Some(&session));
        device.store(record(1), create(Kind::Document));
        server.signal(signal);
        assert_eq!(device.wait_for_close(), Some(1001));
        assert_eq!(server.wait(), Some(0));
        assert_eq!(server.folder.log_rows(), 1);
        assert!(!server.folder.0.join("talkoot.db-wal").exists(), "the database was closed");
    }
}

#[test]
fn o5_the_example_programme_loads_once_and_is_there_for_everybody() {
    let folder = super::process::Folder::new();
    let loaded = talkoot(&folder.0, &["demo"], "");
    let said = String::from_utf8(loaded.stdout).unwrap();
    assert!(loaded.status.success(), "{}", String::from_utf8_lossy(&loaded.stderr));
    let line = said.lines().nth(1).unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    let rows = folder.log_rows();
    let again = talkoot(&folder.0, &["demo"], "");
    assert_eq!((again.status.code(), folder.log_rows()), (Some(2), rows));
    let server = Server::start_in(folder);
    let reply = super::http::try_sign_in(&server, words[0], words[1]);
    assert_eq!(reply.status, 200, "{line}");
    server.add_user("lasse@talkoot.example", "reader", &[]);
    let lasse = sign_in(&server, "lasse@talkoot.example");
    let open = Device::online(&server, 1, Some(&lasse)).pull().len();
    assert!(open > 60 && u64::try_from(open).unwrap() < rows, "{open} of {rows} are published");
}

#[test]
fn n22_devices_that_do_not_read_cost_one_answer_each_and_miss_nothing() {
    const DEAF: u8 = 8;
    const CHANGES: usize = 40;
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut writer = Device::online(&server, 1, Some(&session));
    writer.store(record(1), create(Kind::Document));
    let mut deaf: Vec<_> =
        (0..DEAF).map(|it| Device::online(&server, 10 + it, Some(&session))).collect();
    for device in &mut deaf {
        device.pull();
    }
    // Nobody is held up by those who do not read: each change is acknowledged as ever.
    let mut text = TextDocument::new(7);
    for _ in 0..CHANGES {
        let update = text.edit("body", &Edit::AppendParagraph { text: "talkoot ".repeat(110_000) });
        let update = update.unwrap();
        writer.store(record(1), vec![Op::Text { schema: TEXT_SCHEMA_VERSION, update }]);
    }
    // Were everything kept for each, this would be more than 280 MB.
    let memory_kb = server.memory_kb();
    assert!(memory_kb < 200_000, "{memory_kb} kB");
    for device in &mut deaf {
        let mut known = BTreeSet::new();
        while known.len() < CHANGES {
            let entries = device.pull();
            known.extend(entries.iter().filter_map(|entry| match entry {
                Entry::Change { change, .. } => change.open().ok().map(|change| change.id),
                Entry::Conceal { .. } => None,
            }));
        }
    }
}
