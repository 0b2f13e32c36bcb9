//! Doing what core's client machine says, one effect at a time.

use std::collections::BTreeSet;

use talkoot_core::change::Op;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::stamp;
use talkoot_core::sync::arrival::follows;
use talkoot_core::sync::client::{Effect, Event, step};
use talkoot_core::sync::message::{ClientMessage, Cursor, Entry, Page, ServerMessage};

use super::disk::Write;
use super::{Device, News, Sabotage};

/// Changes handed over at a time: few, so that an outbox takes several turns.
pub(super) const PUSH_CHANGES: usize = 3;

/// What a device wants of its line.
pub(crate) enum Says {
    Open,
    Close,
    Message(ClientMessage),
}

/// Something left to do.
pub(super) enum Work {
    Effect(Effect),
    /// The second half of what a sabotaged device does in two transactions.
    StorePage(Page),
    Conceal(BTreeSet<RecordId>),
}

impl Device {
    /// Says whether it has nothing to do.
    pub(crate) fn is_idle(&self) -> bool {
        self.effects.is_empty() && self.events.is_empty()
    }

    /// Does one thing, if there is one.
    pub(crate) fn turn(&mut self, world_ms: u64) -> Option<Says> {
        let waited: Vec<_> = self.listens.extract_if(.., |(at_ms, _)| *at_ms <= world_ms).collect();
        for (_, watch) in waited {
            self.tell(Event::Waited(watch));
        }
        if let Some(work) = self.effects.pop_front() {
            return match work {
                Work::Effect(effect) => self.perform(effect, world_ms),
                Work::StorePage(page) => {
                    self.store(&page, world_ms);
                    None
                }
                Work::Conceal(records) => {
                    self.disk.commit(vec![Write::Forget(records.clone())]);
                    self.drop_from_memory(&records);
                    None
                }
            };
        }
        let (line, event) = self.events.pop_front()?;
        let is_old = line.is_some_and(|line| line != self.line_number);
        if is_old && self.sabotage != Some(Sabotage::HearOldLines) {
            return None;
        }
        let (client, effects) = step(self.client.clone(), self.heard(event));
        self.client = client;
        self.effects.extend(effects.into_iter().map(Work::Effect));
        None
    }

    fn heard(&self, mut event: Event) -> Event {
        if self.sabotage == Some(Sabotage::IgnoreGaps)
            && let Event::Received(ServerMessage::Entries(page)) = &mut event
        {
            page.after = 0;
        }
        event
    }

    fn perform(&mut self, effect: Effect, world_ms: u64) -> Option<Says> {
        match effect {
            Effect::Open => {
                self.line_number += 1;
                return Some(Says::Open);
            }
            Effect::WakeAt { at_ms } => self.wake_at_ms = Some(at_ms),
            Effect::Listen { watch, for_ms } => {
                self.listens.push((world_ms.saturating_add(for_ms), watch));
            }
            Effect::SayHello { .. } => return Some(Says::Message(self.hello())),
            Effect::Send(message) => {
                self.forget_at_send(&message);
                return Some(Says::Message(message));
            }
            Effect::ReadOutbox { held } => self.read_outbox(&held),
            Effect::Store(page) => self.store_or_note(page, world_ms),
            Effect::OweAll => self.owe_all(world_ms),
            Effect::ReadOwed { after } => {
                let owed = self.disk.owed_after(after, PUSH_CHANGES);
                self.tell(Event::OwedRead { owed });
            }
            Effect::Forget(ids) => self.confirmed(ids, world_ms),
            Effect::SetAside { id, code } => self.set_aside(id, code, world_ms),
            Effect::Greeted(welcome) => {
                self.stores(vec![Write::Caller(welcome.caller)], world_ms);
            }
            Effect::Hold(_) => {
                self.line_number += 1;
                return Some(Says::Close);
            }
            Effect::Refold(_) | Effect::Reread(_) if self.sabotage == Some(Sabotage::LeaveRot) => {}
            Effect::Refold(record) => {
                self.fold_anew(record);
                self.look(record);
            }
            Effect::Reread(record) => self.reread(record),
            Effect::KeepPeople(_) | Effect::ShowPresence(_) => {}
        }
        None
    }

    fn hello(&self) -> ClientMessage {
        let waiting = u32::try_from(self.disk.outbox.len()).unwrap_or(u32::MAX);
        let mut hello = self.client.hello(self.key(), "laptop".to_owned(), waiting);
        if let ClientMessage::Hello(hello) = &mut hello {
            hello.protocol = self.protocol;
        }
        hello
    }

    fn read_outbox(&mut self, held: &BTreeSet<RecordId>) {
        let waiting = self.disk.outbox.values().filter(|it| !held.contains(&it.record));
        let mut waiting: Vec<_> = waiting.collect();
        if self.sabotage == Some(Sabotage::NewestFirst) {
            waiting.reverse();
        }
        let oldest = waiting.into_iter().take(PUSH_CHANGES);
        let changes = oldest.map(|waiting| (waiting.id, waiting.signed.clone())).collect();
        self.tell(Event::OutboxRead { changes, owed: self.disk.owed_by_record() });
    }

    /// Where the list cannot be stored, the new log is not read: it is tried again later.
    fn owe_all(&mut self, world_ms: u64) {
        if self.stores(vec![Write::OweAll], world_ms) {
            self.tell(Event::AllOwed);
        }
    }

    /// Stores what an effect has to store; a disk that takes nothing is told of.
    fn stores(&mut self, writes: Vec<Write>, world_ms: u64) -> bool {
        let stored = self.disk.commit(writes);
        if !stored {
            let now_ms = self.now_ms(world_ms);
            self.tell(Event::DiskFailed { now_ms, chance: self.line_number });
        }
        stored
    }

    fn forget_at_send(&mut self, message: &ClientMessage) {
        if self.sabotage == Some(Sabotage::ForgetAtSend)
            && let ClientMessage::Push(changes) = message
        {
            let ids = changes.iter().filter_map(|signed| Some(signed.open().ok()?.id));
            self.disk.commit(vec![Write::Confirmed(ids.collect())]);
        }
    }

    fn store_or_note(&mut self, page: Page, world_ms: u64) {
        if self.sabotage == Some(Sabotage::CursorFirst) {
            let sight = self.disk.sight.clone();
            self.disk.commit(vec![Write::Reached { cursor: page.cursor, sight }]);
            self.effects.push_front(Work::StorePage(page));
        } else {
            self.store(&page, world_ms);
        }
    }

    /// Stores a page and its cursor in one transaction, then shows it.
    fn store(&mut self, page: &Page, world_ms: u64) {
        if !follows(page, self.disk.cursor) && self.sabotage != Some(Sabotage::CursorFirst) {
            return self.tell(Event::PageNotStored);
        }
        let now_ms = self.now_ms(world_ms);
        let (mut writes, mut new, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
        let mut brought = BTreeSet::new();
        let mut latest = self.disk.stamp;
        for entry in &page.entries {
            let Entry::Change { record, change: signed, .. } = entry else { continue };
            let Ok(change) = signed.open() else { continue };
            latest = stamp::observe(latest, change.stamp, now_ms);
            brought.insert(change.id);
            // By what lies here: what the fold knows may stand on own work that is refused yet.
            let known = self.disk.holds(*record, signed);
            if !known && seen.insert(change.id) {
                writes.push(Write::Change { record: *record, signed: signed.clone() });
                new.push(change);
            }
        }
        let here = self.open.keys().copied().chain(new.iter().map(|change| change.record));
        let mut sight = self.disk.sight.clone();
        let forgets_owed = self.sabotage == Some(Sabotage::ForgetOwed);
        let waits = |record| {
            self.disk.is_unsent(record, &brought)
                || (!forgets_owed && self.disk.is_owed(record, &brought))
        };
        let is_pass = sight.pass.is_some() || page.from_start;
        let mut forgotten = sight.take(page, here, waits);
        if self.sabotage == Some(Sabotage::KeepHidden) {
            forgotten.retain(|record| !self.disk.sight.hidden.contains(record));
        }
        let (withdrawn, again) = self.taken_back(page, &brought, &new);
        writes.push(Write::Withdraw(withdrawn));
        writes.push(Write::Brought(brought));
        writes.push(Write::Counters { counter: self.disk.counter, stamp: latest });
        writes.push(Write::Reached { cursor: page.cursor, sight });
        let together = self.conceals_together();
        if together {
            writes.push(Write::Forget(forgotten.clone()));
        }
        if !self.disk.commit(writes) {
            self.tell(Event::PageNotStored);
            return self.tell(Event::DiskFailed { now_ms, chance: self.line_number });
        }
        self.rereads = false;
        self.latest = new.last().map(|change| change.record).or(self.latest);
        for change in &new {
            self.show(change);
            self.pass_to_editor(change.record, &change.ops);
        }
        for record in again {
            self.fold_anew(record);
        }
        let forgot = |record: &RecordId| News::Forgot { record: *record, at_end: is_pass };
        self.news.extend(forgotten.iter().map(forgot));
        if together {
            self.drop_from_memory(&forgotten);
        } else if self.sabotage == Some(Sabotage::ConcealApart) {
            self.effects.push_front(Work::Conceal(forgotten));
        }
        self.tell(Event::PageStored { cursor: page.cursor, more: page.more });
    }

    fn conceals_together(&self) -> bool {
        !matches!(self.sabotage, Some(Sabotage::ConcealApart | Sabotage::KeepConcealed))
    }

    pub(super) fn pass_to_editor(&mut self, record: RecordId, ops: &[Op]) {
        let Some(editor) = self.editors.get_mut(&record) else { return };
        let mut updates = ops.iter().filter_map(Op::update);
        // A page that comes out of order ends the session: the next one starts from the record.
        if !updates.all(|update| editor.apply(update).is_ok()) {
            self.editors.remove(&record);
        }
    }

    fn confirmed(&mut self, ids: Vec<ChangeId>, world_ms: u64) {
        let mut sight = self.disk.sight.clone();
        let answered = self.disk.outbox.values().filter(|it| ids.contains(&it.id));
        let records: Vec<RecordId> = answered.map(|it| it.record).collect();
        if self.sabotage != Some(Sabotage::ForgetStored) {
            for record in &records {
                sight.stored(*record);
            }
        }
        let reached = Write::Reached { cursor: self.disk.cursor, sight };
        if self.stores(vec![Write::Confirmed(ids), reached], world_ms) {
            self.news.extend(records.into_iter().map(News::Stored));
        }
    }

    fn set_aside(&mut self, id: ChangeId, code: String, world_ms: u64) {
        let changes = self.disk.built_on(id);
        let Some(record) = changes.first().map(|waiting| waiting.record) else { return };
        let ids: BTreeSet<ChangeId> = changes.iter().map(|waiting| waiting.id).collect();
        let waits = self.disk.is_unsent(record, &ids) || self.disk.owes_of(record);
        let mut sight = self.disk.sight.clone();
        let keeps = self.sabotage == Some(Sabotage::KeepHidden);
        let forgets = !keeps && sight.set_aside(record, waits);
        let reached = Write::Reached { cursor: self.disk.cursor, sight };
        let mut writes = vec![Write::Aside { code, changes }, reached];
        if forgets {
            writes.push(Write::Forget([record].into()));
            self.news.push(News::Forgot { record, at_end: false });
        }
        if self.stores(writes, world_ms) {
            self.fold_anew(record);
        }
    }

    /// Drops what is here of a record and sets the cursor back, unless something of it is unsent
    /// or owed.
    fn reread(&mut self, record: RecordId) {
        if self.disk.is_unsent(record, &BTreeSet::new()) || self.disk.owes_of(record) {
            return;
        }
        let forgets = self.sabotage == Some(Sabotage::RereadAnyLog);
        let kept = if forgets { Cursor::default() } else { self.disk.cursor };
        let (cursor, mut sight) = (Cursor { sequence: 0, ..kept }, self.disk.sight.clone());
        sight.dropped(record);
        let records = BTreeSet::from([record]);
        let writes = vec![Write::Forget(records.clone()), Write::Reached { cursor, sight }];
        if self.disk.commit(writes) {
            self.rereads = true;
            self.news.push(News::Reread);
            self.drop_from_memory(&records);
        }
    }

    fn drop_from_memory(&mut self, records: &BTreeSet<RecordId>) {
        for record in records {
            self.open.remove(record);
            self.editors.remove(record);
        }
    }
}
