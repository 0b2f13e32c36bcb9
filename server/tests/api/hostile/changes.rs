//! Changes that are not what they say.

use talkoot_core::author::Slot;
use talkoot_core::change::{Change, Op};
use talkoot_core::codec::encode_change;
use talkoot_core::id::{AccountId, ChangeId};
use talkoot_core::limits::CHANGE_BYTES_MAX;
use talkoot_core::schema::{Kind, document_field};
use talkoot_core::sign::SignedChange;
use talkoot_core::stamp::Stamp;
use talkoot_core::value::Value;

use super::super::device::{Device, create, publish, record, title};
use super::Siege;

/// Signs an honest change after something in it was altered.
fn altered(siege: &mut Siege, alter: impl FnOnce(&mut Change)) -> SignedChange {
    let mut change = siege.device.attempt(record(1), title("x")).open().unwrap();
    alter(&mut change);
    siege.device.author.key.sign(&change)
}

#[test]
fn w15_forged_foreign_and_doubled_changes_are_refused() {
    let mut siege = Siege::start();
    let mut forged = siege.device.attempt(record(1), title("x"));
    forged.signature[9] ^= 1;
    let honest = siege.device.attempt(record(1), title("x"));
    let mut twisted = honest.clone();
    let letter = twisted.body.iter().rposition(|byte| *byte == b'x').unwrap();
    twisted.body[letter] ^= 1;
    let no_ops = altered(&mut siege, |change| change.ops.clear());
    let newer = altered(&mut siege, |change| change.schema = u16::MAX);
    let author = altered(&mut siege, |change| change.author = AccountId([7; 16]));
    let skipped = altered(&mut siege, |change| change.previous += 1);
    let backwards = altered(&mut siege, |change| change.id.counter = 1);
    let own = siege.device.author.replica();
    let before = altered(&mut siege, |change| {
        change.id = ChangeId { replica: own, counter: change.previous };
    });
    let device = Device::new(77, Some(&siege.session)).edit(record(1), title("x"));
    let unknown = altered(&mut siege, |change| change.record = record(66));
    let cut =
        SignedChange { body: honest.body[..honest.body.len() - 1].to_vec(), ..honest.clone() };
    let long = SignedChange { body: [honest.body.clone(), vec![0]].concat(), ..honest.clone() };
    let huge = SignedChange { body: vec![0; CHANGE_BYTES_MAX + 1], signature: [0; 64] };
    let future = SignedChange { body: [vec![2], honest.body[1..].to_vec()].concat(), ..honest };
    let cases = [
        ("a forged signature", forged, "signature"),
        ("a bit that was turned", twisted, "signature"),
        ("a change that is cut", cut, "malformed"),
        ("a change with more behind it", long, "malformed"),
        ("a change of a later format", future, "malformed"),
        ("a change that is too large", huge, "too_large"),
        ("no operation", no_ops, "does_not_fit"),
        ("a later schema", newer, "newer_content"),
        ("another author", author, "foreign_author"),
        ("another device", device, "foreign_device"),
        ("a change before it left out", skipped, "missing_earlier"),
        ("a number that was given", backwards, "identity_taken"),
        ("the number of the one before", before, "identity_taken"),
        ("a record that never was", unknown, "unknown_record"),
    ];
    for (name, signed, expected) in cases {
        let started = std::time::Instant::now();
        let code = siege.device.push(signed);
        siege.survived(name, started, code == expected, &code);
    }
    siege.refuse("a second beginning", record(1), create(Kind::Document), "record_exists");
    let mut twice = create(Kind::Document);
    twice.extend(create(Kind::Document));
    siege.refuse("two beginnings in one", record(5), twice, "does_not_fit");
    siege.end();
}

#[test]
fn w15_a_change_of_too_much_is_refused() {
    let mut siege = Siege::start();
    let field = document_field::TITLE;
    let set = |value| vec![Op::SetField { field, value, replaces: vec![] }];
    let nobody = ChangeId { replica: siege.device.author.replica(), counter: 1 };
    let replaces = vec![nobody; 257];
    let many = vec![Op::SetField { field, value: Value::text("x"), replaces }];
    let cases = [
        ("257 operations", vec![publish(true).remove(0); 257], "does_not_fit"),
        ("20,000 operations", vec![publish(true).remove(0); 20_000], "does_not_fit"),
        ("one thing twice", vec![publish(true).remove(0); 2], "does_not_fit"),
        ("257 replaced writes", many, "does_not_fit"),
        ("a title of a megabyte", set(Value::text(&"x".repeat(1_000_000))), "does_not_fit"),
        (
            "a field that is none",
            vec![Op::AddToSet { field: 999, value: Value::Empty }],
            "does_not_fit",
        ),
    ];
    for (name, ops, code) in cases {
        siege.refuse(name, record(1), ops, code);
    }
    siege.end();
}

#[test]
fn w15_a_number_out_of_turn_is_refused() {
    let mut siege = Siege::start();
    // Between two numbers that were given lies one that was not.
    let slot = |counter, previous| Slot { counter, previous, stamp: Stamp { wall_ms: 1, tick: 0 } };
    let author = siege.device.author.clone();
    let far = author.write(slot(1_000, 2), record(1), title("far")).1;
    assert_eq!(siege.device.push(far), "ok");
    siege.rows += 1;
    let back = author.write(slot(500, 1_000), record(1), title("back")).1;
    assert_eq!(encode_change(&back.open().unwrap()), back.body);
    let started = std::time::Instant::now();
    let code = siege.device.push(back);
    siege.survived("a number that goes back", started, code == "missing_earlier", &code);
    siege.end();
}
