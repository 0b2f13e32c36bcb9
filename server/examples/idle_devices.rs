//! Keeps devices connected that have nothing to do, for measuring what they cost.
//!
//! `idle_devices PORT COOKIE ACCOUNT COUNT`: one device reads the whole log; then COUNT
//! others, each with a key of its own, greet with its cursor, hear that nothing is new,
//! and stay. Prints `idle` and leaves when its standard input ends. The connections go
//! to loopback only.

#![expect(clippy::print_stdout, reason = "its line is what others wait for")]

use std::env;
use std::io::{Read as _, stdin};
use std::net::{Ipv4Addr, TcpStream};

use anyhow::{Context as _, Result, bail};
use talkoot_core::codec;
use talkoot_core::sign::ReplicaKey;
use talkoot_core::sync::message::{ClientMessage, Cursor, Hello, PROTOCOL, Page, ServerMessage};
use tungstenite::client::IntoClientRequest as _;
use tungstenite::{Message, WebSocket};

const USAGE: &str = "idle_devices PORT COOKIE ACCOUNT COUNT";

fn main() -> Result<()> {
    let mut words = env::args().skip(1);
    let mut word = || words.next().context(USAGE);
    let home = Home { port: word()?.parse()?, cookie: word()?, account: word()? };
    let count: u32 = word()?.parse()?;
    let mut reader = Device::greet(&home, 0, Cursor::default())?;
    let mut cursor = Cursor::default();
    loop {
        let page = reader.pull(cursor)?;
        cursor = page.cursor;
        if !page.more {
            break;
        }
    }
    drop(reader);
    let mut idle = Vec::new();
    for number in 1..=count {
        let mut device = Device::greet(&home, number, cursor)?;
        let page = device.pull(cursor)?;
        if page.more || !page.entries.is_empty() {
            bail!("device {number} was told something new");
        }
        idle.push(device);
    }
    println!("idle");
    stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

/// Where the server is, and whose devices these are.
struct Home {
    port: u16,
    cookie: String,
    account: String,
}

/// One connection.
struct Device(WebSocket<TcpStream>);

impl Device {
    fn greet(home: &Home, number: u32, cursor: Cursor) -> Result<Self> {
        let Home { port, cookie, account } = home;
        let host = format!("127.0.0.1:{port}");
        let mut request = format!("ws://{host}/api/socket?as={account}").into_client_request()?;
        request.headers_mut().insert("Origin", format!("http://{host}").parse()?);
        request.headers_mut().insert("Cookie", cookie.parse()?);
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, *port))?;
        let mut device = Self(tungstenite::client(request, stream)?.0);
        device.say(&ClientMessage::Hello(Hello {
            protocol: PROTOCOL,
            key: ReplicaKey::from_seed(&seed(number)).public(),
            device: format!("Laptop {number}"),
            cursor,
            waiting: 0,
        }))?;
        Ok(device)
    }

    fn pull(&mut self, cursor: Cursor) -> Result<Page> {
        self.say(&ClientMessage::Pull(cursor))?;
        loop {
            let Message::Binary(bytes) = self.0.read()? else { continue };
            if let ServerMessage::Entries(page) = codec::decode_message(&bytes)? {
                return Ok(page);
            }
        }
    }

    fn say(&mut self, message: &ClientMessage) -> Result<()> {
        Ok(self.0.send(Message::Binary(codec::encode(message).into()))?)
    }
}

/// Gives each device a key of its own.
fn seed(number: u32) -> [u8; 32] {
    let [one, two, three, four] = number.to_be_bytes();
    let mut seed = [0; 32];
    seed[0] = one;
    seed[1] = two;
    seed[2] = three;
    seed[3] = four;
    seed
}
