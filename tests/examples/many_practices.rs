//! Writes thousands of practices as messages of the sync conversation, for measurements.
//!
//! `many_practices COUNT ACCOUNT PROJECT`: to the standard output, as `talkoot_tests::many` says.

use std::env;
use std::io;

use talkoot_core::change::{Frontier, Op, Position};
use talkoot_core::id::{AccountId, ItemId, RecordId};
use talkoot_core::practice::Adoption;
use talkoot_core::schema::{Kind, practice_field as field};
use talkoot_core::text::{self, TEXT_SCHEMA_VERSION, markdown};
use talkoot_core::value::{Scalar, Value};
use talkoot_tests::many::{self, pick};

const SUBJECTS: [&str; 6] =
    ["Digikahvila", "Kyytirinki", "Lähitukipiste", "Kyläneuvola", "Laitelainaamo", "Lukupiiri"];
const PLACES: [&str; 5] =
    ["kylätalolla", "kirjastossa", "kauppa-autossa", "verkossa", "nuorisotalolla"];
const PHASES: [&str; 4] = ["ideation", "trial", "adoption", "established"];
const LEVELS: [&str; 3] = ["experience", "monitored", "evaluated"];
const GROUPS: [&str; 5] =
    ["older_people", "volunteers", "young_people", "immigrants", "association_staff"];
const SECTORS: [&str; 4] = ["village", "older_people", "public_health", "youth"];
const AREAS: [&str; 6] = ["MK13", "MK19", "KU179", "MK06", "MK12", "FI"];
const LANGUAGES: [&str; 5] = ["fi", "fi", "fi", "sv", "en"];
const USAGE: &str = "many_practices COUNT ACCOUNT PROJECT";

fn main() -> anyhow::Result<()> {
    let mut words = env::args().skip(1);
    let mut word = || words.next().ok_or(anyhow::anyhow!(USAGE));
    let count: u64 = word()?.parse()?;
    let account: AccountId = word()?.parse()?;
    let project: RecordId = word()?.parse()?;
    many::write(&mut io::stdout().lock(), account, count, |number| practice(project, number))?;
    Ok(())
}

/// Makes one practice: what the library narrows by, a short text, some adopters.
fn practice(project: RecordId, number: u64) -> Vec<Op> {
    let set = |field, value| Op::SetField { field, value, replaces: Vec::new() };
    let add = |field, code: &str| Op::AddToSet { field, value: Value::code(code) };
    let (subject, place) = (pick(&SUBJECTS, number), pick(&PLACES, number / 7));
    let short = "Vertaisohjaajat auttavat arjen asioinnissa kerran viikossa, kahvin äärellä.";
    let update = text::seed_update(number, "solution", &markdown::read("Kahvia, aikaa ja apua."));
    let mut ops = vec![
        Op::Create { kind: Kind::Practice },
        set(field::NAME, Value::text(&format!("{subject} {place} {number}"))),
        set(field::SHORT_DESCRIPTION, Value::text(short)),
        set(field::PHASE, Value::code(pick(&PHASES, number / 3))),
        set(field::PROJECT, Value::One(Scalar::Record(project))),
        set(field::LANGUAGE, Value::code(pick(&LANGUAGES, number / 5))),
        set(field::EVIDENCE_LEVEL, Value::code(pick(&LEVELS, number / 2))),
        add(field::AREAS, pick(&AREAS, number / 4)),
        add(field::TARGET_GROUPS, pick(&GROUPS, number)),
        add(field::TARGET_GROUPS, pick(&GROUPS, number + 2)),
        add(field::SECTORS, pick(&SECTORS, number / 6)),
        Op::AddToSet { field: field::KEYWORDS, value: Value::text(subject) },
        Op::Text { schema: TEXT_SCHEMA_VERSION, update },
        Op::Publish {
            published: !number.is_multiple_of(9),
            replaces: Vec::new(),
            version: Some(Frontier::new()),
            reason: None,
        },
    ];
    let mut last = None;
    for adopter in 0..number % 4 {
        let position = Position::between(last.as_ref(), None);
        last = Some(position.clone());
        ops.extend(adoption(number, adopter, position));
    }
    ops
}

/// Says that some project took the practice into use.
fn adoption(number: u64, adopter: u64, position: Position) -> [Op; 2] {
    let mut project = [0; 16];
    project.fill(u8::try_from((number + adopter) % 40).unwrap_or_default() + 1);
    let adoption = Adoption {
        item: ItemId(number << 8 | adopter),
        project: Some(RecordId(project)),
        copy: None,
        since: None,
        until: None,
        changed: String::new(),
        result: String::new(),
    };
    let (field, item) = (field::ADOPTIONS, adoption.item);
    let value = adoption.to_value();
    [
        Op::PutItem { field, item, value, replaces: Vec::new() },
        Op::PlaceItem { field, item, position, replaces: Vec::new() },
    ]
}
