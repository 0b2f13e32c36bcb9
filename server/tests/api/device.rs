//! A device: core's messages over a real WebSocket, and the changes it makes.

use std::collections::BTreeMap;
use std::net::TcpStream;

use talkoot_core::author::{Author, Slot};
use talkoot_core::change::Op;
use talkoot_core::codec;
use talkoot_core::id::{AccountId, ChangeId, RecordId};
use talkoot_core::schema::{Kind, document_field};
use talkoot_core::sign::{ReplicaKey, SignedChange};
use talkoot_core::stamp::Stamp;
use talkoot_core::sync::message::{
    ClientMessage, Cursor, Entry, Hello, PROTOCOL, Page, ServerMessage, Welcome,
};
use talkoot_core::value::{Scalar, Value};
use tungstenite::client::IntoClientRequest as _;
use tungstenite::{Message, WebSocket};

use super::http::{PATIENCE, Session};
use super::process::Server;

/// What a device hears.
#[derive(Debug)]
pub(crate) enum Heard {
    Said(ServerMessage),
    Closed(Option<u16>),
}

/// One browser profile.
pub(crate) struct Device {
    pub(crate) author: Author,
    counter: u64,
    last: BTreeMap<RecordId, u64>,
    pub(crate) cursor: Cursor,
    socket: Option<WebSocket<TcpStream>>,
}

impl Device {
    /// Makes a device that has not talked to any server; its key follows from a number.
    pub(crate) fn new(number: u8, session: Option<&Session>) -> Self {
        let account = session.map(|it| it.account.parse().unwrap());
        let key = ReplicaKey::from_seed(&[number; 32]);
        let author = Author { account: account.unwrap_or(AccountId([0; 16])), key };
        let (last, cursor) = (BTreeMap::new(), Cursor::default());
        Self { author, counter: 0, last, cursor, socket: None }
    }

    /// Makes a device, connects it and greets.
    pub(crate) fn online(server: &Server, number: u8, session: Option<&Session>) -> Self {
        let mut device = Self::new(number, session);
        device.connect(server, session, "");
        device.greet();
        device
    }

    /// Opens the socket; `query` is what follows the address.
    pub(crate) fn connect(&mut self, server: &Server, session: Option<&Session>, query: &str) {
        let address = format!("ws://{}/api/socket{query}", server.address);
        let mut request = address.into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("Origin", format!("http://{}", server.address).parse().unwrap());
        if let Some(session) = session {
            headers.insert("Cookie", session.cookie.parse().unwrap());
        }
        let stream = TcpStream::connect(&server.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        self.socket = Some(tungstenite::client(request, stream).unwrap().0);
    }

    pub(crate) fn greet(&mut self) -> Welcome {
        self.say(&self.hello());
        self.wait_for(|message| match message {
            ServerMessage::Welcome(welcome) => Some(welcome),
            _ => None,
        })
    }

    pub(crate) fn hello(&self) -> ClientMessage {
        let (key, cursor) = (self.author.key.public(), self.cursor);
        let device = "Laptop".to_owned();
        ClientMessage::Hello(Hello { protocol: PROTOCOL, key, device, cursor, waiting: 0 })
    }

    pub(crate) fn say(&mut self, message: &ClientMessage) {
        self.send(Message::Binary(codec::encode(message).into()));
    }

    /// Says something to a server that may be gone; false if it is.
    pub(crate) fn try_say(&mut self, message: &ClientMessage) -> bool {
        let message = Message::Binary(codec::encode(message).into());
        self.socket.as_mut().unwrap().send(message).is_ok()
    }

    pub(crate) fn send(&mut self, message: Message) {
        self.socket.as_mut().unwrap().send(message).unwrap();
    }

    /// Goes on asking for everything and reads nothing of it, until the server lets it go. A full
    /// line holds the asking up, so this waits for nothing else.
    pub(crate) fn ask_without_reading(&mut self) {
        let socket = self.socket.as_mut().unwrap();
        socket.get_ref().set_write_timeout(Some(2 * PATIENCE)).unwrap();
        let pull = codec::encode(&ClientMessage::Pull(Cursor::default()));
        loop {
            match socket.send(Message::Binary(pull.clone().into())) {
                Ok(()) => {}
                Err(tungstenite::Error::Io(cause))
                    if cause.kind() == std::io::ErrorKind::WouldBlock =>
                {
                    panic!("the server still holds the line");
                }
                Err(_) => return,
            }
        }
    }

    /// Waits for the next thing the server says.
    pub(crate) fn hear(&mut self) -> Heard {
        loop {
            match self.socket.as_mut().unwrap().read() {
                Ok(Message::Binary(bytes)) => {
                    return Heard::Said(codec::decode_message(&bytes).unwrap());
                }
                Ok(Message::Close(frame)) => {
                    return Heard::Closed(frame.map(|frame| frame.code.into()));
                }
                Ok(_) => {}
                Err(tungstenite::Error::Io(cause))
                    if cause.kind() == std::io::ErrorKind::WouldBlock =>
                {
                    panic!("the server said nothing for {PATIENCE:?}");
                }
                Err(_) => return Heard::Closed(None),
            }
        }
    }

    /// Waits for a message, passing over others.
    pub(crate) fn wait_for<T>(&mut self, pick: impl Fn(ServerMessage) -> Option<T>) -> T {
        loop {
            match self.hear() {
                Heard::Said(message) => {
                    if let Some(found) = pick(message) {
                        return found;
                    }
                }
                Heard::Closed(code) => panic!("the server closed with {code:?}"),
            }
        }
    }

    /// Waits until the server closes and gives the code.
    pub(crate) fn wait_for_close(&mut self) -> Option<u16> {
        loop {
            if let Heard::Closed(code) = self.hear() {
                return code;
            }
        }
    }

    /// Makes the next change of a record.
    pub(crate) fn change(&mut self, record: RecordId, ops: Vec<Op>) -> (ChangeId, SignedChange) {
        self.counter += 1;
        let previous = self.last.insert(record, self.counter).unwrap_or(0);
        let stamp = Stamp { wall_ms: 1_600_000_000_000 + self.counter, tick: 0 };
        let slot = Slot { counter: self.counter, previous, stamp };
        let (change, signed) = self.author.write(slot, record, ops);
        (change.id, signed)
    }

    /// Makes a change that is expected to be refused: the next one follows the same as this.
    pub(crate) fn attempt(&mut self, record: RecordId, ops: Vec<Op>) -> SignedChange {
        let last = self.last.get(&record).copied();
        let (_, signed) = self.change(record, ops);
        match last {
            Some(last) => self.last.insert(record, last),
            None => self.last.remove(&record),
        };
        signed
    }

    /// Makes a change of a record that others wrote too.
    pub(crate) fn edit(&mut self, record: RecordId, ops: Vec<Op>) -> SignedChange {
        self.change(record, ops).1
    }

    /// Pushes one change and gives "ok" or the code of the refusal.
    pub(crate) fn push(&mut self, signed: SignedChange) -> String {
        self.say(&ClientMessage::Push(vec![signed]));
        self.wait_for(answer)
    }

    /// Makes a change and pushes it; it has to be taken.
    pub(crate) fn store(&mut self, record: RecordId, ops: Vec<Op>) {
        let signed = self.edit(record, ops);
        assert_eq!(self.push(signed), "ok");
    }

    /// Reads until the server has no more.
    pub(crate) fn pull(&mut self) -> Vec<Entry> {
        let mut entries = Vec::new();
        loop {
            self.say(&ClientMessage::Pull(self.cursor));
            let page = self.page();
            let more = page.more;
            entries.extend(page.entries);
            if !more {
                return entries;
            }
        }
    }

    /// Waits for a page that brings something.
    pub(crate) fn news(&mut self) -> Vec<Entry> {
        loop {
            let page = self.page();
            if !page.entries.is_empty() {
                return page.entries;
            }
        }
    }

    /// Waits for the next page.
    pub(crate) fn page(&mut self) -> Page {
        let page = self.wait_for(|message| match message {
            ServerMessage::Entries(page) => Some(page),
            _ => None,
        });
        self.cursor = page.cursor;
        page
    }
}

/// Reads an answer to a push of one change.
pub(crate) fn answer(message: ServerMessage) -> Option<String> {
    match message {
        ServerMessage::Stored(_) => Some("ok".to_owned()),
        ServerMessage::Refused { code, .. } => Some(code),
        _ => None,
    }
}

/// Lists the records whose changes a device was given.
pub(crate) fn seen(entries: &[Entry]) -> Vec<RecordId> {
    let records = entries.iter().filter_map(|entry| match entry {
        Entry::Change { record, .. } => Some(*record),
        Entry::Conceal { .. } => None,
    });
    records.collect()
}

/// Lists the records that a device was told to forget.
pub(crate) fn concealed(entries: &[Entry]) -> Vec<RecordId> {
    let records = entries.iter().filter_map(|entry| match entry {
        Entry::Conceal { record } => Some(*record),
        Entry::Change { .. } => None,
    });
    records.collect()
}

/// Names a record after a number.
pub(crate) fn record(number: u8) -> RecordId {
    RecordId([number; 16])
}

/// Starts a record of a kind.
pub(crate) fn create(kind: Kind) -> Vec<Op> {
    vec![Op::Create { kind }]
}

/// Starts a document in a project.
pub(crate) fn create_in(project: RecordId) -> Vec<Op> {
    let value = Value::One(Scalar::Record(project));
    let set = Op::SetField { field: document_field::PROJECT, value, replaces: vec![] };
    vec![Op::Create { kind: Kind::Document }, set]
}

/// Sets the title of a document.
pub(crate) fn title(text: &str) -> Vec<Op> {
    let (field, value) = (document_field::TITLE, Value::text(text));
    vec![Op::SetField { field, value, replaces: vec![] }]
}

/// Opens a record to everybody, or closes it; the later decision shows.
pub(crate) fn publish(published: bool) -> Vec<Op> {
    vec![Op::Publish { published, replaces: vec![], version: None, reason: None }]
}

/// Moves a document to another project.
pub(crate) fn move_to(project: RecordId) -> Vec<Op> {
    create_in(project).split_off(1)
}

impl Device {
    /// Gives up the last change of a record, which was refused.
    pub(crate) fn forget_last(&mut self, record: RecordId) {
        self.last.remove(&record);
    }

    /// Puts a record into the bin, knowing all that this device did to it.
    pub(crate) fn trash(&self, record: RecordId) -> Vec<Op> {
        let mine = self.last.get(&record).copied().unwrap_or(0);
        let knew = [(self.author.replica(), mine)].into();
        vec![Op::Trash { trashed: true, replaces: vec![], knew }]
    }

    /// Publishes a record as it is with the changes that were made here.
    pub(crate) fn publish_as_it_is(&self, record: RecordId, reason: Option<&str>) -> Vec<Op> {
        let mine = self.last.get(&record).copied().unwrap_or(0);
        let version = Some([(self.author.replica(), mine)].into());
        let reason = reason.map(str::to_owned);
        vec![Op::Publish { published: true, replaces: vec![], version, reason }]
    }
}
