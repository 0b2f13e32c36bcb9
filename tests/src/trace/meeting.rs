//! A meeting place for the devices of a trace: core's gate over a log in memory.
//!
//! The server of the simulated world needs a native machine; this one is core alone, so that
//! the same run can be made in WebAssembly.

use std::collections::BTreeMap;

use talkoot_core::access::{self, Caller};
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::sign::{PublicKey, SignedChange};
use talkoot_core::sync::message::{
    ClientMessage, Cursor, Entry, PROTOCOL, Page, ServerMessage, Welcome,
};
use talkoot_core::sync::server::{Conversation, Effect, Event, Outcome, step};

/// Lines that one page brings: few, so that pages follow each other.
const PAGE_LINES: usize = 7;
/// The name of the log.
const LOG: u64 = 1;

/// What has come, and who is talking. Everybody may see everything here.
#[derive(Default)]
pub(super) struct Meeting {
    log: Vec<(RecordId, SignedChange)>,
    records: BTreeMap<RecordId, OpenRecord>,
    stored: BTreeMap<ChangeId, usize>,
    talk: Conversation,
}

impl Meeting {
    pub(super) fn records(&self) -> &BTreeMap<RecordId, OpenRecord> {
        &self.records
    }

    /// Ends the conversation with one device, before that with another begins.
    pub(super) fn hang_up(&mut self) {
        self.talk = Conversation::default();
    }

    /// Steps the conversation until it wants nothing more, and gives what goes out.
    pub(super) fn hear(&mut self, caller: &Caller, message: ClientMessage) -> Vec<ServerMessage> {
        let mut out = Vec::new();
        let mut events = vec![Event::Received(message)];
        while let Some(event) = events.pop() {
            let (talk, effects) = step(std::mem::take(&mut self.talk), event);
            self.talk = talk;
            for effect in effects {
                match effect {
                    Effect::Send(message) => out.push(message),
                    Effect::Vouch(hello) => {
                        let welcome = welcome(caller);
                        events.push(Event::Vouched { key: hello.key, welcome });
                    }
                    Effect::Admit { key, changes } => {
                        let judge = |signed| self.admit(caller, key, signed);
                        events.push(Event::Admitted(changes.into_iter().map(judge).collect()));
                    }
                    Effect::Read(cursor) => events.push(Event::PageRead(self.page(cursor))),
                    // This meeting place is never restored, so nothing is given back to it.
                    Effect::TakeBack { .. }
                    | Effect::Compare(_)
                    | Effect::Relay(_)
                    | Effect::Close(_) => {}
                }
            }
        }
        out
    }

    fn admit(&mut self, caller: &Caller, key: PublicKey, signed: SignedChange) -> Outcome {
        let malformed = Outcome::Refused { id: None, code: "malformed" };
        let Ok(change) = signed.open() else { return malformed };
        let id = change.id;
        if key.verify(&signed).is_err() {
            return Outcome::Refused { id: Some(id), code: "signature" };
        }
        if self.stored.contains_key(&id) {
            return Outcome::Stored(id);
        }
        let record = change.record;
        let known = self.records.get(&record).map(|open| &open.record);
        if let Err(refusal) = access::admit(caller, known, &change) {
            return Outcome::Refused { id: Some(id), code: refusal.code() };
        }
        self.records.entry(record).or_insert_with(|| OpenRecord::new(record)).apply(&change);
        self.stored.insert(id, self.log.len());
        self.log.push((record, signed));
        Outcome::Stored(id)
    }

    fn page(&self, cursor: Cursor) -> Page {
        let start = usize::try_from(cursor.sequence).unwrap_or(usize::MAX).min(self.log.len());
        let end = (start + PAGE_LINES).min(self.log.len());
        let lines = self.log.iter().take(end).skip(start);
        let entries = lines.map(|(record, change)| Entry::Change {
            record: *record,
            arrived_ms: 0,
            change: change.clone(),
        });
        let (after, more) = (start as u64, end < self.log.len());
        let cursor = Cursor { sequence: end as u64, log: LOG, rights: 0 };
        let (entries, makers) = (entries.collect(), Vec::new());
        Page { entries, after, cursor, more, from_start: false, makers }
    }
}

fn welcome(caller: &Caller) -> Welcome {
    let caller = caller.clone();
    let (devices, makers) = (Vec::new(), Vec::new());
    Welcome { protocol: PROTOCOL, caller, rights: 0, log: LOG, now_ms: 0, devices, makers }
}
