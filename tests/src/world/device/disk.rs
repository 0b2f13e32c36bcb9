//! The disk of a device: what survives a crash. A transaction is taken whole or not at all.

use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::access::Caller;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::sign::SignedChange;
use talkoot_core::stamp::Stamp;
use talkoot_core::sync::arrival::Sight;
use talkoot_core::sync::client::Owed;
use talkoot_core::sync::message::Cursor;

use talkoot_core::transfer::{Maker, Makers, Shelf};

use crate::world::Chance;

/// The code under which lies what a maker took back.
pub(crate) const WITHDRAWN: &str = "withdrawn";

/// A change that the server has not confirmed.
#[derive(Clone)]
pub(crate) struct Waiting {
    pub(crate) id: ChangeId,
    pub(crate) record: RecordId,
    pub(crate) signed: SignedChange,
}

/// A change at its place in the order in which changes came to this disk.
pub(crate) struct Arrived {
    pub(crate) arrival: u64,
    pub(crate) signed: SignedChange,
}

/// Where a change lies that is owed to a restored server.
#[derive(Clone, Copy)]
pub(crate) struct OwedPlace {
    pub(crate) record: RecordId,
    pub(crate) arrival: u64,
}

/// A refused change, with those built on it.
pub(crate) struct Aside {
    pub(crate) code: String,
    pub(crate) changes: Vec<Waiting>,
}

/// One write of a transaction.
pub(crate) enum Write {
    Change {
        record: RecordId,
        signed: SignedChange,
    },
    Outbox(Waiting),
    Counters {
        counter: u64,
        stamp: Stamp,
    },
    Reached {
        cursor: Cursor,
        sight: Sight,
    },
    Confirmed(Vec<ChangeId>),
    /// Everything but the outbox is owed.
    OweAll,
    /// The log has these: they are not owed.
    Brought(BTreeSet<ChangeId>),
    Aside {
        code: String,
        changes: Vec<Waiting>,
    },
    Forget(BTreeSet<RecordId>),
    /// The server may lack these, which came on a stick.
    Owe(BTreeSet<ChangeId>),
    /// Their makers took these back.
    Withdraw(BTreeSet<ChangeId>),
    /// What nobody vouched for, and what was learnt of makers.
    Shelf(Shelf, Vec<Maker>),
    Caller(Caller),
}

/// What a device keeps.
#[derive(Default)]
pub(crate) struct Disk {
    pub(crate) changes: BTreeMap<RecordId, Vec<Arrived>>,
    /// What a restored server may lack, until it has it.
    pub(crate) owed: BTreeMap<ChangeId, OwedPlace>,
    /// How many changes came.
    pub(super) arrivals: u64,
    /// By counter, so oldest first.
    pub(crate) outbox: BTreeMap<u64, Waiting>,
    pub(crate) asides: Vec<Aside>,
    pub(crate) cursor: Cursor,
    pub(crate) sight: Sight,
    pub(crate) counter: u64,
    pub(crate) stamp: Stamp,
    pub(crate) caller: Option<Caller>,
    pub(crate) shelf: Shelf,
    pub(crate) makers: Makers,
    /// Whether there is no room: every transaction fails.
    pub(crate) full: bool,
    /// Transactions that were taken.
    pub(crate) taken: u64,
    /// Transactions that failed.
    pub(crate) failed: usize,
}

impl Disk {
    /// Takes a transaction, and says whether it did.
    pub(crate) fn commit(&mut self, writes: Vec<Write>) -> bool {
        if self.full {
            self.failed += 1;
            return false;
        }
        self.taken += 1;
        for write in writes {
            self.write(write);
        }
        true
    }

    fn write(&mut self, write: Write) {
        match write {
            Write::Change { record, signed } => {
                self.arrivals += 1;
                // It lives after all.
                let withdrawn = self.asides.iter_mut().filter(|aside| aside.code == WITHDRAWN);
                withdrawn.for_each(|aside| aside.changes.retain(|it| it.signed != signed));
                let arrived = Arrived { arrival: self.arrivals, signed };
                self.changes.entry(record).or_default().push(arrived);
            }
            Write::Outbox(waiting) => {
                self.outbox.insert(waiting.id.counter, waiting);
            }
            Write::Counters { counter, stamp } => (self.counter, self.stamp) = (counter, stamp),
            Write::Reached { cursor, sight } => (self.cursor, self.sight) = (cursor, sight),
            Write::Confirmed(ids) => {
                self.outbox.retain(|_, waiting| !ids.contains(&waiting.id));
                self.owed.retain(|id, _| !ids.contains(id));
            }
            Write::OweAll => self.owe_all(&self.ids().collect()),
            Write::Brought(ids) => self.owed.retain(|id, _| !ids.contains(id)),
            Write::Aside { code, changes } => self.set_aside(code, changes),
            Write::Forget(records) => self.changes.retain(|record, _| !records.contains(record)),
            Write::Owe(ids) => self.owe_all(&ids),
            Write::Withdraw(ids) => self.withdraw(&ids),
            Write::Shelf(waiting, learnt) => {
                self.shelf = waiting;
                for maker in learnt {
                    self.makers.learn(maker);
                }
            }
            Write::Caller(caller) => self.caller = Some(caller),
        }
    }

    fn set_aside(&mut self, code: String, changes: Vec<Waiting>) {
        for gone in &changes {
            self.outbox.remove(&gone.id.counter);
            if let Some(kept) = self.changes.get_mut(&gone.record) {
                kept.retain(|arrived| arrived.signed != gone.signed);
            }
        }
        self.changes.retain(|_, kept| !kept.is_empty());
        self.asides.push(Aside { code, changes });
    }

    fn withdraw(&mut self, ids: &BTreeSet<ChangeId>) {
        let mut gone = Vec::new();
        for id in ids {
            let Some(OwedPlace { record, arrival }) = self.owed.remove(id) else { continue };
            let Some(changes) = self.changes.get_mut(&record) else { continue };
            let taken = changes.extract_if(.., |arrived| arrived.arrival == arrival);
            gone.extend(taken.map(|it| Waiting { id: *id, record, signed: it.signed }));
        }
        self.changes.retain(|_, kept| !kept.is_empty());
        if !gone.is_empty() {
            // Its words stay readable: its maker may have lost it without meaning to.
            self.asides.push(Aside { code: WITHDRAWN.to_owned(), changes: gone });
        }
    }

    fn owe_all(&mut self, ids: &BTreeSet<ChangeId>) {
        let waiting: BTreeSet<ChangeId> = self.outbox.values().map(|it| it.id).collect();
        for (record, changes) in &self.changes {
            for Arrived { arrival, signed } in changes {
                let id = signed.open().ok().map(|change| change.id);
                let place = OwedPlace { record: *record, arrival: *arrival };
                let owed = id.filter(|id| ids.contains(id) && !waiting.contains(id));
                self.owed.extend(owed.map(|id| (id, place)));
            }
        }
    }

    /// Says whether a change lies here.
    pub(crate) fn holds(&self, record: RecordId, signed: &SignedChange) -> bool {
        let all = self.changes.get(&record);
        all.is_some_and(|all| all.iter().any(|arrived| arrived.signed == *signed))
    }

    /// Says whether a change waits for an answer.
    pub(crate) fn waits(&self, id: ChangeId) -> bool {
        self.outbox.values().any(|waiting| waiting.id == id)
    }

    /// Says whether a change was set aside.
    pub(crate) fn is_aside(&self, id: ChangeId) -> bool {
        self.asides.iter().flat_map(|aside| &aside.changes).any(|waiting| waiting.id == id)
    }

    /// Lists the changes that lie here.
    pub(crate) fn ids(&self) -> impl Iterator<Item = ChangeId> {
        self.changes.keys().flat_map(|record| self.ids_of(*record))
    }

    /// Lists the changes of a record that lie here.
    pub(crate) fn ids_of(&self, record: RecordId) -> impl Iterator<Item = ChangeId> {
        let all = self.changes.get(&record).into_iter().flatten();
        all.filter_map(|arrived| arrived.signed.open().ok().map(|change| change.id))
    }

    /// Says whether something of a record waits to be sent, beside some changes.
    pub(crate) fn is_unsent(&self, record: RecordId, beside: &BTreeSet<ChangeId>) -> bool {
        self.outbox.values().any(|it| it.record == record && !beside.contains(&it.id))
    }

    /// Says whether something of a record waits to be given back, beside some changes.
    pub(crate) fn is_owed(&self, record: RecordId, beside: &BTreeSet<ChangeId>) -> bool {
        self.owed.iter().any(|(id, place)| place.record == record && !beside.contains(id))
    }

    /// Says whether it owes a change, and has it.
    pub(crate) fn owes(&self, id: ChangeId) -> bool {
        let place = self.owed.get(&id);
        place.is_some_and(|place| self.ids_of(place.record).any(|here| here == id))
    }

    /// Loses a change that the server has, or had: not the first of its record, and nothing that
    /// waits or is owed. Gives what it lost of what.
    pub(crate) fn rot(&mut self, chance: &mut Chance) -> Option<(RecordId, ChangeId)> {
        let whole = |record: &RecordId| !self.is_unsent(*record, &BTreeSet::new());
        let safe = |record: &RecordId| whole(record) && !self.owes_of(*record);
        let long = self.changes.iter().filter(|(_, changes)| changes.len() > 1);
        let records: Vec<RecordId> = long.map(|(record, _)| *record).filter(safe).collect();
        let record = *records.get(chance.index(records.len()))?;
        let changes = self.changes.get_mut(&record)?;
        let lost = changes.remove(1 + chance.index(changes.len() - 1));
        Some((record, lost.signed.open().ok()?.id))
    }

    /// Says whether anything of a record waits to be given back.
    pub(crate) fn owes_of(&self, record: RecordId) -> bool {
        self.is_owed(record, &BTreeSet::new())
    }

    /// Gives each record of which something is owed, with the last arrival of that.
    pub(crate) fn owed_by_record(&self) -> BTreeMap<RecordId, u64> {
        let mut latest = BTreeMap::new();
        for place in self.owed.values() {
            let last = latest.entry(place.record).or_insert(place.arrival);
            *last = place.arrival.max(*last);
        }
        latest
    }

    /// Reads what is owed and came here after an arrival, oldest first.
    pub(crate) fn owed_after(&self, after: u64, most: usize) -> Vec<Owed> {
        let later = self.owed.iter().filter(|(_, place)| place.arrival > after);
        let mut places: Vec<(ChangeId, OwedPlace)> = later.map(|(id, it)| (*id, *it)).collect();
        places.sort_by_key(|(_, place)| place.arrival);
        let read = |(id, OwedPlace { record, arrival }): (ChangeId, OwedPlace)| {
            let arrived = self.changes.get(&record)?.iter().find(|it| it.arrival == arrival)?;
            Some(Owed { arrival, id, change: arrived.signed.clone() })
        };
        places.into_iter().filter_map(read).take(most).collect()
    }

    /// Gives a waiting change and the later ones on its record, oldest first.
    pub(crate) fn built_on(&self, id: ChangeId) -> Vec<Waiting> {
        let Some(first) = self.outbox.get(&id.counter).filter(|first| first.id == id) else {
            return Vec::new();
        };
        let later = self.outbox.range(id.counter..).map(|(_, waiting)| waiting);
        later.filter(|waiting| waiting.record == first.record).cloned().collect()
    }
}
