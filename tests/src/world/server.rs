//! The server of the simulated world: a log in memory behind the core's gate.

use std::collections::BTreeMap;

use talkoot_core::access::{self, Caller, Deal, Refusal};
use talkoot_core::audience::{Audience, Turn};
use talkoot_core::change::Change;
use talkoot_core::choice;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::sign::{PublicKey, SignedChange};
use talkoot_core::sync::message::{
    ClientMessage, Cursor, Entry, PROTOCOL, Page, ServerMessage, Welcome,
};
use talkoot_core::sync::server::{Conversation, Effect, Event, Outcome, step};

/// Lines that one page looks at: small, so that pages follow each other.
const PAGE_LINES: usize = 7;

/// One line of the log.
struct Row {
    record: RecordId,
    line: Line,
}

/// What a line of the log holds.
enum Line {
    Change { arrived_ms: u64, change: SignedChange },
    Turn(Turn),
}

/// The server's disk and its conversations.
#[derive(Default)]
pub(super) struct Server {
    log: Vec<Row>,
    stored: BTreeMap<ChangeId, SignedChange>,
    records: BTreeMap<RecordId, OpenRecord>,
    accounts: Vec<(PublicKey, Caller)>,
    talks: BTreeMap<usize, Conversation>,
}

impl Server {
    pub(super) fn vouch(&mut self, key: PublicKey, caller: Caller) {
        self.accounts.push((key, caller));
    }

    pub(super) fn forget_conversation(&mut self, place: usize) {
        self.talks.remove(&place);
    }

    pub(super) fn stored(&self) -> usize {
        self.stored.len()
    }

    pub(super) fn has(&self, id: ChangeId) -> bool {
        self.stored.contains_key(&id)
    }

    pub(super) fn choices(&self) -> usize {
        self.records.values().map(|open| choice::choices(&open.record).len()).sum()
    }

    pub(super) fn digests(&self) -> BTreeMap<RecordId, [u8; 32]> {
        self.records.iter().map(|(id, open)| (*id, open.digest())).collect()
    }

    pub(super) fn visible_digests(&self, caller: &Caller) -> BTreeMap<RecordId, [u8; 32]> {
        let seen = |open: &OpenRecord| access::may(caller, &open.record, Deal::See);
        let visible = self.records.iter().filter(|(_, open)| seen(open));
        visible.map(|(id, open)| (*id, open.digest())).collect()
    }

    /// Takes a message of a device and gives what goes out, to whom.
    pub(super) fn receive(
        &mut self,
        place: usize,
        keys: &[PublicKey],
        message: ClientMessage,
        now_ms: u64,
    ) -> Vec<(usize, ServerMessage)> {
        let before = self.log.len();
        let mut out = self.drive(place, keys.get(place), Event::Received(message), now_ms);
        if self.log.len() > before {
            let talking: Vec<usize> = self.talks.keys().copied().collect();
            for place in talking {
                out.extend(self.drive(place, keys.get(place), Event::LogGrew, now_ms));
            }
        }
        out
    }

    fn caller_of(&self, key: Option<&PublicKey>) -> Caller {
        let known = self.accounts.iter().find(|(known, _)| Some(known) == key);
        known.map_or_else(super::device::nobody, |(_, caller)| caller.clone())
    }

    /// Steps a conversation until it wants nothing more.
    fn drive(
        &mut self,
        place: usize,
        key: Option<&PublicKey>,
        event: Event,
        now_ms: u64,
    ) -> Vec<(usize, ServerMessage)> {
        let caller = &self.caller_of(key);
        let mut out = Vec::new();
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            let (talk, effects) = step(self.talks.remove(&place).unwrap_or_default(), event);
            self.talks.insert(place, talk);
            for effect in effects {
                match effect {
                    Effect::Send(message) => out.push((place, message)),
                    Effect::Vouch(hello) => {
                        events.push(Event::Vouched {
                            key: hello.key,
                            welcome: welcome(caller, now_ms),
                        });
                    }
                    Effect::Admit { key, changes } => {
                        let outcomes =
                            changes.iter().map(|signed| self.admit(caller, key, signed, now_ms));
                        events.push(Event::Admitted(outcomes.collect()));
                    }
                    Effect::Read(cursor) => events.push(Event::PageRead(self.page(caller, cursor))),
                    Effect::TakeBack { .. }
                    | Effect::Compare(_)
                    | Effect::Relay(_)
                    | Effect::Close(_) => {}
                }
            }
        }
        out
    }

    /// Judges, then stores: the same order as on a disk.
    fn admit(
        &mut self,
        caller: &Caller,
        key: PublicKey,
        signed: &SignedChange,
        now_ms: u64,
    ) -> Outcome {
        let Ok(change) = signed.open() else {
            return Outcome::Refused { id: None, code: Refusal::Malformed.code() };
        };
        let id = change.id;
        match self.judge(caller, key, signed, &change) {
            Ok(true) => Outcome::Stored(id),
            Ok(false) => {
                self.append(&change, signed, now_ms);
                Outcome::Stored(id)
            }
            Err(refusal) => Outcome::Refused { id: Some(id), code: refusal.code() },
        }
    }

    /// Says whether the change is stored already, or why it may not enter.
    fn judge(
        &self,
        caller: &Caller,
        key: PublicKey,
        signed: &SignedChange,
        change: &Change,
    ) -> Result<bool, Refusal> {
        key.verify(signed).map_err(|_| Refusal::Signature)?;
        if key.replica() != change.id.replica {
            return Err(Refusal::ForeignReplica);
        }
        match self.stored.get(&change.id) {
            Some(known) if known == signed => return Ok(true),
            Some(_) => return Err(Refusal::IdentityTaken),
            None => {}
        }
        let known = self.records.get(&change.record).map(|open| &open.record);
        access::admit(caller, known, change).map(|()| false)
    }

    fn append(&mut self, change: &Change, signed: &SignedChange, arrived_ms: u64) {
        let record = change.record;
        let open = self.records.entry(record).or_insert_with(|| OpenRecord::new(record));
        let before = Audience::of(&open.record);
        open.apply(change);
        self.stored.insert(change.id, signed.clone());
        self.log.push(Row { record, line: Line::Change { arrived_ms, change: signed.clone() } });
        for turn in before.turns(&Audience::of(&open.record)) {
            self.log.push(Row { record, line: Line::Turn(turn) });
        }
    }

    fn page(&self, caller: &Caller, cursor: Cursor) -> Page {
        let start = usize::try_from(cursor.sequence).unwrap_or(usize::MAX).min(self.log.len());
        let end = (start + PAGE_LINES).min(self.log.len());
        let mut entries = Vec::new();
        for at in start..end {
            let Some(row) = self.log.get(at) else { continue };
            let Some(open) = self.records.get(&row.record) else { continue };
            match (&row.line, Audience::of(&open.record).includes(caller)) {
                (Line::Change { .. }, true) => entries.extend(entry(row)),
                (Line::Turn(Turn::Reveal), true) => {
                    let whole = self.log.iter().take(at).filter(|other| other.record == row.record);
                    entries.extend(whole.filter_map(entry));
                }
                (Line::Turn(Turn::Conceal), false) => {
                    entries.push(Entry::Conceal { record: row.record });
                }
                (Line::Change { .. } | Line::Turn(Turn::Reveal), false)
                | (Line::Turn(Turn::Conceal), true) => {}
            }
        }
        let cursor = Cursor { sequence: end as u64, ..cursor };
        let (after, more) = (start as u64, end < self.log.len());
        Page { entries, after, cursor, more, from_start: false }
    }
}

fn entry(row: &Row) -> Option<Entry> {
    let Line::Change { arrived_ms, change } = &row.line else { return None };
    Some(Entry::Change { record: row.record, arrived_ms: *arrived_ms, change: change.clone() })
}

fn welcome(caller: &Caller, now_ms: u64) -> Welcome {
    let caller = caller.clone();
    Welcome { protocol: PROTOCOL, caller, rights: 0, log: 0, now_ms, devices: Vec::new() }
}
