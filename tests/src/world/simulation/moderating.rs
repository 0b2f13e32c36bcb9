//! Open comments: outsiders send them, again where they heard no answer; moderators ask what
//! waits, publish on their devices, with no network too, and reject.
//!
//! A chance of its own decides, and only in worlds where people talk, so all others are as they
//! were.

use std::collections::{BTreeMap, BTreeSet};

use talkoot_core::access::{Caller, Deal, Role, may};
use talkoot_core::comment::{self, Typed};
use talkoot_core::id::{CommentId, RecordId};
use talkoot_core::record::Record;
use talkoot_core::sync::client::Line;
use talkoot_server::api_error::ApiError;
use talkoot_server::held::Held;
use talkoot_server::moderating::Ruling;

use super::{DAY_MS, World};
use crate::world::Chance;
use crate::world::device::Deed;
use crate::world::server::asking::{Reply, Request, Sent};

/// Steps between two things that happen to comments, on average.
const ONE_IN: u64 = 12;
/// Answers of which one is lost.
const LOST_ONE_IN: u64 = 5;
/// Houses from which comments come.
const HOUSES: u64 = 6;
/// How a number begins that nobody but its owner is to see.
pub(crate) const SECRET: &str = "+358 40";

/// What the world knows of comments.
#[derive(Debug)]
pub(crate) struct Moderating {
    chance: Chance,
    asked: BTreeMap<u64, Asked>,
    /// What outsiders wrote.
    pub(crate) sent: BTreeMap<CommentId, Letter>,
    /// What the server said was decided, since it was restored last.
    pub(crate) decided: BTreeMap<CommentId, BTreeSet<&'static str>>,
    /// Whether the last listing of the coordinator, after everything was mended, was answered.
    pub(crate) settled: bool,
}

/// A comment, and what its sender heard.
#[derive(Debug)]
pub(crate) struct Letter {
    pub(crate) sent: Sent,
    /// Whether its sender heard an answer.
    heard: bool,
    times: usize,
    /// Whether the server said that it has it, since it was restored last.
    pub(crate) taken: bool,
}

#[derive(Debug)]
enum Asked {
    Send(CommentId),
    /// With what decides who sees what, so that only a steady answer is judged.
    List {
        place: usize,
        head: u64,
        caller: Caller,
    },
    Decide {
        place: usize,
        id: CommentId,
        as_what: &'static str,
    },
}

impl Moderating {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            chance: Chance::new(seed.rotate_left(17)),
            asked: BTreeMap::new(),
            sent: BTreeMap::new(),
            decided: BTreeMap::new(),
            settled: false,
        }
    }

    /// A backup has nothing of what waits, and of what was decided.
    pub(super) fn restored(&mut self) {
        self.decided.clear();
        self.asked.clear();
        self.sent.values_mut().for_each(|letter| letter.taken = false);
    }
}

/// Gives a word that only one comment says, in letters: digits may look like somebody's number.
fn word(id: CommentId) -> String {
    let letters = id.0.iter().flat_map(|byte| [b'a' + (byte >> 4), b'a' + (byte & 15)]);
    letters.map(char::from).collect()
}

impl World {
    /// Has something happen to a comment, now and then.
    pub(super) fn moderate(&mut self) {
        let Some(moderating) = &mut self.moderating else { return };
        if moderating.chance.below(ONE_IN) > 0 {
            return;
        }
        let place = moderating.chance.index(self.devices.len());
        match moderating.chance.below(10) {
            0 | 1 => self.send_comment(place),
            2..=4 => self.list_held(place),
            _ => self.rule(place),
        }
        self.settle();
    }

    /// Has an outsider send a comment, or send one again.
    fn send_comment(&mut self, place: usize) {
        let open: Vec<RecordId> = self.open_records(place);
        let now_ms = self.now_ms;
        let Some(moderating) = &mut self.moderating else { return };
        let chance = &mut moderating.chance;
        // A browser keeps what it sent until it has heard; some send again all the same.
        let again = moderating.sent.values().filter(|letter| !letter.heard || letter.times < 2);
        let again: Vec<CommentId> = again.map(|letter| letter.sent.id).collect();
        let again = again.get(chance.index(again.len())).copied();
        if let Some(id) = again.filter(|_| chance.below(2) == 0) {
            self.send(id);
            return;
        }
        let Some(record) = open.get(chance.index(open.len())).copied() else {
            return self.publish_something(place);
        };
        let mut name = [0; 16];
        name.copy_from_slice(chance.seed().split_at(16).0);
        let id = CommentId(name);
        let typed = Typed {
            subject: format!("c{}", chance.below(100)),
            name: format!("N{}", chance.below(1 << 40)),
            organisation: String::new(),
            words: format!("{} {SECRET} {}", word(id), 1_000_000 + chance.below(9_000_000)),
        };
        // An outsider's clock is off as well.
        let written_ms = (now_ms + DAY_MS).saturating_sub(chance.below(3 * DAY_MS));
        let house = u8::try_from(chance.below(HOUSES)).unwrap_or(0);
        let sent = Sent { id, record, typed, written_ms, house };
        moderating.sent.insert(id, Letter { sent, heard: false, times: 0, taken: false });
        self.send(id);
    }

    fn send(&mut self, id: CommentId) {
        let Some(moderating) = &mut self.moderating else { return };
        let Some(letter) = moderating.sent.get_mut(&id) else { return };
        letter.times += 1;
        let sent = letter.sent.clone();
        self.tally.comments.sent += 1;
        self.tally.comments.again += usize::from(letter.times > 1);
        self.ask_server(Asked::Send(id), Request::Send(sent));
    }

    /// Lists what somebody could comment on, as a device believes.
    fn open_records(&self, place: usize) -> Vec<RecordId> {
        let Some(device) = self.devices.get(place) else { return Vec::new() };
        let open = device.records().values().filter(|open| comment::is_open(&open.record));
        open.map(|open| open.record.id).collect()
    }

    fn publish_something(&mut self, place: usize) {
        let now_ms = self.now_ms;
        let Some(device) = self.devices.get_mut(place) else { return };
        let caller = device.caller();
        let takes = |record: &Record| record.kind.and_then(comment::field_of).is_some();
        let fits = device.records().values().filter(|open| {
            takes(&open.record)
                && may(&caller, &open.record, Deal::Publish)
                && !device.is_too_old_for(open)
                && !device.is_partial(open.record.id)
        });
        let Some(record) = fits.map(|open| open.record.id).next() else { return };
        let Some(open) = device.records().get(&record) else { return };
        let ops = vec![open.record.publish(true)];
        device.commit(record, ops, now_ms);
    }

    /// Has a moderator ask what waits.
    pub(in crate::world) fn list_held(&mut self, place: usize) {
        let Some(device) = self.devices.get(place).filter(|it| it.line() == Line::Up) else {
            return;
        };
        let Some(token) = self.tokens.get(place).copied().flatten() else { return };
        let (caller, head) = (self.caller_of(device), self.server.store.head());
        self.ask_server(Asked::List { place, head, caller }, Request::List(token));
    }

    /// Has a moderator decide about what is on the desk, or say again what was published.
    fn rule(&mut self, place: usize) {
        let now_ms = self.now_ms;
        let (Some(device), Some(moderating)) = (self.devices.get_mut(place), &mut self.moderating)
        else {
            return;
        };
        let chance = &mut moderating.chance;
        let what = chance.below(4);
        let queue = &device.desk.queue;
        let held = queue.get(chance.index(queue.len())).cloned().filter(|_| what > 0);
        match held {
            // Without a network too.
            Some(held) if what > 1 => {
                let deed = device.publish_comment(&held, chance, now_ms);
                self.tally.comments.published_here += usize::from(deed == Deed::Saved);
            }
            Some(held) => {
                let blocks = chance.below(3) == 0;
                let ruling = Ruling::Reject { reason: "because".to_owned(), blocks };
                self.tell_decision(place, held.id, ruling);
            }
            None => self.say_published(place),
        }
    }

    /// Tells the server of something that was published here.
    pub(in crate::world) fn say_published(&mut self, place: usize) {
        let published = self.devices.get(place).and_then(|it| it.desk.published.first().copied());
        if let Some(id) = published {
            self.tell_decision(place, id, Ruling::Publish);
        }
    }

    fn tell_decision(&mut self, place: usize, id: CommentId, ruling: Ruling) {
        let is_up = self.devices.get(place).is_some_and(|it| it.line() == Line::Up);
        let Some(token) = self.tokens.get(place).copied().flatten().filter(|_| is_up) else {
            return;
        };
        let as_what = match ruling {
            Ruling::Publish => "published",
            Ruling::Reject { .. } => "rejected",
        };
        self.ask_server(Asked::Decide { place, id, as_what }, Request::Decide(token, id, ruling));
    }

    fn ask_server(&mut self, asked: Asked, request: Request) {
        let Some(moderating) = &mut self.moderating else { return };
        // Some requests are lost on their way.
        if moderating.chance.below(LOST_ONE_IN) == 0 {
            return;
        }
        let number = moderating.chance.next();
        moderating.asked.insert(number, asked);
        self.server.ask(number, request);
    }

    /// Takes in what the server answered.
    pub(super) fn hear_replies(&mut self) {
        for (number, reply) in self.server.replies() {
            let Some(moderating) = &mut self.moderating else { continue };
            let Some(asked) = moderating.asked.remove(&number) else { continue };
            let lost = moderating.chance.below(LOST_ONE_IN) == 0;
            match (asked, reply) {
                (Asked::Send(id), Reply::Sent(said)) => self.hear_sent(id, said, lost),
                (Asked::List { place, head, caller }, Reply::Listed(Ok(held))) => {
                    self.judge_listed(place, head, &caller, &held);
                    if let Some(device) = self.devices.get_mut(place).filter(|_| !lost) {
                        device.desk.lists(held);
                    }
                }
                (Asked::Decide { place, id, as_what }, Reply::Decided(said)) => {
                    self.hear_decided(place, id, as_what, said.map_err(|_| lost));
                    let knows = !matches!(said, Err(ApiError::NotPublished | ApiError::TryAgain));
                    let device = self.devices.get_mut(place).filter(|_| knows && !lost);
                    if let Some(device) = device {
                        device.desk.forget(id);
                    }
                }
                (_, Reply::Sent(_) | Reply::Listed(_) | Reply::Decided(_)) => {}
            }
        }
    }

    fn hear_sent(&mut self, id: CommentId, said: Result<(), ApiError>, lost: bool) {
        let Some(moderating) = &mut self.moderating else { return };
        let Some(letter) = moderating.sent.get_mut(&id) else { return };
        letter.taken |= said.is_ok();
        letter.heard |= !lost;
        self.tally.comments.kept_out += usize::from(said == Err(ApiError::NotAllowed));
        self.story.tell(format!("comment {id}: {said:?}"));
    }

    /// The server says "decided" for one thing only.
    fn hear_decided(
        &mut self,
        place: usize,
        id: CommentId,
        as_what: &'static str,
        said: Result<(), bool>,
    ) {
        self.story.tell(format!("device {place}: comment {id} is {as_what}: {said:?}"));
        let Some(moderating) = &mut self.moderating else { return };
        if said.is_err() {
            self.tally.comments.too_late += 1;
            return;
        }
        let all = moderating.decided.entry(id).or_default();
        all.insert(as_what);
        if all.len() > 1 {
            self.complaints.push(format!("comment {id} was decided in two ways: {all:?}"));
        }
    }

    /// Nobody is shown what waits who may not decide about it.
    fn judge_listed(&mut self, place: usize, head: u64, caller: &Caller, shown: &[Held]) {
        if caller.account.is_some() && caller.role == Role::Coordinator && self.is_mended {
            let Some(moderating) = &mut self.moderating else { return };
            moderating.settled = true;
        }
        self.tally.comments.listed += shown.len();
        let now = self.devices.get(place).map(|device| self.caller_of(device));
        // Rights and things that changed meanwhile may be answered by what they were.
        if now.as_ref() != Some(caller) || head != self.server.store.head() {
            return;
        }
        let mut records: BTreeMap<RecordId, Record> = BTreeMap::new();
        let wanted: BTreeSet<RecordId> = shown.iter().map(|it| it.record).collect();
        for stored in self.server.store.changes() {
            let Ok(change) = stored.signed.open() else { continue };
            if wanted.contains(&change.record) {
                let new = || Record::new(change.record);
                records.entry(change.record).or_insert_with(new).apply(&change);
            }
        }
        for it in shown {
            let record = records.get(&it.record);
            let may = record.and_then(|record| {
                Some(comment::may_moderate(caller, record.kind?, record.project()))
            });
            if may != Some(true) {
                let id = it.id;
                self.complaints.push(format!("device {place} was shown {id}, which waits"));
            }
        }
    }
}
