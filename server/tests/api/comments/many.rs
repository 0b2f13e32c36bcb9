//! Many comments on one thing, and one that is too large to be read.

use talkoot_core::change::Op;
use talkoot_core::comment::{Approved, Typed, publish};
use talkoot_core::id::CommentId;
use talkoot_core::limits::ITEMS_MAX;
use talkoot_core::record::Record;
use talkoot_core::schema::Kind;

use super::super::device::record;
use super::super::http::ask;
use super::{House, comment, typed};

/// Makes the operations that publish a comment; it is the later written the greater its number.
fn published(number: u16) -> Vec<Op> {
    let mut known = Record::new(record(1));
    known.kind = Some(Kind::Document);
    let mut id = CommentId([0; 16]);
    id.0[..2].copy_from_slice(&number.to_be_bytes());
    let words = format!("Comment {number}. {}", "Words of usual length. ".repeat(15));
    let written_ms = 1_502_372_220_000 + u64::from(number);
    publish(&known, &Approved { id, typed: Typed { words, ..typed() }, written_ms, arrived_ms: 2 })
}

impl House {
    fn fill(&mut self, numbers: std::ops::Range<u16>) {
        let ops: Vec<Op> = numbers.flat_map(published).collect();
        for ops in ops.chunks(60) {
            self.device.store(record(1), ops.to_vec());
        }
    }
}

/// Lists which comments a page shows.
fn shown(html: &str) -> Vec<u16> {
    let starts = html.split("<p>Comment ").skip(1);
    starts.map(|it| it.split_once('.').unwrap().0.parse().unwrap()).collect()
}

#[test]
fn pu12_a_page_shows_the_latest_comments_and_older_ones_stand_on_pages_of_their_own() {
    let mut house = House::new();
    house.fill(1..46);
    let path = House::path();
    let [first, second, third, beyond] =
        ["", "?page=2", "?page=3", "?page=9"].map(|query| house.text(&format!("{path}{query}")));
    assert_eq!(shown(&first), (26..46).collect::<Vec<_>>());
    assert_eq!(shown(&second), (6..26).collect::<Vec<_>>());
    assert_eq!(shown(&third), (1..6).collect::<Vec<_>>());
    assert_eq!(shown(&beyond), shown(&third));
    for page in [&first, &second, &third] {
        assert!(page.len() <= 50_000, "{} bytes", page.len());
    }
    assert!(first.contains(&format!("<a rel=\"next\" href=\"{path}?page=2\">")), "{first}");
    assert!(second.contains(&format!("<a rel=\"prev\" href=\"{path}?page=1\">")), "{second}");
    assert!(second.contains(&format!("<h1><a href=\"{path}\">Open notice</a></h1>")), "{second}");
    let forms = [&first, &second].map(|page| page.matches("<form").count());
    assert_eq!(forms, [1, 0]);
    // A feed leads to the page on which a comment stands.
    let feed = house.text("/feeds/documents.atom");
    let on = |query: &str| feed.matches(&format!("{path}{query}#comment-")).count();
    assert_eq!((on(""), on("?page=2"), on("?page=3")), (20, 20, 5));
}

#[test]
fn oc1_a_thing_whose_list_of_comments_is_full_takes_none_and_says_so() {
    let mut house = House::new();
    let most = u16::try_from(ITEMS_MAX).unwrap();
    house.fill(0..most - 1);
    assert_eq!(house.send(&comment(1, record(1), "Good."), 1).status, 202);
    house.fill(most - 1..most);
    let late = house.send(&comment(2, record(1), "Good."), 1);
    assert_eq!(late.code(), (404, "unknown_record".to_owned()));
    let page = house.page();
    let closed = "This page does not take comments any more.";
    assert!(page.contains(closed) && !page.contains("<form"), "{page}");
    let form = format!("record={}&subject=A&name=B&comment=C&website=", record(1));
    let (status, html) = house.send_form(&form);
    assert_eq!(status, 404);
    assert!(html.contains(closed) && html.contains("Open notice</a>"), "{html}");
    assert!(!html.contains("<form"), "{html}");
}

#[test]
fn oc5_a_form_that_is_too_large_to_be_read_is_answered_by_a_page() {
    let house = House::new();
    let body = format!("record={}&subject=A&name=B&comment={}", record(1), "x".repeat(70_000));
    let (status, html) = house.send_form(&body);
    assert_eq!(status, 400);
    assert!(html.starts_with("<!doctype html>") && html.contains("Shorten it"), "{html}");
    let json = ["Content-Type: application/json".to_owned()];
    let reply = ask(&house.server, "POST /api/v1/comments", &json, body.as_bytes());
    assert_eq!(reply.code(), (413, "too_large".to_owned()));
}
