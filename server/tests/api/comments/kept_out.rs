//! Who was kept out stays so through a backup and a restore.

use serde_json::json;

use super::super::backup::{back_up, take_back};
use super::super::device::record;
use super::super::process::{Folder, Server};
use super::{House, OPTIONS, comment, id};

#[test]
fn oc11_whoever_is_kept_out_is_so_after_a_restore_and_what_waits_then_still_names_its_sender() {
    let house = House::new();
    let out = Folder::new();
    // Made before anybody was kept out, and before anybody sent anything.
    let early = back_up(&house.server.folder.0, &out, "early");
    let block = json!({ "decision": "reject", "reason": "Advertising", "block": true });
    house.send(&comment(1, record(1), "Good."), 1);
    house.send(&comment(2, record(1), "Good."), 2);
    assert_eq!(house.decide(0, id(1), &block).status, 204);
    let late = back_up(&house.server.folder.0, &out, "late");
    let mut house = house;
    for (number, backup) in [(3, late), (4, early)] {
        let House { server, sessions, device } = house;
        let folder = server.kill();
        let done = take_back(&folder.0, &backup, &["--replace"]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        house = House { server: Server::start_with(folder, &OPTIONS), sessions, device };
        let kept_out = house.send(&comment(number, record(1), "Good."), 1);
        assert_eq!(kept_out.code(), (403, "not_allowed".to_owned()), "comment {number}");
    }
    assert_eq!(house.decide(0, id(2), &block).status, 204);
    assert_eq!(house.send(&comment(5, record(1), "Good."), 2).status, 403);
    assert_eq!(house.send(&comment(5, record(1), "Good."), 3).status, 202);
}
