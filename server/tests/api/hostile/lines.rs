//! Lines that are opened to be in the way: halves, floods, many at once.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Instant;

use tungstenite::Message;

use talkoot_core::limits::PRESENCE_BYTES_MAX;
use talkoot_core::sync::message::{ClientMessage, Presence};
use talkoot_core::text::TextDocument;
use talkoot_core::text::edit::Edit;

use super::super::device::{Device, answer, record};
use super::super::http::PATIENCE;
use super::{FIELD, Siege, text};

/// Small frames of one flood.
const FLOOD: usize = 10_000;
/// Lines that are opened and left half said.
const HALVES: usize = 200;
/// Lines that ask for everything and read nothing, and what the server may hold for all of them:
/// an answer that is made, the bytes of it, and what the allocator keeps.
const LAZY: usize = 24;
const LAZY_KB_MAX: u64 = 96 * 1_024;
/// What there is to be read, more than a page holds, and said beside it.
const LONG_TEXTS: usize = 8;
const LONG_TEXT_BYTES: usize = 100_000;
const PRESENCES: usize = 2_000;

/// Opens a line by hand, so that frames can be left half sent.
fn by_hand(siege: &Siege) -> TcpStream {
    let mut stream = TcpStream::connect(&siege.server.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let address = &siege.server.address;
    let head = format!(
        "GET /api/socket HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\n\
         Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 101");
    stream
}

#[test]
fn w17_half_a_frame_or_half_a_request_holds_nobody_up() {
    let mut siege = Siege::start();
    let halves: [&[u8]; 5] = [
        &[0x82],
        // Masked, 2^40 bytes announced, none sent.
        &[0x82, 0xff, 0, 0, 1, 0, 0, 0, 0, 0],
        // Masked, 4 MiB announced, a few sent.
        &[0x82, 0xff, 0, 0, 0, 0, 0, 0x40, 0, 0, 1, 2, 3, 4, 9, 9],
        // The first part of a message in parts.
        &[0x02, 0x81, 0, 0, 0, 0, 1],
        // A frame of a kind that is none.
        &[0x8b, 0x80, 0, 0, 0, 0],
    ];
    let mut lines = Vec::new();
    for half in halves.iter().cycle().take(HALVES) {
        let mut line = by_hand(&siege);
        line.write_all(half).unwrap();
        lines.push(line);
    }
    for request in ["GET /api/hea", "POST /api/sync HTTP/1.1\r\nContent-Length: 99999\r\n\r\nx"] {
        for _ in 0..HALVES / 4 {
            let mut line = TcpStream::connect(&siege.server.address).unwrap();
            line.write_all(request.as_bytes()).unwrap();
            lines.push(line);
        }
    }
    let started = Instant::now();
    let mut other = Device::online(&siege.server, 4, Some(&siege.session));
    let found = other.pull().len();
    siege.survived("300 lines half said", started, found == 2, &found.to_string());
    siege.end();
    drop(lines);
}

#[test]
fn n22_whoever_asks_and_does_not_read_costs_little_and_is_let_go() {
    let mut siege = Siege::start();
    let mut writer = TextDocument::new(7);
    for number in 0..LONG_TEXTS {
        let words = format!("{number} kylätalo ").repeat(LONG_TEXT_BYTES / 12);
        let update = writer.edit(FIELD, &Edit::AppendParagraph { text: words }).unwrap();
        siege.device.store(record(1), text(update));
    }
    siege.rows = siege.server.folder.log_rows();
    let before_kb = siege.server.memory_kb();
    let started = Instant::now();
    let online = |number: usize| {
        Device::online(&siege.server, 100 + u8::try_from(number).unwrap(), Some(&siege.session))
    };
    let mut lazy: Vec<Device> = (0..LAZY).map(online).collect();
    let mut honest = Device::online(&siege.server, 6, Some(&siege.session));
    std::thread::scope(|scope| {
        for device in &mut lazy {
            scope.spawn(|| device.ask_without_reading());
        }
        // Everybody else is served meanwhile, and what they say goes past the lazy ones too.
        for _ in 0..PRESENCES {
            let state = vec![0; PRESENCE_BYTES_MAX];
            honest.say(&ClientMessage::Presence(Presence { record: record(1), state }));
        }
        assert!(honest.pull().len() > LONG_TEXTS);
    });
    let grown_kb = siege.server.memory_kb() - before_kb;
    let name = format!("{LAZY} lines that asked and did not read, {grown_kb} kB");
    siege.survived(&name, started, grown_kb < LAZY_KB_MAX, &grown_kb.to_string());
    let mut back = Device::online(&siege.server, 100, Some(&siege.session));
    assert!(back.pull().len() > LONG_TEXTS, "what was not read comes on the next line");
    siege.end();
}

#[test]
fn w17_a_flood_of_garbage_is_answered_frame_by_frame() {
    let mut siege = Siege::start();
    let mut flood = Device::online(&siege.server, 5, Some(&siege.session));
    let started = Instant::now();
    for round in 0..FLOOD / 100 {
        for at in 0..100 {
            let byte = u8::try_from(at).unwrap();
            flood.send(Message::Binary(vec![byte, 0xff, byte].into()));
        }
        for _ in 0..100 {
            assert_eq!(flood.wait_for(answer), "malformed", "{round}");
        }
    }
    siege.survived("10,000 frames of garbage, all together", started, true, "");
    siege.end();
}
