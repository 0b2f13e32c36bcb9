//! A device compares what it folded with what the server holds.

use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::schema::Kind;
use talkoot_core::sync::message::{ClientMessage, Entry, Holding, ServerMessage, Verdict};
use talkoot_server::feed::reached;

use super::device::{Device, create, create_in, publish, record, title};
use super::http::sign_in;
use super::process::Server;

/// Folds what a device was given of a record.
fn fold(id: RecordId, entries: &[Entry]) -> OpenRecord {
    let mut open = OpenRecord::new(id);
    for entry in entries {
        if let Entry::Change { record, change, .. } = entry
            && *record == id
        {
            open.apply(&change.open().unwrap());
        }
    }
    open
}

fn compare(device: &mut Device, holding: Holding) -> (Verdict, u64) {
    device.say(&ClientMessage::Compare(holding));
    device.wait_for(|message| match message {
        ServerMessage::Compared { verdict, latest, .. } => Some((verdict, latest)),
        _ => None,
    })
}

#[test]
fn n32_a_record_is_compared_with_what_the_server_folds_of_it() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut writer = Device::online(&server, 1, Some(&session));
    writer.store(record(1), create(Kind::Document));
    writer.store(record(1), title("Before"));
    let before = fold(record(1), &writer.pull());
    assert_eq!(compare(&mut writer, Holding::of(&before)), (Verdict::Same, reached(2)));
    writer.store(record(1), title("After"));
    assert_eq!(compare(&mut writer, Holding::of(&before)), (Verdict::Behind, reached(3)));
    let whole = fold(record(1), &Device::online(&server, 3, Some(&session)).pull());
    assert_eq!(compare(&mut writer, Holding::of(&whole)), (Verdict::Same, reached(3)));
    let wrong = Holding { digest: [0; 32], ..Holding::of(&whole) };
    assert_eq!(compare(&mut writer, wrong), (Verdict::Differs, reached(3)));
    let mut ahead = Holding::of(&whole);
    let next = |id: ChangeId| (id.replica, id.counter + 1);
    ahead.frontier = ahead.frontier.ends().map(next).collect();
    assert_eq!(compare(&mut writer, ahead), (Verdict::Ahead, reached(3)));
}

#[test]
fn n32_what_is_out_of_sight_is_answered_like_what_never_was() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let mut writer = Device::online(&server, 1, Some(&session));
    writer.store(record(1), create_in(record(8)));
    let open = fold(record(1), &writer.pull());
    server.add_user("lasse@talkoot.example", "reader", &[]);
    let lasse = sign_in(&server, "lasse@talkoot.example");
    let mut reader = Device::online(&server, 2, Some(&lasse));
    let nothing = (Verdict::Unseen, 0);
    assert_eq!(compare(&mut reader, Holding::of(&open)), nothing);
    assert_eq!(compare(&mut reader, Holding::of(&OpenRecord::new(record(9)))), nothing);
    writer.store(record(1), publish(true));
    assert_eq!(compare(&mut reader, Holding::of(&open)).0, Verdict::Behind);
}
