//! A device: a disk that survives, a machine that does not.

use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::author::{Author, Slot};
use talkoot_core::change::Op;
use talkoot_core::id::{AccountId, ChangeId, RecordId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::schema::document_field;
use talkoot_core::sign::{PublicKey, ReplicaKey, SignedChange};
use talkoot_core::stamp::Stamp;
use talkoot_core::sync::client::{Client, Effect, Event, Line, Owed, step};
use talkoot_core::sync::message::{ClientMessage, Cursor, Entry, Page};
use talkoot_core::text::edit::Edit;
use talkoot_core::text::{TEXT_SCHEMA_VERSION, TextDocument};
use talkoot_core::value::Value;

/// Changes handed over at a time.
const PART: usize = 3;

#[derive(Default)]
pub(crate) struct Disk {
    /// By arrival.
    pub(crate) changes: BTreeMap<u64, SignedChange>,
    pub(crate) outbox: BTreeMap<u64, SignedChange>,
    pub(crate) owed: BTreeMap<ChangeId, u64>,
    pub(crate) set_aside: Vec<(ChangeId, String)>,
    cursor: Cursor,
    brought: Option<BTreeSet<RecordId>>,
    counter: u64,
}

pub(crate) struct Device {
    pub(crate) disk: Disk,
    pub(crate) client: Client,
    author: Author,
}

impl Device {
    /// Makes a device of an account; its key follows from a number.
    pub(crate) fn of(account: AccountId, number: u8) -> Self {
        let key = ReplicaKey::from_seed(&[number; 32]);
        let client = Client::new(Cursor::default());
        Self { disk: Disk::default(), client, author: Author { account, key } }
    }

    pub(crate) fn account(&self) -> AccountId {
        self.author.account
    }

    pub(crate) fn key(&self) -> PublicKey {
        self.author.key.public()
    }

    /// Gives what sets the title of a document, as far as it is known here.
    pub(crate) fn title(&self, record: RecordId, text: &str) -> Vec<Op> {
        vec![self.fold(record).record.set_field(document_field::TITLE, Value::text(text))]
    }

    /// Gives what adds a paragraph to the text that is known here, as one editing session.
    pub(crate) fn paragraph(&self, record: RecordId, text: &str) -> Vec<Op> {
        let known = self.fold(record).text.state();
        let client = u64::from(self.author.account.0[0]) * 1_000 + self.disk.counter;
        let mut editor = TextDocument::from_state(client, &known).unwrap();
        let edit = Edit::AppendParagraph { text: text.to_owned() };
        let update = editor.edit("body", &edit).unwrap();
        vec![Op::Text { schema: TEXT_SCHEMA_VERSION, update }]
    }

    /// Starts as a new device of the same person would, with the same key.
    pub(crate) fn lose_everything(&mut self) {
        let counter = self.disk.counter;
        self.disk = Disk { counter, ..Disk::default() };
        self.client = Client::new(Cursor::default());
    }

    /// Closes the lid: what the machine knew is gone.
    pub(crate) fn close_and_start(&mut self) {
        self.client = Client::new(self.disk.cursor).owing(!self.disk.owed.is_empty());
    }

    pub(crate) fn close(&mut self) {
        self.tell(Event::Closed { code: None, now_ms: 0, chance: 0 });
    }

    /// Opens a line and gives what is said first.
    pub(crate) fn open(&mut self) -> Vec<ClientMessage> {
        if self.client.line == Line::Up {
            self.close();
        }
        self.tell(Event::TryNow)
    }

    pub(crate) fn write(&mut self, record: RecordId, ops: Vec<Op>) -> Vec<ClientMessage> {
        let previous = self.fold(record).record.previous(self.author.replica());
        self.disk.counter += 1;
        let counter = self.disk.counter;
        let stamp = Stamp { wall_ms: 1_000 * counter, tick: 0 };
        let (_, signed) = self.author.write(Slot { counter, previous, stamp }, record, ops);
        self.keep(signed.clone());
        self.disk.outbox.insert(counter, signed);
        self.tell(Event::OutboxGrew)
    }

    /// Lets something happen and gives what the device says.
    pub(crate) fn tell(&mut self, event: Event) -> Vec<ClientMessage> {
        let mut said = Vec::new();
        let mut events = vec![event];
        while !events.is_empty() {
            let (client, effects) = step(self.client.clone(), events.remove(0));
            self.client = client;
            for effect in effects {
                events.extend(self.perform(effect, &mut said));
            }
        }
        said
    }

    fn perform(&mut self, effect: Effect, said: &mut Vec<ClientMessage>) -> Option<Event> {
        match effect {
            Effect::Open => return Some(Event::Opened),
            Effect::SayHello { .. } => said.push(self.client.hello(self.key(), String::new(), 0)),
            Effect::Send(message) => said.push(message),
            Effect::ReadOutbox { held } => return Some(self.read_outbox(&held)),
            Effect::Store(page) => return Some(self.store(page)),
            // Nothing is compared here.
            Effect::Refold(_) | Effect::Reread(_) => {}
            Effect::OweAll => {
                self.owe_all();
                return Some(Event::AllOwed);
            }
            Effect::ReadOwed { after } => return Some(self.read_owed(after)),
            Effect::Forget(ids) => {
                let own = self.author.replica();
                self.disk.outbox.retain(|counter, _| {
                    !ids.contains(&ChangeId { replica: own, counter: *counter })
                });
                self.disk.owed.retain(|id, _| !ids.contains(id));
            }
            Effect::SetAside { id, code } => {
                self.disk.outbox.remove(&id.counter);
                self.disk.set_aside.push((id, code));
            }
            Effect::WakeAt { .. }
            | Effect::Listen { .. }
            | Effect::Greeted(_)
            | Effect::KeepPeople(_)
            | Effect::ShowPresence(_)
            | Effect::Hold(_) => {}
        }
        None
    }

    fn read_outbox(&self, held: &BTreeSet<RecordId>) -> Event {
        let waiting = self.disk.outbox.values().filter_map(|signed| {
            let change = signed.open().unwrap();
            (!held.contains(&change.record)).then(|| (change.id, signed.clone()))
        });
        let owed = self.disk.owed.values().map(|arrival| {
            let record = self.disk.changes[arrival].open().unwrap().record;
            (record, *arrival)
        });
        let mut latest = BTreeMap::new();
        for (record, arrival) in owed {
            let last = latest.entry(record).or_insert(arrival);
            *last = arrival.max(*last);
        }
        Event::OutboxRead { changes: waiting.take(PART).collect(), owed: latest }
    }

    fn owe_all(&mut self) {
        let waiting: BTreeSet<ChangeId> =
            self.disk.outbox.values().map(|signed| signed.open().unwrap().id).collect();
        for (arrival, signed) in &self.disk.changes {
            let id = signed.open().unwrap().id;
            if !waiting.contains(&id) {
                self.disk.owed.insert(id, *arrival);
            }
        }
    }

    fn read_owed(&self, after: u64) -> Event {
        let mut owed: Vec<_> = self.disk.owed.iter().map(|(id, at)| (*at, *id)).collect();
        owed.sort_unstable();
        let later = owed.into_iter().filter(|(arrival, _)| *arrival > after).take(PART);
        let owed = later.map(|(arrival, id)| {
            let change = self.disk.changes[&arrival].clone();
            Owed { arrival, id, change }
        });
        Event::OwedRead { owed: owed.collect() }
    }

    /// Stores a page; what a whole reading did not bring is forgotten, unless it is owed or waits.
    fn store(&mut self, page: Page) -> Event {
        if page.from_start {
            self.disk.brought = Some(BTreeSet::new());
        }
        for entry in page.entries {
            let Entry::Change { record, change, .. } = entry else { continue };
            if let Some(brought) = &mut self.disk.brought {
                brought.insert(record);
            }
            self.disk.owed.remove(&change.open().unwrap().id);
            if !self.disk.changes.values().any(|known| *known == change) {
                self.keep(change);
            }
        }
        self.disk.cursor = page.cursor;
        if !page.more
            && let Some(brought) = self.disk.brought.take()
        {
            self.forget_all_but(brought);
        }
        Event::PageStored { cursor: page.cursor, more: page.more }
    }

    fn forget_all_but(&mut self, mut kept: BTreeSet<RecordId>) {
        let waiting = self.disk.outbox.values();
        let owed = self.disk.owed.values().map(|arrival| &self.disk.changes[arrival]);
        kept.extend(waiting.chain(owed).map(|signed| signed.open().unwrap().record));
        self.disk.changes.retain(|_, signed| kept.contains(&signed.open().unwrap().record));
    }

    fn keep(&mut self, signed: SignedChange) {
        let arrival = self.disk.changes.last_key_value().map_or(1, |(last, _)| last + 1);
        self.disk.changes.insert(arrival, signed);
    }

    pub(crate) fn fold(&self, record: RecordId) -> OpenRecord {
        let mut open = OpenRecord::new(record);
        for change in self.disk.changes.values().map(|signed| signed.open().unwrap()) {
            if change.record == record {
                open.apply(&change);
            }
        }
        open
    }

    pub(crate) fn digests(&self) -> BTreeMap<RecordId, [u8; 32]> {
        let changes = self.disk.changes.values();
        let records: BTreeSet<_> = changes.map(|it| it.open().unwrap().record).collect();
        records.into_iter().map(|record| (record, self.fold(record).digest())).collect()
    }
}
