//! The open API while a record's people write on: readers get what was published.

use serde_json::Value;

use super::device::{Device, create_in, publish, record, title};
use super::http::{Reply, Session, ask, sign_in};
use super::process::Server;

const FORMS: [&str; 3] = ["", ".md", ".html"];

/// A server with a published document of project 8, of which a member has rewritten the title.
fn server() -> (Server, Session, Session, Device) {
    let server = Server::start();
    let session = |role: &str| {
        let email = format!("{role}@talkoot.example");
        server.add_user(&email, role, &[record(8).to_string()]);
        sign_in(&server, &email)
    };
    let (reader, member) = (session("reader"), session("member"));
    let mut device = Device::online(&server, 1, Some(&member));
    device.store(record(11), [create_in(record(8)), title("Valmis")].concat());
    let published = device.publish_as_it_is(record(11), None);
    device.store(record(11), published);
    device.store(record(11), title("Keskener"));
    (server, reader, member, device)
}

fn show(server: &Server, end: &str, session: Option<&Session>, more: &[String]) -> Reply {
    let headers = session.map(|it| it.headers(server)).unwrap_or_default();
    let path = format!("GET /api/v1/records/{}{end}", record(11));
    ask(server, &path, &[headers, more.to_vec()].concat(), b"")
}

fn listed(server: &Server, session: Option<&Session>) -> Value {
    let headers = session.map(|it| it.headers(server)).unwrap_or_default();
    let reply = ask(server, "GET /api/v1/records?kind=document", &headers, b"");
    reply.json()["records"][0]["title"].clone()
}

#[test]
fn d12_whoever_may_not_write_a_record_gets_what_was_published_in_every_form() {
    let (server, reader, _, mut device) = server();
    for session in [None, Some(&reader)] {
        for end in FORMS {
            let body = String::from_utf8(show(&server, end, session, &[]).body).unwrap();
            assert!(body.contains("Valmis") && !body.contains("Keskener"), "{body}");
        }
        assert_eq!(listed(&server, session), "Valmis");
    }
    let published = device.publish_as_it_is(record(11), Some("Nimi oli kesken."));
    device.store(record(11), published);
    for session in [None, Some(&reader)] {
        let body = String::from_utf8(show(&server, "", session, &[]).body).unwrap();
        assert!(body.contains("Keskener"), "{body}");
        assert_eq!(listed(&server, session), "Keskener");
    }
}

#[test]
fn d13_whoever_may_write_a_record_gets_it_as_it_is() {
    let (server, _, member, mut device) = server();
    for end in FORMS {
        let body = String::from_utf8(show(&server, end, Some(&member), &[]).body).unwrap();
        assert!(body.contains("Keskener"), "{body}");
    }
    assert_eq!(listed(&server, Some(&member)), "Keskener");
    // What names no version, as older programs publish, is for everybody as it is.
    device.store(record(11), publish(true));
    assert_eq!(listed(&server, None), "Keskener");
}

#[test]
fn d14_what_a_writer_kept_is_not_what_a_reader_is_told_to_go_on_with() {
    let (server, reader, member, _) = server();
    for end in FORMS {
        let tags = [Some(&member), Some(&reader), None]
            .map(|session| show(&server, end, session, &[]).header("etag").unwrap().to_owned());
        assert_ne!(tags[0], tags[1]);
        assert_ne!(tags[0], tags[2]);
        let held = [format!("If-None-Match: {}", tags[0])];
        assert_eq!(show(&server, end, Some(&member), &held).status, 304);
        assert_eq!(show(&server, end, Some(&reader), &held).status, 200);
    }
}
