//! The access table, cell by cell: role × visibility × deal, and what the gate refuses.

use std::collections::BTreeSet;

use talkoot_core::access::{Caller, Deal, FitError, Refusal, Role, admit, may, may_create};
use talkoot_core::change::{Change, Op, SCHEMA_VERSION};
use talkoot_core::id::{AccountId, ChangeId, ItemId, RecordId, ReplicaId};
use talkoot_core::record::Record;
use talkoot_core::schema::{Kind, document_field as field, practice_field};
use talkoot_core::stamp::Stamp;
use talkoot_core::text::edit::Edit;
use talkoot_core::text::{TEXT_SCHEMA_VERSION, TextDocument};
use talkoot_core::value::{Scalar, Value};

const ACCOUNT: AccountId = AccountId([1; 16]);
const REPLICA: ReplicaId = ReplicaId([2; 16]);
const RECORD: RecordId = RecordId([3; 16]);
const MINE: RecordId = RecordId([4; 16]);
const THEIRS: RecordId = RecordId([5; 16]);

fn caller(role: Role) -> Caller {
    let account = (role != Role::Anyone).then_some(ACCOUNT);
    Caller { account, role, projects: BTreeSet::from([MINE]) }
}

/// Makes the change that follows what the record knows.
fn next(record: &Record, ops: Vec<Op>) -> Change {
    let previous = record.previous(REPLICA);
    Change {
        id: ChangeId { replica: REPLICA, counter: previous + 1 },
        previous,
        stamp: Stamp { wall_ms: 1_000 + previous, tick: 0 },
        author: ACCOUNT,
        record: record.id,
        schema: SCHEMA_VERSION,
        ops,
    }
}

fn document(project: Option<RecordId>) -> Record {
    let mut record = Record::new(RECORD);
    let mut ops = vec![Op::Create { kind: Kind::Document }];
    ops.extend(project.map(|it| record.set_field(field::PROJECT, Value::One(Scalar::Record(it)))));
    record.apply(&next(&record, ops));
    record
}

fn after(mut record: Record, ops: Vec<Op>) -> Record {
    record.apply(&next(&record, ops));
    record
}

/// Checks a line of `role: see edit publish trash` in yes (y) and no (-).
#[track_caller]
fn check_rights(record: &Record, table: &str) {
    let roles = [
        ("anyone", Role::Anyone),
        ("reader", Role::Reader),
        ("member", Role::Member),
        ("coordinator", Role::Coordinator),
    ];
    assert_eq!(table.lines().count(), roles.len(), "a line for each role");
    for (line, (name, role)) in table.lines().zip(roles) {
        let cells = line.trim().strip_prefix(name).and_then(|rest| rest.strip_prefix(':'));
        let cells = cells.unwrap_or_default();
        let deals = [Deal::See, Deal::Edit, Deal::Publish, Deal::Trash];
        let found: Vec<&str> =
            deals.map(|deal| if may(&caller(role), record, deal) { "y" } else { "-" }).to_vec();
        assert_eq!(found, cells.split_whitespace().collect::<Vec<_>>(), "{role:?}");
    }
}

#[test]
fn a1_a_draft_of_my_project_is_for_my_circle() {
    let table = "anyone: - - - -\nreader: y - - -\nmember: y y y y\ncoordinator: y y y y";
    check_rights(&document(Some(MINE)), table);
}

#[test]
fn a2_a_draft_of_another_project_is_for_coordinators() {
    let table = "anyone: - - - -\nreader: - - - -\nmember: - - - -\ncoordinator: y y y y";
    check_rights(&document(Some(THEIRS)), table);
}

#[test]
fn a3_what_is_published_is_for_everybody_to_read() {
    let draft = document(Some(THEIRS));
    let published = after(draft.clone(), vec![draft.publish(true)]);
    let table = "anyone: y - - -\nreader: y - - -\nmember: y - - -\ncoordinator: y y y y";
    check_rights(&published, table);
}

#[test]
fn a4_what_lies_in_the_bin_is_not_public() {
    let draft = document(Some(THEIRS));
    let published = after(draft.clone(), vec![draft.publish(true)]);
    let trashed = after(published.clone(), vec![published.trash(true)]);
    let table = "anyone: - - - -\nreader: - - - -\nmember: - - - -\ncoordinator: y y y y";
    check_rights(&trashed, table);
}

#[test]
fn a5_what_belongs_to_no_project_is_every_members() {
    let table = "anyone: - - - -\nreader: y - - -\nmember: y y y y\ncoordinator: y y y y";
    check_rights(&document(None), table);
}

#[test]
fn a6_members_start_documents_in_their_circle_and_coordinators_anything() {
    let cell = |role, kind, project| may_create(&caller(role), kind, project);
    assert!(cell(Role::Member, Kind::Document, Some(MINE)));
    assert!(cell(Role::Member, Kind::Document, None));
    assert!(!cell(Role::Member, Kind::Document, Some(THEIRS)));
    assert!(!cell(Role::Member, Kind::Project, None));
    assert!(!cell(Role::Member, Kind::Programme, None));
    assert!(!cell(Role::Reader, Kind::Document, Some(MINE)));
    assert!(!cell(Role::Anyone, Kind::Document, None));
    assert!(Kind::ALL.into_iter().all(|kind| cell(Role::Coordinator, kind, None)));
}

#[track_caller]
fn check_refused(role: Role, known: Option<&Record>, change: &Change, code: &str) {
    let verdict = admit(&caller(role), known, change);
    assert_eq!(verdict.as_ref().map_err(Refusal::code), Err(code), "{verdict:?}");
}

#[test]
fn a7_moving_a_document_needs_the_right_on_both_sides() {
    let mine = document(Some(MINE));
    let away = mine.set_field(field::PROJECT, Value::One(Scalar::Record(THEIRS)));
    check_refused(Role::Member, Some(&mine), &next(&mine, vec![away.clone()]), "not_allowed");
    assert_eq!(admit(&caller(Role::Coordinator), Some(&mine), &next(&mine, vec![away])), Ok(()));
}

#[test]
fn a8_the_gate_refuses_what_does_not_hang_together() {
    let mine = document(Some(MINE));
    let title = || mine.set_field(field::TITLE, Value::text("a"));
    let good = next(&mine, vec![title()]);
    assert_eq!(admit(&caller(Role::Member), Some(&mine), &good), Ok(()));
    let foreign = Change { author: AccountId([9; 16]), ..good.clone() };
    check_refused(Role::Member, Some(&mine), &foreign, "foreign_author");
    let newer = Change { schema: SCHEMA_VERSION + 1, ..good.clone() };
    check_refused(Role::Member, Some(&mine), &newer, "newer_content");
    let gap = Change { previous: 7, ..good.clone() };
    check_refused(Role::Member, Some(&mine), &gap, "missing_earlier");
    check_refused(Role::Member, None, &good, "unknown_record");
    let again = next(&mine, vec![Op::Create { kind: Kind::Document }]);
    check_refused(Role::Member, Some(&mine), &again, "record_exists");
    check_refused(Role::Reader, Some(&mine), &good, "not_allowed");
}

#[test]
fn a9_the_gate_refuses_what_does_not_fit_its_field() {
    let mine = document(Some(MINE));
    let refused = |ops: Vec<Op>| match admit(&caller(Role::Member), Some(&mine), &next(&mine, ops))
    {
        Err(Refusal::Fit(cause)) => Some(cause),
        _ => None,
    };
    let long = Value::text(&"a".repeat(301));
    let title = |value| mine.set_field(field::TITLE, value);
    assert_eq!(refused(vec![title(long)]), Some(FitError::TooLong { field: field::TITLE }));
    let code = Value::code("x");
    assert_eq!(refused(vec![title(code)]), Some(FitError::Shape { field: field::TITLE }));
    let unknown = mine.set_field(99, Value::text("a"));
    assert_eq!(refused(vec![unknown]), Some(FitError::UnknownField { field: 99 }));
    let twice = vec![title(Value::text("a")), title(Value::text("b"))];
    assert_eq!(refused(twice), Some(FitError::FieldTwice { field: field::TITLE }));
    assert_eq!(refused(vec![]), Some(FitError::OpCount { ops: 0 }));
    let update = vec![0, 0, 1];
    let text = Op::Text { schema: 1, update };
    assert!(matches!(refused(vec![text]), Some(FitError::Text { .. })));
}

#[test]
fn x19_a_text_client_belongs_to_one_replica_and_numbers_only_rise() {
    let line = |client| {
        let edit = Edit::AppendParagraph { text: "kylä".to_owned() };
        let update = TextDocument::new(client).edit("body", &edit).unwrap();
        vec![Op::Text { schema: TEXT_SCHEMA_VERSION, update }]
    };
    let record = after(document(None), line(4));
    let coordinator = caller(Role::Coordinator);
    let judge =
        |change: &Change| admit(&coordinator, Some(&record), change).map_err(|it| it.code());
    let honest = next(&record, line(5));
    assert_eq!(judge(&honest), Ok(()));
    let other = ChangeId { replica: ReplicaId([9; 16]), counter: 1 };
    let taken = Change { id: other, previous: 0, ..next(&record, line(4)) };
    assert_eq!(judge(&taken), Err("text_client_taken"));
    let [mut back, mut same] = [honest.clone(), honest.clone()];
    back.id.counter = 1;
    same.id.counter = same.previous;
    assert_eq!((judge(&back), judge(&same)), (Err("missing_earlier"), Err("missing_earlier")));
    let schema = TEXT_SCHEMA_VERSION + 1;
    let newer = honest
        .ops
        .into_iter()
        .map(|op| if let Op::Text { update, .. } = op { Op::Text { schema, update } } else { op });
    assert_eq!(judge(&next(&record, newer.collect())), Err("newer_content"));
}

/// A practice of another project that says what is given of its adoptions.
fn practice(adoptions: &[(u64, RecordId)]) -> Record {
    let record = Record::new(RECORD);
    let project = Value::One(Scalar::Record(THEIRS));
    let ops = vec![
        Op::Create { kind: Kind::Practice },
        record.set_field(practice_field::PROJECT, project),
        record.publish(true),
    ];
    let record = after(record, ops);
    let put = adoptions.iter().map(|(item, project)| adoption(&record, *item, *project));
    let put: Vec<Op> = put.collect();
    if put.is_empty() { record } else { after(record, put) }
}

fn adoption(record: &Record, item: u64, project: RecordId) -> Op {
    let parts = [(practice_field::ADOPTION_PROJECT, Scalar::Record(project))];
    record.put_item(practice_field::ADOPTIONS, ItemId(item), Value::Entry(parts.into()))
}

#[test]
fn a10_a_project_says_on_anybodys_practice_that_it_took_it_into_use_and_nobody_else_does() {
    let member = caller(Role::Member);
    let judge = |caller: &Caller, record: &Record, op: Op| {
        let place = record.place_item(practice_field::ADOPTIONS, ItemId(1), 0);
        admit(caller, Some(record), &next(record, vec![op, place]))
    };
    let free = practice(&[]);
    assert_eq!(judge(&member, &free, adoption(&free, 1, MINE)), Ok(()));
    assert_eq!(judge(&member, &free, adoption(&free, 1, THEIRS)), Err(Refusal::NotAllowed));
    let reader = caller(Role::Reader);
    assert_eq!(judge(&reader, &free, adoption(&free, 1, MINE)), Err(Refusal::NotAllowed));
    let taken = practice(&[(1, THEIRS)]);
    assert_eq!(judge(&member, &taken, adoption(&taken, 1, MINE)), Err(Refusal::NotAllowed));
    let remove = taken.remove_item(practice_field::ADOPTIONS, ItemId(1));
    let removal = admit(&member, Some(&taken), &next(&taken, vec![remove]));
    assert_eq!(removal, Err(Refusal::NotAllowed), "another project's entry");
    let own = practice(&[(1, MINE)]);
    let remove = own.remove_item(practice_field::ADOPTIONS, ItemId(1));
    assert_eq!(admit(&member, Some(&own), &next(&own, vec![remove])), Ok(()));
    let other = own.put_item(practice_field::EVIDENCE, ItemId(2), Value::Entry([].into()));
    let evidence = admit(&member, Some(&own), &next(&own, vec![other]));
    assert_eq!(evidence, Err(Refusal::NotAllowed), "only the list of adoptions is open");
}
