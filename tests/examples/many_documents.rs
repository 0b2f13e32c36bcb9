//! Writes thousands of documents as messages of the sync conversation, for measurements.
//!
//! `many_documents COUNT ACCOUNT PROJECT`: each message goes to the standard output
//! behind its length (four bytes, big-endian), ready to be posted to `/api/sync` in that
//! account's session. Everything follows from the arguments, so the same call gives the
//! same bytes. It uses no network and no clock.

use std::env;
use std::io::{self, Write as _};

use talkoot_core::author::{Author, Slot};
use talkoot_core::change::Op;
use talkoot_core::codec;
use talkoot_core::id::{AccountId, RecordId};
use talkoot_core::schema::{Kind, document_field as field};
use talkoot_core::sign::{ReplicaKey, SignedChange};
use talkoot_core::stamp::Stamp;
use talkoot_core::sync::message::{ClientMessage, Cursor, Hello, PROTOCOL};
use talkoot_core::text::{self, TEXT_SCHEMA_VERSION, markdown};
use talkoot_core::value::{PartialDate, Scalar, Value};

/// Changes in one message: well below what a message may hold.
const BATCH: usize = 200;
/// The first of March 2020, in milliseconds since 1970; a document an hour follows.
const BEGUN_MS: u64 = 1_583_020_800_000;
const HOUR_MS: u64 = 3_600_000;
const KINDS: [&str; 4] = ["plan", "minutes", "survey", "material"];
const SUBJECTS: [&str; 5] = ["Kyläilta", "Digituki", "Vapaaehtoiset", "Kysely", "Talousarvio"];
const USAGE: &str = "many_documents COUNT ACCOUNT PROJECT";

fn main() -> anyhow::Result<()> {
    let mut words = env::args().skip(1);
    let mut word = || words.next().ok_or(anyhow::anyhow!(USAGE));
    let count: u64 = word()?.parse()?;
    let account: AccountId = word()?.parse()?;
    let project: RecordId = word()?.parse()?;
    let author = Author { account, key: ReplicaKey::from_seed(&[20; 32]) };
    let mut out = io::stdout().lock();
    let numbers: Vec<u64> = (1..=count).collect();
    for batch in numbers.chunks(BATCH) {
        let changes = batch.iter().map(|number| document(&author, project, *number)).collect();
        let bytes = codec::encode(&vec![hello(&author), ClientMessage::Push(changes)]);
        out.write_all(&u32::try_from(bytes.len())?.to_be_bytes())?;
        out.write_all(&bytes)?;
    }
    Ok(())
}

fn hello(author: &Author) -> ClientMessage {
    ClientMessage::Hello(Hello {
        protocol: PROTOCOL,
        key: author.key.public(),
        device: "many documents".to_owned(),
        cursor: Cursor::default(),
        waiting: 0,
    })
}

/// Makes one document: what a person fills in, and a short text.
fn document(author: &Author, project: RecordId, number: u64) -> SignedChange {
    let set = |field, value| Op::SetField { field, value, replaces: Vec::new() };
    let subject = pick(&SUBJECTS, number);
    let month = u8::try_from(number % 12).unwrap_or_default() + 1;
    let date = PartialDate { year: 2020, month: Some(month), day: None };
    let body = format!(
        "## {subject}\n\nMuistio numero {number}. Paikalla oli väkeä.\n\n- yksi\n- kaksi\n"
    );
    let update = text::seed_update(number, "body", &markdown::read(&body));
    let ops = vec![
        Op::Create { kind: Kind::Document },
        set(field::TITLE, Value::text(&format!("{subject} {number}"))),
        set(field::KIND, Value::code(pick(&KINDS, number))),
        set(field::PROJECT, Value::One(Scalar::Record(project))),
        set(field::LANGUAGE, Value::code("fi")),
        set(field::DATE, Value::One(Scalar::Date(date))),
        Op::AddToSet { field: field::KEYWORDS, value: Value::text(subject) },
        Op::Text { schema: TEXT_SCHEMA_VERSION, update },
        Op::Publish { published: number.is_multiple_of(2), replaces: Vec::new() },
    ];
    let stamp = Stamp { wall_ms: BEGUN_MS + number * HOUR_MS, tick: 0 };
    author.write(Slot { counter: number, previous: 0, stamp }, name(number), ops).1
}

/// Spreads the names as chance would.
fn name(number: u64) -> RecordId {
    let spread = u128::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    RecordId(spread.to_be_bytes())
}

fn pick<'a>(words: &[&'a str], number: u64) -> &'a str {
    let place = usize::try_from(number).unwrap_or_default() % words.len();
    words.get(place).copied().unwrap_or_default()
}
