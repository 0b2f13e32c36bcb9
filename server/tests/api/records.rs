//! The open API: who sees what, pages while others write, forms, tags, hostile parameters.

use std::collections::BTreeSet;

use serde_json::Value;
use talkoot_core::change::Op;
use talkoot_core::id::{ItemId, RecordId};
use talkoot_core::schema::{Kind, document_field};
use talkoot_core::value::Scalar::Text;
use talkoot_core::value::Value::Entry;

use super::device::{Device, create, create_in, publish, record, title};
use super::http::{Reply, Session, ask, sign_in};
use super::process::Server;

const ROLES: [&str; 4] = ["anyone", "reader", "member", "coordinator"];

/// A server with an account of each role, all of project 8, and a coordinator's device.
fn server() -> (Server, [Option<Session>; 4], Device) {
    let server = Server::start();
    let sessions = ROLES.map(|role| {
        (role != "anyone").then(|| {
            let email = format!("{role}@talkoot.example");
            server.add_user(&email, role, &[record(8).to_string()]);
            sign_in(&server, &email)
        })
    });
    let device = Device::online(&server, 1, sessions[3].as_ref());
    (server, sessions, device)
}

fn get(server: &Server, path: &str, session: Option<&Session>) -> Reply {
    let headers = session.map(|it| it.headers(server)).unwrap_or_default();
    ask(server, &format!("GET /api/v1{path}"), &headers, b"")
}

fn show(server: &Server, record: RecordId, end: &str, session: Option<&Session>) -> Reply {
    get(server, &format!("/records/{record}{end}"), session)
}

fn list(server: &Server, query: &str, session: Option<&Session>) -> Value {
    let reply = get(server, &format!("/records?{query}"), session);
    assert_eq!(reply.status, 200, "{query}: {}", String::from_utf8_lossy(&reply.body));
    reply.json()
}

fn ids(listing: &Value) -> Vec<RecordId> {
    let records = listing["records"].as_array().unwrap().iter();
    records.map(|card| card["id"].as_str().unwrap().parse().unwrap()).collect()
}

/// Writes a thing of each sort: near and far drafts, published ones, and one in the bin.
fn fill(device: &mut Device) {
    device.store(record(8), create(Kind::Project));
    device.store(record(11), create_in(record(8)));
    device.store(record(12), create_in(record(9)));
    device.store(record(13), create(Kind::Document));
    device.store(record(14), [create_in(record(9)), publish(true)].concat());
    device.store(record(15), [create_in(record(9)), publish(true)].concat());
    let trash = device.trash(record(15));
    device.store(record(15), trash);
}

#[test]
fn d1_each_role_is_shown_what_it_may_see_and_nothing_else() {
    let (server, sessions, mut device) = server();
    fill(&mut device);
    // Record, and whether each role sees it.
    let table = [
        (8, [false, true, true, true]),
        (11, [false, true, true, true]),
        (12, [false, false, false, true]),
        (13, [false, true, true, true]),
        (14, [true, true, true, true]),
        (15, [false, false, false, true]),
        (99, [false, false, false, false]),
    ];
    for (at, (role, session)) in ROLES.iter().zip(&sessions).enumerate() {
        let session = session.as_ref();
        for (number, sees) in table {
            let expected = if sees[at] { 200 } else { 404 };
            for end in ["", ".md", ".html"] {
                let status = show(&server, record(number), end, session).status;
                assert_eq!(status, expected, "{role} {number}{end}");
            }
        }
        let seen = table.iter().filter(|(_, sees)| sees[at]);
        let seen: Vec<RecordId> = seen.map(|(number, _)| record(*number)).collect();
        assert_eq!(ids(&list(&server, "", session)), seen, "{role}");
    }
}

#[test]
fn d2_what_is_out_of_sight_answers_exactly_as_what_never_was() {
    let (server, sessions, mut device) = server();
    fill(&mut device);
    for session in [None, sessions[2].as_ref()] {
        for end in ["", ".md", ".html"] {
            let [hidden, unknown] = [12, 99].map(|number| {
                let reply = show(&server, record(number), end, session);
                let mut headers = reply.headers.clone();
                headers.retain(|(name, _)| name != "date");
                (reply.status, headers, reply.body)
            });
            assert_eq!(hidden, unknown);
        }
    }
    let reply = get(&server, "/records/no-name", None);
    assert_eq!(reply.code(), (404, "unknown_record".to_owned()));
    // A session that has ended is nobody's.
    server.folder.database().execute("UPDATE session SET expires_ms = 1", []).unwrap();
    assert_eq!(show(&server, record(11), "", sessions[2].as_ref()).status, 404);
}

#[test]
fn d3_a_record_comes_as_json_markdown_and_html() {
    let (server, _, mut device) = server();
    device.store(record(1), [create(Kind::Document), title("A & B"), publish(true)].concat());
    for (end, accept, kind, start) in [
        ("", "*/*", "application/json", "{"),
        ("", "text/html,*/*;q=0.8", "text/html; charset=utf-8", "<!doctype html>\n<html lang"),
        ("", "text/markdown", "text/markdown; charset=utf-8", "# A & B\n"),
        (".md", "application/json", "text/markdown; charset=utf-8", "# A & B\n"),
        (".html", "application/json", "text/html; charset=utf-8", "<!doctype html>\n"),
    ] {
        let path = format!("GET /api/v1/records/{}{end}", record(1));
        let reply = ask(&server, &path, &[format!("Accept: {accept}")], b"");
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (200, Some(kind)),
            "{end} {accept}"
        );
        let body = String::from_utf8(reply.body.clone()).unwrap();
        assert!(body.starts_with(start), "{body}");
        assert_eq!(reply.header("cache-control"), Some("private, no-cache"));
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert!(reply.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    }
}

#[test]
fn d4_pages_are_complete_and_without_doubles_while_others_write() {
    let (server, sessions, mut device) = server();
    let session = sessions[3].as_ref();
    for number in 1..=40 {
        device.store(record(number), create(Kind::Document));
    }
    let (mut seen, mut query) = (Vec::new(), "limit=7".to_owned());
    let (mut changes, mut page) = (BTreeSet::new(), 0_u8);
    loop {
        let listing = list(&server, &query, session);
        seen.extend(ids(&listing));
        changes.insert(listing["changes"].as_str().unwrap().to_owned());
        // Between two pages: what was given changes, what was not changes, and a new one comes.
        page += 1;
        for number in [1, 20, 40] {
            device.store(record(number), title(&page.to_string()));
        }
        device.store(record(100 + page), create(Kind::Document));
        let Some(next) = listing["next"].as_str() else { break };
        query = format!("limit=7&cursor={next}");
    }
    let once: BTreeSet<_> = seen.iter().copied().collect();
    assert_eq!(once.len(), seen.len(), "no doubles");
    assert!((1..=40).all(|number| once.contains(&record(number))), "complete");
    assert_eq!(changes.len(), 1, "every page names the beginning of the listing");
    // What changed since the listing began is asked for with that name.
    let since = format!("limit=100&changed_since={}", changes.first().unwrap());
    let fresh: BTreeSet<_> = ids(&list(&server, &since, session)).into_iter().collect();
    let written = [1, 20, 40].into_iter().chain((1..=page).map(|page| 100 + page));
    assert_eq!(fresh, written.map(record).collect());
}

#[test]
fn d4_changes_are_asked_for_by_the_moment_of_their_arrival() {
    let (server, sessions, mut device) = server();
    let session = sessions[3].as_ref();
    device.store(record(1), create(Kind::Document));
    device.store(record(2), create(Kind::Document));
    let moved = "UPDATE audience SET changed_ms = 1600000000000 WHERE created = 1";
    server.folder.database().execute(moved, []).unwrap();
    for (since, expected) in [
        ("2020-09-13T12:26:40Z", vec![record(1), record(2)]),
        ("2020-09-13T12:26:40.001Z", vec![record(2)]),
        ("2020-09-13T14:26:40%2B02:00", vec![record(1), record(2)]),
        ("9999-01-01T00:00:00Z", vec![]),
    ] {
        let listing = list(&server, &format!("changed_since={since}"), session);
        assert_eq!(ids(&listing), expected, "{since}");
    }
}

#[test]
fn d4_a_name_of_another_log_or_of_other_rights_brings_everything() {
    let (server, sessions, mut device) = server();
    device.store(record(1), [create(Kind::Document), publish(true)].concat());
    let listing = list(&server, "", sessions[3].as_ref());
    let mark = listing["changes"].as_str().unwrap();
    let since =
        |mark: &str, session| ids(&list(&server, &format!("changed_since={mark}"), session));
    assert_eq!(since(mark, sessions[3].as_ref()), []);
    assert_eq!(since(mark, sessions[2].as_ref()), [record(1)], "another account");
    assert_eq!(since(mark, None), [record(1)]);
    assert_eq!(since(&"0".repeat(64), sessions[3].as_ref()), [record(1)]);
    assert_eq!(since(&"f".repeat(64), sessions[3].as_ref()), [record(1)]);
    server.user(&["user", "set-role", "coordinator@talkoot.example", "member"], "");
    assert_eq!(since(mark, sessions[3].as_ref()), [record(1)], "other rights");
    for cursor in ["0".repeat(64), "f".repeat(64)] {
        assert_eq!(ids(&list(&server, &format!("cursor={cursor}"), None)), [record(1)]);
    }
}

#[test]
fn d5_hostile_parameters_are_refused_with_a_code_and_change_nothing() {
    let (server, _, mut device) = server();
    device.store(record(1), [create(Kind::Document), publish(true)].concat());
    let long = format!("/records?cursor={}", "a".repeat(5_000));
    let one = record(1);
    for (path, code) in [
        ("/records?limit=0", "wrong_parameter"),
        ("/records?limit=101", "wrong_parameter"),
        ("/records?limit=-1", "wrong_parameter"),
        ("/records?limit=1&limit=2", "wrong_parameter"),
        ("/records?kind=threads", "wrong_parameter"),
        ("/records?kind=document%00", "wrong_parameter"),
        ("/records?project=%27%20OR%201=1%20--", "wrong_parameter"),
        ("/records?changed_since=yesterday", "wrong_parameter"),
        ("/records?changed_since=", "wrong_parameter"),
        ("/records?cursor=../../etc/passwd", "wrong_parameter"),
        ("/records?page=2", "unknown_parameter"),
        ("/records?%ff=%ff", "unknown_parameter"),
        (long.as_str(), "query_too_long"),
        (&format!("/records/{one}?fields=all"), "unknown_parameter"),
        ("/openapi.json?x", "unknown_parameter"),
    ] {
        assert_eq!(get(&server, path, None).code(), (400, code.to_owned()), "{path}");
    }
    for name in ["%ff", "%2e%2e", "x.md", ".md", ".html", "%00", &"0".repeat(3_000)] {
        let reply = get(&server, &format!("/records/{name}"), None);
        assert_eq!(reply.code(), (404, "unknown_record".to_owned()), "{name}");
    }
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        let reply = ask(&server, &format!("{method} /api/v1/records"), &[], b"");
        assert_eq!(reply.code(), (405, "wrong_method".to_owned()), "{method}");
        assert!(reply.header("allow").unwrap().contains("GET"), "{method}");
    }
    assert_eq!(server.folder.log_rows(), 1);
}

#[test]
fn d6_what_is_held_already_is_not_sent_again_until_it_changes() {
    let (server, sessions, mut device) = server();
    device.store(record(1), [create(Kind::Document), publish(true)].concat());
    let mut tags = BTreeSet::new();
    for end in ["", ".md", ".html"] {
        let reply = show(&server, record(1), end, None);
        let tag = reply.header("etag").unwrap().to_owned();
        let path = format!("GET /api/v1/records/{}{end}", record(1));
        let held = [format!("If-None-Match: {tag}")];
        let again = ask(&server, &path, &held, b"");
        assert_eq!((again.status, again.body.len()), (304, 0));
        assert_eq!(again.header("etag"), Some(tag.as_str()));
        device.store(record(1), title(end));
        assert_eq!(ask(&server, &path, &held, b"").status, 200);
        tags.insert(tag);
    }
    assert_eq!(tags.len(), 3, "a tag for each form and state");
    // Out of sight, a tag that was right says nothing.
    let tag = show(&server, record(1), "", None).header("etag").unwrap().to_owned();
    device.store(record(1), publish(false));
    let path = format!("GET /api/v1/records/{}", record(1));
    assert_eq!(ask(&server, &path, &[format!("If-None-Match: {tag}")], b"").status, 404);
    assert_eq!(show(&server, record(1), "", sessions[2].as_ref()).status, 200);
}

#[test]
fn d10_json_holds_fields_by_name_and_every_side_of_what_waits_for_a_choice() {
    let (server, sessions, mut device) = server();
    let create = [create_in(record(8)), title("First")].concat();
    device.store(record(1), create);
    device.store(record(1), title("Second"));
    let json = show(&server, record(1), "", sessions[1].as_ref()).json();
    let account = &sessions[3].as_ref().unwrap().account;
    let by = serde_json::json!({ "account": account, "name": "coordinator@talkoot.example" });
    let at = |counter| format!("2020-09-13T12:26:40.00{counter}Z");
    assert_eq!(json["id"], record(1).to_string());
    assert_eq!((&json["kind"], &json["title"]), (&"document".into(), &"Second".into()));
    assert_eq!(json["address"], format!("/documents/{}", record(1)));
    assert_eq!(json["project"], record(8).to_string());
    assert_eq!(json["published"], false);
    assert_eq!(json["created"], serde_json::json!({ "by": by, "at": at(1) }));
    assert_eq!(json["modified"], serde_json::json!({ "by": by, "at": at(2) }));
    let fields = serde_json::json!({ "title": "Second", "project": record(8).to_string() });
    assert_eq!(json["fields"], fields);
    let side = |value, counter| serde_json::json!({ "value": value, "by": by, "at": at(counter) });
    let sides = [side("Second", 2), side("First", 1)];
    let choices = serde_json::json!([{ "about": "field", "field": "title", "sides": sides }]);
    assert_eq!((&json["choices"], &json["texts"]), (&choices, &serde_json::json!({})));
}

#[test]
fn d10_json_tells_every_side_of_an_entry_that_waits_for_a_choice() {
    let (server, sessions, mut device) = server();
    device.store(record(1), [create_in(record(8)), title("First")].concat());
    let link = |title: &str| {
        let (field, item) = (document_field::LINKS, ItemId(7));
        let value = Entry([(document_field::LINK_TITLE, Text(title.to_owned()))].into());
        vec![Op::PutItem { field, item, value, replaces: vec![] }]
    };
    device.store(record(1), link("One"));
    device.store(record(1), link("Two"));
    let json = show(&server, record(1), "", sessions[1].as_ref()).json();
    let choice = &json["choices"][0];
    assert_eq!((&choice["about"], &choice["field"]), (&"entry".into(), &"links".into()));
    let said = |place: usize| &choice["sides"][place]["value"];
    let link = |title: &str| serde_json::json!({ "title": title });
    assert_eq!((said(0), said(1)), (&link("Two"), &link("One")));
    assert_eq!(choice["removals"], serde_json::json!([]));
    assert_eq!(json["fields"]["links"], serde_json::json!([link("Two")]));
}

#[test]
fn d11_every_path_of_the_description_is_there_and_answers_as_described() {
    let (server, _, mut device) = server();
    device.store(record(1), [create(Kind::Document), publish(true)].concat());
    let reply = get(&server, "/openapi.json", None);
    let description = reply.json();
    assert_eq!((reply.status, &description["openapi"]), (200, &"3.1.0".into()));
    let paths = description["paths"].as_object().unwrap();
    assert_eq!(paths.len(), 9);
    // Comments are sent, and listed for accounts; mail is each account's own. They have tests of
    // their own.
    let has_own = |path: &str| path.contains("comments") || path.contains("digest");
    let read = paths.iter().filter(|(path, _)| !has_own(path));
    for (path, item) in read {
        let address = path.replace("{id}", &record(1).to_string());
        let reply = ask(&server, &format!("GET {address}"), &[], b"");
        let content = item["get"]["responses"]["200"]["content"].as_object().unwrap();
        let kind = reply.header("content-type").unwrap();
        assert_eq!((reply.status, content.contains_key(kind)), (200, true), "{path} {kind}");
    }
}
