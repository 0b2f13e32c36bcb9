//! Transfer files by the command line: what a server packs, and what comes of what devices packed.

use std::path::PathBuf;
use std::process::Output;

use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::sign::{ReplicaKey, SignedChange};
use talkoot_core::transfer::{Maker, Slice, read, write};

use super::backup::{back_up, take_back};
use super::device::{Device, create, create_in, record, title};
use super::http::{Session, sign_in};
use super::process::{Folder, Server, talkoot};
use super::restored::digests;

const LEENA: &str = "leena@talkoot.example";

fn start() -> (Server, Session) {
    let server = Server::start();
    server.add_user(LEENA, "coordinator", &[]);
    let session = sign_in(&server, LEENA);
    (server, session)
}

fn export(data: &Folder, into: &Folder, what: &[&str]) -> PathBuf {
    let file = into.0.join("stick.talkoot");
    let words = [&["export", "--overwrite", file.to_str().unwrap()], what].concat();
    let done = talkoot(&data.0, &words, "");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    file
}

fn import(data: &Folder, file: &std::path::Path) -> Output {
    talkoot(&data.0, &["import", file.to_str().unwrap()], "")
}

/// Gives the numbers of a report: stored, added, changed, known, asks, unverified, refused.
fn numbers(done: &Output) -> Vec<usize> {
    let said = String::from_utf8(done.stdout.clone()).unwrap();
    assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
    let lines = said.lines().filter(|line| line.starts_with("Stored") || line.starts_with("  "));
    let lines = lines.filter(|line| !line.starts_with("    "));
    let number = |line: &str| line.split(' ').find_map(|word| word.parse().ok());
    lines.filter_map(number).collect()
}

/// Packs changes as the device that made them does.
fn pack(device: &Device, changes: Vec<SignedChange>, into: &Folder) -> PathBuf {
    let maker = Maker::unproven(device.author.key.public(), device.author.account);
    let slice = Slice { made_ms: 1, changes, makers: vec![maker] };
    let file = into.0.join("device.talkoot");
    std::fs::write(&file, write(&slice, &device.author.key).unwrap()).unwrap();
    file
}

#[test]
fn j12_what_one_server_packs_another_takes_in_once() {
    let (server, leena) = start();
    let mut device = Device::online(&server, 1, Some(&leena));
    device.store(record(1), create(Kind::Document));
    let out = Folder::new();
    let backup = back_up(&server.folder.0, &out, "before.backup");
    device.store(record(1), title("Alku"));
    device.store(record(2), create(Kind::Document));
    let data = server.kill();
    let file = export(&data, &out, &["--all"]);

    let older = Folder::new();
    assert!(take_back(&older.0, &backup, &[]).status.success());
    assert_eq!(numbers(&import(&older, &file)), [2, 1, 1, 0, 0, 0, 0]);
    assert_eq!(digests(&older), digests(&data));
    let rows = older.log_rows();
    assert_eq!(numbers(&import(&older, &file)), [0, 0, 0, 2, 0, 0, 0], "once more");
    assert_eq!(older.log_rows(), rows);
}

#[test]
fn j12_a_change_that_came_on_a_stick_is_the_one_that_comes_over_the_line() {
    let (server, leena) = start();
    let mut device = Device::online(&server, 1, Some(&leena));
    device.store(record(1), create(Kind::Document));
    let first = device.edit(record(1), title("Kahvila"));
    let second = device.edit(record(1), title("Kahvio"));
    let data = server.kill();
    let out = Folder::new();
    let file = pack(&device, vec![second.clone(), first.clone()], &out);
    assert_eq!(numbers(&import(&data, &file)), [2, 0, 1, 0, 1, 0, 0], "two titles ask");

    let server = Server::start_in(data);
    let rows = server.folder.log_rows();
    device.connect(&server, Some(&leena), "");
    device.greet();
    assert_eq!(device.push(first), "ok");
    assert_eq!(device.push(second), "ok");
    assert_eq!(server.folder.log_rows(), rows);
}

#[test]
fn j12_what_is_not_proven_or_not_allowed_is_said_and_not_stored() {
    let (server, leena) = start();
    server.add_user("reader@talkoot.example", "reader", &[]);
    let reader = sign_in(&server, "reader@talkoot.example");
    let mut known = Device::online(&server, 1, Some(&reader));
    let mut stranger = Device::new(2, Some(&leena));
    let data = server.kill();
    let rows = data.log_rows();
    let out = Folder::new();
    let made = stranger.edit(record(1), create(Kind::Document));
    let file = pack(&stranger, vec![made], &out);
    assert_eq!(numbers(&import(&data, &file)), [0, 0, 0, 0, 0, 1, 0], "not met");
    let made = known.edit(record(1), create(Kind::Document));
    let file = pack(&known, vec![made], &out);
    let done = import(&data, &file);
    assert_eq!(numbers(&done), [0, 0, 0, 0, 0, 0, 1]);
    assert!(String::from_utf8_lossy(&done.stdout).contains("1 for not_allowed"));

    let mut damaged = std::fs::read(&file).unwrap();
    *damaged.last_mut().unwrap() ^= 1;
    let cases = [
        (damaged, "transfer_damaged"),
        (b"PK\x03\x04".to_vec(), "transfer_foreign"),
        (b"age-encryption.org/v1\n".to_vec(), "--passphrase-stdin"),
    ];
    for (bytes, code) in cases {
        let file = out.0.join("bad.talkoot");
        std::fs::write(&file, bytes).unwrap();
        let done = import(&data, &file);
        assert_eq!(done.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&done.stderr).contains(code));
    }
    assert_eq!(data.log_rows(), rows);
}

#[test]
fn j12_a_locked_file_opens_with_its_passphrase_only() {
    let (server, leena) = start();
    let mut device = Device::online(&server, 1, Some(&leena));
    device.store(record(1), create(Kind::Document));
    let (data, out) = (server.kill(), Folder::new());
    let file = out.0.join("locked.talkoot");
    let path = file.to_str().unwrap();
    let words = ["export", path, "--all", "--passphrase-stdin"];
    assert!(talkoot(&data.0, &words, "kahvi ja pulla\n").status.success());
    let locked = std::fs::read(&file).unwrap();
    assert!(locked.starts_with(b"age-encryption.org/v1\n-> scrypt "));
    let open = |passphrase| talkoot(&data.0, &["import", path, "--passphrase-stdin"], passphrase);
    let wrong = open("kahvi\n");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("transfer_wrong_passphrase"));
    assert_eq!(numbers(&open("kahvi ja pulla\n")), [0, 0, 0, 1, 0, 0, 0]);
}

#[test]
fn j13_a_file_holds_what_was_chosen_with_the_servers_word_for_its_makers() {
    let (server, leena) = start();
    let mut device = Device::online(&server, 1, Some(&leena));
    let project = record(1);
    device.store(project, create(Kind::Project));
    device.store(record(2), create_in(project));
    device.store(record(3), create(Kind::Document));
    let out = Folder::new();
    let refused = talkoot(&server.folder.0, &["export", "x.talkoot", "--all"], "");
    assert_eq!(refused.status.code(), Some(2), "a running server has the folder open");
    let data = server.kill();
    let records = |what: &[&str]| -> Vec<RecordId> {
        let file = std::fs::read(export(&data, &out, what)).unwrap();
        let transfer = read(&file).unwrap();
        let believes = |key| key == transfer.exporter;
        let replica = device.author.key.public().replica();
        let word = transfer.makers.iter().find(|maker| maker.replica() == replica).unwrap();
        assert!(word.is_proven(believes));
        transfer.records().into_iter().collect()
    };
    let id = |number: u8| record(number).to_string();
    assert_eq!(records(&["--all"]), [record(1), record(2), record(3)]);
    assert_eq!(records(&["--project", &id(1)]), [record(1), record(2)]);
    assert_eq!(records(&["--record", &id(2), "--record", &id(3)]), [record(2), record(3)]);
    let unknown = talkoot(&data.0, &["export", "x.talkoot", "--record", &id(9)], "");
    assert_eq!(unknown.status.code(), Some(2));
    let file = out.0.join("stick.talkoot");
    let again = talkoot(&data.0, &["export", file.to_str().unwrap(), "--all"], "");
    assert_eq!(again.status.code(), Some(2), "it is there already");
    let key: ReplicaKey = device.author.key;
    assert_ne!(read(&std::fs::read(file).unwrap()).unwrap().exporter, key.public());
}
