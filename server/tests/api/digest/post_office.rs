//! A small mail server: it speaks SMTP over a real socket, keeps what arrives, and refuses, hangs up
//! or says nothing where a test asks for that.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use crate::http::PATIENCE;

/// What is done with the mail of one receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Refused with this number when the receiver is named.
    Refuse(u16),
    /// Taken in, and never answered.
    Silence,
    /// The line ends when the whole mail has come.
    HangUp,
    /// The line ends when the whole mail has come, and so does every other until further notice.
    HangUpForAll,
}

/// A mail that came whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mail {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) raw: String,
}

/// The running server.
pub(crate) struct PostOffice {
    /// Host and port.
    pub(crate) address: String,
    manners: Arc<Mutex<BTreeMap<String, Manner>>>,
    is_away: Arc<AtomicBool>,
    mails: Receiver<Mail>,
}

impl PostOffice {
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (coming, mails) = channel();
        let manners: Arc<Mutex<BTreeMap<String, Manner>>> = Arc::default();
        let is_away = Arc::new(AtomicBool::new(false));
        let (kept, away) = (Arc::clone(&manners), Arc::clone(&is_away));
        std::thread::spawn(move || {
            for stream in listener.incoming().filter(|_| !away.load(Ordering::SeqCst)) {
                let (coming, manners) = (coming.clone(), Arc::clone(&kept));
                let away = Arc::clone(&away);
                std::thread::spawn(move || serve(&stream.unwrap(), &coming, &manners, &away));
            }
        });
        Self { address, manners, is_away, mails }
    }

    /// Answers again after having hung up for all.
    pub(crate) fn take_again(&self) {
        self.is_away.store(false, Ordering::SeqCst);
    }

    /// Says what is done with the mail of a receiver from now on.
    pub(crate) fn treat(&self, receiver: &str, manner: Option<Manner>) {
        let mut manners = self.manners.lock().unwrap();
        match manner {
            Some(manner) => manners.insert(receiver.to_owned(), manner),
            None => manners.remove(receiver),
        };
    }

    /// Waits for the next mail that came whole, answered or not.
    pub(crate) fn next(&self) -> Mail {
        self.mails.recv_timeout(PATIENCE).expect("a mail comes")
    }

    /// Gives what has come so far.
    pub(crate) fn all(&self) -> Vec<Mail> {
        self.mails.try_iter().collect()
    }
}

/// Speaks with one client until it leaves.
fn serve(
    stream: &TcpStream,
    coming: &Sender<Mail>,
    manners: &Mutex<BTreeMap<String, Manner>>,
    is_away: &AtomicBool,
) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let mut out = stream.try_clone().unwrap();
    let mut say = move |text: &str| drop(out.write_all(format!("{text}\r\n").as_bytes()));
    let (mut from, mut to) = (String::new(), String::new());
    say("220 post.example ESMTP");
    while let Some(Ok(line)) = lines.next() {
        let verb = line.split([' ', ':']).next().unwrap().to_uppercase();
        let manner = || manners.lock().unwrap().get(&to).copied();
        match verb.as_str() {
            "EHLO" => say("250-post.example\r\n250-8BITMIME\r\n250 AUTH PLAIN"),
            "AUTH" => say("235 welcome"),
            "MAIL" => {
                from = within(&line);
                say("250 ok");
            }
            "RCPT" => {
                to = within(&line);
                match manners.lock().unwrap().get(&to) {
                    Some(Manner::Refuse(number)) => say(&format!("{number} <{to}> not here")),
                    Some(Manner::Silence | Manner::HangUp | Manner::HangUpForAll) | None => {
                        say("250 ok");
                    }
                }
            }
            "DATA" => {
                say("354 go on");
                let body = lines.by_ref().map(Result::unwrap).take_while(|line| line != ".");
                let body = body.map(|line| line.strip_prefix('.').unwrap_or(&line).to_owned());
                let raw = body.collect::<Vec<_>>().join("\r\n");
                let manner = manner();
                drop(coming.send(Mail { from: from.clone(), to: to.clone(), raw }));
                match manner {
                    Some(manner @ (Manner::HangUp | Manner::HangUpForAll)) => {
                        is_away.store(manner == Manner::HangUpForAll, Ordering::SeqCst);
                        return drop(stream.shutdown(Shutdown::Both));
                    }
                    Some(Manner::Silence) => {}
                    Some(Manner::Refuse(_)) | None => say("250 taken"),
                }
            }
            "NOOP" | "RSET" => say("250 ok"),
            "QUIT" => return say("221 bye"),
            _ => say("500 what"),
        }
    }
}

/// Reads an address between angle brackets.
fn within(line: &str) -> String {
    let inside = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map(|(address, _)| address.to_owned()).unwrap()
}

impl Mail {
    /// Reads the head: names in lower case, lines that go on joined.
    pub(crate) fn head(&self) -> Vec<(String, String)> {
        let (head, _) = self.raw.split_once("\r\n\r\n").unwrap();
        headers(head)
    }

    /// Gives the one header of a name.
    pub(crate) fn header(&self, name: &str) -> String {
        let found: Vec<_> = self.head().into_iter().filter(|(key, _)| key == name).collect();
        assert_eq!(found.len(), 1, "{name} stands once in {}", self.raw);
        found[0].1.clone()
    }

    /// Gives the plain text.
    pub(crate) fn text(&self) -> String {
        self.part("text/plain")
    }

    /// Gives the HTML.
    pub(crate) fn html(&self) -> String {
        self.part("text/html")
    }

    /// Gives the link that ends such mail, without the host.
    pub(crate) fn end(&self, origin: &str) -> String {
        let link = self.header("list-unsubscribe");
        let link = link.strip_prefix('<').and_then(|it| it.strip_suffix('>')).unwrap();
        link.strip_prefix(origin).unwrap().to_owned()
    }

    fn part(&self, kind: &str) -> String {
        let content = self.header("content-type");
        let boundary = content.split_once("boundary=").unwrap().1.trim_matches('"');
        let mark = format!("--{boundary}");
        let parts = self.raw.split(&mark).skip(1).filter_map(|part| part.split_once("\r\n\r\n"));
        let mut parts = parts.map(|(head, body)| (headers(head.trim_start()), body));
        let of = |head: &[(String, String)], name: &str| {
            head.iter().find(|(key, _)| key == name).map(|(_, it)| it.clone()).unwrap_or_default()
        };
        let found = parts.find(|(head, _)| of(head, "content-type").starts_with(kind)).unwrap();
        let bytes = match of(&found.0, "content-transfer-encoding").as_str() {
            "quoted-printable" => quoted_printable(found.1),
            "base64" => base64(found.1),
            _ => found.1.as_bytes().to_vec(),
        };
        String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
    }
}

fn headers(head: &str) -> Vec<(String, String)> {
    let joined = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let lines = joined.split("\r\n").filter_map(|line| line.split_once(':'));
    lines.map(|(key, value)| (key.to_lowercase(), value.trim().to_owned())).collect()
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let text = text.replace("=\r\n", "");
    let mut parts = text.split('=');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        let (sign, rest) = part.split_at_checked(2).unwrap();
        bytes.push(u8::from_str_radix(sign, 16).unwrap());
        bytes.extend(rest.as_bytes());
    }
    bytes
}

fn base64(text: &str) -> Vec<u8> {
    let signs = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let values = text.bytes().filter_map(|sign| signs.iter().position(|it| *it == sign));
    let values: Vec<usize> = values.collect();
    let bytes = values.chunks(4).flat_map(|four| {
        let bits = four.iter().fold(0, |bits, value| bits << 6 | value) << (6 * (4 - four.len()));
        let three = [bits >> 16, bits >> 8, bits].map(|it| u8::try_from(it & 255).unwrap());
        three.into_iter().take(four.len() - 1)
    });
    bytes.collect()
}
