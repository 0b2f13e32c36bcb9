//! Backup and restore by the command line: one file, one moment, nothing overwritten unasked.

use std::path::{Path, PathBuf};
use std::process::Output;

use talkoot_core::schema::Kind;
use talkoot_core::sync::message::ClientMessage;

use super::device::{Device, answer, create, record, title};
use super::http::sign_in;
use super::process::{Folder, Server, talkoot};

/// Makes a backup of a folder and gives its place, in a folder of its own.
pub(crate) fn back_up(data: &Path, into: &Folder, name: &str) -> PathBuf {
    let file = into.0.join(name);
    let done = talkoot(data, &["backup", file.to_str().unwrap()], "");
    assert!(done.status.success(), "{}", said(&done));
    file
}

/// Restores a backup and gives what the program said.
pub(crate) fn take_back(data: &Path, file: &Path, more: &[&str]) -> Output {
    talkoot(data, &[&["restore", file.to_str().unwrap()], more].concat(), "")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder with one account and some documents, and no server on it.
fn workspace(documents: u8) -> Folder {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut device = Device::online(&server, 1, Some(&session));
    for number in 1..=documents {
        device.store(record(number), create(Kind::Document));
    }
    server.kill()
}

fn log_name(folder: &Folder) -> Vec<u8> {
    let sql = "SELECT value FROM meta WHERE name = 'log'";
    folder.database().query_row(sql, [], |row| row.get(0)).unwrap()
}

fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|it| it.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn r1_a_backup_is_one_whole_file_and_replaces_none_unasked() {
    let (data, out) = (workspace(2), Folder::new());
    let file = back_up(&data.0, &out, "a.talkoot");
    assert_eq!(files(&out.0), ["a.talkoot"], "nothing half done is left beside it");
    let before = std::fs::read(&file).unwrap();
    let again = talkoot(&data.0, &["backup", file.to_str().unwrap()], "");
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("--overwrite"), "{}", said(&again));
    assert_eq!(std::fs::read(&file).unwrap(), before);
    let again = talkoot(&data.0, &["backup", file.to_str().unwrap(), "--overwrite"], "");
    assert!(again.status.success(), "{}", said(&again));
    let nowhere = talkoot(&out.0, &["backup", "x"], "");
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(said(&nowhere).contains("no workspace") && files(&out.0) == ["a.talkoot"]);
}

#[cfg(unix)]
#[test]
fn r1_only_its_owner_can_read_a_backup() {
    use std::os::unix::fs::PermissionsExt as _;
    let (data, out) = (workspace(0), Folder::new());
    let file = back_up(&data.0, &out, "a.talkoot");
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o077, 0);
}

#[test]
fn r2_a_backup_made_while_people_write_is_the_state_of_one_moment() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut device = Device::online(&server, 1, Some(&session));
    device.store(record(1), create(Kind::Document));
    let out = Folder::new();
    for round in 0..5_u64 {
        for at in 0..60 {
            let signed = device.edit(record(1), title(&at.to_string()));
            device.say(&ClientMessage::Push(vec![signed]));
        }
        // The server is storing these while the copy is made.
        let before = server.folder.log_rows();
        let file = back_up(&server.folder.0, &out, &round.to_string());
        let after = server.folder.log_rows();
        for _ in 0..60 {
            assert_eq!(device.wait_for(answer), "ok");
        }
        let restored = Folder::new();
        assert!(take_back(&restored.0, &file, &[]).status.success());
        let rows = restored.log_rows();
        assert!((before..=after).contains(&rows), "{before} <= {rows} <= {after}");
        let last = "SELECT max(sequence) FROM log";
        let last: i64 = restored.database().query_row(last, [], |row| row.get(0)).unwrap();
        assert_eq!(last.cast_unsigned(), rows, "without a gap");
    }
}

#[test]
fn r3_what_is_no_whole_backup_of_this_program_is_refused_and_changes_nothing() {
    let (data, out, empty) = (workspace(2), Folder::new(), Folder::new());
    let whole = std::fs::read(back_up(&data.0, &out, "a.talkoot")).unwrap();
    let end = whole.len();
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 4;
        bytes
    };
    let mut cases = vec![
        (whole[..end - 7].to_vec(), "end is missing"),
        (Vec::new(), "end is missing"),
        (std::fs::read(data.0.join("talkoot.db")).unwrap(), "end is missing"),
        (flipped(end - 17), "newer program"),
        ([&whole[..100], &whole[200..]].concat(), "damaged"),
    ];
    for place in [0, 1, 100, 4_096, end / 2, end - 70, end - 60, end - 40, end - 20] {
        cases.push((flipped(place), "damaged"));
    }
    for (bytes, word) in cases {
        let file = out.0.join("bad");
        std::fs::write(&file, bytes).unwrap();
        let refused = take_back(&empty.0, &file, &[]);
        let sentence = said(&refused);
        assert_eq!((refused.status.code(), sentence.lines().count()), (Some(2), 1), "{sentence}");
        assert!(sentence.contains(word), "{word}: {sentence}");
        assert!(files(&empty.0).iter().all(|name| name == "lock"), "{:?}", files(&empty.0));
    }
    let newer = out.0.join("newer");
    data.database().pragma_update(None, "user_version", 99).unwrap();
    let refused = talkoot(&data.0, &["backup", newer.to_str().unwrap()], "");
    assert!(said(&refused).contains("version 99"), "{}", said(&refused));
}

#[test]
fn r4_a_restore_takes_the_place_of_nothing_unasked_and_keeps_what_it_replaces() {
    let (old, new, out) = (workspace(3), workspace(1), Folder::new());
    let file = back_up(&new.0, &out, "a.talkoot");
    let refused = take_back(&old.0, &file, &[]);
    assert_eq!((refused.status.code(), old.log_rows()), (Some(2), 3));
    assert!(said(&refused).contains("--replace"), "{}", said(&refused));
    let done = take_back(&old.0, &file, &["--replace"]);
    assert!(done.status.success(), "{}", said(&done));
    assert_eq!(old.log_rows(), 1);
    let told = String::from_utf8(done.stdout).unwrap();
    let kept = told.lines().find_map(|line| line.split("kept as ").nth(1)).unwrap();
    let kept = rusqlite::Connection::open(kept.trim_end_matches('.')).unwrap();
    let rows: i64 = kept.query_row("SELECT count(*) FROM log", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 3, "with what the killed server had only in its write-ahead file");
}

#[test]
fn r4_nothing_is_restored_under_a_running_server() {
    let server = Server::start();
    let out = Folder::new();
    let file = back_up(&server.folder.0, &out, "a.talkoot");
    let refused = take_back(&server.folder.0, &file, &["--replace"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("another `talkoot serve`"), "{}", said(&refused));
}

#[test]
fn r5_a_restored_log_has_another_name_and_the_same_people_and_keys() {
    let (data, out) = (workspace(1), Folder::new());
    let file = back_up(&data.0, &out, "a.talkoot");
    let restored = [Folder::new(), Folder::new()];
    for folder in &restored {
        assert!(take_back(&folder.0, &file, &[]).status.success());
    }
    let names = [&data, &restored[0], &restored[1]].map(log_name);
    assert!(names[0] != names[1] && names[1] != names[2] && names[0] != names[2]);
    let [folder, _] = restored;
    let server = Server::start_in(folder);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut device = Device::online(&server, 1, Some(&session));
    assert_eq!(device.pull().len(), 1);
}
