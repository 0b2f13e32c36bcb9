//! Threads as pages: who said what and when, and what became of it.

use super::*;
use crate::change::discuss::{Post, Quote, Words};
use crate::change::{Change, Op, SCHEMA_VERSION};
use crate::id::{ChangeId, ReplicaId};
use crate::stamp::Stamp;
use crate::thread::{Start, answer, edit, post, react, retract};

const THREAD: RecordId = RecordId([9; 16]);

fn account(of: u8) -> AccountId {
    AccountId([of; 16])
}

/// Lets a device do something and folds it.
fn act(open: &mut OpenRecord, of: u8, wall_ms: u64, ops: Vec<Op>) -> ChangeId {
    let replica = ReplicaId([of; 16]);
    let previous = open.record.previous(replica);
    let id = ChangeId { replica, counter: previous + 1 };
    let stamp = Stamp { wall_ms, tick: 0 };
    let (author, record, schema) = (account(of), THREAD, SCHEMA_VERSION);
    open.apply(&Change { id, previous, stamp, author, record, schema, ops });
    id
}

fn said(text: &str) -> Post {
    Post { words: Words::plain(text), ..Post::default() }
}

/// A question with an answer that quotes it, an edited post, and two that were taken back.
fn thread() -> OpenRecord {
    let mut open = OpenRecord::new(THREAD);
    let start = Start { subject: "Kuka kutsuu <koolle>?", question: true, ..Start::default() };
    let ops = start.ops(&open.record, said("Onko *joku* päättänyt?\n\n# <b>Kiire</b>"));
    let first = act(&mut open, 1, 100, ops);
    let quote = Some(Quote { post: first, passage: "Onko joku".to_owned() });
    let reply = Post { reply_to: Some(first), quote, ..said("Me.") };
    let reply = act(&mut open, 2, 200, vec![post(reply)]);
    let slip = act(&mut open, 1, 300, vec![post(said("salaisuus"))]);
    let rude = act(&mut open, 2, 350, vec![post(said("rumaa"))]);
    let ops = vec![
        retract(&open.record, slip, false),
        react(&open.record, account(1), reply, "thanks", true),
        answer(&open.record, Some(reply)),
    ];
    act(&mut open, 1, 400, ops);
    let ops = vec![retract(&open.record, rude, true)];
    act(&mut open, 3, 450, ops);
    let ops = vec![edit(&open.record, reply, Words::plain("Me kutsumme."))];
    act(&mut open, 2, 500, ops);
    open
}

fn written(language: Language, write: impl Fn(&RecordPage<'_>) -> String) -> String {
    let open = thread();
    let summary = Summary::of(&open).unwrap();
    let people =
        |it: AccountId| ["Aino", "Olli"].get(usize::from(it.0[0]) - 1).map(|it| (*it).to_owned());
    write(&RecordPage {
        record: &open.record,
        summary: &summary,
        texts: &[],
        language,
        names: &|_| None,
        people: &people,
        clock: &|at_ms| Some(format!("at {at_ms}")),
        is_public: false,
    })
}

#[test]
fn di41_markdown_of_a_thread_has_its_posts_in_order_with_what_became_of_them() {
    let text = written(Language::English, |page| page.markdown(None));
    let expected = "# Kuka kutsuu \\<koolle\\>?\n\n\
        - **Kind**: Question\n- **Who sees it**: All members\n\n\
        ## Aino, at 100\n\nOnko *joku* päättänyt?\n\n### \\<b\\>Kiire\\</b\\>\n\n\
        ## Olli, at 200\n\n**Answer to the question**\n\n**In reply to**: Aino, at 100\n\n\
        > Onko joku\n>\n> Aino, at 100\n\nMe kutsumme.\n\n**Edited**: at 500\n\n- **Thanks**: Aino\n\n\
        ## Aino, at 300\n\n**Its writer removed this post**: at 400\n\n\
        ## Olli, at 350\n\n**A moderator removed this post**: at 450\n";
    assert_eq!(text, expected);
}

#[test]
fn di41_html_of_a_thread_escapes_what_people_wrote_and_skips_no_heading() {
    let page = written(Language::Finnish, |page| page.html_file("Talkoot"));
    for part in [
        "<h1>Kuka kutsuu &lt;koolle&gt;?</h1>",
        "<h2 id=\"h-aino-at-100\">Aino, at 100</h2><p>Onko <em>joku</em> päättänyt?</p>\
         <h3 id=\"h-b-kiire-b\">&lt;b&gt;Kiire&lt;/b&gt;</h3>",
        "<p><strong>Vastaus kysymykseen</strong></p>",
        "<blockquote><p>Onko joku</p><p>Aino, at 100</p></blockquote><p>Me kutsumme.</p>",
        "<strong>Kirjoittaja poisti tämän viestin</strong>: at 400",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("salaisuus") && !page.contains("rumaa"), "{page}");
}
