//! Messages that are none, over the socket and over HTTP.

use std::time::Instant;

use talkoot_core::codec::encode;
use talkoot_core::limits::{MESSAGE_BYTES_MAX, MESSAGE_CHANGES_MAX, PRESENCE_BYTES_MAX};
use talkoot_core::sync::message::{ClientMessage, Close, Cursor, Presence};
use tungstenite::Message;

use super::super::device::{Device, answer, record, title};
use super::super::http::ask;
use super::Siege;

/// A greeting whose last part is something that no program says.
fn greeting_with(device: &Device, extra: &[u8]) -> Vec<u8> {
    let mut bytes = encode(&device.hello());
    // The format, an array of tag and body, the tag, a body of one, and the greeting itself.
    let at = bytes.iter().position(|byte| *byte == 0x85).unwrap();
    bytes[at] = 0x86;
    [bytes, extra.to_vec()].concat()
}

#[test]
fn w16_bytes_that_are_no_message_are_refused_over_both_doors() {
    let mut siege = Siege::start();
    let push = encode(&ClientMessage::Push(vec![siege.device.attempt(record(1), title("x"))]));
    let mut wrong_tag = push.clone();
    wrong_tag[2] = 0x18;
    let arrays = |depth: usize| [vec![1], vec![0x81; depth]].concat();
    let maps = |depth: usize| [vec![1], [0xa1, 0x00].repeat(depth)].concat();
    let endless = [vec![1], vec![0x9f; 1_000_000]].concat();
    let greeting = greeting_with(&siege.device, &[0x81].repeat(1_000_000));
    let cases = [
        ("nothing", vec![]),
        ("a format alone", vec![1]),
        ("a later format", [vec![2], push[1..].to_vec()].concat()),
        ("a push that is cut", push[..push.len() - 1].to_vec()),
        ("a push with more behind it", [push.clone(), vec![0]].concat()),
        ("a tag that is none", wrong_tag),
        ("arrays 4 MiB deep", arrays(MESSAGE_BYTES_MAX - 1)),
        ("maps 1 MB deep", maps(500_000)),
        ("endless arrays 1 MB deep", endless),
        ("a greeting with arrays 1 MB deep", greeting),
        ("an array of 2^63", vec![1, 0x9b, 0x7f, 255, 255, 255, 255, 255, 255, 255]),
        (
            "bytes that promise 2^63",
            vec![1, 0x82, 0x01, 0x81, 0x5b, 0x7f, 255, 255, 255, 255, 255, 255, 255],
        ),
        ("words of another program", b"{\"hello\":true}".to_vec()),
    ];
    for (name, bytes) in cases {
        let started = Instant::now();
        siege.device.send(Message::Binary(bytes.clone().into()));
        let code = siege.device.wait_for(answer);
        siege.survived(name, started, code == "malformed", &code);
        let headers = siege.session.headers(&siege.server);
        let started = Instant::now();
        let reply = ask(&siege.server, "POST /api/sync", &headers, &bytes).code();
        let expected = (400, "malformed".to_owned());
        siege.survived(&format!("{name}, by HTTP"), started, reply == expected, &reply.1);
    }
    let started = Instant::now();
    siege.device.send(Message::Text("hello".into()));
    let code = siege.device.wait_for(answer);
    siege.survived("a frame of text", started, code == "malformed", &code);
    siege.end();
}

#[test]
fn w16_a_message_of_too_much_ends_the_line_and_no_other() {
    let mut siege = Siege::start();
    let signed = siege.device.attempt(record(1), title("x"));
    let presence = Presence { record: record(1), state: vec![255; PRESENCE_BYTES_MAX + 1] };
    let cases = [
        ("501 changes", encode(&ClientMessage::Push(vec![signed; MESSAGE_CHANGES_MAX + 1]))),
        ("a message over 4 MiB", vec![0; MESSAGE_BYTES_MAX + 1]),
        ("a presence over 4 KiB", encode(&ClientMessage::Presence(presence))),
    ];
    for (name, bytes) in cases {
        let mut other = Device::online(&siege.server, 3, Some(&siege.session));
        let started = Instant::now();
        other.send(Message::Binary(bytes.into()));
        let closed = other.wait_for_close();
        siege.survived(
            name,
            started,
            closed == Some(Close::TooMuch.code()),
            &format!("{closed:?}"),
        );
    }
    let many = vec![ClientMessage::Pull(Cursor::default()); 33];
    let headers = siege.session.headers(&siege.server);
    let started = Instant::now();
    let reply = ask(&siege.server, "POST /api/sync", &headers, &encode(&many)).code();
    siege.survived("33 messages in one request", started, reply.0 == 429, &reply.1);
    let hostile = [vec![1, 7, 1], vec![255; 4_000]].concat();
    let presence = Presence { record: record(1), state: hostile };
    siege.device.say(&ClientMessage::Presence(presence));
    assert!(siege.device.pull().len() <= 2, "a presence is passed on or dropped, never read");
    siege.end();
}
