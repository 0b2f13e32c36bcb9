//! Laws of transfer files: whatever order they come in, the same is here in the end.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::change::{Change, Op, SCHEMA_VERSION};
use crate::id::{AccountId, ChangeId, RecordId, ReplicaId};
use crate::open_record::OpenRecord;
use crate::record::Record;
use crate::schema::{Kind, document_field};
use crate::stamp::Stamp;
use crate::value::Value;

/// The device that nobody vouched for.
const STRANGER: u8 = 3;

fn server() -> ReplicaKey {
    ReplicaKey::from_seed(&[100; 32])
}

fn key(device: u8) -> ReplicaKey {
    ReplicaKey::from_seed(&[device; 32])
}

fn account(device: u8) -> AccountId {
    AccountId([device; 16])
}

fn maker(device: u8) -> Maker {
    let public = key(device).public();
    match device {
        STRANGER => Maker::unproven(public, account(device)),
        _ => Maker::vouched(public, account(device), &server()),
    }
}

/// What devices did: on which record, whether knowing all before or nothing, and the time.
type Deeds = Vec<(u8, u8, bool, u64)>;

fn deeds() -> impl Strategy<Value = Deeds> {
    prop::collection::vec((1..=STRANGER, 0..2_u8, any::<bool>(), 0..9_u64), 1..24)
}

/// Makes the changes, each device's in its own chain.
fn history(deeds: &Deeds) -> Vec<SignedChange> {
    let mut last: BTreeMap<(u8, u8), u64> = BTreeMap::new();
    let mut ids: BTreeMap<u8, Vec<ChangeId>> = BTreeMap::new();
    let mut made = Vec::new();
    for (place, (device, record, knowing, wall_ms)) in deeds.iter().enumerate() {
        let counter = u64::try_from(place).unwrap() + 1;
        let id = ChangeId { replica: key(*device).public().replica(), counter };
        let before = ids.entry(*record).or_default();
        let op = if before.is_empty() {
            Op::Create { kind: Kind::Document }
        } else {
            let replaces = if *knowing { before.clone() } else { Vec::new() };
            let value = Value::text(&counter.to_string());
            Op::SetField { field: document_field::TITLE, value, replaces }
        };
        before.push(id);
        let change = Change {
            id,
            previous: last.insert((*device, *record), counter).unwrap_or(0),
            stamp: Stamp { wall_ms: *wall_ms, tick: 0 },
            author: account(*device),
            record: RecordId([*record; 16]),
            schema: SCHEMA_VERSION,
            ops: vec![op],
        };
        made.push(key(*device).sign(&change));
    }
    made
}

/// Packs changes as a device does, with what it knows of their makers.
fn pack(changes: &[SignedChange]) -> Vec<u8> {
    let slice = Slice {
        made_ms: 5,
        changes: changes.to_vec(),
        makers: (1..=STRANGER).map(maker).collect(),
    };
    write(&slice, &key(1)).unwrap()
}

/// A device that only knows sticks.
#[derive(Clone, Debug, Default)]
struct Device {
    changes: BTreeMap<ChangeId, SignedChange>,
    trust: Trust,
    shelf: Shelf,
    /// What came through the server.
    log: BTreeSet<ChangeId>,
}

impl Device {
    fn new() -> Self {
        let mut device = Self::default();
        device.trust.servers.insert(server().public());
        device
    }

    fn held(&self) -> Held {
        let mut records: BTreeMap<RecordId, Record> = BTreeMap::new();
        for signed in self.changes.values() {
            let change = signed.open().unwrap();
            let record = records.entry(change.record);
            record.or_insert_with(|| Record::new(change.record)).apply(&change);
        }
        let owed = self.changes.keys().filter(|id| !self.log.contains(id)).copied().collect();
        Held { changes: self.changes.clone(), records, owed }
    }

    fn sort(&self, file: &[u8]) -> Sorting {
        sort(&read(file).unwrap(), &self.shelf, &self.held(), &self.trust)
    }

    fn import(&mut self, file: &[u8]) -> Sorting {
        self.import_all(&read(file).unwrap())
    }

    fn import_all(&mut self, transfer: &Transfer) -> Sorting {
        let sorting = sort(transfer, &self.shelf, &self.held(), &self.trust);
        for (change, signed) in &sorting.taken {
            self.changes.insert(change.id, signed.clone());
        }
        self.changes.retain(|id, _| !sorting.withdrawn.contains(id));
        self.shelf = sorting.shelf.clone();
        for maker in &sorting.learnt {
            self.trust.makers.learn(*maker);
        }
        sorting
    }

    fn approve(&mut self) {
        self.trust.approved.insert((key(STRANGER).public().replica(), account(STRANGER)));
        self.import(&pack(&[]));
    }

    /// Everything that a person or another device could tell apart.
    fn state(&self) -> (Vec<SignedChange>, Vec<[u8; 32]>, Shelf, Makers) {
        let changes: Vec<_> = self.changes.values().cloned().collect();
        let mut open: BTreeMap<RecordId, OpenRecord> = BTreeMap::new();
        for change in changes.iter().map(|signed| signed.open().unwrap()) {
            let record = open.entry(change.record);
            record.or_insert_with(|| OpenRecord::new(change.record)).apply(&change);
        }
        let digests = open.values().map(OpenRecord::digest).collect();
        (changes, digests, self.shelf.clone(), self.trust.makers.clone())
    }
}

/// Cuts a history into files that overlap.
fn files(history: &[SignedChange], cuts: &[(Index, Index)]) -> Vec<Vec<u8>> {
    let part = |(one, other): &(Index, Index)| {
        let (one, other) = (one.index(history.len()), other.index(history.len()));
        pack(&history[one.min(other)..=one.max(other)])
    };
    cuts.iter().map(part).collect()
}

fn cuts() -> impl Strategy<Value = Vec<(Index, Index)>> {
    prop::collection::vec(any::<(Index, Index)>(), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn j1_equal_slices_give_equal_bytes_and_come_back_unchanged(
        deeds in deeds(), order in any::<u64>(),
    ) {
        let history = history(&deeds);
        let mut shuffled = [&history[..], &history[..1]].concat();
        let length = shuffled.len();
        for at in 0..length {
            let with = usize::try_from(order >> (at % 40)).unwrap() % length;
            shuffled.swap(at, with);
        }
        let file = pack(&history);
        prop_assert_eq!(&file, &pack(&shuffled));
        let transfer = read(&file).unwrap();
        prop_assert_eq!(transfer.exporter, key(1).public());
        prop_assert_eq!(transfer.changes.len(), history.len());
        prop_assert!(history.iter().all(|signed| transfer.changes.contains(signed)));
    }

    #[test]
    fn j6_files_in_any_order_and_however_often_leave_the_same(
        deeds in deeds(), cuts in cuts(), again in any::<Index>(), approves in any::<Option<Index>>(),
    ) {
        let files = files(&history(&deeds), &cuts);
        let (mut there, mut back) = (Device::new(), Device::new());
        let approves = approves.map(|at| at.index(files.len()));
        for (place, file) in files.iter().enumerate() {
            there.import(file);
            if approves == Some(place) {
                there.approve();
            }
        }
        if approves.is_some() {
            back.approve();
        }
        for file in files.iter().rev() {
            for piece in read(file).unwrap().pieces(3) {
                back.import_all(&piece);
            }
        }
        back.import(&files[again.index(files.len())]);
        prop_assert_eq!(there.state(), back.state());
    }

    #[test]
    fn j7_importing_again_finds_everything_known(deeds in deeds(), cuts in cuts()) {
        let files = files(&history(&deeds), &cuts);
        let mut device = Device::new();
        for file in &files {
            device.import(file);
        }
        let before = device.state();
        for file in &files {
            let sorting = device.import(file);
            prop_assert_eq!((sorting.taken.len(), sorting.learnt.len()), (0, 0));
            prop_assert!(sorting.refused.is_empty());
            prop_assert!(sorting.records.values().all(|tally| tally.asks == 0));
        }
        prop_assert_eq!(before, device.state());
    }

    #[test]
    fn j7_what_came_through_the_server_and_on_a_stick_is_one_change(
        deeds in deeds(), cuts in cuts(), until in any::<Index>(),
    ) {
        let history = history(&deeds);
        let files = files(&history, &cuts);
        let (read, _) = history.split_at(until.index(history.len()) + 1);
        let through_server = |device: &mut Device| {
            for signed in read {
                let id = signed.open().unwrap().id;
                device.changes.insert(id, signed.clone());
                device.log.insert(id);
            }
            // What the server brought does not wait any more.
            device.import(&pack(&[]));
        };
        let (mut before, mut after) = (Device::new(), Device::new());
        through_server(&mut before);
        for file in &files {
            before.import(file);
            after.import(file);
        }
        through_server(&mut after);
        prop_assert_eq!(before.state(), after.state());
    }
}

#[test]
fn j8_what_nobody_vouched_for_waits_until_a_member_approves() {
    let history = history(&vec![(1, 0, true, 1), (STRANGER, 0, true, 2), (2, 0, false, 3)]);
    let mut device = Device::new();
    let sorting = device.import(&pack(&history));
    assert_eq!((sorting.taken.len(), sorting.shelf.changes.len()), (2, 1));
    let waiting = device.shelf.waiting();
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].author, waiting[0].changes), (account(STRANGER), 1));
    assert_eq!(waiting[0].key, Some(key(STRANGER).public()));
    let mut declined = device.clone();
    declined.shelf = declined.shelf.without(waiting[0].replica, waiting[0].author);
    assert_eq!(declined.shelf.changes, []);
    device.approve();
    assert_eq!((device.changes.len(), device.shelf.clone()), (3, Shelf::default()));
}

#[test]
fn j8_a_forged_change_and_another_ones_name_are_refused() {
    let honest = history(&vec![(1, 0, true, 1)]);
    let mut forged = honest[0].clone();
    forged.signature[9] ^= 1;
    let other_name = Change { author: account(2), ..honest[0].open().unwrap() };
    let cases = [(forged, "signature"), (key(1).sign(&other_name), "foreign_author")];
    for (signed, code) in cases {
        let sorting = Device::new().sort(&pack(&[signed]));
        assert_eq!(sorting.refused.iter().map(|it| it.code).collect::<Vec<_>>(), [code]);
        assert_eq!((sorting.taken.len(), sorting.shelf), (0, Shelf::default()));
    }
    let garbage = SignedChange { body: vec![1, 2, 3], signature: [0; 64] };
    let sorting = Device::new().sort(&pack(&[garbage]));
    assert_eq!(sorting.refused, [Refused { id: None, code: "malformed" }]);
}

#[test]
fn j8_the_servers_own_key_signs_for_everybody() {
    let change = Change {
        id: ChangeId { replica: server().public().replica(), counter: 1 },
        ..history(&vec![(1, 0, true, 1)])[0].open().unwrap()
    };
    let makers = vec![Maker::server(server().public())];
    let slice = Slice { made_ms: 0, changes: vec![server().sign(&change)], makers };
    let file = write(&slice, &key(1)).unwrap();
    assert_eq!(Device::new().sort(&file).taken.len(), 1);
    assert_eq!(Device::default().sort(&file).shelf.changes.len(), 1, "another programme's");
}

/// The second change was refused; its maker set it aside with what was built on it, and went on.
#[test]
fn j16_what_a_maker_took_back_is_gone_in_whatever_order_it_comes() {
    let made = history(&vec![(1, 0, true, 1), (1, 0, true, 2), (1, 0, true, 3), (1, 0, true, 4)]);
    let after = Change { previous: 1, ..made[3].open().unwrap() };
    let files: Vec<Vec<u8>> =
        [made[0].clone(), made[1].clone(), made[2].clone(), key(1).sign(&after)]
            .map(|signed| pack(&[signed]))
            .into();
    let mut states = Vec::new();
    for order in 0..24_usize {
        let (mut left, mut device, mut digits) = (files.clone(), Device::new(), order);
        for base in (1..=4).rev() {
            device.import(&left.remove(digits % base));
            digits /= base;
        }
        states.push(device.state());
    }
    assert!(states.iter().all(|state| *state == states[0]));
    assert_eq!(states[0].0.len(), 2);
    let mut device = Device::new();
    device.log.extend(made.iter().map(|signed| signed.open().unwrap().id).take(2));
    device.import(&pack(&made[..2]));
    let refused = device.import(&files[3]).refused;
    assert_eq!(
        refused.iter().map(|it| it.code).collect::<Vec<_>>(),
        ["withdrawn"],
        "the log decides"
    );
}

#[test]
fn j9_a_form_that_its_kind_does_not_have_is_refused() {
    let create = history(&vec![(1, 0, true, 1)]);
    let replica = key(1).public().replica();
    let with = |previous, schema, op| {
        let change = create[0].open().unwrap();
        let id = ChangeId { replica, counter: 2 };
        key(1).sign(&Change { id, previous, schema, ops: vec![op], ..change })
    };
    let title = |value| Op::SetField { field: document_field::TITLE, value, replaces: Vec::new() };
    let long = "x".repeat(crate::limits::LINE_CHARS_MAX + 1);
    let text = Op::Text { schema: 1, update: vec![0xff; 8] };
    let cases = [
        (with(1, SCHEMA_VERSION, title(Value::text(&long))), "does_not_fit"),
        (
            with(
                1,
                SCHEMA_VERSION,
                Op::SetField { field: 9_999, value: Value::Empty, replaces: Vec::new() },
            ),
            "does_not_fit",
        ),
        (with(1, SCHEMA_VERSION + 1, title(Value::text("x"))), "newer_content"),
        (with(2, SCHEMA_VERSION, title(Value::text("x"))), "missing_earlier"),
    ];
    for (signed, code) in cases {
        let sorting = Device::new().sort(&pack(&[create[0].clone(), signed]));
        assert_eq!(sorting.refused.iter().map(|it| it.code).collect::<Vec<_>>(), [code]);
        assert_eq!(sorting.taken.len(), 1);
    }
    let sorting = Device::new().sort(&pack(&[create[0].clone(), with(1, SCHEMA_VERSION, text)]));
    assert_eq!(sorting.refused.len(), 1, "a text that does not scan");
}

#[test]
fn j10_the_report_says_what_is_new_what_changed_and_what_asks() {
    let history =
        history(&vec![(1, 0, true, 1), (1, 0, false, 2), (2, 0, false, 3), (2, 1, true, 4)]);
    let mut device = Device::new();
    device.import(&pack(&history[..2]));
    let sorting = device.sort(&pack(&history));
    let tally = |record: u8| sorting.records[&RecordId([record; 16])];
    assert_eq!(tally(0), Tally { is_new: false, taken: 1, known: 2, asks: 1 });
    assert_eq!(tally(1), Tally { is_new: true, taken: 1, known: 0, asks: 0 });
    let replica: ReplicaId = key(2).public().replica();
    assert!(sorting.taken.iter().all(|(change, _)| change.id.replica == replica));
}
