//! What the library shows and counts, as tables of filters (rules P20, P21, P22, P25).

use talkoot_core::id::{AccountId, ChangeId, ReplicaId};
use talkoot_core::record::Deed;
use talkoot_core::schema::area;
use talkoot_core::stamp::Stamp;
use talkoot_core::summary::PracticeSummary;

use super::*;

/// A practice by its name, its title and what the facets read: `phase level area adopters`.
fn practice(name: u16, title: &str, facts: &str) -> Summary {
    let [phase, level, place, adopters] =
        facts.split(' ').collect::<Vec<_>>().try_into().expect("four facts");
    let stamp = Stamp { wall_ms: u64::from(name), tick: 0 };
    let change = ChangeId { replica: ReplicaId([0; 16]), counter: 1 };
    let deed = Deed { stamp, change, author: AccountId([1; 16]) };
    let project = |name: u8| RecordId([name; 16]);
    let mut record = [0; 16];
    record[..2].copy_from_slice(&name.to_be_bytes());
    Summary {
        record: RecordId(record),
        kind: Kind::Practice,
        title: title.to_owned(),
        excerpt: String::new(),
        project: Some(project(if name.is_multiple_of(2) { 100 } else { 200 })),
        subkind: Some(phase.to_owned()),
        language: Some("fi".to_owned()),
        date: None,
        published: true,
        trashed: None,
        created: deed,
        modified: deed,
        choices: 0,
        period: None,
        areas: vec![place.to_owned()],
        keywords: Vec::new(),
        newer: false,
        unpublished: false,
        blank: false,
        asked_by: None,
        asked: Vec::new(),
        thread: None,
        practice: Some(PracticeSummary {
            evidence: Some(level.to_owned()),
            adopters: adopters.bytes().filter(|it| *it != b'-').map(project).collect(),
            ..PracticeSummary::default()
        }),
    }
}

fn all() -> Vec<Arc<Summary>> {
    let mut of_youth = practice(5, "Nuorten kahvila", "adoption evaluated MK19 d");
    if let Some(practice) = &mut of_youth.practice {
        practice.target_groups = vec!["young_people".to_owned(), "volunteers".to_owned()];
        practice.sectors = vec!["youth".to_owned()];
    }
    let trashed = Some(Stamp::default());
    [
        practice(1, "Digikahvila", "adoption monitored KU179 ab"),
        Summary {
            excerpt: "Kirjasto antaa tilan.".to_owned(),
            ..practice(2, "Ähtärin malli", "trial experience MK14 -")
        },
        Summary {
            keywords: vec!["Vertaistuki".to_owned()],
            ..practice(3, "apu", "trial monitored MK13 abc")
        },
        practice(4, "Zeppelin", "established evaluated FI -"),
        of_youth,
        Summary { trashed, ..practice(6, "roska", "trial monitored FI -") },
        Summary { kind: Kind::Document, ..practice(7, "muistio", "trial monitored FI -") },
    ]
    .map(Arc::new)
    .to_vec()
}

/// One belongs to the project `d`.
fn mine() -> BTreeSet<RecordId> {
    BTreeSet::from([RecordId([b'd'; 16])])
}

fn asked(address: &str) -> Filter {
    Filter::read(|name| {
        let mut parts = address.split('&').filter_map(|part| part.split_once('='));
        parts.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
    })
}

#[track_caller]
fn check(address: &str, expected: &[&str]) {
    let found = Shelf::of(all().iter(), &mine(), None).find(&asked(address));
    let titles: Vec<&str> = found.shown.iter().map(|summary| summary.title.as_str()).collect();
    assert_eq!(titles, expected, "{address}");
}

#[test]
fn p20_the_most_adopted_come_first_unless_asked_otherwise() {
    check("", &["apu", "Digikahvila", "Nuorten kahvila", "Zeppelin", "Ähtärin malli"]);
    check("sort=title", &["apu", "Digikahvila", "Nuorten kahvila", "Zeppelin", "Ähtärin malli"]);
    check("sort=latest", &["Nuorten kahvila", "Zeppelin", "apu", "Ähtärin malli", "Digikahvila"]);
    check("sort=evidence", &["Nuorten kahvila", "Zeppelin", "apu", "Digikahvila", "Ähtärin malli"]);
}

#[test]
fn p20_every_word_is_looked_for_in_title_excerpt_and_keywords() {
    check("q=KAHVILA", &["Digikahvila", "Nuorten kahvila"]);
    check("q= kahvila  nuorten ", &["Nuorten kahvila"]);
    check("q=malli kirjasto", &["Ähtärin malli"]);
    check("q=vertais", &["apu"]);
    check("q=kahvila kirjasto", &[]);
}

#[test]
fn p20_facets_hold_at_once_and_choices_of_one_facet_side_by_side() {
    check("phase=trial,established&sort=title", &["apu", "Zeppelin", "Ähtärin malli"]);
    check("phase=trial,established&evidence=monitored", &["apu"]);
    check("for=volunteers&sector=youth&language=fi", &["Nuorten kahvila"]);
    check("use=ours", &["Nuorten kahvila"]);
    check("use=somewhere&sort=title", &["apu", "Digikahvila", "Nuorten kahvila"]);
    check("use=nowhere", &["Zeppelin", "Ähtärin malli"]);
    check(&format!("project={}", RecordId([100; 16])), &["Zeppelin", "Ähtärin malli"]);
}

#[test]
fn p22_a_region_has_the_practices_of_its_municipalities() {
    check("area=MK13", &["apu", "Digikahvila"]);
    check("area=FI", &["Zeppelin"]);
}

/// Compares each count with the list that the choice alone would give.
fn count_by_looking(shelf: &Shelf, address: &str) {
    let filter = asked(address);
    let found = shelf.find(&filter);
    for (facet, code) in &shelf.marks {
        let alone = shelf.find(&filter.with_only(*facet, code));
        assert_eq!(found.count(*facet, code), alone.shown.len(), "{address} {facet:?} {code}");
    }
}

#[test]
fn p21_a_choice_counts_what_it_would_show() {
    let shelf = Shelf::of(all().iter(), &mine(), None);
    for address in ["", "phase=trial", "phase=trial&evidence=monitored&q=a", "area=XX&use=ours"] {
        count_by_looking(&shelf, address);
    }
    assert_eq!(shelf.find(&asked("phase=adoption")).count(Facet::Phase, "trial"), 2);
    assert_eq!(shelf.find(&asked("phase=adoption")).count(Facet::Evidence, "monitored"), 1);
}

#[test]
fn p21_what_is_known_is_kept_and_what_changed_is_counted_anew() {
    let mut summaries = all();
    let first = Shelf::of(summaries.iter(), &mine(), None);
    assert_eq!(first.find(&asked("")).codes(Facet::Project).count(), 2);
    summaries[0] = Arc::new(practice(1, "Netikäs", "trial monitored KU179 ab"));
    summaries.remove(1);
    let second = Shelf::of(summaries.iter(), &mine(), Some(&first));
    let afresh = Shelf::of(summaries.iter(), &mine(), None);
    assert_eq!(second.find(&asked("")).shown, afresh.find(&asked("")).shown);
    let kept = |shelf: &Shelf| {
        let kept =
            second.books.iter().filter(|book| shelf.books.iter().any(|it| Arc::ptr_eq(it, book)));
        kept.count()
    };
    assert_eq!((kept(&first), kept(&afresh)), (3, 0));
    for code in ["trial", "adoption", "established"] {
        let count = |shelf: &Shelf| shelf.find(&asked("")).count(Facet::Phase, code);
        assert_eq!(count(&second), count(&afresh), "{code}");
    }
    let others = BTreeSet::from([RecordId([b'a'; 16])]);
    let of_others = Shelf::of(summaries.iter(), &others, Some(&second));
    assert_eq!(of_others.find(&asked("use=ours")).shown.len(), 2, "other projects, other marks");
}

#[test]
fn p25_ten_thousand_practices_are_narrowed_and_counted_alike() {
    let (phases, levels) = (area::codes("phase"), area::codes("evidence_level"));
    let (phases, levels): (Vec<_>, Vec<_>) = (phases.collect(), levels.collect());
    let one = |name: u16| {
        let phase = phases[usize::from(name) % phases.len()].code;
        let level = levels[usize::from(name) % levels.len()].code;
        let adopters: String = "abcdefgh".chars().take(usize::from(name % 7)).collect();
        let adopters = if adopters.is_empty() { "-" } else { &adopters };
        Arc::new(practice(
            name,
            &format!("Malli {name}"),
            &format!("{phase} {level} FI {adopters}"),
        ))
    };
    let many: Vec<_> = (0..10_000).map(one).collect();
    let shelf = Shelf::of(many.iter(), &mine(), None);
    count_by_looking(&shelf, "phase=trial&q=malli 9");
    let found = shelf.find(&asked("phase=trial,adoption&evidence=evaluated"));
    let by_hand = many.iter().filter(|it| {
        let phase = it.subkind.as_deref();
        let level = it.practice.as_ref().and_then(|it| it.evidence.as_deref());
        (phase == Some("trial") || phase == Some("adoption")) && level == Some("evaluated")
    });
    assert_eq!(found.shown.len(), by_hand.count());
}
