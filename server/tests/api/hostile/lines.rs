//! Lines that are opened to be in the way: halves, floods, many at once.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Instant;

use tungstenite::Message;

use super::super::device::{Device, answer};
use super::super::http::PATIENCE;
use super::Siege;

/// Small frames of one flood.
const FLOOD: usize = 10_000;
/// Lines that are opened and left half said.
const HALVES: usize = 200;

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
