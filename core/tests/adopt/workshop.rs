//! A practice with the changes that made it, as one device holds it.

use std::collections::BTreeSet;

use talkoot_core::access::{Caller, Role, admit};
use talkoot_core::adopt::{
    self, Adopting, Decided, Decision, Improvement, Receiving, adopting, improvements,
};
use talkoot_core::change::{Change, Op, SCHEMA_VERSION};
use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::schema::{Field, Kind, practice_field};
use talkoot_core::stamp::Stamp;
use talkoot_core::text::edit::Edit;
use talkoot_core::text::{Block, Inline, TEXT_SCHEMA_VERSION, TextDocument, plain, seed_update};
use talkoot_core::value::{PartialDate, Scalar, Value};

/// The Yjs client that seeds the original.
pub(crate) const FIRST_CLIENT: u64 = 1_000;

/// One record on one device.
#[derive(Debug)]
pub(crate) struct Side {
    pub(crate) open: OpenRecord,
    pub(crate) changes: Vec<Change>,
    pub(crate) replica: u8,
    clients: u64,
}

impl Clone for Side {
    fn clone(&self) -> Self {
        let Self { changes, replica, clients, .. } = self;
        let (changes, clients) = (changes.clone(), *clients);
        Self { open: self.folded_anew(), changes, replica: *replica, clients }
    }
}

pub(crate) fn record(number: u8) -> RecordId {
    RecordId([number; 16])
}

pub(crate) fn section(name: &str) -> &'static Field {
    Kind::Practice.schema().field_named(name).expect("the schema has it")
}

pub(crate) fn words(side: &Side, name: &str) -> String {
    plain::plain(&side.open.text.blocks(name))
}

pub(crate) fn paragraphs(lines: &[&str]) -> Vec<Block> {
    lines.iter().map(|line| Block::Paragraph(vec![Inline::plain(line)])).collect()
}

/// Makes a practice with some words in it.
pub(crate) fn original() -> Side {
    let mut side = Side::new(record(1), 1);
    let start = &side.open.record;
    let project = Value::One(Scalar::Record(record(50)));
    let mut ops = vec![
        Op::Create { kind: Kind::Practice },
        start.set_field(practice_field::NAME, Value::text("Järjestöneuvosto")),
        start.set_field(practice_field::PLACE, Value::text("Kuopio")),
        start.set_field(practice_field::PROJECT, project),
        start.set_field(practice_field::SHORT_DESCRIPTION, Value::text("Yhteinen pöytä.")),
        start.add_to_set(practice_field::TARGET_GROUPS, Value::code("families")),
    ];
    for (at, name) in (0..).zip(["solution", "tips", "needs"]) {
        let lines = ["Kokoonnutaan joka kuukausi.", "Paikalla on kahvipannu."];
        let update = seed_update(FIRST_CLIENT + at, name, &paragraphs(&lines));
        ops.push(Op::Text { schema: TEXT_SCHEMA_VERSION, update });
    }
    side.write(ops);
    side
}

/// Adopts a practice into another project.
pub(crate) fn adopted(original: &Side, number: u8) -> Side {
    adopted_from(&original.open, number)
}

/// Adopts what somebody sees of a practice.
pub(crate) fn adopted_from(original: &OpenRecord, number: u8) -> Side {
    let mut copy = Side::new(record(number), number);
    let asked = Adopting {
        name: "Kumppanuuspöytä",
        project: record(60),
        project_name: "Hanke",
        today: PartialDate { year: 2019, month: Some(3), day: None },
    };
    copy.write(adopting(original, record(number), &asked));
    copy
}

impl Side {
    pub(crate) fn new(id: RecordId, replica: u8) -> Self {
        let clients = u64::from(replica) * 100_000;
        Self { open: OpenRecord::new(id), changes: Vec::new(), replica, clients }
    }

    pub(crate) fn caller(&self) -> Caller {
        let account = Some(AccountId([self.replica; 16]));
        Caller { account, role: Role::Coordinator, projects: BTreeSet::new() }
    }

    /// Makes a change without taking it in.
    pub(crate) fn draft(&self, ops: Vec<Op>) -> Change {
        let replica = ReplicaId([self.replica; 16]);
        let previous = self.open.record.previous(replica);
        Change {
            id: ChangeId { replica, counter: previous + 1 },
            previous,
            stamp: Stamp { wall_ms: 1_000 + self.changes.len() as u64, tick: 0 },
            author: AccountId([self.replica; 16]),
            record: self.open.record.id,
            schema: SCHEMA_VERSION,
            ops,
        }
    }

    /// Writes a change, which the gate must let in.
    pub(crate) fn write(&mut self, ops: Vec<Op>) {
        let change = self.draft(ops);
        let known = self.open.record.kind.map(|_| &self.open.record);
        admit(&self.caller(), known, &change).expect("the gate lets it in");
        self.open.apply(&change);
        assert_eq!(self.open.set_aside(), 0, "every text becomes words");
        self.changes.push(change);
    }

    pub(crate) fn fresh_client(&mut self) -> u64 {
        self.clients += 1;
        self.clients + u64::from(self.replica) * 1_000_000
    }

    pub(crate) fn edit(&mut self, name: &str, edit: &Edit) {
        let client = self.fresh_client();
        let state = self.open.text.state();
        let mut editor = TextDocument::from_state(client, &state).expect("own state loads");
        if let Some(update) = editor.edit(name, edit) {
            self.write(vec![Op::Text { schema: TEXT_SCHEMA_VERSION, update }]);
        }
    }

    pub(crate) fn append(&mut self, name: &str, text: &str) {
        self.edit(name, &Edit::AppendParagraph { text: text.to_owned() });
    }

    /// Takes in what another device of the same record wrote.
    pub(crate) fn hear(&mut self, other: &Self) {
        for change in &other.changes {
            if !self.open.record.knows(change.id) {
                self.open.apply(change);
                self.changes.push(change.clone());
            }
        }
        assert_eq!((self.open.set_aside(), self.open.record.waiting()), (0, 0));
    }

    pub(crate) fn folded_anew(&self) -> OpenRecord {
        let mut open = OpenRecord::new(self.open.record.id);
        for change in &self.changes {
            open.apply(change);
        }
        open
    }

    /// Gives the original as this copy last knew it.
    pub(crate) fn before(&self, original: &Self) -> OpenRecord {
        let (origin, lineage) = self.open.record.lineage().expect("it was adopted");
        adopt::as_known(origin, &original.changes, &lineage.knew)
    }

    pub(crate) fn improvements(&self, original: &Self) -> Vec<Improvement> {
        improvements(&self.open, &original.open, &self.before(original))
    }

    pub(crate) fn receiving<'a>(&'a self, original: &'a Self) -> Receiving<'a> {
        Receiving::begin(&self.open, &original.open).expect("the texts fit")
    }

    pub(crate) fn receive(&mut self, original: &Self, decided: &[(&str, Decision)]) {
        let seen = self.folded_anew();
        self.receive_as_seen(original, &seen, decided);
    }

    /// Receives by what somebody decided who saw this copy as it was then.
    pub(crate) fn receive_as_seen(
        &mut self,
        original: &Self,
        seen: &OpenRecord,
        decided: &[(&str, Decision)],
    ) {
        let decided = decided.iter().map(|(name, decision)| (section(name).tag, decision.clone()));
        let decided = decided.map(|(tag, decision)| (tag, Decided { decision, seen })).collect();
        let ops = self.receiving(original).ops(&decided).unwrap();
        self.write(ops);
    }
}
