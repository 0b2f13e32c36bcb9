//! The public side: pages, feeds and the sitemap, as somebody without an account gets them.

use talkoot_core::address;
use talkoot_core::change::Op;
use talkoot_core::schema::{Kind, document_field};
use talkoot_core::text::edit::Edit;
use talkoot_core::text::{TEXT_SCHEMA_VERSION, TextDocument};
use talkoot_core::value::Value;

use super::device::{Device, create, create_in, publish, record, title};
use super::http::{Reply, ask, sign_in};
use super::process::Server;

/// What somebody writes who hopes that it is markup somewhere.
const HOSTILE: &str = "</title></a><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&]]>";

/// A server with a coordinator's device.
fn server() -> (Server, Device) {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "coordinator", &[]);
    let leena = sign_in(&server, "leena@talkoot.example");
    let device = Device::online(&server, 1, Some(&leena));
    (server, device)
}

fn get(server: &Server, path: &str) -> Reply {
    ask(server, &format!("GET {path}"), &[], b"")
}

fn words(reply: &Reply) -> String {
    String::from_utf8(reply.body.clone()).unwrap()
}

fn set(field: u16, value: Value) -> Op {
    Op::SetField { field, value, replaces: vec![] }
}

fn paragraph(device: u64, text: &str) -> Op {
    let edit = Edit::AppendParagraph { text: text.to_owned() };
    let update = TextDocument::new(device).edit("body", &edit).unwrap();
    Op::Text { schema: TEXT_SCHEMA_VERSION, update }
}

/// Writes a document and publishes it as it is.
fn open(device: &mut Device, number: u8, name: &str) -> String {
    let ops = [create(Kind::Document), title(name), vec![paragraph(number.into(), "Words.")]];
    device.store(record(number), ops.concat());
    let published = device.publish_as_it_is(record(number), None);
    device.store(record(number), published);
    address::of(Kind::Document, record(number), name)
}

#[test]
fn pu2_a_published_record_is_a_page_and_a_draft_is_none() {
    let (server, mut device) = server();
    let page = open(&mut device, 1, "Open notice");
    device.store(record(2), [create(Kind::Document), title("Secret")].concat());
    let reply = get(&server, &page);
    assert_eq!(reply.status, 200);
    let html = words(&reply);
    assert!(html.contains("<h1>Open notice</h1>") && html.contains("<p>Words.</p>"), "{html}");
    assert_eq!(get(&server, &format!("/documents/{}", record(2))).status, 404);
    for list in ["/", "/documents"] {
        let html = words(&get(&server, list));
        assert!(html.contains(&page) && !html.contains("Secret"), "{html}");
    }
    // Every app address that has nothing to read is the app alone.
    assert!(!words(&get(&server, "/settings")).contains("id=\"public\""));
}

#[test]
fn pu2_a_long_list_has_pages() {
    let (server, mut device) = server();
    for number in 1..=45 {
        open(&mut device, number, &format!("Notice {number}"));
    }
    let [first, second] = ["/documents", "/documents?page=2"].map(|it| words(&get(&server, it)));
    let count = |html: &str| html.matches("<li><a href=\"/documents/").count();
    assert_eq!((count(&first), count(&second)), (40, 5));
    assert!(first.contains("<a rel=\"next\" href=\"/documents?page=2\">"));
    assert!(second.contains("<a rel=\"prev\" href=\"/documents?page=1\">"));
}

#[test]
fn pu11_whoever_signs_in_from_a_page_of_a_list_is_led_back_to_that_page() {
    let (server, _) = server();
    for (asked, led) in [
        ("/documents", "href=\"/sign-in#/documents\""),
        ("/documents?page=2", "href=\"/sign-in#/documents?page=2\""),
        ("/documents?a=1&b=%22%3E", "href=\"/sign-in#/documents?a=1&amp;b=%22%3E\""),
    ] {
        let html = words(&get(&server, asked));
        assert!(html.contains(led), "{led} in {html}");
    }
}

#[test]
fn pu3_a_page_says_what_it_is_and_where_it_stands() {
    let (server, mut device) = server();
    let page = open(&mut device, 1, "Öppet & brev");
    device.store(record(1), vec![set(document_field::LANGUAGE, Value::code("sv"))]);
    let published = device.publish_as_it_is(record(1), None);
    device.store(record(1), published);
    let html = words(&get(&server, &page));
    let host = format!("http://{}", server.address);
    for part in [
        "<html lang=\"sv\"",
        "<title>Öppet &amp; brev – Talkoot</title>",
        "<meta property=\"og:title\" content=\"Öppet &amp; brev\">",
        "<meta name=\"description\" content=\"Words.\">",
        &format!("<link rel=\"canonical\" href=\"{host}{page}\">"),
        "<meta property=\"og:locale\" content=\"sv_FI\">",
        "Logga in",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    let front = words(&get(&server, "/"));
    assert!(front.contains("type=\"application/atom+xml\"") && front.contains("/feeds/all.atom"));
}

#[test]
fn pu4_readers_without_an_account_get_what_was_published_until_it_is_published_anew() {
    let (server, mut device) = server();
    let page = open(&mut device, 1, "Open notice");
    device.store(record(1), [title("Canary"), vec![paragraph(77, "Canary words.")]].concat());
    for path in [page.as_str(), "/", "/documents", "/sitemap.xml", "/feeds/documents.atom"] {
        let reply = get(&server, path);
        assert_eq!(reply.status, 200, "{path}");
        assert!(!words(&reply).to_lowercase().contains("canary"), "{path}");
    }
    let published = device.publish_as_it_is(record(1), None);
    device.store(record(1), published);
    let right = address::of(Kind::Document, record(1), "Canary");
    let reply = get(&server, &page);
    assert_eq!((reply.status, reply.header("location")), (301, Some(right.as_str())));
    assert!(words(&get(&server, &right)).contains("Canary words."));
}

#[test]
fn pu5_what_is_not_public_is_answered_as_what_never_was_and_what_was_as_gone() {
    let (server, mut device) = server();
    device.store(record(1), [create_in(record(8)), title("Draft")].concat());
    let page = open(&mut device, 2, "Once open");
    let unpublished = open(&mut device, 3, "Also once open");
    let trash = device.trash(record(2));
    device.store(record(2), trash);
    device.store(record(3), publish(false));
    // A draft in the bin was never public.
    device.store(record(4), [create(Kind::Document), title("Draft")].concat());
    let trash = device.trash(record(4));
    device.store(record(4), trash);
    for kind in ["documents", "projects"] {
        let answer = |number: u8| {
            let reply = get(&server, &format!("/{kind}/{}", record(number)));
            let html = words(&reply).replace(&record(number).to_string(), "ID");
            (reply.status, html, reply.headers.len())
        };
        let never = answer(99);
        assert_eq!(never.0, 404);
        assert_eq!(answer(1), never);
        assert_eq!(answer(4), never);
    }
    for (number, page) in [(2, page), (3, unpublished)] {
        let reply = get(&server, &page);
        assert_eq!(reply.status, 410);
        let html = words(&reply).replace(&page, "");
        assert!(!html.to_lowercase().contains("once open"), "{html}");
        assert!(!words(&get(&server, "/sitemap.xml")).contains(&record(number).to_string()));
    }
    assert_eq!(get(&server, &format!("/feeds/projects/{}.atom", record(1))).status, 404);
}

#[test]
fn pu6_a_record_stands_at_one_address() {
    let (server, mut device) = server();
    let page = open(&mut device, 1, "Right name");
    for other in ["documents", "practices"] {
        for end in ["", "-wrong-name"] {
            let reply = get(&server, &format!("/{other}/{}{end}", record(1)));
            assert_eq!((reply.status, reply.header("location")), (301, Some(page.as_str())));
        }
    }
}

#[test]
fn pu6_a_page_that_is_held_is_not_sent_again_until_it_changes() {
    let (server, mut device) = server();
    let page = open(&mut device, 1, "Open notice");
    let tag = get(&server, &page).header("etag").unwrap().to_owned();
    let again = || ask(&server, &format!("GET {page}"), &[format!("If-None-Match: {tag}")], b"");
    assert_eq!(again().status, 304);
    device.store(record(1), vec![paragraph(77, "Not published.")]);
    assert_eq!(again().status, 304, "what is not published changes nothing");
    let published = device.publish_as_it_is(record(1), None);
    device.store(record(1), published);
    assert_eq!(again().status, 200);
}

#[test]
fn pu7_feeds_tell_of_what_is_public_with_addresses_that_stay() {
    let (server, mut device) = server();
    device.store(record(8), [create(Kind::Project), title("Team")].concat());
    device.store(record(8), publish(true));
    device.store(record(1), [create_in(record(8)), title("In the team")].concat());
    let published = device.publish_as_it_is(record(1), None);
    device.store(record(1), published);
    open(&mut device, 2, "Elsewhere");
    let host = format!("http://{}", server.address);
    let feed = |name: &str| {
        let reply = get(&server, &format!("/feeds/{name}"));
        assert_eq!(reply.status, 200, "{name}");
        assert_eq!(reply.header("content-type"), Some("application/atom+xml; charset=utf-8"));
        words(&reply)
    };
    let id = |number: u8| format!("<id>{host}/documents/{}</id>", record(number));
    for (name, team, elsewhere) in [
        ("all.atom".to_owned(), true, true),
        ("documents.atom".to_owned(), true, true),
        ("practices.atom".to_owned(), false, false),
        (format!("projects/{}.atom", record(8)), true, false),
    ] {
        let text = feed(&name);
        assert_eq!((text.contains(&id(1)), text.contains(&id(2))), (team, elsewhere), "{name}");
        assert_eq!(text.matches("<entry").count(), text.matches("</entry>").count());
        assert!(text.contains(&format!("<id>{host}/feeds/{name}</id>")), "{text}");
        assert!(text.matches("<updated>").count() == text.matches("<entry").count() + 1);
    }
    for name in ["nothing.atom", "organisations.atom", &format!("documents/{}.atom", record(1))] {
        assert_eq!(get(&server, &format!("/feeds/{name}")).status, 404, "{name}");
    }
}

#[test]
fn pu8_the_sitemap_names_each_public_address_once_and_robots_are_told_of_it() {
    let (server, mut device) = server();
    let page = open(&mut device, 1, "Open notice");
    device.store(record(2), [create(Kind::Document), title("Draft")].concat());
    let map = words(&get(&server, "/sitemap.xml"));
    let host = format!("http://{}", server.address);
    let named: Vec<&str> =
        map.split("<loc>").skip(1).filter_map(|it| it.split('<').next()).collect();
    let expected = ["/", "/practices", "/documents", "/projects", &page];
    assert_eq!(named, expected.map(|path| format!("{host}{path}")));
    assert!(map.contains("<lastmod>20"));
    assert!(
        words(&get(&server, "/robots.txt")).ends_with(&format!("Sitemap: {host}/sitemap.xml\n"))
    );
}

#[test]
fn pu9_hostile_words_are_words_on_every_page() {
    let (server, mut device) = server();
    let page = open(&mut device, 1, HOSTILE);
    device.store(
        record(1),
        vec![set(document_field::LANGUAGE, Value::code("en")), paragraph(77, HOSTILE)],
    );
    let published = device.publish_as_it_is(record(1), None);
    device.store(record(1), published);
    for path in [page.as_str(), "/", "/documents", "/feeds/all.atom", "/sitemap.xml"] {
        let reply = get(&server, path);
        assert_eq!(reply.status, 200);
        let text = words(&reply);
        for markup in ["<script>alert", "<img", "onerror=alert(1)>&", "]]>"] {
            assert!(!text.contains(markup), "{markup} at {path}");
        }
    }
    // What stands in an address is no markup either.
    let text = words(&get(&server, "/nothing/%22%3E%3Cscript%3E\"><b>"));
    assert!(!text.contains("<b>"), "{text}");
}

#[test]
fn pu10_a_record_speaks_its_language_and_a_list_the_readers() {
    let (server, mut device) = server();
    let page = open(&mut device, 1, "Notice");
    device.store(record(1), vec![set(document_field::LANGUAGE, Value::code("en"))]);
    let published = device.publish_as_it_is(record(1), None);
    device.store(record(1), published);
    let ask_in = |path: &str, tag: &str| {
        words(&ask(&server, &format!("GET {path}"), &[format!("Accept-Language: {tag}")], b""))
    };
    for (tag, language, says) in [
        ("sv-FI,sv;q=0.9", "sv", "Dokument"),
        ("en", "en", "Documents"),
        ("de", "fi", "Asiakirjat"),
    ] {
        let list = ask_in("/documents", tag);
        assert!(list.contains(&format!("<html lang=\"{language}\"")), "{tag}");
        assert!(list.contains(&format!("<h1>{says}</h1>")), "{tag}");
        assert!(list.contains("lang=\"en\">Notice</a>"), "{tag}");
        assert!(ask_in(&page, tag).contains("<html lang=\"en\""), "{tag}");
    }
}
