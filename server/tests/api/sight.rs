//! Who sees what: published things, and what happens when sight widens or narrows.

use talkoot_core::schema::Kind;

use super::device::{Device, concealed, create, create_in, move_to, publish, record, seen, title};
use super::http::{Session, sign_in};
use super::process::Server;

/// A server, a coordinator's device, and a reader's session, who is of no project.
fn server() -> (Server, Device, Session) {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    server.add_user("lasse@talkoot.example", "reader", &[]);
    let [leena, lasse] =
        ["leena", "lasse"].map(|name| sign_in(&server, &format!("{name}@talkoot.example")));
    let writer = Device::online(&server, 1, Some(&leena));
    (server, writer, lasse)
}

#[test]
fn w3_a_reader_of_no_project_sees_only_published_things_and_writes_nothing() {
    let (server, mut writer, lasse) = server();
    let project = record(8);
    writer.store(record(1), create_in(project));
    writer.store(record(2), [create(Kind::Document), publish(true)].concat());
    let mut reader = Device::online(&server, 2, Some(&lasse));
    assert_eq!(seen(&reader.pull()), [record(2)]);
    let rows = server.folder.log_rows();
    let signed = reader.edit(record(3), create(Kind::Document));
    assert_eq!(reader.push(signed), "not_allowed");
    assert_eq!(server.folder.log_rows(), rows);
}

#[test]
fn w3_publishing_brings_the_whole_record_and_unpublishing_takes_it_away() {
    let (server, mut writer, lasse) = server();
    writer.store(record(1), create_in(record(8)));
    writer.store(record(1), title("Before"));
    let mut reader = Device::online(&server, 2, Some(&lasse));
    assert_eq!(reader.pull(), []);
    writer.store(record(1), publish(true));
    let entries = reader.news();
    let mut brought = seen(&entries);
    brought.dedup();
    assert_eq!(brought, [record(1)]);
    assert!(entries.len() >= 3, "creation, title and publication: {}", entries.len());
    writer.store(record(1), publish(false));
    assert_eq!(concealed(&reader.news()), [record(1)]);
    writer.store(record(1), title("Not for everybody"));
    writer.store(record(1), publish(true));
    let all = reader.news();
    assert!(all.len() >= 6, "everything since the beginning: {}", all.len());
}

#[test]
fn w3_a_bin_hides_a_published_record_and_a_new_device_never_hears_of_it() {
    let (server, mut writer, lasse) = server();
    let mut reader = Device::online(&server, 2, Some(&lasse));
    writer.store(record(1), [create_in(record(8)), publish(true)].concat());
    reader.pull();
    let trash = writer.trash(record(1));
    writer.store(record(1), trash);
    let mut entries = reader.pull();
    while concealed(&entries).is_empty() {
        entries = reader.news();
    }
    assert_eq!(concealed(&entries), [record(1)]);
    let mut later = Device::online(&server, 3, Some(&lasse));
    assert_eq!(later.pull(), [], "neither the record nor its name");
}

#[test]
fn w3_moving_to_another_project_moves_it_between_the_projects_people() {
    let server = Server::start();
    let (here, there) = (record(8), record(9));
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    server.add_user("here@talkoot.example", "member", &[here.to_string()]);
    server.add_user("there@talkoot.example", "member", &[there.to_string()]);
    let [leena, local, distant] =
        ["leena", "here", "there"].map(|name| sign_in(&server, &format!("{name}@talkoot.example")));
    let mut writer = Device::online(&server, 1, Some(&leena));
    let mut local = Device::online(&server, 2, Some(&local));
    let mut distant = Device::online(&server, 3, Some(&distant));
    writer.store(record(1), create_in(here));
    assert_eq!(seen(&local.pull()), [record(1)]);
    assert_eq!(distant.pull(), []);
    writer.store(record(1), move_to(there));
    assert_eq!(concealed(&local.news()), [record(1)]);
    let brought = seen(&distant.news());
    assert!(brought.len() >= 2 && brought.iter().all(|it| *it == record(1)), "{brought:?}");
}
