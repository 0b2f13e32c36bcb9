//! The question at the end of a run: do all hold what they may see, and is nothing gone?

mod comments;
mod margins;
mod owing;
mod posts;

use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::access::{self, Caller, Deal};
use talkoot_core::adopt::offer::offers;
use talkoot_core::change::Change;
use talkoot_core::choice::{Choice, choices};
use talkoot_core::id::{ChangeId, RecordId, ReplicaId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::Record;
use talkoot_core::register::Register;
use talkoot_core::sign::SignedChange;

use self::margins::{judge_margins, judge_passages};
use super::device::{Device, Made, nobody};
use super::outcome::Outcome;
use super::person::{adopting, discussing};
use super::simulation::World;

/// What the server's log says at the end.
struct Truth {
    stored: BTreeMap<ChangeId, SignedChange>,
    /// The same, read.
    changes: BTreeMap<ChangeId, Change>,
    records: BTreeMap<RecordId, OpenRecord>,
    digests: BTreeMap<RecordId, [u8; 32]>,
    complaints: Vec<String>,
}

impl Truth {
    /// Names the records that a device holds byte for byte as the server does.
    fn same_at(&self, device: &Device) -> BTreeSet<RecordId> {
        let is_same = |id: &RecordId| {
            let open = device.records().get(id);
            open.is_some_and(|open| self.digests.get(id) == Some(&open.digest()))
        };
        self.records.keys().copied().filter(is_same).collect()
    }
}

impl World {
    /// Judges the end (rules N1 to N3, N10, F1).
    pub(super) fn outcome(mut self) -> Outcome {
        let truth = self.truth();
        let mut complaints = std::mem::take(&mut self.complaints);
        complaints.extend(truth.complaints.clone());
        complaints.extend(self.judge_changes(&truth));
        for device in &self.devices {
            let same = truth.same_at(device);
            complaints.extend(self.judge_refusals(device));
            complaints.extend(self.judge_owed(device, &truth));
            complaints.extend(self.judge_sight(device, &truth, &same, "holds"));
            complaints.extend(self.judge_unread(device, &truth, &same));
            complaints.extend(judge_passages(device, &truth, &same, "shows"));
            complaints.extend(device.wrongs.clone());
        }
        complaints.extend(judge_margins(&truth, &mut self.tally.margins));
        let mut comments = self.tally.comments;
        complaints.extend(self.judge_comments(&truth, &mut comments));
        self.tally.comments = comments;
        complaints.extend(self.judge_registers(&truth));
        complaints.extend(self.judge_posts(&truth));
        for device in &mut self.devices {
            device.crash();
        }
        for device in &self.devices {
            let same = truth.same_at(device);
            complaints.extend(self.judge_sight(device, &truth, &same, "after a restart holds"));
            complaints.extend(judge_passages(device, &truth, &same, "after a restart shows"));
        }
        let tally = &mut self.tally;
        for made in self.devices.iter().flat_map(|device| device.made.values()) {
            if let Ok(change) = made.signed.open() {
                adopting::count(&change.ops, &mut tally.with_others);
                discussing::count(&change.ops, &mut tally.discussed);
            }
        }
        tally.made = self.devices.iter().map(|device| device.made.len()).sum();
        tally.stored = truth.stored.len();
        tally.acknowledged = self.acknowledged.len();
        let missed = &self.restoring.missed;
        tally.given_back = missed.iter().filter(|id| truth.stored.contains_key(id)).count();
        tally.still_owed = self.devices.iter().map(|device| device.disk.owed.len()).sum();
        tally.lost_with_disk = self.restoring.lost.len();
        tally.records = truth.records.len();
        let waiting: Vec<Choice> =
            truth.records.values().flat_map(|it| choices(&it.record)).collect();
        tally.choices = waiting.len();
        tally.entry_choices = waiting.iter().filter(|it| matches!(it, Choice::Item { .. })).count();
        let offers = truth.records.values().flat_map(|it| offers(&it.record));
        tally.answered_twice = offers.filter(|offer| offer.answers.len() > 1).count();
        let asides = self.devices.iter().flat_map(|device| &device.disk.asides);
        tally.set_aside = asides.map(|aside| aside.changes.len()).sum();
        // Where rights come and go all the time, little may be let in; nothing at all is no work.
        if tally.stored == 0 {
            complaints.push(format!("only {} changes were stored: no work", tally.stored));
        }
        let (story, last) = (self.story.number, self.story.last());
        Outcome { tally: self.tally, digests: truth.digests, story, complaints, last }
    }

    fn truth(&self) -> Truth {
        let (mut stored, mut records) = (BTreeMap::new(), BTreeMap::new());
        let mut changes = BTreeMap::new();
        let mut complaints = Vec::new();
        for line in self.server.store.changes() {
            let Ok(change) = line.signed.open() else {
                complaints.push("the server stored what does not read".to_owned());
                continue;
            };
            if stored.insert(change.id, line.signed).is_some() {
                complaints.push(format!("{} is stored twice", name(change.id)));
            }
            let new = || OpenRecord::new(change.record);
            records.entry(change.record).or_insert_with(new).apply(&change);
            changes.insert(change.id, change);
        }
        for open in records.values().filter(|it| it.record.waiting() > 0 || it.set_aside() > 0) {
            complaints.push(format!("record {} on the server is not whole", open.record.id));
        }
        let digests = records.iter().map(|(id, open)| (*id, open.digest())).collect();
        Truth { stored, changes, records, digests, complaints }
    }

    /// Every change is in one place: in the log, in an outbox, or set aside.
    fn judge_changes(&self, truth: &Truth) -> Vec<String> {
        let mut complaints = Vec::new();
        for id in &self.acknowledged {
            if !truth.stored.contains_key(id) && !self.is_missing_rightly(*id) {
                complaints.push(format!("{} was acknowledged and is not stored", name(*id)));
            }
        }
        for device in &self.devices {
            if !self.is_at_rest(device, truth) {
                let (place, line) = (device.place, device.line());
                let waiting = device.disk.outbox.len();
                complaints.push(format!(
                    "device {place} does not come up to date: {line:?}, {waiting} wait"
                ));
            }
            for (id, made) in &device.made {
                let complaint = self.misplaced(device, truth, *id, made);
                complaints.extend(complaint.map(|it| format!("{} {it}", name(*id))));
            }
        }
        complaints
    }

    /// Says what is wrong with where a change is that a device made.
    fn misplaced(
        &self,
        device: &Device,
        truth: &Truth,
        id: ChangeId,
        made: &Made,
    ) -> Option<&'static str> {
        let waits = device.disk.waits(id);
        // An answer is not heard while work on the record waits for what is owed.
        let may_wait = device.disk.owes_of(made.record);
        // It came twice over the line, or was given back, and rights grew between the two.
        let came_otherwise = self.restoring.missed.contains(&id) || self.carried.contains(&id);
        let was_refused = self.refused.contains_key(&id) || came_otherwise;
        match (truth.stored.get(&id), waits, device.disk.is_aside(id)) {
            (Some(there), ..) if *there != made.signed => Some("is stored with other bytes"),
            (Some(_), false, false) => None,
            (Some(_), true, false) => (!may_wait).then_some("is stored and waits"),
            (Some(_), false, true) => (!was_refused).then_some("is stored and set aside"),
            (Some(_) | None, true, true) => Some("waits and is set aside"),
            (None, false, true) => None,
            (None, true, false) => None, // The device is restless, said above.
            (None, false, false) => (!self.is_missing_rightly(id)).then_some("is gone"),
        }
    }

    /// Nothing is set aside without a reason, and none for a reason that honest people never give.
    fn judge_refusals(&self, device: &Device) -> Vec<String> {
        let mut complaints = Vec::new();
        for aside in &device.disk.asides {
            let Some(first) = aside.changes.first() else { continue };
            let named = first.signed.open().map_or(0, |change| change.previous);
            // Refused before, or given back to a restored server by somebody else meanwhile.
            let caused = self.refused.keys().chain(&self.restoring.missed);
            let earlier = caused.into_iter().any(|id| {
                let record = device.made.get(id).map(|made| made.record);
                record == Some(first.record) && (named..first.id.counter).contains(&id.counter)
            });
            // What its maker lost can neither be named by what comes next nor be owed before it.
            let rotten = self.rotten_of(device, first.record).is_some();
            let built_on_air = self.is_carried_in_vain(first.record, first.id.replica);
            let expected = match aside.code.as_str() {
                "not_allowed" => true,
                "withdrawn" => true,     // Its maker went on without it.
                "record_exists" => true, // Two coordinators started the same project.
                "missing_earlier" => earlier || rotten,
                "unknown_record" => earlier || built_on_air,
                "text_gap" => built_on_air || rotten && !self.restoring.missed.is_empty(),
                "foreign_device" => self.removed.contains(&device.place),
                _ => false,
            };
            if !expected {
                let (id, code) = (name(first.id), &aside.code);
                complaints
                    .push(format!("{id} was refused as {code:?}, which nobody gave cause for"));
            }
        }
        complaints
    }

    /// Says whether a stick brought somebody else's words on a record that the server does not
    /// take: whoever wrote on them before they knew wrote on what nobody else has.
    fn is_carried_in_vain(&self, record: RecordId, but: ReplicaId) -> bool {
        let made = |id: &ChangeId| {
            let all = self.devices.iter();
            all.filter_map(|device| device.made.get(id)).any(|made| made.record == record)
        };
        let refused = self.carried.iter().filter(|id| self.refused.contains_key(*id));
        refused.filter(|id| id.replica != but).any(made)
    }

    /// A device holds exactly what its person may see, byte for byte.
    fn judge_sight(
        &self,
        device: &Device,
        truth: &Truth,
        same: &BTreeSet<RecordId>,
        holds: &str,
    ) -> Vec<String> {
        let caller = self.caller_of(device);
        // Whoever has no account is told nothing of the log, of what is public neither (rule PU1).
        let sees = |id: &RecordId| {
            let open = truth.records.get(id).filter(|_| caller.account.is_some());
            open.is_some_and(|open| access::may(&caller, &open.record, Deal::See))
        };
        let place = device.place;
        let mut complaints = Vec::new();
        for id in truth.digests.keys().filter(|id| sees(id) && !same.contains(*id)) {
            if !device.records().contains_key(id) {
                complaints.push(format!("device {place} {holds} nothing of {id}"));
                continue;
            }
            let apart = owing::apart(device, truth, *id);
            if !self.holds_more(device, &apart) && !self.may_stay_rotten(device, *id, &apart) {
                let lacks: Vec<String> = apart.lacks.iter().map(|id| name(*id)).collect();
                let has: Vec<String> = apart.has.iter().map(|id| name(*id)).collect();
                complaints.push(format!(
                    "device {place} {holds} other bytes of {id}: it lacks {lacks:?}, beside {has:?}"
                ));
            }
        }
        let kept = |id: &RecordId| device.disk.owes_of(*id);
        for id in device.records().keys().filter(|id| !sees(id) && !kept(id)) {
            complaints.push(format!("device {place} {holds} {id}, which is out of its sight"));
        }
        complaints
    }

    pub(super) fn caller_of(&self, device: &Device) -> Caller {
        let Some(account) = device.caller().account else { return nobody() };
        let accounts = self.server.store.people(|people| people.accounts());
        let found = accounts.iter().find(|it| it.id == account);
        found.map_or_else(nobody, talkoot_server::store::Account::caller)
    }

    /// Two writes both live only if neither maker knew of the other, and an older program never
    /// wrote into what a newer one had made.
    fn judge_registers(&self, truth: &Truth) -> Vec<String> {
        let made: BTreeMap<ChangeId, &Made> = self
            .devices
            .iter()
            .flat_map(|device| device.made.iter().map(|(id, made)| (*id, made)))
            .collect();
        let mut complaints = Vec::new();
        let came_otherwise =
            |id: &ChangeId| self.restoring.missed.contains(id) || self.carried.contains(id);
        let is_gone = |id: &ChangeId| came_otherwise(id) && !truth.stored.contains_key(id);
        let gone = made.iter().filter(|(id, _)| is_gone(id)).map(|(_, made)| made.record);
        let gone: BTreeSet<RecordId> = gone.collect();
        // A write that is gone for good has replaced the one before it, and was replaced itself.
        for open in truth.records.values().filter(|open| !gone.contains(&open.record.id)) {
            for live in live_writes(&open.record) {
                complaints.extend(known_and_alive(&live, &made).map(|(one, other)| {
                    format!("{} lives beside {}, which its maker knew", name(one), name(other))
                }));
            }
        }
        for device in &self.devices {
            let blind =
                device.made.iter().filter(|(_, it)| it.saw_text_schema > device.text_schema);
            complaints.extend(blind.map(|(id, _)| format!("{} wrote into newer text", name(*id))));
        }
        complaints
    }
}

/// Gives the live writes of every register of a record in which a write replaces all others.
fn live_writes(record: &Record) -> Vec<Vec<ChangeId>> {
    fn of<T>(register: &Register<T>) -> Vec<ChangeId> {
        register.live().iter().map(|(id, _)| *id).collect()
    }
    let mut all = vec![of(&record.publication), of(&record.trashing)];
    for field in record.fields.values() {
        all.push(of(&field.single));
        for item in field.items.values() {
            all.extend([of(&item.value), of(&item.position)]);
        }
    }
    all
}

fn known_and_alive<'a>(
    live: &'a [ChangeId],
    made: &'a BTreeMap<ChangeId, &Made>,
) -> impl Iterator<Item = (ChangeId, ChangeId)> + 'a {
    let pairs = live.iter().flat_map(move |one| live.iter().map(move |other| (*one, *other)));
    pairs.filter(|(one, other)| {
        one != other && made.get(one).is_some_and(|made| made.knew.knows(*other))
    })
}

fn name(id: ChangeId) -> String {
    format!("change {} of {}", id.counter, id.replica)
}
