//! Refusals at the start: one sentence what happened and what to do, exit code 2.

use std::net::TcpListener;
use std::process::Output;

use super::process::{Folder, Server, talkoot};

fn refused(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{said}");
    said
}

#[test]
fn o2_a_taken_port_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let listen = format!("127.0.0.1:{port}");
    let said = refused(&talkoot(&Folder::new().0, &["serve", "--listen", &listen], ""));
    assert!(said.contains(&format!("port {port}")) && said.contains("--listen"), "{said}");
}

#[test]
fn o2_a_folder_that_cannot_be_written_is_named() {
    let folder = Folder::new();
    let file = folder.0.join("a-file");
    std::fs::write(&file, "in the way").unwrap();
    let said = refused(&talkoot(&file.join("data"), &["serve", "--listen", "127.0.0.1:0"], ""));
    assert!(said.contains("cannot be written") && said.contains("--data"), "{said}");
}

#[test]
fn o2_a_folder_that_another_server_has_open_is_named() {
    let server = Server::start();
    for words in [&["serve", "--listen", "127.0.0.1:0"][..], &["demo"][..]] {
        let said = refused(&talkoot(&server.folder.0, words, ""));
        assert!(said.contains("another `talkoot serve`"), "{said}");
    }
}

#[test]
fn o2_a_database_of_a_newer_version_is_left_alone() {
    let folder = Folder::new();
    assert!(talkoot(&folder.0, &["user", "list"], "").status.success());
    folder.database().pragma_update(None, "user_version", 99).unwrap();
    let said = refused(&talkoot(&folder.0, &["serve", "--listen", "127.0.0.1:0"], ""));
    assert!(said.contains("version 99") && said.contains("newer program"), "{said}");
}

#[test]
fn o2_a_file_that_is_no_database_is_left_alone() {
    let folder = Folder::new();
    let content = "This is a letter, not a database. ".repeat(100);
    std::fs::write(folder.0.join("talkoot.db"), &content).unwrap();
    let said = refused(&talkoot(&folder.0, &["serve", "--listen", "127.0.0.1:0"], ""));
    assert!(said.contains("not a Talkoot database"), "{said}");
    assert_eq!(std::fs::read_to_string(folder.0.join("talkoot.db")).unwrap(), content);
}

#[test]
fn u3_the_command_line_says_what_is_wrong_with_an_account() {
    let folder = Folder::new();
    let add = |email: &str, password: &str| {
        let words =
            ["user", "add", email, "--name", "Leena", "--role", "reader", "--password-stdin"];
        talkoot(&folder.0, &words, password)
    };
    assert!(add("leena@talkoot.example", "a-long-password\n").status.success());
    assert!(refused(&add("LEENA@talkoot.example", "a-long-password\n")).contains("already"));
    assert!(refused(&add("leena", "a-long-password\n")).contains("no e-mail"));
    assert!(refused(&add("pentti@talkoot.example", "short\n")).contains("12 characters"));
    let unknown = ["user", "set-role", "nobody@talkoot.example", "member"];
    assert!(refused(&talkoot(&folder.0, &unknown, "")).contains("no account"));
    let listed = talkoot(&folder.0, &["user", "list"], "");
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert_eq!(listed, "leena@talkoot.example\tLeena\treader\t\n");
}

#[test]
fn u3_a_generated_password_is_printed_and_works() {
    let server = Server::start();
    let words = ["user", "add", "leena@talkoot.example", "--name", "Leena", "--role", "reader"];
    let added = talkoot(&server.folder.0, &words, "");
    let said = String::from_utf8(added.stdout).unwrap();
    let password = said.lines().find_map(|line| line.strip_prefix("Password: ")).unwrap();
    let reply = super::http::try_sign_in(&server, "leena@talkoot.example", password);
    assert_eq!(reply.status, 200);
}
