//! What the documents list shows, as a table of filters (rule P8).

use talkoot_core::id::{AccountId, ChangeId, ReplicaId};
use talkoot_core::record::Deed;
use talkoot_core::stamp::Stamp;

use super::super::counts::Counts;
use super::*;

fn document(name: u8, title: &str, project: Option<u8>) -> Summary {
    let stamp = Stamp { wall_ms: u64::from(name), tick: 0 };
    let change = ChangeId { replica: ReplicaId([0; 16]), counter: 1 };
    let deed = Deed { stamp, change, author: AccountId([1; 16]) };
    Summary {
        record: RecordId([name; 16]),
        kind: Kind::Document,
        title: title.to_owned(),
        excerpt: String::new(),
        project: project.map(|project| RecordId([project; 16])),
        subkind: Some("memo".to_owned()),
        language: None,
        date: None,
        published: false,
        trashed: None,
        created: deed,
        modified: deed,
        choices: 0,
        period: None,
        areas: Vec::new(),
        keywords: Vec::new(),
        newer: false,
        unpublished: false,
        blank: false,
        asked_by: None,
        asked: Vec::new(),
        thread: None,
        practice: None,
    }
}

fn all() -> [Arc<Summary>; 5] {
    [
        document(1, "Ökologia", Some(100)),
        Summary { published: true, ..document(2, "zeppelin", Some(200)) },
        Summary { subkind: Some("report".to_owned()), ..document(3, "Ähtäri", None) },
        Summary { keywords: vec!["Vertaistuki".to_owned()], ..document(4, "apu", Some(100)) },
        Summary { trashed: Some(Stamp::default()), ..document(5, "roska", Some(100)) },
    ]
    .map(Arc::new)
}

fn mine() -> BTreeSet<RecordId> {
    BTreeSet::from([RecordId([100; 16])])
}

fn asked(address: &str) -> Filter {
    Filter::read(|name| {
        let mut parts = address.split('&').filter_map(|part| part.split_once('='));
        parts.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
    })
}

#[test]
fn p14_a_choice_counts_what_it_would_show() {
    for address in ["", "project=all", "project=all&kind=report", "project=all&status=draft&q=a"] {
        let filter = asked(address);
        let counts = Counts::of(all().iter(), &filter, &mine());
        for kind in ["memo", "report", "strategy"] {
            let alone = Filter { kinds: BTreeSet::from([kind.to_owned()]), ..filter.clone() };
            assert_eq!(
                counts.kind(kind),
                alone.pick(all().iter(), &mine()).len(),
                "{address} {kind}"
            );
        }
        for status in Status::ALL {
            let alone = Filter { status, ..filter.clone() };
            let shown = alone.pick(all().iter(), &mine()).len();
            assert_eq!(counts.status(status), shown, "{address} {status:?}");
        }
    }
    assert_eq!(Counts::of(all().iter(), &asked("project=all"), &mine()).kind("memo"), 3);
}

#[track_caller]
fn check(address: &str, expected: &[&str]) {
    let shown = asked(address).pick(all().iter(), &mine());
    let titles: Vec<&str> = shown.iter().map(|summary| summary.title.as_str()).collect();
    assert_eq!(titles, expected, "{address}");
}

#[test]
fn p8_without_a_word_ones_own_show_latest_first() {
    check("", &["apu", "Ökologia"]);
    check("project=all&sort=title", &["apu", "zeppelin", "Ähtäri", "Ökologia"]);
    check("project=programme", &["Ähtäri"]);
}

#[test]
fn p8_every_narrowing_holds_at_once() {
    check("project=all&kind=report,memo&status=published", &["zeppelin"]);
    check("project=all&q=VERTAIS", &["apu"]);
    check("q=zeppelin", &[]);
}

#[test]
fn p8_the_address_says_what_was_read_from_it() {
    let project = RecordId([9; 16]);
    let filter = Filter {
        scope: Some(Scope::Project(project)),
        kinds: BTreeSet::from(["memo".to_owned()]),
        status: Status::Draft,
        sort: Sort::Date,
        words: "yö".to_owned(),
    };
    let address = filter.write(str::to_owned);
    assert_eq!(
        address,
        format!("/documents?project={project}&kind=memo&status=draft&sort=date&q=yö")
    );
    assert_eq!(Filter::default().write(str::to_owned), "/documents");
}
