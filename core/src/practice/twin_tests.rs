//! What resembles what, as a table of names (rule P27).

use super::*;
use crate::id::{AccountId, ChangeId, ReplicaId};
use crate::record::Deed;
use crate::stamp::Stamp;

fn practice(name: u8, title: &str, excerpt: &str, keywords: &str) -> Summary {
    let change = ChangeId { replica: ReplicaId([0; 16]), counter: 1 };
    let deed = Deed { stamp: Stamp::default(), change, author: AccountId([1; 16]) };
    Summary {
        record: RecordId([name; 16]),
        kind: Kind::Practice,
        title: title.to_owned(),
        excerpt: excerpt.to_owned(),
        project: None,
        subkind: None,
        language: Some("fi".to_owned()),
        date: None,
        published: true,
        trashed: None,
        created: deed,
        modified: deed,
        choices: 0,
        period: None,
        areas: Vec::new(),
        keywords: keywords.split_whitespace().map(str::to_owned).collect(),
        newer: false,
        unpublished: false,
        blank: false,
        asked_by: None,
        asked: Vec::new(),
        thread: None,
        practice: Some(PracticeSummary::default()),
    }
}

fn library() -> Vec<Summary> {
    vec![
        practice(1, "Digituki kirjastossa", "Vertainen neuvoo laitteen kanssa.", "digituki"),
        practice(2, "Kyläkahvila", "Kylän väki keittää kahvit vuorollaan.", "yhteisö"),
        practice(3, "Nuorten kahvila", "Nuoret pitävät kahvilaa koulun jälkeen.", "nuoret kahvila"),
        practice(4, "Saattaja sairaalaan", "Vapaaehtoinen tulee mukaan lääkäriin.", "saattaja"),
        practice(5, "Digitaitojen pop up", "Neuvontaa torilla ja kirjaston aulassa.", "digitaidot"),
    ]
}

fn twins_of(draft: &Summary, others: &[Summary]) -> Vec<u8> {
    let Some(mut search) = TwinSearch::of(draft) else { return Vec::new() };
    for other in others {
        search.look_at(other);
    }
    search.twins().into_iter().map(|record| record.0[0]).collect()
}

#[test]
fn p27_a_practice_resembles_those_with_its_words_however_they_are_bent() {
    let table: [(&str, &str, &[u8]); 9] = [
        ("Digituen hetki kirjastolla", "", &[1, 5]),
        ("Digituki", "", &[]),
        ("KYLÄKAHVILA", "", &[2]),
        ("Kyläkahvila Ruovedelle", "", &[2]),
        ("Kahvilan nuoret", "", &[3]),
        ("Vapaaehtoinen saattaja lääkäriin", "", &[4]),
        ("Uusi nimi", "Saattaja, joka tulee vapaaehtoisena mukaan lääkäriin", &[4]),
        ("Lumityöt naapurille", "", &[]),
        ("", "Vapaaehtoinen tulee mukaan lääkäriin.", &[]),
    ];
    for (title, excerpt, expected) in table {
        let draft = practice(9, title, excerpt, "");
        assert_eq!(twins_of(&draft, &library()), expected, "{title} · {excerpt}");
    }
}

#[test]
fn p27_itself_the_bin_and_its_own_kin_are_no_twins() {
    let draft = practice(1, "Digituki kirjastossa", "", "");
    assert_eq!(twins_of(&draft, &library()), [5], "it is itself");
    let trashed =
        Summary { trashed: Some(Stamp::default()), ..practice(6, "Digituki kirjastossa", "", "") };
    let document = Summary { kind: Kind::Document, ..practice(7, "Digituki kirjastossa", "", "") };
    let adopted = |name, origin| {
        let practice_summary = PracticeSummary { origin: Some(origin), ..Default::default() };
        Summary {
            practice: Some(practice_summary),
            ..practice(name, "Digituki kirjastossa", "", "")
        }
    };
    let (copy, other_copy) = (adopted(8, draft.record), adopted(9, draft.record));
    let others = [trashed, document, copy.clone(), other_copy.clone()];
    assert!(twins_of(&draft, &others).is_empty());
    assert!(twins_of(&copy, &[draft.clone(), other_copy]).is_empty());
    let stranger = practice(10, "Digitukea kirjastossa", "", "");
    assert_eq!(twins_of(&copy, &[stranger]), [10]);
}

#[test]
fn p27_what_ten_thousand_share_makes_no_twin_and_the_nearest_three_come_first() {
    let name = |number: usize| format!("Vapaaehtoisten hanke {number}");
    let mut many: Vec<Summary> =
        (0..2_000).map(|number| practice(1, &name(number), "Hanke alkoi", "hanke")).collect();
    many.extend((20..26).map(|name| practice(name, "Lumitöihin naapurille", "", "")));
    let mut near = practice(30, "Lumityöt naapurille", "", "");
    near.areas = vec!["MK13".to_owned()];
    many.push(near);
    let mut draft = practice(9, "Vapaaehtoisten hanke: lumityöt naapurin pihalla", "", "");
    draft.areas = vec!["MK13".to_owned()];
    assert_eq!(twins_of(&draft, &many), [30, 20, 21]);
    many.reverse();
    assert_eq!(twins_of(&draft, &many), [30, 20, 21], "their order does not matter");
}
