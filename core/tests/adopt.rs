//! Adopting, receiving and offering back: the laws of keeping one's own and missing nothing.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests are tests")]

#[path = "adopt/alike.rs"]
mod alike;
#[path = "adopt/at_once.rs"]
mod at_once;
#[path = "adopt/closing.rs"]
mod closing;
#[path = "adopt/meanwhile.rs"]
mod meanwhile;
#[path = "adopt/offers.rs"]
mod offers;
#[path = "adopt/publishing.rs"]
mod publishing;
#[path = "adopt/workshop.rs"]
mod workshop;

use proptest::prelude::*;
use talkoot_core::access::{FitError, Refusal, admit};
use talkoot_core::adopt::{Content, Decision, Receiving, content, deviations, heritage, line};
use talkoot_core::change::{Frontier, Op};
use talkoot_core::record::TextFitError;
use talkoot_core::schema::{Field, Kind, Shape, practice_field};
use talkoot_core::text::edit::Edit;
use talkoot_core::text::{TEXT_SCHEMA_VERSION, plain, seed_update};
use talkoot_core::value::{Scalar, Value};

use workshop::{Side, adopted, original, section, words};

#[test]
fn g3_a_copy_says_what_the_original_says_but_what_each_says_for_itself() {
    let original = original();
    let copy = adopted(&original, 2);
    for field in heritage().filter(|field| field.tag != practice_field::NAME) {
        assert_eq!(content(&copy.open, field), content(&original.open, field), "{}", field.name);
    }
    assert_eq!(copy.open.record.title(), Some("Kumppanuuspöytä"));
    assert!(copy.open.record.field(practice_field::PLACE).is_none(), "each has its own place");
    let (origin, lineage) = copy.open.record.lineage().unwrap();
    assert_eq!((origin, &lineage.knew), (original.open.record.id, &original.open.record.frontier));
    assert_eq!(copy.improvements(&original), vec![]);
}

#[test]
fn g4_one_change_of_the_original_comes_in_clean_and_one_asks() {
    let (mut original, mut copy) = pair();
    copy.append("tips", "Meillä kokoonnutaan iltaisin.");
    original.append("tips", "Kutsukaa myös kunnan väki.");
    original.append("solution", "Joku kirjaa sovitut asiat.");
    original.append("needs", "Sama lause.");
    copy.append("needs", "Sama lause.");
    let found = copy.improvements(&original);
    let told: Vec<_> = found.iter().map(|it| (it.field.name, it.is_clean())).collect();
    assert_eq!(told, [("solution", true), ("tips", false)], "what both say is no question");
}

#[test]
fn g5_what_was_decided_is_said_and_the_rest_stays() {
    let (mut original, mut copy) = pair();
    copy.append("tips", "Meillä kokoonnutaan iltaisin.");
    original.append("tips", "Kutsukaa myös kunnan väki.");
    original.edit("solution", &Edit::DeleteBlock { block: 0 });
    original.append("conditions", "Tarvitaan tila.");
    let own_tips = words(&copy, "tips");
    let merged = copy.receiving(&original).merged(section("tips"));
    let both = plain::plain(&merged);
    assert!(both.contains("iltaisin") && both.contains("kunnan väki"), "{both}");
    let solution = words(&copy, "solution");
    copy.receive(
        &original,
        &[("tips", Decision::Write(Content::Text(merged))), ("conditions", Decision::Take)],
    );
    assert_eq!(words(&copy, "tips"), both);
    assert_ne!(words(&copy, "tips"), own_tips);
    assert_eq!(words(&copy, "conditions"), words(&original, "conditions"));
    assert_eq!(words(&copy, "solution"), solution, "what nobody took stays");
    assert_eq!(copy.improvements(&original), vec![]);
    let deviations = deviations(&copy.open, &original.open);
    let named: Vec<_> = deviations.iter().map(|field| field.name).collect();
    assert_eq!(named, ["name", "solution", "tips"]);
}

#[test]
fn g5_words_written_meanwhile_on_another_device_stay() {
    let (mut original, mut copy) = pair();
    original.edit("solution", &Edit::Insert { line: 0, offset: 0, text: "Uutta. ".to_owned() });
    let mut elsewhere = copy.clone();
    elsewhere.replica = 9;
    copy.receive(&original, &[("solution", Decision::Take)]);
    elsewhere.edit("solution", &Edit::Insert { line: 1, offset: 3, text: "XYZ".to_owned() });
    copy.hear(&elsewhere);
    elsewhere.hear(&copy);
    assert_eq!(copy.open.digest(), elsewhere.open.digest());
    assert!(words(&copy, "solution").contains("XYZ"));
    assert!(words(&copy, "solution").starts_with("Uutta. "));
}

#[test]
fn g5_two_devices_that_receive_at_once_agree_and_are_asked_nothing_more() {
    let (mut original, mut copy) = pair();
    copy.append("tips", "Meillä kokoonnutaan iltaisin.");
    original.append("tips", "Kutsukaa myös kunnan väki.");
    let mut elsewhere = copy.clone();
    elsewhere.replica = 9;
    copy.receive(&original, &[("tips", Decision::Keep)]);
    original.append("ideation", "Vielä yksi.");
    elsewhere.receive(&original, &[("tips", Decision::Keep), ("ideation", Decision::Take)]);
    copy.hear(&elsewhere);
    elsewhere.hear(&copy);
    assert_eq!(copy.open.digest(), elsewhere.open.digest());
    assert_eq!(copy.improvements(&original), vec![]);
    assert_eq!(words(&copy, "tips").matches("iltaisin").count(), 1);
}

#[test]
fn g6_what_was_declined_is_proposed_again_only_when_it_changes_again() {
    let (mut original, mut copy) = pair();
    original.append("tips", "Kutsukaa myös kunnan väki.");
    copy.receive(&original, &[("tips", Decision::Keep)]);
    assert_eq!(copy.improvements(&original), vec![]);
    original.append("solution", "Muuta.");
    let names = |copy: &Side| -> Vec<_> {
        copy.improvements(&original).iter().map(|it| it.field.name).collect()
    };
    assert_eq!(names(&copy), ["solution"]);
    let mut original = original.clone();
    original.append("tips", "Ja seurakunta.");
    let found = copy.improvements(&original);
    assert_eq!(found.iter().map(|it| it.field.name).collect::<Vec<_>>(), ["solution", "tips"]);
}

#[test]
fn g5_fields_are_taken_over_and_kept_like_texts() {
    let (mut original, mut copy) = pair();
    let record = &original.open.record;
    let groups = record.add_to_set(practice_field::TARGET_GROUPS, Value::code("older"));
    let lead = record.set_field(practice_field::SHORT_DESCRIPTION, Value::text("Uusi lyhyt."));
    let title = record.set_field(practice_field::NAME, Value::text("Neuvosto"));
    original.write(vec![groups, lead, title]);
    let found: Vec<_> = copy.improvements(&original).iter().map(|it| it.field.name).collect();
    assert_eq!(found, ["name", "short_description", "target_groups"]);
    copy.receive(
        &original,
        &[
            ("name", Decision::Keep),
            ("short_description", Decision::Take),
            ("target_groups", Decision::Take),
        ],
    );
    assert_eq!(copy.open.record.title(), Some("Kumppanuuspöytä"));
    for name in ["short_description", "target_groups"] {
        let field = section(name);
        assert_eq!(content(&copy.open, field), content(&original.open, field), "{name}");
    }
    assert_eq!(copy.improvements(&original), vec![]);
}

#[test]
fn g7_the_text_of_the_original_belongs_to_it() {
    let (original, copy) = pair();
    let refused = |ops: Vec<Op>| {
        let change = copy.draft(ops);
        admit(&copy.caller(), Some(&copy.open.record), &change).unwrap_err()
    };
    // Under a client of the original, but as one's own words.
    let update = seed_update(workshop::FIRST_CLIENT, "tips", &[]);
    let client = *original.open.text.state_vector().keys().next().unwrap();
    assert!(!update.is_empty());
    let forged = seed_update(client, "tips", &workshop::paragraphs(&["Väärä."]));
    let own = vec![Op::Text { schema: TEXT_SCHEMA_VERSION, update: forged }];
    assert_eq!(refused(own), Refusal::Text(TextFitError::Taken { client }));
    // From somewhere else than where it was adopted from.
    let receive = |origin| {
        let (knew, update) = (Frontier::new(), vec![0, 0]);
        vec![Op::Receive { origin, knew, schema: TEXT_SCHEMA_VERSION, update }]
    };
    let other = workshop::record(77);
    assert_eq!(refused(receive(other)), Refusal::Fit(FitError::Origin));
    assert_eq!(refused(receive(copy.open.record.id)), Refusal::Fit(FitError::Origin));
}

#[test]
fn g10_whoever_adopts_a_copy_keeps_the_whole_line() {
    let (_, copy) = pair();
    let grandchild = adopted(&copy, 3);
    let titles: Vec<_> =
        line(&grandchild.open.record).into_iter().map(|it| (it.title, it.project_name)).collect();
    let expected = [("Kumppanuuspöytä", "Hanke"), ("Järjestöneuvosto", "Hanke")];
    assert_eq!(titles, expected.map(|(title, project)| (title.to_owned(), project.to_owned())));
}

fn pair() -> (Side, Side) {
    let original = original();
    let copy = adopted(&original, 2);
    (original, copy)
}

/// What people do to either side.
#[derive(Clone, Debug)]
enum Act {
    Original(usize, Edit),
    Own(usize, Edit),
    /// Decides about everything, one way for each field.
    Receive(u8),
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let text = || "[a-d ]{1,9}".prop_filter("words", |text: &String| !text.trim().is_empty());
    prop_oneof![
        text().prop_map(|text| Edit::AppendParagraph { text }),
        (0..4_usize, 0..30_u32, text()).prop_map(|(line, offset, text)| Edit::Insert {
            line,
            offset,
            text
        }),
        (0..4_usize, 0..30_u32).prop_map(|(line, offset)| Edit::Delete { line, offset, units: 6 }),
        (0..4_u32).prop_map(|block| Edit::DeleteBlock { block }),
    ]
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => (0..3_usize, any_edit()).prop_map(|(at, edit)| Act::Original(at, edit)),
        3 => (0..3_usize, any_edit()).prop_map(|(at, edit)| Act::Own(at, edit)),
        2 => any::<u8>().prop_map(Act::Receive),
    ]
}

const SECTIONS: [&str; 3] = ["solution", "tips", "needs"];

proptest! {
    #[test]
    fn g4_asking_again_proposes_nothing_whatever_was_written_and_decided(
        acts in prop::collection::vec(any_act(), 1..14),
    ) {
        let (mut original, mut copy) = pair();
        for act in acts {
            match act {
                Act::Original(at, edit) => original.edit(SECTIONS[at], &edit),
                Act::Own(at, edit) => copy.edit(SECTIONS[at], &edit),
                Act::Receive(choice) => {
                    let before: Vec<String> =
                        SECTIONS.iter().map(|name| words(&copy, name)).collect();
                    let found = copy.improvements(&original);
                    let decided: Vec<(&str, Decision)> = found
                        .iter()
                        .zip(0..)
                        .map(|(it, bit)| match choice >> bit & 1 {
                            0 => (it.field.name, Decision::Take),
                            _ => (it.field.name, Decision::Keep),
                        })
                        .collect();
                    copy.receive(&original, &decided);
                    prop_assert_eq!(copy.improvements(&original), vec![]);
                    for (name, before) in SECTIONS.iter().zip(before) {
                        let taken = decided.contains(&(*name, Decision::Take));
                        let said = if taken { words(&original, name) } else { before };
                        prop_assert_eq!(words(&copy, name), said, "{}", name);
                    }
                }
            }
        }
        prop_assert_eq!(copy.folded_anew().digest(), copy.open.digest());
    }
}

#[test]
fn g3_every_field_that_is_shared_has_a_value_that_can_be_compared() {
    let shared: Vec<&Field> = heritage().collect();
    assert!(shared.iter().any(|field| field.shape == Shape::RichText));
    let kept = Kind::Practice.schema().field(practice_field::ADOPTIONS).unwrap();
    assert!(!shared.contains(&kept));
    let project = Value::One(Scalar::Record(workshop::record(50)));
    let original = original();
    assert_eq!(
        content(&original.open, section("project")),
        Content::One(project),
        "the original belongs to its project"
    );
    Receiving::begin(&original.open, &original.open).map(drop).unwrap();
}
