//! What the list of discussions shows, as a table of addresses (rule DI20).

use talkoot_core::id::{ChangeId, ReplicaId};
use talkoot_core::record::Deed;
use talkoot_core::schema::Kind;
use talkoot_core::thread::InMargin;

use super::*;

const ME: AccountId = AccountId([9; 16]);
const SOMEBODY: AccountId = AccountId([8; 16]);

fn deed(at: u64, author: AccountId) -> Deed {
    let change = ChangeId { replica: ReplicaId([0; 16]), counter: 1 };
    Deed { stamp: Stamp { wall_ms: at, tick: 0 }, change, author }
}

/// A discussion that began at `name` and in which somebody said something last at `last`.
fn discussion(name: u8, title: &str, last: u64, thread: ThreadSummary) -> Summary {
    Summary {
        record: RecordId([name; 16]),
        kind: Kind::Thread,
        title: title.to_owned(),
        excerpt: String::new(),
        project: None,
        subkind: None,
        language: None,
        date: None,
        published: false,
        trashed: None,
        created: deed(u64::from(name), SOMEBODY),
        modified: deed(1_000, SOMEBODY),
        choices: 0,
        period: None,
        areas: Vec::new(),
        keywords: Vec::new(),
        newer: false,
        unpublished: false,
        blank: false,
        asked: Vec::new(),
        asked_by: None,
        thread: Some(ThreadSummary { last: Some(deed(last, SOMEBODY)), ..thread }),
        practice: None,
    }
}

fn all() -> [Arc<Summary>; 7] {
    let question = || ThreadSummary { question: true, ..ThreadSummary::default() };
    let answered = ThreadSummary { answered: true, ..question() };
    let said = ThreadSummary { people: vec![SOMEBODY, ME], ..ThreadSummary::default() };
    let named = ThreadSummary { mentions: vec![ME], ..ThreadSummary::default() };
    let beside = ThreadSummary { margin: Some(InMargin::default()), ..question() };
    let project = Some(RecordId([100; 16]));
    let begun = discussion(4, "Kahvitauko", 40, ThreadSummary::default());
    [
        discussion(1, "Kuka kutsuu koolle?", 90, question()),
        Summary { project, ..discussion(2, "Mitä vuokra maksaa?", 80, answered) },
        discussion(3, "Talkoiden aika", 70, said),
        Summary { created: deed(4, ME), excerpt: "Keitetään yhdessä".into(), ..begun },
        Summary { project, ..discussion(5, "Viitasaari", 50, named) },
        discussion(7, "Kohdasta", 95, beside),
        Summary { trashed: Some(Stamp::default()), ..discussion(6, "Roska", 60, question()) },
    ]
    .map(Arc::new)
}

fn asked(address: &str) -> Filter {
    Filter::read(|name| {
        let mut parts = address.split('&').filter_map(|part| part.split_once('='));
        parts.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
    })
}

#[test]
fn di20_the_list_shows_what_its_address_says_the_newest_words_first() {
    let project = format!("project={}", RecordId([100; 16]));
    let table: [(&str, &[u8]); 9] = [
        ("", &[1, 2, 3, 5, 4]),
        ("show=unanswered", &[1]),
        ("show=mine", &[3, 4]),
        ("show=followed", &[3, 5, 4]),
        ("show=nonsense", &[1, 2, 3, 5, 4]),
        (&project, &[2, 5]),
        ("q=KOOLLE", &[1]),
        ("q=keitet", &[4]),
        ("show=mine&q=aika", &[3]),
    ];
    let notebook = Notebook::default();
    let reader = Reader { account: Some(ME), notebook: &notebook };
    for (address, expected) in table {
        let all = all();
        let shown = asked(address).pick(all.iter(), &reader);
        let names: Vec<u8> = shown.iter().map(|it| it.record.0[0]).collect();
        assert_eq!(names, expected, "{address}");
    }
}

#[test]
fn ma10_what_stands_in_a_margin_is_not_in_the_list() {
    let notebook = Notebook::default();
    let reader = Reader { account: Some(ME), notebook: &notebook };
    for showing in Showing::ALL {
        let found = Filter { showing, ..Filter::default() }.pick(all().iter(), &reader);
        assert!(!found.is_empty() && found.iter().all(|it| it.title != "Kohdasta"));
    }
}

#[test]
fn di20_the_address_says_what_is_asked() {
    let project = RecordId([100; 16]);
    let filter = Filter { showing: Showing::Mine, project: Some(project), words: "a b".into() };
    let address = filter.write(|text| text.replace(' ', "+"));
    assert_eq!(address, format!("/discussions?show=mine&project={project}&q=a+b"));
    assert_eq!(Filter::default().write(str::to_owned), "/discussions");
    assert!(filter.narrows() && !Filter::default().narrows());
}
