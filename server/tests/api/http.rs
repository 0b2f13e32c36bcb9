//! The smallest HTTP client that can ask what a browser asks.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use super::process::{PASSWORD, Server};

/// How long a test waits for an answer before it fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// Header lines, names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The stable code of a refusal.
    pub(crate) fn code(&self) -> (u16, String) {
        (self.status, self.json()["code"].as_str().unwrap_or_default().to_owned())
    }
}

/// Asks once. Header lines are written as `Name: value`.
pub(crate) fn ask(server: &Server, request: &str, headers: &[String], body: &[u8]) -> Reply {
    ask_at(&server.address, request, headers, body)
}

/// Asks once at an address of host and port.
pub(crate) fn ask_at(host: &str, request: &str, headers: &[String], body: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut head = format!("{request} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for line in headers {
        head.push_str(line);
        head.push_str("\r\n");
    }
    let length = body.len().to_string();
    head.extend(["Content-Length: ", &length, "\r\n\r\n"]);
    stream.write_all(head.as_bytes()).unwrap();
    // A server that refuses a large body early may not read all of it.
    drop(stream.write_all(body));
    let mut bytes = Vec::new();
    drop(stream.read_to_end(&mut bytes));
    read_reply(&bytes)
}

fn read_reply(bytes: &[u8]) -> Reply {
    let end = bytes.windows(4).position(|it| it == b"\r\n\r\n").expect("an answer came");
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(key, value)| (key.to_lowercase(), value.trim().to_owned()));
    Reply { status, headers: headers.collect(), body: bytes[end + 4..].to_vec() }
}

/// A signed-in browser.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) account: String,
    /// `name=value`.
    pub(crate) cookie: String,
}

impl Session {
    /// The header lines that a page of our own sends.
    pub(crate) fn headers(&self, server: &Server) -> Vec<String> {
        vec![format!("Cookie: {}", self.cookie), format!("Origin: http://{}", server.address)]
    }
}

/// Tries to sign in.
pub(crate) fn try_sign_in(server: &Server, email: &str, password: &str) -> Reply {
    let body = serde_json::json!({ "email": email, "password": password }).to_string();
    ask(server, "POST /api/session", &[], body.as_bytes())
}

/// Signs in with the password that all test accounts have.
pub(crate) fn sign_in(server: &Server, email: &str) -> Session {
    let reply = try_sign_in(server, email, PASSWORD);
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    let cookie = reply.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    Session { account: reply.json()["account"].as_str().unwrap().to_owned(), cookie }
}
