//! Open comments over the wire: sent by somebody without an account, held, decided about, shown.

mod in_no_file;
mod kept_out;
mod many;

use std::path::Path;

use serde_json::{Value as Json, json};
use talkoot_core::address;
use talkoot_core::change::Op;
use talkoot_core::comment::{Approved, Typed, publish};
use talkoot_core::id::{CommentId, RecordId};
use talkoot_core::record::Record;
use talkoot_core::schema::{Kind, document_field};
use talkoot_core::value::Value;

use super::device::{Device, create, create_in, record, title};
use super::http::{Reply, Session, ask, sign_in};
use super::process::{Folder, Server};

/// A proxy says for whom it asks, so that each test can come from where it likes.
const OPTIONS: [&str; 2] = ["--address-header", "X-Forwarded-For"];
const ROLES: [&str; 4] = ["coordinator", "member", "other", "reader"];

/// A server with a published document of project 8 and an account of each sort.
struct House {
    server: Server,
    sessions: [Session; 4],
    device: Device,
}

impl House {
    fn new() -> Self {
        let server = Server::start_with(Folder::new(), &OPTIONS);
        let sessions = ROLES.map(|role| {
            let email = format!("{role}@talkoot.example");
            let project = record(if role == "other" { 9 } else { 8 });
            let role = if role == "other" { "member" } else { role };
            server.add_user(&email, role, &[project.to_string()]);
            sign_in(&server, &email)
        });
        let mut device = Device::online(&server, 1, Some(&sessions[0]));
        let english = Op::SetField {
            field: document_field::LANGUAGE,
            value: Value::code("en"),
            replaces: vec![],
        };
        device
            .store(record(1), [create_in(record(8)), title("Open notice"), vec![english]].concat());
        let published = device.publish_as_it_is(record(1), None);
        device.store(record(1), published);
        Self { server, sessions, device }
    }

    fn path() -> String {
        address::of(Kind::Document, record(1), "Open notice")
    }

    fn page(&self) -> String {
        self.text(&Self::path())
    }

    fn text(&self, path: &str) -> String {
        let headers = ["Accept-Language: en".to_owned()];
        let reply = ask(&self.server, &format!("GET {path}"), &headers, b"");
        assert_eq!(reply.status, 200, "{path}");
        String::from_utf8(reply.body).unwrap()
    }

    fn send(&self, json: &Json, from: u8) -> Reply {
        let headers = [
            "Content-Type: application/json".to_owned(),
            format!("X-Forwarded-For: 203.0.113.{from}"),
        ];
        ask(&self.server, "POST /api/v1/comments", &headers, json.to_string().as_bytes())
    }

    fn send_form(&self, body: &str) -> (u16, String) {
        let headers = [
            "Content-Type: application/x-www-form-urlencoded".to_owned(),
            "Accept-Language: en".to_owned(),
        ];
        let reply = ask(&self.server, "POST /api/v1/comments", &headers, body.as_bytes());
        (reply.status, String::from_utf8(reply.body).unwrap())
    }

    /// Lists what waits for an account.
    fn waiting(&self, who: usize) -> Vec<Json> {
        let headers = self.sessions[who].headers(&self.server);
        let reply = ask(&self.server, "GET /api/v1/comments", &headers, b"");
        assert_eq!(reply.status, 200);
        reply.json()["comments"].as_array().unwrap().clone()
    }

    fn decide(&self, who: usize, id: CommentId, decision: &Json) -> Reply {
        let headers = self.sessions[who].headers(&self.server);
        let request = format!("POST /api/v1/comments/{id}");
        ask(&self.server, &request, &headers, decision.to_string().as_bytes())
    }

    /// Makes the change that publishes a comment, as a moderator's device does.
    fn publish(&mut self, id: CommentId, words: &str) {
        let mut known = Record::new(record(1));
        known.kind = Some(Kind::Document);
        let typed = Typed { words: words.to_owned(), ..typed() };
        let approved = Approved { id, typed, written_ms: 1_502_372_220_000, arrived_ms: 2 };
        self.device.store(record(1), publish(&known, &approved));
    }
}

fn typed() -> Typed {
    Typed {
        subject: "Works well".to_owned(),
        name: "Aino Example".to_owned(),
        organisation: "Village house".to_owned(),
        words: String::new(),
    }
}

fn id(number: u8) -> CommentId {
    CommentId([number; 16])
}

fn comment(number: u8, about: RecordId, words: &str) -> Json {
    json!({
        "id": id(number).to_string(), "record": about.to_string(), "subject": "Works well",
        "name": "Aino Example", "organisation": "Village house", "comment": words,
        "written": "2017-08-10T13:37:00Z",
    })
}

/// Finds the files below a folder that hold some bytes.
fn holding(folder: &Path, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, bytes));
        } else if std::fs::read(&path).unwrap().windows(bytes.len()).any(|it| it == bytes) {
            found.push(path.display().to_string());
        }
    }
    found
}

#[test]
fn oc1_anybody_comments_on_what_is_published_and_the_rest_is_not_there() {
    let mut house = House::new();
    house.device.store(record(2), [create(Kind::Document), title("Draft")].concat());
    assert_eq!(house.send(&comment(1, record(1), "Good."), 1).status, 202);
    for nothing in [record(2), record(99)] {
        let reply = house.send(&comment(2, nothing, "Good."), 1);
        assert_eq!(reply.code(), (404, "unknown_record".to_owned()));
    }
    assert_eq!(house.waiting(0).len(), 1);
    for (part, wrong, code) in [
        ("subject", " ", "comment_missing"),
        ("comment", &"x".repeat(3_001), "comment_too_long"),
        ("written", "soon", "malformed"),
        ("more", "x", "malformed"),
    ] {
        let mut json = comment(3, record(1), "Good.");
        json[part] = wrong.into();
        assert_eq!(house.send(&json, 1).code(), (400, code.to_owned()), "{part}");
    }
}

#[test]
fn oc1_what_is_in_the_bin_takes_no_comment_and_what_waits_on_it_is_still_decided_about() {
    let mut house = House::new();
    assert_eq!(house.send(&comment(1, record(1), "Good."), 1).status, 202);
    let trash = house.device.trash(record(1));
    house.device.store(record(1), trash);
    let late = house.send(&comment(2, record(1), "Good."), 1);
    assert_eq!(late.code(), (404, "unknown_record".to_owned()));
    let form = format!("record={}&subject=A&name=B&comment=C&website=", record(1));
    assert_eq!(house.send_form(&form).0, 404);
    assert_eq!(house.waiting(1).len(), 1);
    let publish = house.decide(1, id(1), &json!({ "decision": "publish" }));
    assert_eq!(publish.code(), (409, "not_published".to_owned()));
    let reject = json!({ "decision": "reject", "reason": "It is gone" });
    assert_eq!(house.decide(1, id(1), &reject).status, 204);
    assert!(house.waiting(1).is_empty());
}

#[test]
fn oc3_sent_twice_a_comment_counts_once_whatever_was_decided_meanwhile() {
    let house = House::new();
    for _ in 0..2 {
        let reply = house.send(&comment(1, record(1), "Good."), 1);
        assert_eq!((reply.status, reply.json()), (202, json!({ "id": id(1).to_string() })));
    }
    assert_eq!(house.waiting(0).len(), 1);
    let rejected = house.decide(0, id(1), &json!({ "decision": "reject", "reason": "Off topic" }));
    assert_eq!(rejected.status, 204);
    assert_eq!(house.send(&comment(1, record(1), "Good."), 1).status, 202);
    assert_eq!(house.waiting(0).len(), 0);
}

#[test]
fn oc5_a_plain_form_is_answered_by_a_page_and_by_the_form_again_where_something_lacks() {
    let house = House::new();
    let page = house.page();
    for part in [
        "<form class=\"public__form\" method=\"post\" action=\"/api/v1/comments\"",
        "<label for=\"comment-subject\">Subject</label>",
        "<label for=\"comment-name\">Name</label>",
        "<label for=\"comment-words\">Comment</label>",
        ">Publish comment</button>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let body = |words: &str| {
        format!(
            "record={}&subject=A+%26+b&name=Aino&organisation=&comment={words}&website=",
            record(1)
        )
    };
    let (status, html) = house.send_form(&body("Good+work"));
    assert_eq!(status, 202, "{html}");
    assert!(html.contains("Thank you for your comment") && html.contains("Open notice</a>"));
    assert_eq!(house.send_form(&body("Good+work")).0, 202);
    assert_eq!(house.waiting(0).len(), 1, "pressed twice, it is there once");
    let (status, html) = house.send_form(&body(""));
    assert_eq!(status, 400);
    assert!(html.contains("Write a subject") && html.contains("value=\"A &amp; b\""), "{html}");
    let (status, _) =
        house.send_form(&body("x").replace(&record(1).to_string(), &record(77).to_string()));
    assert_eq!(status, 404);
}

#[test]
fn oc6_those_who_may_edit_a_thing_see_what_waits_and_decide_and_others_find_nothing() {
    let house = House::new();
    house.send(&comment(1, record(1), "Good."), 1);
    let seen = [0, 1, 2, 3].map(|who| house.waiting(who).len());
    assert_eq!(seen, [1, 1, 0, 0]);
    let reject = json!({ "decision": "reject", "reason": "Off topic" });
    for who in [2, 3] {
        assert_eq!(house.decide(who, id(1), &reject).code(), (404, "unknown_comment".to_owned()));
    }
    assert_eq!(house.decide(1, id(2), &reject).code(), (404, "unknown_comment".to_owned()));
    assert_eq!(house.decide(1, id(1), &json!({ "decision": "burn" })).status, 400);
    assert_eq!(house.decide(1, id(1), &reject).status, 204);
    let reply = ask(&house.server, "GET /api/v1/comments", &[], b"");
    assert_eq!(reply.code(), (401, "signed_out".to_owned()));
}

#[test]
fn oc11_from_one_address_come_few_and_none_while_it_is_kept_out() {
    let house = House::new();
    for number in 1..=10 {
        assert_eq!(house.send(&comment(number, record(1), "Good."), 1).status, 202, "{number}");
    }
    let reply = house.send(&comment(11, record(1), "Good."), 1);
    assert_eq!(reply.code(), (429, "too_many_attempts".to_owned()));
    assert!(reply.header("retry-after").is_some_and(|it| it.parse::<u64>().unwrap() > 3_000));
    assert_eq!(house.send(&comment(5, record(1), "Good."), 1).status, 202, "it is there already");
    assert_eq!(house.send(&comment(12, record(1), "Good."), 2).status, 202);
    assert_eq!(house.waiting(0).len(), 11);
    let block = json!({ "decision": "reject", "reason": "Advertising", "block": true });
    assert_eq!(house.decide(0, id(12), &block).status, 204);
    let kept_out = house.send(&comment(13, record(1), "Good."), 2);
    assert_eq!(kept_out.code(), (403, "not_allowed".to_owned()));
    assert_eq!(house.send(&comment(13, record(1), "Good."), 3).status, 202);
    for address in ["203.0.113.1", "203.0.113.2"] {
        assert_eq!(holding(&house.server.folder.0, address.as_bytes()), [""; 0], "{address}");
    }
}

#[test]
fn oc13_what_is_rejected_leaves_its_reason_and_no_word() {
    let mut house = House::new();
    house.send(&comment(1, record(1), "Buy my lantern."), 1);
    let reject = |reason: &str| json!({ "decision": "reject", "reason": reason });
    for wrong in ["", "  ", &"x".repeat(501)] {
        assert_eq!(house.decide(0, id(1), &reject(wrong)).status, 400);
    }
    assert_eq!(house.decide(0, id(1), &reject("Advertising")).status, 204);
    let folder = house.server.folder.0.clone();
    for gone in ["Buy my lantern", "Aino Example", "Works well"] {
        assert_eq!(holding(&folder, gone.as_bytes()), [""; 0], "{gone}");
    }
    assert_eq!(holding(&folder, b"Advertising").len(), 1);
    assert_eq!(house.decide(1, id(1), &reject("Again")).status, 204, "deciding twice is harmless");
    let publish = house.decide(0, id(1), &json!({ "decision": "publish" }));
    assert_eq!(publish.code(), (409, "already_decided".to_owned()));
    // Somebody published it before it was rejected: it stands there, and stays.
    house.send(&comment(2, record(1), "Fine."), 1);
    house.publish(id(2), "Fine.");
    let late = house.decide(0, id(2), &reject("Too late"));
    assert_eq!(late.code(), (409, "already_decided".to_owned()));
}

#[test]
fn oc14_the_words_that_are_held_go_only_when_the_published_ones_are_stored() {
    let mut house = House::new();
    house.send(&comment(1, record(1), "Good."), 1);
    let publish = json!({ "decision": "publish" });
    let reply = house.decide(0, id(1), &publish);
    assert_eq!(reply.code(), (409, "not_published".to_owned()));
    assert_eq!(house.waiting(0)[0]["comment"], "Good.");
    house.publish(id(1), "Good.");
    for who in [0, 1] {
        assert_eq!(house.decide(who, id(1), &publish).status, 204);
    }
    assert!(house.waiting(0).is_empty());
    let Folder(path) = &house.server.folder;
    let path = path.clone();
    // A device that published and could not say so: what waits is asked for next.
    house.send(&comment(2, record(1), "Lantern words."), 1);
    house.publish(id(2), "Other words.");
    assert!(!holding(&path, b"Lantern words").is_empty());
    assert!(house.waiting(2).is_empty() && !holding(&path, b"Lantern words").is_empty());
    assert!(house.waiting(0).is_empty());
    assert_eq!(holding(&path, b"Lantern words"), [""; 0]);
    let folder = house.server.kill();
    let server = Server::start_in(folder);
    assert!(!holding(&path, b"comment").is_empty(), "the folder is looked into");
    let again = ask(
        &server,
        "POST /api/v1/comments",
        &[],
        comment(1, record(1), "Good.").to_string().as_bytes(),
    );
    assert_eq!(again.status, 202, "known after a crash too");
}

#[test]
fn oc15_a_program_that_fills_in_everything_is_thanked_and_nothing_is_kept() {
    let house = House::new();
    let mut json = comment(1, record(1), "Buy my lantern.");
    json["website"] = "https://lantern.example".into();
    assert_eq!(house.send(&json, 1).status, 202);
    let body = format!("record={}&subject=A&name=B&comment=C&website=x", record(1));
    assert_eq!(house.send_form(&body).0, 202);
    assert!(house.waiting(0).is_empty());
}

#[test]
fn oc16_a_published_comment_is_on_the_page_in_the_feed_and_in_the_open_api() {
    let mut house = House::new();
    house.publish(id(1), "First line.\n\nSecond <b>paragraph</b>.");
    let page = house.page();
    for part in [
        "<h3>Works well</h3>",
        "Name: Aino Example, Village house",
        "<p>First line.</p>\n<p>Second &lt;b&gt;paragraph&lt;/b&gt;.</p>",
        "<time datetime=\"2017-08-10T13:37:00.000Z\">10/8/2017, 16:37</time>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert_eq!(page.matches("Works well").count(), 1, "it stands there once");
    let feed = house.text("/feeds/documents.atom");
    for part in [
        "<title>Open notice: Works well</title>",
        "<published>2017-08-10T13:37:00.000Z</published>",
        "<author><name>Aino Example, Village house</name></author>",
    ] {
        assert!(feed.contains(part), "{part} in {feed}");
    }
    let json: Json =
        serde_json::from_str(&house.text(&format!("/api/v1/records/{}", record(1)))).unwrap();
    assert_eq!(json["fields"]["open_comments"][0]["written"], "2017-08-10T13:37:00.000Z");
    assert_eq!(json["fields"]["open_comments"][0]["name"], "Aino Example");
    let markdown = house.text(&format!("/api/v1/records/{}.md", record(1)));
    assert!(markdown.contains("Open comments") && markdown.contains("First line."), "{markdown}");
}
