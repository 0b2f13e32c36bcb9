//! A server on a loopback port of its own, and the few requests that a test needs beforehand.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running server; it ends with the value.
pub(super) struct Service {
    child: Child,
    /// Host and port.
    pub(super) address: String,
}

impl Service {
    /// Starts a server on a folder and waits until it says where it listens.
    pub(super) fn start(binary: &Path, data: &Path) -> Result<Self> {
        let mut command = Command::new(binary);
        command.args(["serve", "--listen", "127.0.0.1:0", "--log", "warn", "--data"]).arg(data);
        let mut child = command.stdout(Stdio::piped()).spawn().context("starting the server")?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        let address = line.trim().rsplit("http://").next().unwrap_or_default().to_owned();
        let service = Self { child, address };
        ensure!(service.address.starts_with("127.0.0.1:"), "the server said {line:?}");
        Ok(service)
    }

    /// Signs in and gives the cookie as `name=value`.
    pub(super) fn sign_in(&self, account: &Value) -> Result<String> {
        let body = json!({ "email": account.get("email"), "password": account.get("password") });
        let (head, _) = self.ask("POST /api/session", None, &body.to_string())?;
        let cookie = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("set-cookie").then(|| value.split(';').next())?
        });
        cookie.map(str::to_owned).with_context(|| format!("signing in was answered with {head}"))
    }

    /// Asks for JSON.
    pub(super) fn get(&self, path: &str, cookie: Option<&str>) -> Result<Value> {
        let (_, body) = self.ask(&format!("GET {path}"), cookie, "")?;
        Ok(serde_json::from_str(&body)?)
    }

    /// Sends one request and gives head and body of the answer.
    fn ask(&self, request: &str, cookie: Option<&str>, body: &str) -> Result<(String, String)> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let cookie = cookie.map(|cookie| format!("Cookie: {cookie}\r\n")).unwrap_or_default();
        let (host, length) = (&self.address, body.len());
        write!(
            stream,
            "{request} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{cookie}\
             Content-Length: {length}\r\n\r\n{body}"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("the server did not answer")?;
        Ok((head.to_owned(), body.to_owned()))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
