//! Text updates that would abort a reader, make it diverge, or hold things back.

use talkoot_core::schema::Kind;

use super::super::device::{Device, create, record};
use super::wire::{
    RUN, after, attribute, element, in_field, inside, mark, number, string, update, words,
};
use super::{Siege, honest_line, text};

fn paragraph() -> Vec<u8> {
    in_field(&element("paragraph"))
}

/// An update that puts content into a run of text.
fn in_run(content: &[u8]) -> Vec<u8> {
    update(5, 0, &[paragraph(), inside(5, 0, RUN), inside(5, 1, content)])
}

/// Quotes in quotes, each inside the one before.
fn nest(depth: u64) -> Vec<u8> {
    let quote = |at: u64| match at {
        0 => in_field(&element("quote")),
        _ => inside(5, at - 1, &element("quote")),
    };
    update(5, 0, &(0..depth).map(quote).collect::<Vec<_>>())
}

/// Words that claim to stand between the first letter of the line and a later one.
fn beside_the_first(letter: u64) -> Vec<u8> {
    let place = [vec![0xc4], number(4), number(2), number(4), number(letter)].concat();
    [place, string("x")].concat()
}

#[test]
fn w13_what_is_nested_or_counted_to_kill_is_refused() {
    let mut siege = Siege::start();
    let widths = |value: Vec<u8>| {
        update(5, 0, &[in_field(&element("table")), attribute(5, 0, "colwidth", &value)])
    };
    let asking = [number(1), number(0x0fff_ffff), vec![5, 0, 0, 0, 0, 0, 0, 0, 0, 0]].concat();
    assert_eq!(asking.len(), 15);
    let many = vec![paragraph(); 20_001];
    let long = [vec![0], number((1 << 31) - 1)].concat();
    let cases = [
        ("elements nested 7,000 deep", nest(7_000), "text_too_deep"),
        ("elements nested 9,000 deep, 100 KB", nest(9_000), "text_too_deep"),
        ("a value nested 7,000 deep, 14 KB", widths([117, 1].repeat(7_000)), "text_too_deep"),
        ("a value nested 50,000 deep, 100 KB", widths([117, 1].repeat(50_000)), "text_too_deep"),
        ("a value nested 1 MB deep", widths([117, 1].repeat(500_000)), "text_too_deep"),
        ("a mark nested 1 MB deep", in_run(&mark("bold", &"[".repeat(1_000_000))), "text_too_deep"),
        ("15 bytes that ask for gigabytes", asking, "text_malformed"),
        ("a count of 2^32", [number(1), number(1 << 32), vec![5, 0, 0]].concat(), "text_malformed"),
        ("a count of 2^63", [number(1 << 63), vec![0; 9]].concat(), "text_malformed"),
        ("a string longer than the rest", in_run(&[4, 200, 1, b'a']), "text_malformed"),
        ("one byte over 1 MiB", vec![0; (1 << 20) + 1], "text_too_large"),
        ("20,001 structs", update(5, 0, &many), "text_too_large"),
        ("a clock at its end", update(5, (1 << 31) - 1, &[paragraph()]), "text_malformed"),
        ("a length past the last clock", update(5, 0, &[long, vec![0, 9]]), "text_malformed"),
        ("a client past 2^53", update(1 << 53, 0, &[paragraph()]), "text_malformed"),
        ("no bytes", vec![], "text_malformed"),
        ("a byte too many", [honest_line(5), vec![0]].concat(), "text_malformed"),
        ("words that are not UTF-8", in_run(&[4, 1, 0xff]), "text_malformed"),
    ];
    for (name, bytes, code) in cases {
        siege.refuse_text(name, bytes, code);
    }
    assert!(nest(9_000).len() > 100_000);
    let crowd: Vec<_> = (2..10).cycle().take(19_000).map(beside_the_first).collect();
    siege.refuse_text("19,000 structs at one place", update(5, 0, &crowd), "text_too_large");
    let whole = honest_line(5);
    for end in 0..whole.len() {
        siege.refuse_text("an update that is cut", whole[..end].to_vec(), "text_malformed");
    }
    siege.end();
}

#[test]
fn w13_what_the_schema_does_not_name_is_refused() {
    let mut siege = Siege::start();
    let on = |name, key, value: &[u8]| {
        update(5, 0, &[in_field(&element(name)), attribute(5, 0, key, value)])
    };
    let between = [vec![0xc4, 5, 0, 5, 2], string("a")].concat();
    let two_places =
        update(5, 0, &[paragraph(), after(5, 0, &element("quote")), inside(5, 0, RUN), between]);
    let cases = [
        ("an unknown node", update(5, 0, &[in_field(&element("script"))]), "text_unknown_content"),
        ("an unknown mark", in_run(&mark("blink", "{}")), "text_unknown_content"),
        ("an unknown attribute", on("paragraph", "onclick", &[125, 1]), "text_unknown_content"),
        ("another's attribute", on("paragraph", "level", &[125, 1]), "text_unknown_content"),
        ("a value out of range", on("heading", "level", &[125, 9]), "text_unknown_content"),
        ("an embed", in_run(&[5, 2, b'{', b'}']), "text_unknown_content"),
        ("a picture", in_run(&[3, 1, 0]), "text_unknown_content"),
        ("a document inside", in_run(&[9, 1, b'a', 126]), "text_unknown_content"),
        ("a block in a line", in_run(&element("quote")), "text_unknown_content"),
        (
            "an item in a field",
            update(5, 0, &[in_field(&element("list_item"))]),
            "text_unknown_content",
        ),
        ("between two places", two_places, "text_malformed"),
    ];
    for (name, bytes, code) in cases {
        siege.refuse_text(name, bytes, code);
    }
    siege.end();
}

#[test]
fn w13_what_would_be_held_back_is_refused() {
    let mut siege = Siege::start();
    let circle = [
        vec![2, 1, 6, 0],
        after(5, 0, &words("a")),
        vec![1, 5, 0],
        after(6, 0, &words("b")),
        vec![0],
    ];
    let beyond = |client| update(5, 0, &[after(client, 99, &words("a"))]);
    let cases = [
        ("a gap before the first struct", update(5, 1, &[paragraph()]), "text_gap"),
        ("structs left out", update(5, 0, &[paragraph(), vec![10, 4], paragraph()]), "text_gap"),
        ("a parent that never was", update(5, 0, &[inside(77, 3, RUN)]), "text_gap"),
        ("a neighbour that never was", beyond(77), "text_gap"),
        ("a neighbour beyond what is known", beyond(4), "text_gap"),
        ("itself as its neighbour", update(5, 0, &[after(5, 0, &words("a"))]), "text_malformed"),
        ("two that need each other", circle.concat(), "text_malformed"),
        ("a deletion of what never was", vec![0, 1, 77, 1, 0, 1], "text_gap"),
        ("a deletion beyond what is known", vec![0, 1, 4, 1, 0, 99], "text_gap"),
        ("an empty deletion", vec![0, 1, 4, 1, 0, 0], "text_malformed"),
    ];
    for (name, bytes, code) in cases {
        siege.refuse_text(name, bytes, code);
    }
    siege.end();
}

#[test]
fn w14_a_text_client_of_another_device_is_refused_and_an_own_one_goes_on() {
    let mut siege = Siege::start();
    let mut other = Device::online(&siege.server, 2, Some(&siege.session));
    other.store(record(2), create(Kind::Document));
    siege.rows += 1;
    for (name, bytes) in [
        ("a client id of another device", update(4, 12, &[after(4, 9, &words("x"))])),
        ("a clock of another device", honest_line(4)),
    ] {
        let signed = other.attempt(record(1), text(bytes));
        let started = std::time::Instant::now();
        let code = other.push(signed);
        siege.survived(name, started, code == "text_client_taken", &code);
    }
    let more = update(4, 10, &[after(4, 9, &words("!"))]);
    siege.device.store(record(1), text(more));
    siege.rows += 1;
    let newer = vec![talkoot_core::change::Op::Text { schema: 2, update: honest_line(6) }];
    siege.refuse("a text schema that nobody knows", record(1), newer, "newer_content");
    siege.end();
}
