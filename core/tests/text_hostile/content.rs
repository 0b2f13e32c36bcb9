//! Counts, clocks and content that no update may have.

use talkoot_core::text::scan_update;

use super::bytes::{RUN, element, in_field, inside, mark, number, update, words};
use super::check;

fn paragraph() -> Vec<u8> {
    in_field(&element("paragraph"))
}

/// An update that puts content into a run of text.
fn in_run(content: &[u8]) -> Vec<u8> {
    update(5, 0, &[paragraph(), inside(5, 0, RUN), inside(5, 1, content)])
}

#[test]
fn x3_counts_and_clocks_that_would_kill_are_refused() {
    let client = |client| update(client, 0, &[paragraph()]);
    let huge = [number(1), number(u64::from(u32::MAX)), vec![5, 0, 0]].concat();
    let long = [vec![0], number((1 << 31) - 1)].concat();
    check(&[
        ("no bytes", vec![], "text_malformed"),
        ("nothing in it", vec![0, 0], ""),
        ("a count of 4.6 GB", huge, "text_malformed"),
        ("many clients", [number(1 << 40), vec![0; 9]].concat(), "text_malformed"),
        ("an empty client", vec![1, 0, 5, 0, 0], "text_malformed"),
        ("a client past 2^53", client(1 << 53), "text_malformed"),
        ("the last client", client((1 << 53) - 1), ""),
        ("a trailing byte", [client(5), vec![0]].concat(), "text_malformed"),
        ("a clock past 2^31", update(5, (1 << 31) - 1, &[paragraph()]), "text_malformed"),
        ("a long collected struct", update(5, 0, &[long, vec![0, 9]]), "text_malformed"),
        ("an empty collected struct", update(5, 0, &[vec![0, 0]]), "text_malformed"),
        ("left-out structs", update(5, 0, &[vec![10, 4]]), "text_gap"),
        ("empty words", in_run(&words("")), "text_malformed"),
    ]);
    let refused = scan_update(&vec![0; (1 << 20) + 1]).map_err(|refused| refused.code());
    assert_eq!(refused, Err("text_too_large"));
}

#[test]
fn x1_content_that_the_schema_does_not_name_is_refused() {
    let field = |name| update(5, 0, &[in_field(&element(name))]);
    check(&[
        ("a list of JSON", in_run(&[2, 1, 1, b'1']), "text_unknown_content"),
        ("a picture", in_run(&[3, 1, 0]), "text_unknown_content"),
        ("an embed", in_run(&[5, 2, b'{', b'}']), "text_unknown_content"),
        ("a document inside", in_run(&[9, 1, b'a', 126]), "text_unknown_content"),
        ("a kind with a strange bit", in_run(&[0x14, 1, b'a']), "text_unknown_content"),
        ("a map", update(5, 0, &[in_field(&[7, 1])]), "text_unknown_content"),
        ("an element nobody knows", field("script"), "text_unknown_content"),
        ("a name in capitals", field("Paragraph"), "text_unknown_content"),
        ("a mark nobody knows", in_run(&mark("blink", "{}")), "text_unknown_content"),
        ("a mark with luggage", in_run(&mark("bold", r#"{"a":1}"#)), "text_unknown_content"),
        ("a link without address", in_run(&mark("link", "{}")), "text_unknown_content"),
        ("a link with an address", in_run(&mark("link", r#"{"href":"/"}"#)), ""),
        ("broken JSON", in_run(&mark("link", r#"{"href":"\x"}"#)), "text_unknown_content"),
        ("deep JSON", in_run(&mark("bold", &"[".repeat(5_000))), "text_too_deep"),
    ]);
}
