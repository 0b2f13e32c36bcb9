//! A crawler without an account in the example programme, where every unpublished place says a
//! canary word: it follows every link, feed and listing, guesses every name, and meets none.

use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::change::discuss::{Post, Words};
use talkoot_core::change::{Op, Position};
use talkoot_core::id::{ItemId, RecordId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::practice::Adoption;
use talkoot_core::record::Record;
use talkoot_core::schema::{Field, Heritage, Kind, Part, Shape, practice_field};
use talkoot_core::sync::message::Entry;
use talkoot_core::text::edit::Edit;
use talkoot_core::text::{TEXT_SCHEMA_VERSION, TextDocument};
use talkoot_core::thread::Start;
use talkoot_core::value::{Scalar, Value};
use talkoot_server::public::KINDS;

use super::device::{Device, create, publish, record};
use super::http::{Reply, ask, sign_in};
use super::process::{Folder, Server, talkoot};

/// No word of the example programme begins so.
const CANARY: &str = "kanarialintu";

/// The example programme with canaries; gives every record with its kind, and those that were
/// public and are not any more.
fn nest() -> (Server, BTreeMap<RecordId, Kind>, Vec<RecordId>) {
    let folder = Folder::new();
    assert!(talkoot(&folder.0, &["demo"], "").status.success());
    let server = Server::start_in(folder);
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let leena = sign_in(&server, "leena@talkoot.example");
    let mut device = Device::online(&server, 1, Some(&leena));
    let mut records = fold(&mut device);
    let mut client = 10_000;
    for (id, open) in &records {
        let Some(kind) = open.record.kind.filter(|kind| KINDS.contains(kind)) else { continue };
        // What shows at once where it is published says no canary: it is published.
        let has_versions = matches!(kind, Kind::Document | Kind::Practice);
        if has_versions || !open.record.is_published() {
            client += 1;
            device.store(*id, canaries(kind, client));
        }
    }
    let practice = records
        .iter()
        .find(|(_, open)| open.record.kind == Some(Kind::Practice) && open.record.is_published());
    let practice = *practice.unwrap().0;
    // Drafts of every kind, one of them a project that took a public practice into use.
    for (number, kind) in (100..).zip(KINDS) {
        client += 1;
        device.store(record(number), [create(kind), canaries(kind, client)].concat());
        records.insert(record(number), OpenRecord::new(record(number)));
    }
    device.store(practice, adoption(record(101)));
    device.store(practice, entry(practice_field::OFFERS, Kind::Practice));
    device.store(practice, entry(practice_field::ANSWERS, Kind::Practice));
    // What people say to each other about it.
    let words = Words { text: format!("{CANARY} post"), ..Words::default() };
    let first = Post { words, reply_to: None, quote: None, tried: None };
    let subject = format!("{CANARY} subject");
    let talk =
        Start { subject: &subject, about: Some((practice, None)), wide: true, ..Start::default() };
    device.store(record(120), talk.ops(&Record::new(record(120)), first));
    let known = format!("GET /api/v1/records/{practice}");
    let known = ask(&server, &known, &leena.headers(&server), b"");
    let known = String::from_utf8_lossy(&known.body).matches(CANARY).count();
    assert!(known > 10, "whoever writes the practice meets {known} canaries");
    // What was public, with words that nobody is to read any more.
    let mut gone = Vec::new();
    for (number, kind) in (110..).zip([Kind::Document, Kind::Practice, Kind::Project]) {
        client += 1;
        let id = record(number);
        device.store(id, [create(kind), canaries(kind, client), publish(true)].concat());
        let taken = if number == 110 { device.trash(id) } else { publish(false) };
        device.store(id, taken);
        gone.push(id);
    }
    let kinds = fold(&mut Device::online(&server, 2, Some(&leena)));
    let kinds = kinds.into_iter().filter_map(|(id, open)| Some((id, open.record.kind?)));
    (server, kinds.collect(), gone)
}

/// Reads everything that there is.
fn fold(device: &mut Device) -> BTreeMap<RecordId, OpenRecord> {
    let mut records = BTreeMap::new();
    for entry in device.pull() {
        let Entry::Change { record, change, .. } = entry else { continue };
        let open = records.entry(record).or_insert_with(|| OpenRecord::new(record));
        open.apply(&change.open().unwrap());
    }
    records
}

/// Writes a canary into every field of a kind that holds words.
fn canaries(kind: Kind, client: u64) -> Vec<Op> {
    let fields = kind.schema().fields.iter();
    let fields = fields.filter(|field| field.heritage != Heritage::Kept);
    let mut text = TextDocument::new(client);
    fields.flat_map(|field| word(field, &mut text)).collect()
}

fn word(field: &Field, text: &mut TextDocument) -> Vec<Op> {
    let said = Value::text(&format!("{CANARY} {}", field.name));
    match field.shape {
        Shape::Line | Shape::Text => {
            vec![Op::SetField { field: field.tag, value: said, replaces: vec![] }]
        }
        Shape::SetOfLines => vec![Op::AddToSet { field: field.tag, value: said }],
        Shape::RichText => {
            let edit = Edit::AppendParagraph { text: CANARY.to_owned() };
            let update = text.edit(field.name, &edit).unwrap();
            vec![Op::Text { schema: TEXT_SCHEMA_VERSION, update }]
        }
        Shape::List(parts) => put(field.tag, words_of(parts)),
        Shape::Passage
        | Shape::Edit
        | Shape::Version
        | Shape::Account
        | Shape::Code(_)
        | Shape::Date
        | Shape::Period
        | Shape::Record(_)
        | Shape::SetOfCodes(_)
        | Shape::SetOfRecords(_)
        | Shape::Thing
        | Shape::Post
        | Shape::Moment => vec![],
    }
}

fn words_of(parts: &[Part]) -> Value {
    let parts = parts.iter().filter(|part| matches!(part.shape, Shape::Line | Shape::Text));
    let words = parts.map(|part| (part.tag, Scalar::Text(format!("{CANARY} {}", part.name))));
    Value::Entry(words.collect())
}

fn put(field: u16, value: Value) -> Vec<Op> {
    let item = ItemId(u64::from(field) + 7);
    let put = Op::PutItem { field, item, value, replaces: vec![] };
    let position = Position(vec![200]);
    vec![put, Op::PlaceItem { field, item, position, replaces: vec![] }]
}

fn entry(field: u16, kind: Kind) -> Vec<Op> {
    let Some(Shape::List(parts)) = kind.schema().field(field).map(|it| it.shape) else { panic!() };
    put(field, words_of(parts))
}

/// Says of a practice that a project which is not public took it into use.
fn adoption(project: RecordId) -> Vec<Op> {
    let words = format!("{CANARY} adoption");
    let adoption = Adoption {
        item: ItemId(77),
        project: Some(project),
        copy: None,
        since: None,
        until: None,
        changed: words.clone(),
        result: words,
    };
    put(practice_field::ADOPTIONS, adoption.to_value())
}

/// Finds what a page, a feed, a sitemap or a listing leads to.
fn links(text: &str, host: &str) -> Vec<String> {
    let starts = ["href=\"", "src=\"", "<loc>", "<id>", "\"address\":\"", "content=\""];
    let found = starts.iter().flat_map(|start| text.split(start).skip(1));
    let found = found.filter_map(|rest| rest.split(['"', '<']).next());
    let found = found.map(|link| link.strip_prefix(host).unwrap_or(link).replace("&amp;", "&"));
    let found = found.filter(|link| link.starts_with('/') && !link.starts_with("//"));
    found.filter_map(|link| link.split('#').next().map(str::to_owned)).collect()
}

/// Everything that can be asked for by somebody who knows the name of a record.
fn guesses(id: RecordId, kind: Kind) -> Vec<String> {
    let path = kind.schema().path;
    let pages = ["", "-a", "/edit", "/history", "/improvements", "/x", ".md", ".atom"];
    let pages = pages.map(|end| format!("/{path}/{id}{end}")).into_iter();
    let other = format!("/documents/{id}");
    let api = ["", ".md", ".html", ".json"].map(|end| format!("/api/v1/records/{id}{end}"));
    let listing = format!("/api/v1/records?project={id}");
    let feeds = ["projects", "programmes", path].map(|it| format!("/feeds/{it}/{id}.atom"));
    let texts = [format!("/yjs/{id}"), other, listing];
    pages.chain(api).chain(feeds).chain(texts).collect()
}

fn check(path: &str, reply: &Reply) -> String {
    let text = String::from_utf8_lossy(&reply.body).to_lowercase();
    let head = format!("{:?}", reply.headers).to_lowercase();
    assert!(!text.contains(CANARY) && !head.contains(CANARY), "a canary at {path}: {text}");
    String::from_utf8_lossy(&reply.body).into_owned()
}

#[test]
fn pu13_a_crawler_without_an_account_meets_no_word_that_is_not_published() {
    let (server, kinds, gone) = nest();
    let host = format!("http://{}", server.address);
    let starts = ["/", "/robots.txt", "/sitemap.xml", "/api/v1/records?limit=100", "/programme"];
    let more = ["/api/v1/openapi.json", "/feeds/all.atom", "/feeds/practices.atom", "/api/session"];
    let mut waiting: Vec<String> = starts.iter().chain(&more).map(|it| (*it).to_owned()).collect();
    waiting.extend(kinds.iter().flat_map(|(id, kind)| guesses(*id, *kind)));
    let mut seen = BTreeSet::new();
    let mut pages = 0;
    while let Some(path) = waiting.pop() {
        if path.starts_with("/assets/") || !seen.insert(path.clone()) {
            continue;
        }
        let reply = ask(&server, &format!("GET {path}"), &[], b"");
        let text = check(&path, &reply);
        pages += usize::from(reply.status == 200);
        waiting.extend(links(&text, &host));
        waiting.extend(reply.header("location").map(str::to_owned));
        if let Some((_, rest)) = text.split_once("\"next\":\"") {
            let cursor = rest.split('"').next().unwrap();
            waiting.push(format!("/api/v1/records?limit=100&cursor={cursor}"));
        }
    }
    assert!(pages > 200, "only {pages} pages were found");
    for id in gone {
        let path = format!("/{}/{id}", kinds[&id].schema().path);
        assert_eq!(ask(&server, &format!("GET {path}"), &[], b"").status, 410, "{path}");
    }
}

#[test]
fn pu12_public_pages_of_the_example_programme_are_light() {
    let folder = Folder::new();
    assert!(talkoot(&folder.0, &["demo"], "").status.success());
    let server = Server::start_in(folder);
    let map = ask(&server, "GET /sitemap.xml", &[], b"");
    let host = format!("http://{}", server.address);
    let addresses = links(&String::from_utf8_lossy(&map.body), &host);
    assert!(addresses.len() > 60);
    for address in addresses {
        let page = ask(&server, &format!("GET {address}"), &[], b"");
        assert_eq!(page.status, 200, "{address}");
        assert!(page.body.len() < 50_000, "{address} has {} bytes", page.body.len());
    }
}
