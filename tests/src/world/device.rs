//! A device of the simulated world: a disk that survives crashes, and a memory that does not.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::access::{Caller, Role};
use talkoot_core::author::{Author, Slot};
use talkoot_core::change::Op;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::sign::{PublicKey, ReplicaKey, SignedChange};
use talkoot_core::stamp::{self, Stamp};
use talkoot_core::sync::client::{Client, Effect, Event, step};
use talkoot_core::sync::message::{self, Cursor, Page, ServerMessage};
use talkoot_core::text::TextDocument;

use super::network::Network;

/// Changes handed over at a time: few, so that an outbox takes several turns.
const PUSH_CHANGES: usize = 3;

/// What survives a crash.
#[derive(Default)]
struct Disk {
    changes: BTreeMap<RecordId, Vec<SignedChange>>,
    outbox: BTreeMap<ChangeId, SignedChange>,
    set_aside: Vec<(ChangeId, String)>,
    made: BTreeSet<ChangeId>,
    cursor: Cursor,
    latest: Stamp,
}

/// One person's laptop.
pub(super) struct Device {
    pub(super) place: usize,
    pub(super) caller: Caller,
    pub(super) crashes: usize,
    author: Author,
    disk: Disk,
    client: Client,
    open: BTreeMap<RecordId, OpenRecord>,
    editors: BTreeMap<RecordId, TextDocument>,
}

/// Somebody who has not signed in.
pub(super) fn nobody() -> Caller {
    Caller { account: None, role: Role::Anyone, projects: BTreeSet::new() }
}

impl Device {
    pub(super) fn new(place: usize, caller: Caller, seed: [u8; 32]) -> Self {
        let account = caller.account.unwrap_or(talkoot_core::id::AccountId([0; 16]));
        let author = Author { account, key: ReplicaKey::from_seed(&seed) };
        Self {
            place,
            caller,
            crashes: 0,
            author,
            disk: Disk::default(),
            client: Client::new(Cursor::default()),
            open: BTreeMap::new(),
            editors: BTreeMap::new(),
        }
    }

    pub(super) fn key(&self) -> PublicKey {
        self.author.key.public()
    }

    pub(super) fn made(&self) -> usize {
        self.disk.made.len()
    }

    pub(super) fn made_ids(&self) -> impl Iterator<Item = ChangeId> {
        self.disk.made.iter().copied()
    }

    pub(super) fn records(&self) -> &BTreeMap<RecordId, OpenRecord> {
        &self.open
    }

    pub(super) fn digests(&self) -> BTreeMap<RecordId, [u8; 32]> {
        self.open.iter().map(|(id, open)| (*id, open.digest())).collect()
    }

    pub(super) fn complaints(&self) -> Vec<String> {
        let mut complaints = Vec::new();
        if !self.disk.outbox.is_empty() {
            complaints.push(format!("device {} still has an outbox", self.place));
        }
        for (id, code) in &self.disk.set_aside {
            complaints.push(format!("device {}: {id:?} was refused as {code}", self.place));
        }
        complaints
    }

    /// Gives the editor of a record's text: a Yjs client of its own for each session.
    pub(super) fn editor(&mut self, record: RecordId, client_id: u64) -> Option<&mut TextDocument> {
        match self.editors.entry(record) {
            Entry::Occupied(editor) => Some(editor.into_mut()),
            Entry::Vacant(place) => {
                let state = self.open.get(&record)?.text.state();
                Some(place.insert(TextDocument::from_state(client_id, &state).ok()?))
            }
        }
    }

    /// Makes a change: stored with its outbox entry before it shows.
    pub(super) fn commit(&mut self, record: RecordId, ops: Vec<Op>, now_ms: u64) {
        let known = self.open.get(&record);
        let previous = known.map_or(0, |open| open.record.previous(self.author.replica()));
        let stamp = stamp::next(self.disk.latest, now_ms);
        let counter = self.disk.made.len() as u64 + 1;
        let (change, signed) = self.author.write(Slot { counter, previous, stamp }, record, ops);
        self.disk.latest = stamp;
        self.disk.made.insert(change.id);
        self.disk.changes.entry(record).or_default().push(signed.clone());
        self.disk.outbox.insert(change.id, signed);
        self.open.entry(record).or_insert_with(|| OpenRecord::new(record)).apply(&change);
    }

    /// Loses its memory and folds its disk again.
    pub(super) fn crash(&mut self) {
        self.crashes += 1;
        self.client = Client::new(self.disk.cursor);
        self.editors.clear();
        self.open.clear();
        for (record, changes) in &self.disk.changes {
            let open = self.open.entry(*record).or_insert_with(|| OpenRecord::new(*record));
            for change in changes.iter().filter_map(|signed| signed.open().ok()) {
                open.apply(&change);
            }
        }
    }

    pub(super) fn connect(&mut self, network: &mut Network) {
        network.connect(self.place);
        self.drive(Event::TryNow, network, 0);
    }

    pub(super) fn closed(&mut self, now_ms: u64, chance: u64) {
        let event = Event::Closed { code: None, now_ms, chance };
        let (client, _wakes) = step(self.client.clone(), event);
        self.client = client;
    }

    pub(super) fn outbox_grew(&mut self, network: &mut Network) {
        self.drive(Event::OutboxGrew, network, 0);
    }

    pub(super) fn receive(&mut self, message: ServerMessage, network: &mut Network, now_ms: u64) {
        self.drive(Event::Received(message), network, now_ms);
    }

    /// Steps the machine until it wants nothing more.
    fn drive(&mut self, event: Event, network: &mut Network, now_ms: u64) {
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            let (client, effects) = step(self.client.clone(), event);
            self.client = client;
            for effect in effects {
                self.perform(effect, network, now_ms, &mut events);
            }
        }
    }

    fn perform(
        &mut self,
        effect: Effect,
        network: &mut Network,
        now_ms: u64,
        events: &mut Vec<Event>,
    ) {
        match effect {
            Effect::Open => events.push(Event::Opened),
            Effect::SayHello { .. } => {
                let waiting = u32::try_from(self.disk.outbox.len()).unwrap_or(u32::MAX);
                network.up(self.place, self.client.hello(self.key(), "laptop".to_owned(), waiting));
            }
            Effect::Send(message) => network.up(self.place, message),
            Effect::ReadOutbox => {
                let oldest = self.disk.outbox.iter().take(PUSH_CHANGES);
                let changes = oldest.map(|(id, signed)| (*id, signed.clone())).collect();
                events.push(Event::OutboxRead { changes });
            }
            Effect::Store(page) => events.push(self.store(page, now_ms)),
            Effect::Forget(ids) => self.disk.outbox.retain(|id, _| !ids.contains(id)),
            Effect::SetAside { id, code } => {
                self.disk.outbox.remove(&id);
                self.disk.set_aside.push((id, code));
            }
            // No server of this world is restored yet.
            Effect::OweAll
            | Effect::ReadOwed { .. }
            | Effect::WakeAt { .. }
            | Effect::Refold(_)
            | Effect::Reread(_)
            | Effect::Greeted(_)
            | Effect::KeepPeople(_)
            | Effect::ShowPresence(_)
            | Effect::Hold(_) => {}
        }
    }

    /// Stores a page and its cursor, then shows it.
    fn store(&mut self, page: Page, now_ms: u64) -> Event {
        for entry in page.entries {
            match entry {
                message::Entry::Change { record, change, .. } => {
                    self.take_in(record, change, now_ms);
                }
                message::Entry::Conceal { record } => self.conceal(record),
            }
        }
        self.disk.cursor = page.cursor;
        Event::PageStored { cursor: page.cursor, more: page.more }
    }

    fn take_in(&mut self, record: RecordId, signed: SignedChange, now_ms: u64) {
        let Ok(change) = signed.open() else { return };
        self.disk.latest = stamp::observe(self.disk.latest, change.stamp, now_ms);
        let stored = self.disk.changes.entry(record).or_default();
        if !stored.contains(&signed) {
            stored.push(signed);
        }
        self.open.entry(record).or_insert_with(|| OpenRecord::new(record)).apply(&change);
        if let Some(editor) = self.editors.get_mut(&record) {
            for op in &change.ops {
                if let Op::Text { update, .. } = op {
                    editor.apply(update).ok();
                }
            }
        }
    }

    fn conceal(&mut self, record: RecordId) {
        self.disk.changes.remove(&record);
        self.open.remove(&record);
        self.editors.remove(&record);
    }
}
