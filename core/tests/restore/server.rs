//! A server: a log behind the gate, and the keys of the devices that it met.

use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::access::{self, Caller, Refusal, Role};
use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::Record;
use talkoot_core::sign::{PublicKey, SignedChange};
use talkoot_core::sync::message::{
    ClientMessage, Cursor, Entry, PROTOCOL, Page, ServerMessage, Welcome,
};
use talkoot_core::sync::server::{Conversation, Effect, Event, Outcome, step};

/// Entries of one page.
const PART: usize = 4;

#[derive(Clone, Default)]
pub(crate) struct Server {
    pub(crate) name: u64,
    /// Changes that devices gave back.
    pub(crate) returned: usize,
    log: Vec<(RecordId, SignedChange)>,
    stored: BTreeMap<ChangeId, SignedChange>,
    records: BTreeMap<RecordId, Record>,
    keys: BTreeMap<ReplicaId, PublicKey>,
    accounts: BTreeSet<AccountId>,
    /// Those whom nobody knows any more.
    banned: BTreeSet<AccountId>,
    talks: BTreeMap<usize, Conversation>,
}

impl Server {
    pub(crate) fn new(name: u64) -> Self {
        Self { name, ..Self::default() }
    }

    pub(crate) fn add_account(&mut self, account: AccountId) {
        self.accounts.insert(account);
    }

    pub(crate) fn take_account(&mut self, account: AccountId) {
        self.accounts.remove(&account);
    }

    pub(crate) fn ban(&mut self, account: AccountId) {
        self.banned.insert(account);
    }

    pub(crate) fn vouch(&mut self, key: PublicKey) {
        self.keys.insert(key.replica(), key);
    }

    pub(crate) fn unvouch(&mut self, key: PublicKey) {
        self.keys.remove(&key.replica());
    }

    pub(crate) fn forget(&mut self, place: usize) {
        self.talks.remove(&place);
    }

    pub(crate) fn fold(&mut self, signed: &SignedChange) {
        let change = signed.open().unwrap();
        if self.stored.insert(change.id, signed.clone()).is_none() {
            self.log.push((change.record, signed.clone()));
            self.records.entry(change.record).or_insert(Record::new(change.record)).apply(&change);
        }
    }

    pub(crate) fn digests(&self) -> BTreeMap<RecordId, [u8; 32]> {
        let records: BTreeSet<RecordId> = self.log.iter().map(|(record, _)| *record).collect();
        records.into_iter().map(|record| (record, self.open(record).digest())).collect()
    }

    fn open(&self, record: RecordId) -> OpenRecord {
        let mut open = OpenRecord::new(record);
        for (_, signed) in self.log.iter().filter(|(of, _)| *of == record) {
            open.apply(&signed.open().unwrap());
        }
        open
    }

    /// Takes a message and gives what goes out, to whom.
    pub(crate) fn hear(
        &mut self,
        place: usize,
        message: ClientMessage,
    ) -> Vec<(usize, ServerMessage)> {
        let before = self.log.len();
        let mut out = self.drive(place, Event::Received(message));
        if self.log.len() > before {
            let places: Vec<usize> = self.talks.keys().copied().collect();
            out.extend(places.into_iter().flat_map(|place| self.drive(place, Event::LogGrew)));
        }
        out
    }

    fn drive(&mut self, place: usize, event: Event) -> Vec<(usize, ServerMessage)> {
        let mut out = Vec::new();
        let mut events = vec![event];
        while !events.is_empty() {
            let talk = self.talks.remove(&place).unwrap_or_default();
            let (talk, effects) = step(talk, events.remove(0));
            self.talks.insert(place, talk);
            for effect in effects {
                match effect {
                    Effect::Send(message) => out.push((place, message)),
                    Effect::Vouch(hello) => {
                        self.vouch(hello.key);
                        let welcome = self.welcome(place);
                        events.push(Event::Vouched { key: hello.key, welcome });
                    }
                    Effect::Admit { changes, .. } => events.push(self.admit(&changes)),
                    Effect::TakeBack { changes, .. } => {
                        self.returned += changes.len();
                        events.push(self.admit(&changes));
                    }
                    Effect::Read(cursor) => events.push(Event::PageRead(self.page(cursor))),
                    Effect::Compare(_) | Effect::Relay(_) | Effect::Close(_) => {
                        panic!("nobody does that here")
                    }
                }
            }
        }
        out
    }

    pub(crate) fn welcome(&self, place: usize) -> Welcome {
        let account = AccountId([u8::try_from(place + 1).unwrap(); 16]);
        let account = self.accounts.contains(&account).then_some(account);
        let caller = Caller { account, role: Role::Coordinator, projects: BTreeSet::new() };
        let (log, devices) = (self.name, Vec::new());
        Welcome {
            protocol: PROTOCOL,
            caller,
            rights: 0,
            log,
            now_ms: 0,
            devices,
            makers: Vec::new(),
        }
    }

    fn admit(&mut self, changes: &[SignedChange]) -> Event {
        let outcome = |signed: &SignedChange| {
            let id = signed.open().unwrap().id;
            match self.judge(signed) {
                Ok(()) => Outcome::Stored(id),
                Err(refusal) => Outcome::Refused { id: Some(id), code: refusal.code() },
            }
        };
        Event::Admitted(changes.iter().map(outcome).collect())
    }

    fn judge(&mut self, signed: &SignedChange) -> Result<(), Refusal> {
        let change = signed.open().unwrap();
        let key = self.keys.get(&change.id.replica).ok_or(Refusal::ForeignReplica)?;
        key.verify(signed).map_err(|_| Refusal::Signature)?;
        if self.stored.contains_key(&change.id) {
            return Ok(());
        }
        if self.banned.contains(&change.author) {
            return Err(Refusal::ForeignAuthor);
        }
        let account = Some(change.author);
        let author = Caller { account, role: Role::Coordinator, projects: BTreeSet::new() };
        access::admit(&author, self.records.get(&change.record), &change)?;
        self.fold(signed);
        Ok(())
    }

    fn page(&self, cursor: Cursor) -> Page {
        let from_start = cursor.log != self.name;
        let start = if from_start { 0 } else { usize::try_from(cursor.sequence).unwrap() };
        let end = (start + PART).min(self.log.len());
        let entries = self.log[start..end].iter().map(|(record, change)| Entry::Change {
            record: *record,
            arrived_ms: 0,
            change: change.clone(),
        });
        let (after, more) = (start as u64, end < self.log.len());
        let cursor = Cursor { sequence: end as u64, log: self.name, rights: 0 };
        let (entries, makers) = (entries.collect(), Vec::new());
        Page { entries, after, cursor, more, from_start, makers }
    }
}
