//! Whatever happens to sight, a device that follows the feed holds what its person may see.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use talkoot_core::access::Role;
use talkoot_core::change::Op;
use talkoot_core::id::{AccountId, ChangeId, RecordId};
use talkoot_core::limits::MESSAGE_CHANGES_MAX;
use talkoot_core::schema::{Kind, document_field};
use talkoot_core::sync::message::Entry;
use talkoot_core::sync::server::Outcome;
use talkoot_core::value::{Scalar, Value};

use super::*;
use crate::store::LogEntry;
use crate::store::sample::Maker;
use crate::store::sqlite::SqliteStore;
use crate::writer::{Opened, Origin, Submission, WriterQueue, writer};

/// A log with a writer, and somebody who may do everything.
pub(super) struct World {
    pub(super) store: Arc<SqliteStore>,
    queue: WriterQueue,
    orders: Orders,
    maker: Maker,
}

impl World {
    /// Needs a running runtime, for the writer's task.
    pub(super) fn new() -> Self {
        let store = Arc::new(SqliteStore::in_memory().unwrap());
        let (writer, queue, _) = writer(Arc::clone(&store) as Arc<dyn ChangeStore>, 0);
        drop(tokio::spawn(writer.run()));
        Self { store, queue, orders: Orders::default(), maker: Maker::new(1) }
    }

    pub(super) async fn write(&mut self, record: RecordId, ops: Vec<Op>) {
        let (change, signed) = self.maker.change(record, ops);
        let caller = caller(Role::Coordinator, &[]);
        let changes = vec![Opened { change, signed }];
        let origin = Origin::Device;
        let submission = Submission { caller, changes, arrived_ms: 1, origin };
        let outcomes = self.queue.submit(submission).await.unwrap();
        assert!(matches!(outcomes.as_slice(), [Outcome::Stored(_)]), "{outcomes:?}");
    }

    pub(super) async fn page(&self, caller: &Caller, rights: u64, cursor: Cursor) -> Page {
        let log = self.store.log_state().await.unwrap();
        let orders = &self.orders;
        read_page(&*self.store, Reader { caller, rights, log, orders }, cursor).await.unwrap()
    }

    /// Lists every change that a caller may see now.
    pub(super) async fn in_sight(&self, caller: &Caller) -> Held {
        let (mut held, mut read_to) = (Held::new(), 0);
        loop {
            let rows = self.store.read_log(read_to, usize::MAX).await.unwrap();
            let Some(last) = rows.last() else { return held };
            read_to = last.sequence;
            for row in rows {
                if let LogEntry::Change(change) = row.entry
                    && row.audience.includes(caller)
                {
                    held.entry(change.record).or_default().insert(change.id);
                }
            }
        }
    }
}

type Held = BTreeMap<RecordId, BTreeSet<ChangeId>>;

/// A device that does with pages what every client does.
#[derive(Default)]
pub(super) struct Follower {
    pub(super) cursor: Cursor,
    pub(super) held: Held,
    pub(super) brought: Option<BTreeSet<RecordId>>,
}

impl Follower {
    pub(super) async fn catch_up(&mut self, world: &World, caller: &Caller, rights: u64) {
        while self.take(world.page(caller, rights, self.cursor).await) {}
    }

    pub(super) fn take(&mut self, page: Page) -> bool {
        if page.from_start && page.after == 0 {
            self.brought = Some(BTreeSet::new());
        }
        for entry in page.entries {
            match entry {
                Entry::Change { record, change, .. } => {
                    self.held.entry(record).or_default().insert(change.open().unwrap().id);
                    self.brought.iter_mut().for_each(|brought| brought.extend([record]));
                }
                Entry::Conceal { record } => drop(self.held.remove(&record)),
            }
        }
        if !page.more
            && let Some(brought) = self.brought.take()
        {
            self.held.retain(|record, _| brought.contains(record));
        }
        self.cursor = page.cursor;
        page.more
    }
}

pub(super) fn caller(role: Role, projects: &[u8]) -> Caller {
    let account = (role != Role::Anyone).then_some(AccountId([1; 16]));
    Caller { account, role, projects: projects.iter().map(|it| RecordId([*it; 16])).collect() }
}

fn readers() -> Vec<Caller> {
    vec![
        caller(Role::Anyone, &[]),
        caller(Role::Reader, &[]),
        caller(Role::Reader, &[101]),
        caller(Role::Member, &[102]),
        caller(Role::Coordinator, &[]),
    ]
}

/// Turns a number into something that may change who sees a record.
pub(super) fn deed(world: &World, action: u8) -> Vec<Op> {
    let set =
        |value| vec![Op::SetField { field: document_field::PROJECT, value, replaces: vec![] }];
    let project = |number: u8| Value::One(Scalar::Record(RecordId([number; 16])));
    let knew = [(world.maker.author.replica(), u64::MAX)].into();
    match action {
        0 => vec![Op::Publish { published: true, replaces: vec![], version: None, reason: None }],
        1 => vec![Op::Publish { published: false, replaces: vec![], version: None, reason: None }],
        2 => set(project(101)),
        3 => set(project(102)),
        4 => set(Value::Empty),
        5 => vec![Op::Trash { trashed: true, replaces: vec![], knew }],
        _ => vec![Op::SetField {
            field: document_field::TITLE,
            value: Value::text("Title"),
            replaces: vec![],
        }],
    }
}

async fn check(history: Vec<(u8, u8, u8)>) {
    let mut world = World::new();
    let readers = readers();
    let mut followers: Vec<Follower> = readers.iter().map(|_| Follower::default()).collect();
    let mut created = BTreeSet::new();
    for (record, action, who_reads) in history {
        let id = RecordId([record + 1; 16]);
        if created.insert(id) {
            world.write(id, vec![Op::Create { kind: Kind::Document }]).await;
        }
        let ops = deed(&world, action);
        world.write(id, ops).await;
        for (at, (caller, follower)) in readers.iter().zip(&mut followers).enumerate() {
            if who_reads >> at & 1 == 1 {
                follower.catch_up(&world, caller, 1).await;
            }
        }
    }
    for (reader, follower) in readers.iter().zip(&mut followers) {
        follower.catch_up(&world, reader, 1).await;
        assert_eq!(follower.held, world.in_sight(reader).await, "{reader:?}");
        // Other rights: the same device reads anew as somebody else and forgets the rest.
        let other = caller(Role::Reader, &[102]);
        follower.catch_up(&world, &other, 2).await;
        assert_eq!(follower.held, world.in_sight(&other).await, "after a change of rights");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn w4_whoever_follows_the_feed_holds_exactly_what_is_in_sight(
        history in prop::collection::vec((0..3_u8, 0..7_u8, any::<u8>()), 1..24),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(check(history));
    }
}

#[tokio::test]
async fn w4_a_pass_goes_on_after_a_broken_line_and_what_came_meanwhile_follows() {
    let mut world = World::new();
    let (record, late) = (RecordId([1; 16]), RecordId([2; 16]));
    world.write(record, vec![Op::Create { kind: Kind::Document }]).await;
    for _ in 0..MESSAGE_CHANGES_MAX {
        let ops = deed(&world, 6);
        world.write(record, ops).await;
    }
    let caller = caller(Role::Coordinator, &[]);
    let first = world.page(&caller, 7, Cursor::default()).await;
    assert_eq!((first.entries.len(), first.from_start, first.more), (500, true, true));
    world.write(late, vec![Op::Create { kind: Kind::Document }]).await;
    let second = world.page(&caller, 7, first.cursor).await;
    assert_eq!((second.entries.len(), second.from_start, second.more), (1, true, false));
    let third = world.page(&caller, 7, second.cursor).await;
    assert_eq!((third.entries.len(), third.from_start, third.more), (1, false, false));
    let restarted = world.page(&caller, 8, first.cursor).await;
    assert_eq!((restarted.after, restarted.from_start), (0, true), "other rights begin anew");
}

#[tokio::test]
async fn n30_a_new_device_gets_whole_records_and_the_one_changed_last_first() {
    let mut world = World::new();
    for record in [1, 2, 3, 1] {
        let id = RecordId([record; 16]);
        let is_new = world.store.changes_of(id, u64::MAX >> 1).await.unwrap().is_empty();
        let create = vec![Op::Create { kind: Kind::Document }];
        let ops = if is_new { create } else { deed(&world, 6) };
        world.write(id, ops).await;
    }
    let caller = caller(Role::Coordinator, &[]);
    let page = world.page(&caller, 1, Cursor::default()).await;
    let order = page.entries.iter().map(|entry| match entry {
        Entry::Change { record, .. } | Entry::Conceal { record } => record.0[0],
    });
    assert_eq!(order.collect::<Vec<_>>(), [1, 1, 3, 2]);
    assert_eq!((page.after, page.cursor.sequence, page.more), (0, reached(4), false));
}

#[tokio::test]
async fn n30_what_changes_during_a_pass_neither_moves_nor_hides_anything_of_it() {
    let mut world = World::new();
    let records: Vec<RecordId> = (1..=4).map(|it| RecordId([it; 16])).collect();
    for record in &records {
        world.write(*record, vec![Op::Create { kind: Kind::Document }]).await;
        for _ in 0..MESSAGE_CHANGES_MAX / 2 {
            let ops = deed(&world, 6);
            world.write(*record, ops).await;
        }
    }
    let caller = caller(Role::Coordinator, &[]);
    let mut follower = Follower::default();
    let mut at = 0;
    loop {
        let page = world.page(&caller, 1, follower.cursor).await;
        let more = follower.take(page);
        // The record that would come last, and then the one that came first, are changed.
        let record = records[at % records.len()];
        at += 1;
        let ops = deed(&world, 6);
        world.write(record, ops).await;
        if !more {
            break;
        }
    }
    follower.catch_up(&world, &caller, 1).await;
    assert!(at > 2, "the pass took several pages");
    assert!(follower.held == world.in_sight(&caller).await, "everything in sight is here");
}

#[tokio::test]
async fn n33_a_device_that_reads_again_gets_everything_that_is_in_sight_now() {
    let mut world = World::new();
    let caller = caller(Role::Coordinator, &[]);
    let create = || vec![Op::Create { kind: Kind::Document }];
    // One device began with an empty log, the other with a pass.
    let mut followers = [Follower::default(), Follower::default()];
    followers[0].catch_up(&world, &caller, 1).await;
    world.write(RecordId([1; 16]), create()).await;
    followers[1].catch_up(&world, &caller, 1).await;
    for record in 2..=4 {
        world.write(RecordId([record; 16]), create()).await;
    }
    for follower in &mut followers {
        follower.catch_up(&world, &caller, 1).await;
        follower.held.remove(&RecordId([2; 16]));
        follower.cursor.sequence = 0;
        let page = world.page(&caller, 1, follower.cursor).await;
        assert_eq!((page.after, page.entries.len(), page.more), (0, 4, false));
        follower.take(page);
        assert_eq!(follower.held, world.in_sight(&caller).await);
    }
}
