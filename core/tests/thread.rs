//! Threads as people read them: posts, their order, what becomes of them, who may say what.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

#[path = "thread/access.rs"]
mod access;
#[path = "thread/experience.rs"]
mod experience;
#[path = "thread/formats.rs"]
mod formats;
#[path = "thread/margin.rs"]
mod margin;
#[path = "thread/notes.rs"]
mod notes;

use proptest::prelude::*;
use talkoot_core::change::discuss::{Discuss, Mention, Mentioned, Post, Quote, Words};
use talkoot_core::change::{Change, Op, SCHEMA_VERSION};
use talkoot_core::codec;
use talkoot_core::id::{AccountId, ChangeId, RecordId, ReplicaId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::record::Record;
use talkoot_core::stamp::Stamp;
use talkoot_core::summary::Summary;
use talkoot_core::thread::{
    Start, Thread, answer, earlier_words, edit, first_words, post, react, restore, retract,
};

const THREAD: RecordId = RecordId([9; 16]);

fn replica(of: u8) -> ReplicaId {
    ReplicaId([of; 16])
}

/// The account of a device; two devices in ten are the same person's.
fn account(of: u8) -> AccountId {
    AccountId([of % 10; 16])
}

/// Makes the change of a device that follows what it knows.
fn change(known: &Record, of: u8, wall_ms: u64, ops: Vec<Op>) -> Change {
    let previous = known.previous(replica(of));
    Change {
        id: ChangeId { replica: replica(of), counter: previous + 1 },
        previous,
        stamp: Stamp { wall_ms, tick: 0 },
        author: account(of),
        record: known.id,
        schema: SCHEMA_VERSION,
        ops,
    }
}

/// Lets a device do something with the record before its eyes, and gives the change's name.
fn act(record: &mut Record, of: u8, wall_ms: u64, op: Op) -> ChangeId {
    let change = change(record, of, wall_ms, vec![op]);
    record.apply(&change);
    change.id
}

fn said(text: &str) -> Post {
    Post { words: Words::plain(text), ..Post::default() }
}

fn reply(text: &str, to: ChangeId) -> Post {
    Post { reply_to: Some(to), ..said(text) }
}

/// A question of account 1 and its first post.
fn question() -> (Record, ChangeId) {
    let mut record = Record::new(THREAD);
    let start = Start { subject: "Kuka kutsuu koolle?", question: true, ..Start::default() };
    let ops = start.ops(&record, said("Onko joku jo päättänyt?"));
    let begin = change(&record, 1, 100, ops);
    record.apply(&begin);
    (record, begin.id)
}

/// Writes what a thread shows, a post a line.
fn shown(record: &Record) -> Vec<String> {
    let thread = Thread::of(record).unwrap();
    let line = |words: Option<&Words>| words.map_or("–".to_owned(), |words| words.text.clone());
    thread.posts.iter().map(|post| line(post.words)).collect()
}

#[test]
fn di1_a_thread_says_what_it_is_about_and_a_post_is_named_by_its_change() {
    let mut record = Record::new(THREAD);
    let thing = RecordId([4; 16]);
    let start = Start {
        subject: " Kohta 3 ",
        about: Some((thing, Some(21))),
        project: Some(RecordId([5; 16])),
        ..Start::default()
    };
    let begin = change(&record, 1, 100, start.ops(&record, said("Tämä on epäselvä.")));
    record.apply(&begin);
    let thread = Thread::of(&record).unwrap();
    assert_eq!((thread.subject, thread.question, thread.wide), ("Kohta 3", false, false));
    assert_eq!((thread.about, thread.section), (Some(thing), Some(21)));
    assert_eq!((thread.asker, record.project()), (Some(account(1)), Some(RecordId([5; 16]))));
    assert_eq!(thread.posts.iter().map(|post| post.id).collect::<Vec<_>>(), [begin.id]);
}

#[test]
fn di3_an_answer_stands_behind_what_it_answers_whatever_its_clock_says() {
    let (mut record, first) = question();
    let late = act(&mut record, 2, 500, post(reply("vastaus", first)));
    act(&mut record, 3, 300, post(reply("kello jäljessä", late)));
    act(&mut record, 4, 400, post(said("väliin")));
    act(&mut record, 5, 90, post(said("ennen kysymystä")));
    let quote = Quote { post: late, passage: "vastaus".to_owned() };
    act(&mut record, 6, 80, post(Post { quote: Some(quote), ..said("lainaa") }));
    let lines = shown(&record);
    let expected = [
        "ennen kysymystä",
        "Onko joku jo päättänyt?",
        "väliin",
        "vastaus",
        "kello jäljessä",
        "lainaa",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn di3_bytes_that_answer_each_other_still_have_an_order() {
    let (mut record, _) = question();
    let to = |of: u8| ChangeId { replica: replica(of), counter: 1 };
    act(&mut record, 2, 300, post(reply("a", to(3))));
    act(&mut record, 3, 200, post(reply("b", to(2))));
    act(&mut record, 4, 100, post(reply("c", to(4))));
    assert_eq!(shown(&record).len(), 4);
}

#[test]
fn di3_a_chain_of_answers_as_long_as_a_thread_is_put_in_order() {
    let (mut record, mut last) = question();
    for number in 0..2_000_u64 {
        last = act(&mut record, 2, 5_000 - number, post(reply(&number.to_string(), last)));
    }
    let lines = shown(&record);
    assert!(lines.iter().skip(1).enumerate().all(|(at, line)| *line == at.to_string()));
}

#[test]
fn di4_an_edit_is_marked_and_what_was_said_before_can_be_read() {
    let (mut record, first) = question();
    let ops = edit(&record, first, Words::plain("Onko kukaan päättänyt?"));
    act(&mut record, 1, 200, ops);
    let thread = Thread::of(&record).unwrap();
    let view = thread.post(first).unwrap();
    assert_eq!(view.words.unwrap().text, "Onko kukaan päättänyt?");
    assert_eq!(view.edited.map(|stamp| stamp.wall_ms), Some(200));
    assert_eq!(first_words(&record, first).unwrap().text, "Onko joku jo päättänyt?");
    assert_eq!(earlier_words(&record, first).len(), 1);
}

#[test]
fn di4_two_edits_that_did_not_know_each_other_are_both_kept() {
    let (start, first) = question();
    let one = change(&start, 1, 200, vec![edit(&start, first, Words::plain("puhelimella"))]);
    // The other device of the same person.
    let other = change(&start, 11, 300, vec![edit(&start, first, Words::plain("koneella"))]);
    let mut record = start;
    record.apply(&one);
    record.apply(&other);
    let both = record.clone();
    let thread = Thread::of(&both).unwrap();
    let view = thread.post(first).unwrap();
    assert_eq!(view.words.unwrap().text, "koneella");
    assert_eq!(view.beside.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["puhelimella"]);
    let settled = edit(&record, first, Words::plain("molemmat"));
    act(&mut record, 1, 400, settled);
    assert_eq!(Thread::of(&record).unwrap().post(first).unwrap().beside, Vec::<&Words>::new());
}

#[test]
fn di4_nobody_elses_words_are_put_into_a_post() {
    let (mut record, first) = question();
    let forged = edit(&record, first, Words::plain("jotain muuta"));
    act(&mut record, 2, 200, forged);
    assert_eq!(shown(&record), ["Onko joku jo päättänyt?"]);
    assert!(Thread::of(&record).unwrap().post(first).unwrap().edited.is_none());
}

#[test]
fn di5_a_post_taken_back_leaves_its_place_without_words() {
    let (mut record, first) = question();
    let back = retract(&record, first, false);
    act(&mut record, 1, 200, back);
    let taken = record.clone();
    let view = Thread::of(&taken).unwrap().posts.remove(0);
    assert_eq!((view.words, view.quote, view.tried), (None, None, None));
    assert_eq!(view.retracted.map(|it| (it.by.author, it.moderated)), Some((account(1), false)));
    let again = restore(&record, first, false);
    act(&mut record, 1, 300, again);
    assert_eq!(shown(&record), ["Onko joku jo päättänyt?"]);
}

#[test]
fn di5_what_a_moderator_took_back_its_author_does_not_restore() {
    let (mut record, first) = question();
    let back = retract(&record, first, true);
    act(&mut record, 2, 200, back);
    let own = restore(&record, first, false);
    act(&mut record, 1, 300, own);
    assert_eq!(shown(&record), ["–"]);
    assert!(Thread::of(&record).unwrap().posts[0].retracted.unwrap().moderated);
    let restored = restore(&record, first, true);
    act(&mut record, 3, 400, restored);
    assert_eq!(shown(&record), ["Onko joku jo päättänyt?"]);
    // Somebody else's word about it is nobody's.
    let foreign = retract(&record, first, false);
    act(&mut record, 4, 500, foreign);
    assert_eq!(shown(&record), ["Onko joku jo päättänyt?"]);
}

#[test]
fn di5_what_its_author_took_back_a_moderator_does_not_restore_also_one_who_took_it_away_meanwhile()
{
    let (mut record, first) = question();
    let (own, theirs) = (retract(&record, first, false), retract(&record, first, true));
    act(&mut record, 1, 200, own);
    act(&mut record, 2, 300, theirs);
    assert!(Thread::of(&record).unwrap().posts[0].retracted.unwrap().moderated);
    let restored = restore(&record, first, true);
    act(&mut record, 2, 400, restored);
    assert_eq!(shown(&record), ["–"], "its author's word holds");
    assert!(!Thread::of(&record).unwrap().posts[0].retracted.unwrap().moderated);
    let again = restore(&record, first, false);
    act(&mut record, 1, 500, again);
    assert_eq!(shown(&record), ["Onko joku jo päättänyt?"]);
}

#[test]
fn di6_a_reaction_is_a_word_that_each_person_gives_once() {
    let (mut record, first) = question();
    let given = |record: &Record| {
        let thread = Thread::of(record).unwrap();
        let reactions = &thread.posts[0].reactions;
        reactions.iter().map(|(word, by)| format!("{word} {}", by.len())).collect::<Vec<_>>()
    };
    for (of, word) in [(1, "thanks"), (2, "thanks"), (12, "thanks"), (2, "tried")] {
        let op = react(&record, account(of), first, word, true);
        act(&mut record, of, 200, op);
    }
    assert_eq!(given(&record), ["thanks 2", "tried 1"]);
    let away = react(&record, account(2), first, "thanks", false);
    act(&mut record, 2, 300, away);
    assert_eq!(given(&record), ["thanks 1", "tried 1"]);
    // Reacting changes nothing that the thread says: it stays where it was in the list.
    assert_eq!(record.modified.map(|deed| deed.author), Some(account(1)));
}

#[test]
fn di7_two_who_accept_different_answers_unknowing_leave_both_until_one_settles_it() {
    let (mut start, first) = question();
    let one = act(&mut start, 2, 200, post(reply("yksi", first)));
    let two = act(&mut start, 3, 300, post(reply("kaksi", first)));
    let here = change(&start, 1, 400, vec![answer(&start, Some(one))]);
    let there = change(&start, 11, 500, vec![answer(&start, Some(two))]);
    let mut record = start;
    record.apply(&here);
    record.apply(&there);
    let answers = |record: &Record| -> Vec<ChangeId> {
        Thread::of(record).unwrap().answers.iter().map(|answered| answered.post).collect()
    };
    assert_eq!(answers(&record), [two, one]);
    let settled = answer(&record, Some(one));
    act(&mut record, 1, 600, settled);
    assert_eq!(answers(&record), [one]);
    assert!(Thread::of(&record).unwrap().post(one).unwrap().answers);
    let back = retract(&record, one, false);
    act(&mut record, 2, 700, back);
    assert_eq!(answers(&record), []);
    let none = answer(&record, None);
    act(&mut record, 1, 800, none);
    assert_eq!(answers(&record), []);
}

#[test]
fn di10_a_quote_stays_when_the_quoted_post_changes() {
    let (mut record, first) = question();
    let quote = Quote { post: first, passage: "päättänyt".to_owned() };
    let quoting = act(&mut record, 2, 200, post(Post { quote: Some(quote), ..said("Me.") }));
    let edited = edit(&record, first, Words::plain("muuta"));
    act(&mut record, 1, 300, edited);
    let back = retract(&record, first, false);
    act(&mut record, 1, 400, back);
    let thread = Thread::of(&record).unwrap();
    assert_eq!(thread.post(quoting).unwrap().quote.unwrap().passage, "päättänyt");
}

#[test]
fn di14_a_summary_lists_a_thread_without_opening_it() {
    let (mut record, first) = question();
    let of = Mentioned::Account(account(3));
    let mentions = vec![Mention { from: 0, until: 6, of }];
    let words = Words { text: "@Tuuli, miten?".to_owned(), mentions };
    let asked = act(&mut record, 2, 200, post(Post { words, ..reply("", first) }));
    let summarise = |record: &Record| {
        let mut open = OpenRecord::new(THREAD);
        open.record = record.clone();
        Summary::of(&open).unwrap()
    };
    let summary = summarise(&record);
    let thread = summary.thread.unwrap();
    assert_eq!(
        (summary.title.as_str(), summary.subkind.as_deref()),
        ("Kuka kutsuu koolle?", Some("question"))
    );
    assert_eq!(summary.excerpt, "Onko joku jo päättänyt?");
    assert_eq!((thread.posts, thread.is_unanswered()), (2, true));
    assert_eq!((thread.last.unwrap().change, thread.people), (asked, vec![account(1), account(2)]));
    assert_eq!(thread.mentions, [account(3)]);
    let accepted = answer(&record, Some(asked));
    act(&mut record, 1, 300, accepted);
    assert!(!summarise(&record).thread.unwrap().is_unanswered());
}

#[test]
fn di17_a_post_that_is_tried_again_is_named_by_its_new_change() {
    let (record, first) = question();
    let new = ChangeId { replica: first.replica, counter: 7 };
    let renamed = [(first, new)].into();
    let reply = post(reply("niin", first)).again(&renamed);
    let Op::Discuss { deed: Discuss::Post { post } } = reply else { panic!("{reply:?}") };
    assert_eq!(post.reply_to, Some(new));
    let reacted = react(&record, account(2), first, "thanks", true).again(&renamed);
    let Op::Discuss { deed } = reacted else { panic!("{reacted:?}") };
    assert_eq!(deed.post(), Some(new));
}

/// What four devices of three people do in a thread, knowing anything of each other.
fn deeds() -> impl Strategy<Value = Vec<(u8, u8, usize, u64)>> {
    prop::collection::vec((0..4_u8, 0..9_u8, any::<usize>(), 0..50_u64), 1..24)
}

fn history(deeds: &[(u8, u8, usize, u64)]) -> Vec<Change> {
    let (start, first) = question();
    let begin = Start { subject: "Kuka kutsuu koolle?", question: true, ..Start::default() }
        .ops(&Record::new(THREAD), said("Onko joku jo päättänyt?"));
    let mut changes = vec![change(&Record::new(THREAD), 1, 100, begin)];
    let mut known = [start.clone(), start.clone(), start.clone(), start];
    let mut posts = vec![first];
    for (of, deed, at, wall_ms) in deeds {
        let of_device = [1, 2, 3, 11].into_iter().nth(usize::from(*of)).unwrap();
        let record = known.get_mut(usize::from(*of)).unwrap();
        let about = posts.get(at % posts.len()).copied().unwrap();
        let op = match deed {
            0..=2 => post(reply(&wall_ms.to_string(), about)),
            3 => edit(record, about, Words::plain(&format!("toisin {wall_ms}"))),
            4 => retract(record, about, at % 2 == 0),
            5 => restore(record, about, at % 3 == 0),
            6 => react(record, account(of_device), about, "thanks", at % 2 == 0),
            7 => answer(record, Some(about)),
            _ => {
                // Hears of what the others did so far.
                for made in &changes {
                    record.apply(made);
                }
                continue;
            }
        };
        let made = change(record, of_device, *wall_ms, vec![op]);
        record.apply(&made);
        posts.extend((*deed < 3).then_some(made.id));
        changes.push(made);
    }
    changes
}

proptest! {
    #[test]
    fn di2_a_thread_reads_the_same_in_whatever_order_its_changes_came(
        (changes, shuffled) in deeds().prop_flat_map(|deeds| {
            let changes = history(&deeds);
            (Just(changes.clone()), Just(changes).prop_shuffle())
        }),
    ) {
        let fold = |changes: &[Change]| {
            let mut record = Record::new(THREAD);
            for change in changes.iter().chain(changes) {
                record.apply(change);
            }
            record
        };
        let (one, other) = (fold(&changes), fold(&shuffled));
        prop_assert_eq!(codec::encode(&one), codec::encode(&other));
        prop_assert_eq!(Thread::of(&one), Thread::of(&other));
        let posted = changes.iter().flat_map(|change| &change.ops);
        let posted = posted.filter(|op| matches!(op, Op::Discuss { deed: Discuss::Post { .. } }));
        prop_assert_eq!(Thread::of(&one).unwrap().posts.len(), posted.count());
        let read: Record = codec::decode(&codec::encode(&one), usize::MAX).unwrap();
        prop_assert_eq!(read, one);
    }
}
