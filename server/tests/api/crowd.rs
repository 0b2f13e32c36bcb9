//! Several devices that write and read as fast as the server lets them, until it is gone.
//!
//! A writer behaves as a device does: it keeps what was not acknowledged and
//! sends it again, in order, when the server is back. A reader remembers every
//! change that it was given.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::mpsc::Sender;

use talkoot_core::change::Op;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::schema::{Kind, document_field};
use talkoot_core::sign::SignedChange;
use talkoot_core::sync::message::{ClientMessage, Entry, ServerMessage};
use talkoot_core::value::Value;

use super::device::{Device, Heard, create, record};
use super::http::Session;
use super::process::Server;

/// Changes that a writer has under way.
const WINDOW: usize = 48;
/// Changes of one message.
const PUSHED_AT_ONCE: usize = 4;

/// A device that writes.
pub(crate) struct Writer {
    device: Device,
    /// Everything it ever made.
    pub(crate) made: BTreeMap<ChangeId, SignedChange>,
    pub(crate) acknowledged: BTreeSet<ChangeId>,
    /// Acknowledged since somebody looked.
    pub(crate) news: Vec<ChangeId>,
    /// What the server has not acknowledged, oldest first.
    outbox: VecDeque<(ChangeId, SignedChange)>,
    records: [RecordId; 2],
    last_titles: BTreeMap<RecordId, ChangeId>,
}

/// A device that reads.
pub(crate) struct Reader {
    device: Device,
    pub(crate) received: BTreeMap<ChangeId, SignedChange>,
    /// Received since somebody looked.
    pub(crate) news: Vec<ChangeId>,
}

impl Writer {
    /// Makes a writer of a record of its own and of one that all writers share.
    pub(crate) fn new(server: &Server, number: u8, session: &Session, shared: RecordId) -> Self {
        let mut device = Device::online(server, number, Some(session));
        let own = record(number);
        let (id, signed) = device.change(own, create(Kind::Document));
        assert_eq!(device.push(signed.clone()), "ok");
        Self {
            device,
            made: [(id, signed)].into(),
            acknowledged: [id].into(),
            news: vec![id],
            outbox: VecDeque::new(),
            records: [own, shared],
            last_titles: BTreeMap::new(),
        }
    }

    /// Opens the line anew.
    pub(crate) fn connect(&mut self, server: &Server, session: &Session) {
        self.device.connect(server, Some(session), "");
        self.device.greet();
    }

    /// Writes until the line breaks; tells of every acknowledgement.
    pub(crate) fn write_until_it_breaks(&mut self, heard: &Sender<usize>) {
        let mut sent = 0;
        loop {
            while sent < WINDOW {
                while self.outbox.len() < sent + PUSHED_AT_ONCE {
                    self.make();
                }
                let waiting = self.outbox.iter().skip(sent).take(PUSHED_AT_ONCE);
                let changes = waiting.map(|(_, signed)| signed.clone()).collect();
                if !self.device.try_say(&ClientMessage::Push(changes)) {
                    return;
                }
                sent += PUSHED_AT_ONCE;
            }
            match self.device.hear() {
                Heard::Said(ServerMessage::Stored(ids)) => {
                    sent -= ids.len();
                    for id in &ids {
                        let (expected, _) = self.outbox.pop_front().unwrap();
                        assert_eq!(*id, expected, "acknowledged in order");
                        self.acknowledged.insert(*id);
                        self.news.push(*id);
                    }
                    // Nobody counts any more when the end is near.
                    heard.send(ids.len()).ok();
                }
                Heard::Said(ServerMessage::Refused { code, .. }) => panic!("refused: {code}"),
                Heard::Said(_) => {}
                Heard::Closed(_) => return,
            }
        }
    }

    /// Writes another title, in turn of its own record and of the shared one.
    fn make(&mut self) {
        let at = self.records[self.made.len() % self.records.len()];
        let value = Value::text(&self.made.len().to_string());
        let replaces = self.last_titles.get(&at).copied().into_iter().collect();
        let op = Op::SetField { field: document_field::TITLE, value, replaces };
        let (id, signed) = self.device.change(at, vec![op]);
        self.last_titles.insert(at, id);
        self.made.insert(id, signed.clone());
        self.outbox.push_back((id, signed));
    }
}

impl Reader {
    /// Makes a reader that has read nothing.
    pub(crate) fn new(number: u8, session: &Session) -> Self {
        let (received, news) = (BTreeMap::new(), Vec::new());
        Self { device: Device::new(number, Some(session)), received, news }
    }

    /// Opens the line anew.
    pub(crate) fn connect(&mut self, server: &Server, session: &Session) {
        self.device.connect(server, Some(session), "");
        self.device.greet();
    }

    /// Reads what comes until the line breaks.
    pub(crate) fn read_until_it_breaks(&mut self) {
        if !self.device.try_say(&ClientMessage::Pull(self.device.cursor)) {
            return;
        }
        loop {
            match self.device.hear() {
                Heard::Said(ServerMessage::Entries(page)) => {
                    self.device.cursor = page.cursor;
                    self.take(page.entries);
                    let pull = ClientMessage::Pull(page.cursor);
                    if page.more && !self.device.try_say(&pull) {
                        return;
                    }
                }
                Heard::Said(_) => {}
                Heard::Closed(_) => return,
            }
        }
    }

    /// Reads to the end of the log and counts the changes that came.
    pub(crate) fn read_all(&mut self) -> usize {
        let entries = self.device.pull();
        let count = entries.iter().filter(|entry| matches!(entry, Entry::Change { .. })).count();
        self.take(entries);
        count
    }

    fn take(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            if let Entry::Change { change, .. } = entry {
                let id = change.open().unwrap().id;
                self.received.insert(id, change);
                self.news.push(id);
            }
        }
    }
}
