//! A device of the simulated world: a disk that survives crashes, and a memory that does not.
//!
//! It does one thing at a time: each effect of core's client machine is a step of its own, so
//! a crash can come between any two of them. What the browser's driver owns (disk, clock,
//! line) is simulated; what it decides is decided here by the same functions of core.

mod carrying;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod desk;
pub(crate) mod disk;
mod effect;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use talkoot_core::access::{self, Caller, Role};
use talkoot_core::author::{Author, Slot};
use talkoot_core::change::{Change, Frontier, Op, SCHEMA_VERSION};
use talkoot_core::id::{AccountId, ChangeId, RecordId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::Record;
use talkoot_core::sign::{PublicKey, ReplicaKey, SignedChange};
use talkoot_core::stamp;
use talkoot_core::sync::client::{Client, Event, Filling, Line, Watch};
use talkoot_core::sync::message::{Close, Holding, PROTOCOL};
use talkoot_core::text::anchor::Found;
use talkoot_core::text::{TEXT_SCHEMA_VERSION, TextDocument};

#[cfg(not(target_arch = "wasm32"))]
use self::desk::Desk;
use self::disk::{Disk, Waiting, Write};
pub(crate) use self::effect::Says;
use super::person::margin::Back;
use super::sabotage::Sabotage;

/// What the world notes of a change that was made, beside the device: it survives everything.
pub(crate) struct Made {
    pub(crate) record: RecordId,
    pub(crate) signed: SignedChange,
    /// What its maker knew of the record.
    pub(crate) knew: Frontier,
    /// The newest text schema in what its maker saw.
    pub(crate) saw_text_schema: u16,
}

/// What became of something that a person did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    Saved,
    /// The rules refuse it here already.
    Refused,
    /// The disk took nothing.
    NotSaved,
    Nothing,
}

/// What the world watches over while it happens, because no end shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// The server has stored something of a record.
    Stored(RecordId),
    /// A record was taken for out of sight, maybe at the end of a reading from the beginning.
    Forgot { record: RecordId, at_end: bool },
    /// A record is read again, because what is here differs from what the server holds.
    Reread,
}

/// One person's laptop.
pub(crate) struct Device {
    pub(crate) place: usize,
    pub(crate) sabotage: Option<Sabotage>,
    /// What its program knows of texts; an old one knows less.
    pub(crate) text_schema: u16,
    /// Which conversation its program speaks.
    pub(crate) protocol: u16,
    /// How far its clock is off.
    pub(crate) skew_ms: i64,
    pub(crate) disk: Disk,
    pub(crate) made: BTreeMap<ChangeId, Made>,
    /// Where the passages stood of the margin threads that its person began, when they did: what
    /// only a broken program shows.
    pub(crate) places: BTreeMap<RecordId, Found>,
    /// What its person may take back, for as long as the program runs.
    pub(crate) backs: Vec<Back>,
    /// What went wrong before its person's eyes.
    pub(crate) wrongs: Vec<String>,
    /// What its person decides about, as a moderator.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) desk: Desk,
    /// When its timer goes off, by its own clock.
    pub(crate) wake_at_ms: Option<u64>,
    /// When it has listened long enough, by the world's clock.
    pub(crate) listens: Vec<(u64, Watch)>,
    author: Author,
    client: Client,
    /// What happened and is not taken in yet; news of a line carries the line's number.
    events: VecDeque<(Option<u64>, Event)>,
    /// Counts its lines, so that news of an old one is told apart.
    line_number: u64,
    effects: VecDeque<effect::Work>,
    /// The record of which something came last.
    latest: Option<RecordId>,
    /// Whether it has set its cursor back, and nothing has come since.
    pub(crate) rereads: bool,
    /// What happened that the world watches over.
    news: Vec<News>,
    open: BTreeMap<RecordId, OpenRecord>,
    editors: BTreeMap<RecordId, TextDocument>,
}

/// Somebody who has not signed in.
pub(crate) fn nobody() -> Caller {
    Caller { account: None, role: Role::Anyone, projects: BTreeSet::new() }
}

impl Device {
    pub(crate) fn new(place: usize, caller: Caller, seed: [u8; 32]) -> Self {
        let account = caller.account.unwrap_or(AccountId([0; 16]));
        let disk = Disk { caller: Some(caller), ..Disk::default() };
        Self {
            place,
            sabotage: None,
            text_schema: TEXT_SCHEMA_VERSION,
            protocol: PROTOCOL,
            skew_ms: 0,
            client: Client::new(disk.cursor),
            disk,
            made: BTreeMap::new(),
            places: BTreeMap::new(),
            backs: Vec::new(),
            wrongs: Vec::new(),
            #[cfg(not(target_arch = "wasm32"))]
            desk: Desk::default(),
            wake_at_ms: None,
            listens: Vec::new(),
            author: Author { account, key: ReplicaKey::from_seed(&seed) },
            events: VecDeque::new(),
            line_number: 0,
            effects: VecDeque::new(),
            latest: None,
            rereads: false,
            news: Vec::new(),
            open: BTreeMap::new(),
            editors: BTreeMap::new(),
        }
    }

    pub(crate) fn key(&self) -> PublicKey {
        self.author.key.public()
    }

    /// Gives who its person is, as far as it knows.
    pub(crate) fn caller(&self) -> Caller {
        self.disk.caller.clone().unwrap_or_else(nobody)
    }

    pub(crate) fn line(&self) -> Line {
        self.client.line
    }

    /// Says whether it believes that everything has come and nothing waits.
    pub(crate) fn is_content(&self) -> bool {
        self.client.line == Line::Up && self.client.caught_up && self.disk.outbox.is_empty()
    }

    /// Says whether the server told it that somebody must sign in first, as nobody has here.
    pub(crate) fn is_turned_away(&self) -> bool {
        self.caller().account.is_none()
            && self.client.line == Line::Held(Close::SignedOut)
            && self.disk.outbox.is_empty()
    }

    /// Says whether it has offered everything that it owes on this line, and some was left.
    pub(crate) fn keeps_owed(&self) -> bool {
        self.client.line == Line::Up && matches!(self.client.filling, Filling::Kept(_))
    }

    pub(crate) fn records(&self) -> &BTreeMap<RecordId, OpenRecord> {
        &self.open
    }

    /// Gives the record of which something came last, if it is here.
    pub(crate) fn latest(&self) -> Option<RecordId> {
        self.latest.filter(|record| self.open.contains_key(record))
    }

    /// Takes what happened since the last time.
    pub(crate) fn news(&mut self) -> Vec<News> {
        std::mem::take(&mut self.news)
    }

    /// Compares a record with the server's, as when the last screen that showed it is left.
    pub(crate) fn look(&mut self, record: RecordId) {
        let open = self.open.get(&record);
        let open = open.filter(|_| !self.disk.is_unsent(record, &BTreeSet::new()));
        if let Some(holding) = open.map(Holding::of) {
            self.tell(Event::Looked(holding));
        }
    }

    /// Gives the time by its own clock.
    pub(crate) fn now_ms(&self, world_ms: u64) -> u64 {
        world_ms.saturating_add_signed(self.skew_ms)
    }

    /// Says whether its program is too old to write into a record.
    pub(crate) fn is_too_old_for(&self, open: &OpenRecord) -> bool {
        self.sabotage != Some(Sabotage::WriteIntoNewer)
            && open.is_newer_than(SCHEMA_VERSION, self.text_schema)
    }

    /// Says whether its person takes part in all that people do, as everywhere but in the worlds
    /// whose seeds are older than that.
    pub(crate) fn is_talkative(&self) -> bool {
        self.sabotage.is_none_or(Sabotage::is_of_talk)
    }

    /// Says whether only a part of a record may have come: its person waits for the rest.
    pub(crate) fn is_partial(&self, record: RecordId) -> bool {
        self.sabotage != Some(Sabotage::WriteIntoParts) && self.disk.sight.is_partial(record)
    }

    /// Lets something happen to it.
    pub(crate) fn tell(&mut self, event: Event) {
        self.events.push_back((None, event));
    }

    /// Lets it hear something from the line that it has.
    pub(crate) fn hear(&mut self, event: Event) {
        self.events.push_back((Some(self.line_number), event));
    }

    /// Gives the editor of a record's text: a Yjs client of its own for each session.
    pub(crate) fn editor(&mut self, record: RecordId, client_id: u64) -> Option<&mut TextDocument> {
        match self.editors.entry(record) {
            Entry::Occupied(editor) => Some(editor.into_mut()),
            Entry::Vacant(place) => {
                let state = self.open.get(&record)?.text.state();
                Some(place.insert(TextDocument::from_state(client_id, &state).ok()?))
            }
        }
    }

    /// Ends the editor's session on a record.
    pub(crate) fn close_editor(&mut self, record: RecordId) {
        self.editors.remove(&record);
    }

    /// Makes a change: judged, then stored with its outbox entry, then shown.
    pub(crate) fn commit(&mut self, record: RecordId, ops: Vec<Op>, world_ms: u64) -> Deed {
        if ops.is_empty() {
            return Deed::Nothing;
        }
        let empty = Record::new(record);
        let known = self.open.get(&record).map_or(&empty, |open| &open.record);
        let previous = known.previous(self.author.replica());
        let counter = self.disk.counter + 1;
        let stamp = stamp::next(self.disk.stamp, self.now_ms(world_ms));
        let ops = self.spoilt(ops);
        let (change, signed) = self.author.write(Slot { counter, previous, stamp }, record, ops);
        let exists = known.kind.is_some().then_some(known);
        if access::admit(&self.caller(), exists, &change).is_err() {
            self.editors.remove(&record);
            return Deed::Refused;
        }
        let made = Made {
            record,
            signed: signed.clone(),
            knew: known.frontier.clone(),
            saw_text_schema: known.text_schema,
        };
        let waiting = Waiting { id: change.id, record, signed: signed.clone() };
        let counters = Write::Counters { counter, stamp };
        let writes = vec![Write::Change { record, signed }, Write::Outbox(waiting), counters];
        if !self.disk.commit(writes) && self.sabotage != Some(Sabotage::SaySavedEarly) {
            self.editors.remove(&record);
            return Deed::NotSaved;
        }
        self.made.insert(change.id, made);
        self.show(&change);
        self.tell(Event::OutboxGrew);
        Deed::Saved
    }

    /// Loses its memory and folds its disk again.
    pub(crate) fn crash(&mut self) {
        self.client = Client::new(self.disk.cursor).owing(!self.disk.owed.is_empty());
        self.events.clear();
        self.effects.clear();
        self.latest = None;
        self.editors.clear();
        self.backs.clear();
        #[cfg(not(target_arch = "wasm32"))]
        {
            self.desk = Desk::default();
        }
        self.wake_at_ms = None;
        self.listens.clear();
        self.open.clear();
        let records: Vec<RecordId> = self.disk.changes.keys().copied().collect();
        for record in records {
            self.fold_anew(record);
        }
    }

    fn fold_anew(&mut self, record: RecordId) {
        self.open.remove(&record);
        self.editors.remove(&record);
        let changes = self.disk.changes.get(&record).map(Vec::as_slice).unwrap_or_default();
        if changes.is_empty() {
            return;
        }
        let changes: Vec<Change> =
            changes.iter().filter_map(|arrived| arrived.signed.open().ok()).collect();
        self.open.insert(record, OpenRecord::of(record, &changes));
    }

    fn show(&mut self, change: &Change) {
        let record = change.record;
        self.open.entry(record).or_insert_with(|| OpenRecord::new(record)).apply(change);
    }

    fn spoilt(&self, mut ops: Vec<Op>) -> Vec<Op> {
        if self.sabotage == Some(Sabotage::DropReplaces) {
            for op in &mut ops {
                if let Op::SetField { replaces, .. } = op {
                    replaces.clear();
                }
            }
        }
        ops
    }
}
