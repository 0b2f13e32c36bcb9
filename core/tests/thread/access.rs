//! Who sees a thread and who may say what in it; what the gate refuses.

use std::collections::BTreeSet;

use talkoot_core::access::{
    Caller, Deal, FitError, Refusal, Role, admit, may, may_answer, may_moderate, may_post,
    may_rename_thread,
};
use talkoot_core::audience::Audience;
use talkoot_core::change::Op;
use talkoot_core::change::discuss::{Mention, Mentioned, Post, Quote, Words};
use talkoot_core::choice::choices;
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::limits::{POST_CHARS_MAX, SAYINGS_MAX};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::Record;
use talkoot_core::schema::thread_field;
use talkoot_core::summary::Summary;
use talkoot_core::thread::{
    Start, answer, edit, post, react, rename, restore, retract, subjects_shown,
};
use talkoot_core::value::Value;

use super::{THREAD, account, act, change, question, replica, reply, said};

const MINE: RecordId = RecordId([4; 16]);
const THEIRS: RecordId = RecordId([5; 16]);

/// Somebody with a role; account 1 asked, and belongs to no project here.
fn caller(of: u8, role: Role, projects: &[RecordId]) -> Caller {
    let account = (role != Role::Anyone).then_some(account(of));
    Caller { account, role, projects: projects.iter().copied().collect::<BTreeSet<_>>() }
}

/// A thread of account 1 in a project, for everybody or for the project.
fn thread(project: Option<RecordId>, wide: bool) -> Record {
    let mut record = Record::new(THREAD);
    let start = Start { subject: "Aihe", project, wide, ..Start::default() };
    let begin = change(&record, 1, 100, start.ops(&record, said("alku")));
    record.apply(&begin);
    record
}

fn judge(caller: &Caller, record: &Record, of: u8, op: Op) -> Result<(), Refusal> {
    admit(caller, Some(record), &change(record, of, 900, vec![op]))
}

#[test]
fn di8_a_thread_is_seen_by_its_circle_and_members_who_see_it_post() {
    let rows: [(Option<RecordId>, bool, &str); 4] = [
        (None, false, "reader r, near r, member rw, near rw, coordinator rw"),
        (Some(MINE), true, "reader r, near r, member rw, near rw, coordinator rw"),
        (Some(MINE), false, "reader -, near r, member -, near rw, coordinator rw"),
        (Some(THEIRS), false, "reader -, near -, member -, near -, coordinator rw"),
    ];
    for (project, wide, expected) in rows {
        let record = thread(project, wide);
        let of = |name: &str, caller: Caller| {
            let (sees, posts) = (may(&caller, &record, Deal::See), may_post(&caller, &record));
            let judged = judge(&caller, &record, 7, post(said("x")));
            assert_eq!(judged.is_ok(), posts, "{name} {project:?} {wide}");
            let right = if posts {
                "rw"
            } else if sees {
                "r"
            } else {
                "-"
            };
            format!("{name} {right}")
        };
        let seen = [
            of("reader", caller(7, Role::Reader, &[])),
            of("near", caller(7, Role::Reader, &[MINE])),
            of("member", caller(7, Role::Member, &[])),
            of("near", caller(7, Role::Member, &[MINE])),
            of("coordinator", caller(7, Role::Coordinator, &[])),
        ];
        assert_eq!(seen.join(", "), expected, "{project:?} {wide}");
        assert!(!may(&caller(7, Role::Anyone, &[]), &record, Deal::See));
    }
}

#[test]
fn di40_a_thread_is_never_public() {
    let publish = || Op::Publish { published: true, replaces: vec![], version: None, reason: None };
    let mut record = thread(Some(MINE), true);
    let keepers = [caller(7, Role::Member, &[MINE]), caller(7, Role::Coordinator, &[])];
    for keeper in &keepers {
        assert_eq!(judge(keeper, &record, 7, publish()), Err(Refusal::NotAllowed));
        let empty = Record::new(THREAD);
        let start = Start { subject: "Aihe", project: Some(MINE), ..Start::default() };
        let ops = [start.ops(&empty, said("alku")), vec![publish()]].concat();
        let begin = change(&empty, 7, 100, ops);
        assert_eq!(admit(keeper, None, &begin), Err(Refusal::NotAllowed));
    }
    // Bytes that lie, or came on a stick, open it to nobody.
    act(&mut record, 7, 900, publish());
    assert!(record.is_published());
    assert!(!Audience::of(&record).everyone);
    assert!(!may(&caller(7, Role::Anyone, &[]), &record, Deal::See));
    let mut near = thread(Some(MINE), false);
    act(&mut near, 7, 900, publish());
    assert!(!may(&caller(7, Role::Reader, &[]), &near, Deal::See));
    assert!(may(&caller(7, Role::Reader, &[MINE]), &near, Deal::See));
}

#[test]
fn di8_members_begin_threads_with_everybody_and_in_their_projects() {
    let judged = |caller: &Caller, project: Option<RecordId>, wide: bool| {
        let record = Record::new(THREAD);
        let start = Start { subject: "Aihe", project, wide, ..Start::default() };
        admit(caller, None, &change(&record, 7, 100, start.ops(&record, said("alku"))))
    };
    let member = caller(7, Role::Member, &[MINE]);
    for (project, wide) in [(None, false), (Some(MINE), false), (Some(THEIRS), true)] {
        assert_eq!(judged(&member, project, wide), Ok(()), "{project:?} {wide}");
    }
    assert_eq!(judged(&member, Some(THEIRS), false), Err(Refusal::NotAllowed));
    let reader = caller(7, Role::Reader, &[MINE]);
    assert_eq!(judged(&reader, None, false), Err(Refusal::NotAllowed));
}

#[test]
fn di9_only_its_author_edits_a_post_and_keepers_retract_with_a_mark() {
    let mut record = thread(Some(MINE), true);
    let posted = act(&mut record, 2, 200, post(said("toinen")));
    let author = caller(2, Role::Member, &[]);
    let other = caller(3, Role::Member, &[]);
    let keeper = caller(3, Role::Member, &[MINE]);
    let coordinator = caller(3, Role::Coordinator, &[]);
    let table = [
        (&author, 2, [true, true, false]),
        (&other, 3, [false, false, false]),
        (&keeper, 3, [false, false, true]),
        (&coordinator, 3, [false, false, true]),
    ];
    for (caller, of, expected) in table {
        let ops = [
            edit(&record, posted, Words::plain("uusi")),
            retract(&record, posted, false),
            restore(&record, posted, true),
        ];
        let judged = ops.map(|op| judge(caller, &record, of, op).is_ok());
        assert_eq!(judged, expected, "{caller:?}");
        assert_eq!(may_moderate(caller, &record), expected[2]);
    }
}

#[test]
fn di43_who_asked_and_who_keeps_a_thread_give_it_another_subject() {
    let mut record = thread(Some(MINE), true);
    let rows = [
        (caller(1, Role::Member, &[]), true),
        (caller(2, Role::Member, &[]), false),
        (caller(3, Role::Member, &[MINE]), true),
        (caller(4, Role::Coordinator, &[]), true),
        (caller(1, Role::Reader, &[]), false),
    ];
    for (caller, expected) in rows {
        let of = caller.account.unwrap().0[0];
        let judged = judge(&caller, &record, of, rename("Toinen aihe", subjects_shown(&record)));
        assert_eq!((judged.is_ok(), may_rename_thread(&caller, &record)), (expected, expected));
    }
    let mut margin = thread(Some(MINE), true);
    let place = margin.set_field(thread_field::PLACE, Value::text("3.1"));
    act(&mut margin, 1, 200, place);
    assert!(!may_rename_thread(&caller(1, Role::Member, &[]), &margin), "in a margin");
    // Two who saw the same one and wrote two others are asked; who saw both settles it.
    let seen = subjects_shown(&record);
    act(&mut record, 1, 300, rename("Yksi", seen.clone()));
    act(&mut record, 3, 400, rename(" Kaksi ", seen));
    assert_eq!(choices(&record).len(), 1);
    let settled = rename("Molemmat", subjects_shown(&record));
    act(&mut record, 4, 500, settled);
    assert_eq!((choices(&record).len(), record.title()), (0, Some("Molemmat")));
}

#[test]
fn di9_who_asked_and_who_keeps_a_thread_say_which_post_answers() {
    let mut record = thread(Some(MINE), true);
    let posted = act(&mut record, 2, 200, post(said("näin")));
    let rows = [
        (caller(1, Role::Member, &[]), true),
        (caller(2, Role::Member, &[]), false),
        (caller(3, Role::Member, &[MINE]), true),
        (caller(4, Role::Coordinator, &[]), true),
        (caller(1, Role::Reader, &[]), false),
    ];
    for (caller, expected) in rows {
        let of = caller.account.unwrap().0[0];
        let judged = judge(&caller, &record, of, answer(&record, Some(posted)));
        assert_eq!((judged.is_ok(), may_answer(&caller, &record)), (expected, expected));
    }
}

#[test]
fn di9_a_choice_about_a_thread_is_for_who_asked_and_who_keeps_it() {
    let start = thread(Some(MINE), true);
    let subject = |of: u8, text: &str| {
        let op = start.set_field(start.kind.unwrap().schema().title, Value::text(text));
        change(&start, of, 200, vec![op])
    };
    let mut open = OpenRecord::new(THREAD);
    open.record = start.clone();
    open.record.apply(&subject(1, "yksi"));
    open.record.apply(&subject(3, "kaksi"));
    let summary = Summary::of(&open).unwrap();
    for (caller, expected) in [
        (caller(1, Role::Member, &[]), 1),
        (caller(2, Role::Member, &[]), 0),
        (caller(3, Role::Member, &[MINE]), 1),
        (caller(4, Role::Coordinator, &[]), 1),
        (caller(5, Role::Reader, &[MINE]), 0),
    ] {
        assert_eq!(summary.choices_for(&caller), expected, "{caller:?}");
    }
}

#[test]
fn di10_the_gate_refuses_what_is_too_long_too_much_or_of_no_such_form() {
    let (mut record, first) = question();
    let member = caller(2, Role::Member, &[]);
    let refused = Err(Refusal::Fit(FitError::Discussing));
    let named = |from, until| Words {
        text: "@Äiti".to_owned(),
        mentions: vec![Mention { from, until, of: Mentioned::Account(account(3)) }],
    };
    let words = |words| post(Post { words, ..Post::default() });
    let quote = |passage: &str| Quote { post: first, passage: passage.to_owned() };
    let quoting = |passage: &str| post(Post { quote: Some(quote(passage)), ..said("a") });
    let bad = [
        post(said(" \n")),
        post(said(&"ä".repeat(POST_CHARS_MAX + 1))),
        words(named(2, 2)),
        words(named(1, 6)),
        words(Words {
            mentions: [named(1, 3).mentions, named(2, 5).mentions].concat(),
            ..named(0, 1)
        }),
        quoting(" "),
        quoting(&"a".repeat(10_000)),
        react(&record, account(2), first, "no_such_word", true),
    ];
    for op in bad {
        assert_eq!(judge(&member, &record, 2, op.clone()), refused, "{op:?}");
    }
    let good = [words(named(0, 5)), post(said(&"ä".repeat(POST_CHARS_MAX))), quoting("joku")];
    for op in good {
        assert_eq!(judge(&member, &record, 2, op), Ok(()));
    }
    let twice = change(&record, 2, 900, vec![post(said("a")), post(said("b"))]);
    assert_eq!(admit(&member, Some(&record), &twice), refused, "a change names one post");
    for _ in 0..SAYINGS_MAX {
        let op = react(&record, account(2), first, "thanks", true);
        act(&mut record, 2, 300, op);
    }
    let more = react(&record, account(2), first, "thanks", false);
    assert_eq!(judge(&member, &record, 2, more), refused);
    let other = react(&record, account(3), first, "thanks", true);
    assert_eq!(judge(&caller(3, Role::Member, &[]), &record, 3, other), Ok(()));
}

#[test]
fn di9_what_is_said_of_a_post_that_has_not_come_is_taken() {
    let (record, _) = question();
    let unknown = ChangeId { replica: replica(6), counter: 4 };
    let member = caller(2, Role::Member, &[]);
    for op in [
        post(reply("niin", unknown)),
        edit(&record, unknown, Words::plain("a")),
        react(&record, account(2), unknown, "thanks", true),
    ] {
        assert_eq!(judge(&member, &record, 2, op), Ok(()));
    }
}
