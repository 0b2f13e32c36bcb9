//! Writes thousands of documents as messages of the sync conversation, for measurements.
//!
//! `many_documents COUNT ACCOUNT PROJECT`: to the standard output, as `talkoot_tests::many` says.

use std::env;
use std::io;

use talkoot_core::change::{Frontier, Op};
use talkoot_core::id::{AccountId, RecordId};
use talkoot_core::schema::{Kind, document_field as field};
use talkoot_core::text::{self, TEXT_SCHEMA_VERSION, markdown};
use talkoot_core::value::{PartialDate, Scalar, Value};
use talkoot_tests::many::{self, pick};

const KINDS: [&str; 4] = ["plan", "minutes", "survey", "material"];
const SUBJECTS: [&str; 5] = ["Kyläilta", "Digituki", "Vapaaehtoiset", "Kysely", "Talousarvio"];
const USAGE: &str = "many_documents COUNT ACCOUNT PROJECT";

fn main() -> anyhow::Result<()> {
    let mut words = env::args().skip(1);
    let mut word = || words.next().ok_or(anyhow::anyhow!(USAGE));
    let count: u64 = word()?.parse()?;
    let account: AccountId = word()?.parse()?;
    let project: RecordId = word()?.parse()?;
    many::write(&mut io::stdout().lock(), account, count, |number| document(project, number))?;
    Ok(())
}

/// Makes one document: what a person fills in, and a short text.
fn document(project: RecordId, number: u64) -> Vec<Op> {
    let set = |field, value| Op::SetField { field, value, replaces: Vec::new() };
    let subject = pick(&SUBJECTS, number);
    let month = u8::try_from(number % 12).unwrap_or_default() + 1;
    let date = PartialDate { year: 2020, month: Some(month), day: None };
    let body = format!(
        "## {subject}\n\nMuistio numero {number}. Paikalla oli väkeä.\n\n- yksi\n- kaksi\n"
    );
    let update = text::seed_update(number, "body", &markdown::read(&body));
    vec![
        Op::Create { kind: Kind::Document },
        set(field::TITLE, Value::text(&format!("{subject} {number}"))),
        set(field::KIND, Value::code(pick(&KINDS, number))),
        set(field::PROJECT, Value::One(Scalar::Record(project))),
        set(field::LANGUAGE, Value::code("fi")),
        set(field::DATE, Value::One(Scalar::Date(date))),
        Op::AddToSet { field: field::KEYWORDS, value: Value::text(subject) },
        Op::Text { schema: TEXT_SCHEMA_VERSION, update },
        Op::Publish {
            published: number.is_multiple_of(2),
            replaces: Vec::new(),
            version: Some(Frontier::new()),
            reason: None,
        },
    ]
}
