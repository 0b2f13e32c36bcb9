//! What is held, and what a moderator took out, is in no file that serves anybody.

use serde_json::json;
use talkoot_core::address;
use talkoot_core::comment::personal::{Personal, find, remove};
use talkoot_core::language::Language;
use talkoot_core::schema::Kind;

use super::super::device::record;
use super::super::process::talkoot;
use super::{House, comment, holding, id};

const NUMBER: &str = "040 987 6543";

#[test]
fn oc12_what_a_moderator_removed_is_in_no_file_once_the_rest_is_published() {
    let mut house = House::new();
    let words = format!("Call me at {NUMBER}, it works.");
    for number in 1..4 {
        house.send(&comment(number, record(1), &words), 1);
    }
    let folder = house.server.folder.0.clone();
    let held = holding(&folder, NUMBER.as_bytes());
    assert!(
        held.iter().all(|path| path.ends_with("held/comments.db")) && held.len() == 1,
        "{held:?}"
    );
    let place = find(&words)[0].place.clone();
    let shown = remove(&words, place, Personal::Phone, Language::English);
    house.publish(id(1), &shown);
    assert_eq!(house.decide(1, id(1), &json!({ "decision": "publish" })).status, 204);
    for number in [2, 3] {
        let reject = json!({ "decision": "reject", "reason": "The same again" });
        assert_eq!(house.decide(1, id(number), &reject).status, 204);
    }
    assert_eq!(holding(&folder, NUMBER.as_bytes()), [""; 0]);
    assert_eq!(holding(&folder, b"987 6543"), [""; 0]);
    let backup = folder.join("tuesday.backup");
    let made = talkoot(&folder, &["backup", backup.to_str().unwrap()], "");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert_eq!(holding(&folder, NUMBER.as_bytes()), [""; 0]);
    let page = house.page();
    assert!(page.contains("Call me at [phone number removed], it works."), "{page}");
}

#[test]
fn oc12_what_is_held_is_in_no_page_feed_listing_or_backup() {
    let house = House::new();
    house.send(&comment(1, record(1), "Kanarialintu."), 1);
    let known = address::of(Kind::Document, record(1), "Open notice");
    let api = format!("/api/v1/records/{}", record(1));
    let markdown = format!("{api}.md");
    let paths = ["/", "/documents", "/sitemap.xml", "/feeds/all.atom", "/api/v1/records"];
    for path in paths.into_iter().chain([known.as_str(), &api, &markdown]) {
        assert!(!house.text(path).contains("Kanarialintu"), "{path}");
    }
    let folder = &house.server.folder.0;
    let backup = folder.join("monday.backup");
    assert!(talkoot(folder, &["backup", backup.to_str().unwrap()], "").status.success());
    let held = holding(folder, b"Kanarialintu");
    assert!(held.iter().all(|path| path.ends_with("comments.db")), "{held:?}");
}
