//! Threads for programs without the app: those of the example programme, and who gets them.

use std::collections::BTreeSet;

use serde_json::Value;
use talkoot_core::change::discuss::{Post, Words};
use talkoot_core::id::RecordId;
use talkoot_core::record::Record;
use talkoot_core::thread::{Start, edit, react, retract};

use super::device::{Device, record};
use super::http::{Reply, Session, ask, sign_in};
use super::process::{Folder, Server, talkoot};

fn get(server: &Server, path: &str, session: Option<&Session>) -> Reply {
    let headers = session.map(|it| it.headers(server)).unwrap_or_default();
    ask(server, &format!("GET /api/v1{path}"), &headers, b"")
}

fn listed(server: &Server, session: Option<&Session>) -> Vec<Value> {
    let reply = get(server, "/records?kind=thread&limit=100", session);
    assert_eq!(reply.status, 200);
    reply.json()["records"].as_array().unwrap().clone()
}

#[test]
fn di16_the_example_programme_discusses_about_things_and_by_itself_in_three_languages() {
    let folder = Folder::new();
    assert!(talkoot(&folder.0, &["demo"], "").status.success());
    let server = Server::start_in(folder);
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let leena = sign_in(&server, "leena@talkoot.example");
    let cards = listed(&server, Some(&leena));
    assert!(cards.len() >= 15, "{} threads", cards.len());
    let threads = cards.iter().map(|card| {
        let id = card["id"].as_str().unwrap();
        get(&server, &format!("/records/{id}"), Some(&leena)).json()
    });
    let threads: Vec<Value> = threads.collect();
    let posts = || threads.iter().flat_map(|thread| thread["posts"].as_array().unwrap());
    assert!(threads.iter().all(|thread| thread["posts"].as_array().unwrap().len() > 1));
    for (what, found) in [
        ("replies", posts().filter(|post| !post["reply_to"].is_null()).count()),
        ("quotes", posts().filter(|post| !post["quote"].is_null()).count()),
        ("answers", posts().filter(|post| post["answers"] == true).count()),
        ("reactions", posts().filter(|post| post["reactions"] != serde_json::json!([])).count()),
        ("edited posts", posts().filter(|post| !post["edited"].is_null()).count()),
        ("people named", posts().filter(|post| named(post, "account")).count()),
        ("things named", posts().filter(|post| named(post, "record")).count()),
        ("tries", posts().filter(|post| !post["tried"].is_null()).count()),
    ] {
        assert!(found > 0, "{what}");
    }
    let about: BTreeSet<bool> = threads.iter().map(|it| it["fields"]["about"].is_null()).collect();
    assert_eq!(about.len(), 2, "about things and by themselves");
    let words = posts().filter_map(|post| post["words"]["text"].as_str());
    let words = words.collect::<Vec<_>>().join(" ").to_lowercase();
    for word in [" että ", " och ", " the "] {
        assert!(words.contains(word), "{word}");
    }
    // What people say to each other is for nobody else.
    assert_eq!(listed(&server, None), Vec::<Value>::new());
}

fn named(post: &Value, key: &str) -> bool {
    let mentions = post["words"]["mentions"].as_array();
    mentions.is_some_and(|all| all.iter().any(|mention| !mention[key].is_null()))
}

#[test]
fn di41_a_thread_comes_as_json_markdown_and_html_with_its_posts_in_order() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let leena = sign_in(&server, "leena@talkoot.example");
    let mut device = Device::online(&server, 1, Some(&leena));
    let thread = record(7);
    let mut known = Record::new(thread);
    let say = |text: &str| Post { words: Words::plain(text), ..Post::default() };
    let start = Start { subject: "Kuka kutsuu?", question: true, ..Start::default() };
    device.store(thread, start.ops(&known, say("Onko joku **päättänyt**?")));
    device.store(thread, vec![talkoot_core::thread::post(say("salaisuus"))]);
    fold(&server, &leena, thread, &mut known);
    let slip = *known.discussion.as_ref().unwrap().posts.keys().next_back().unwrap();
    let account = leena.account.parse().unwrap();
    device.store(thread, vec![edit(&known, slip, Words::plain("toinen salaisuus"))]);
    device.store(thread, vec![react(&known, account, slip, "thanks", true)]);
    let seen = get(&server, &format!("/records/{thread}"), Some(&leena)).json();
    assert_ne!(seen["posts"][1]["edited"], Value::Null);
    assert_eq!(seen["posts"][1]["reactions"].as_array().map(Vec::len), Some(1));
    fold(&server, &leena, thread, &mut known);
    device.store(thread, vec![retract(&known, slip, false)]);
    let of = |end: &str| get(&server, &format!("/records/{thread}{end}"), Some(&leena));
    let json = of("").json();
    let posts = json["posts"].as_array().unwrap();
    assert_eq!(posts.len(), 2);
    assert_eq!(posts[0]["words"]["text"], "Onko joku **päättänyt**?");
    assert_eq!(posts[0]["by"]["name"], json["created"]["by"]["name"]);
    assert_eq!(posts[1]["words"], Value::Null);
    assert_eq!(posts[1]["retracted"]["moderated"], false);
    // Its place alone: who thanked for it and when it was changed goes with the words.
    assert_eq!(
        (&posts[1]["edited"], &posts[1]["reactions"]),
        (&Value::Null, &serde_json::json!([]))
    );
    let name = posts[0]["by"]["name"].as_str().unwrap();
    let [markdown, html] = [".md", ".html"].map(|end| String::from_utf8(of(end).body).unwrap());
    for (text, first, gone) in [
        (&markdown, "Onko joku **päättänyt**?", "**Kirjoittaja poisti tämän viestin**"),
        (&html, "<strong>päättänyt</strong>", "<strong>Kirjoittaja poisti tämän viestin</strong>"),
    ] {
        let found = [text.find(name), text.find(first), text.find(gone)];
        assert!(found.is_sorted() && found[0].is_some(), "{found:?} in {text}");
        assert!(!text.contains("salaisuus"), "{text}");
    }
    for end in ["", ".md", ".html"] {
        assert_eq!(get(&server, &format!("/records/{thread}{end}"), None).status, 404);
    }
}

/// Folds what the server has of a record.
fn fold(server: &Server, session: &Session, id: RecordId, known: &mut Record) {
    for entry in Device::online(server, 2, Some(session)).pull() {
        if let talkoot_core::sync::message::Entry::Change { record, change, .. } = entry
            && record == id
        {
            known.apply(&change.open().unwrap());
        }
    }
}
