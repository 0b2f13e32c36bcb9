//! Structs that sit where they may not, and updates that build on nothing.

use talkoot_core::text::TextDocument;
use talkoot_core::text::prescan::Policy;

use super::bytes::{
    RUN, after, attribute, element, in_field, inside, number, string, update, words,
};
use super::{FIELD, check};

fn paragraph() -> Vec<u8> {
    in_field(&element("paragraph"))
}

#[test]
fn x6_elements_and_words_sit_where_the_schema_lets_them() {
    let first = |content: &[u8]| update(5, 0, &[in_field(content)]);
    let in_paragraph = |content: &[u8]| update(5, 0, &[paragraph(), inside(5, 0, content)]);
    let in_run =
        |content: &[u8]| update(5, 0, &[paragraph(), inside(5, 0, RUN), inside(5, 1, content)]);
    let beside = update(5, 0, &[paragraph(), after(5, 0, &words("a"))]);
    check(&[
        ("an item in a field", first(&element("list_item")), "text_unknown_content"),
        ("words in a field", first(&words("a")), "text_unknown_content"),
        ("words in an element", in_paragraph(&words("a")), "text_unknown_content"),
        ("a block in a line", in_paragraph(&element("quote")), "text_unknown_content"),
        ("a break in a line", in_paragraph(&element("line_break")), ""),
        ("an element in words", in_run(&element("rule")), "text_unknown_content"),
        ("words in words", in_run(&words("a")), ""),
        ("words beside a paragraph", beside, "text_unknown_content"),
    ]);
}

#[test]
fn x6_attributes_fit_their_element_and_their_kind() {
    let on = |name, key, value: &[u8]| {
        update(5, 0, &[in_field(&element(name)), attribute(5, 0, key, value)])
    };
    check(&[
        ("a level", on("heading", "level", &[125, 2]), ""),
        ("a level of words", on("heading", "level", &[119, 1, b'a']), "text_unknown_content"),
        ("a level of 9", on("heading", "level", &[125, 9]), "text_unknown_content"),
        ("a level on a line", on("paragraph", "level", &[125, 1]), "text_unknown_content"),
        ("a handler", on("paragraph", "onclick", &[119, 1, b'a']), "text_unknown_content"),
    ]);
}

#[test]
fn x6_a_struct_has_one_place() {
    let between = [vec![0xc4, 5, 0, 5, 2], string("a")].concat();
    let two = [paragraph(), after(5, 0, &element("quote")), inside(5, 0, RUN), between];
    let inside_words =
        [paragraph(), inside(5, 0, RUN), inside(5, 1, &words("a")), inside(5, 2, &words("b"))];
    let own_parent = update(5, 0, &[inside(5, 0, &element("quote"))]);
    check(&[
        ("between two places", update(5, 0, &two), "text_malformed"),
        ("words inside words", update(5, 0, &inside_words), "text_malformed"),
        ("itself as its parent", own_parent, "text_malformed"),
    ]);
}

#[test]
fn x5_what_builds_on_nothing_is_refused() {
    let circle = [
        vec![2, 1, 6, 0],
        after(5, 0, &words("a")),
        vec![1, 5, 0],
        after(6, 0, &words("b")),
        vec![0],
    ];
    check(&[
        ("a parent that never was", update(5, 0, &[inside(77, 3, RUN)]), "text_gap"),
        ("a start in the future", update(5, 1, &[paragraph()]), "text_gap"),
        ("a circle of two", circle.concat(), "text_malformed"),
        ("deleting what is not there", vec![0, 1, 5, 1, 0, 1], "text_gap"),
        ("deleting in disorder", vec![0, 1, 1, 2, 1, 1, 0, 1], "text_malformed"),
        ("deleting nothing", vec![0, 1, 1, 1, 0, 0], "text_malformed"),
        ("deleting words", vec![0, 1, 1, 1, 2, 1], ""),
    ]);
}

/// A document of two paragraphs by client 5, the first of which client 6 deletes.
fn half_deleted() -> TextDocument {
    let mut document = TextDocument::new(9);
    let line = |clock, before: Vec<u8>| {
        [before, inside(5, clock, RUN), inside(5, clock + 1, &words("ab"))]
    };
    let structs = [line(0, paragraph()), line(4, after(5, 0, &element("paragraph")))].concat();
    document.apply(&update(5, 0, &structs)).unwrap();
    document.apply(&[0, 1, 5, 1, 0, 1]).unwrap();
    document
}

#[test]
fn x17_a_reloaded_document_judges_as_the_one_it_came_from() {
    let between = |left: u64, right: u64| {
        let place = [vec![0xc4, 5], number(left), vec![5], number(right), string("x")].concat();
        update(6, 0, &[place])
    };
    let table = [
        ("between the collected and the living", between(3, 6), "text_malformed"),
        ("between the living and the collected", between(6, 3), "text_malformed"),
        ("between what was collected", between(2, 3), ""),
        ("in what was collected", update(6, 0, &[inside(5, 1, &words("x"))]), ""),
        ("an item in a deleted line", update(6, 0, &[inside(5, 0, &element("list_item"))]), ""),
        ("in deleted words", update(6, 0, &[inside(5, 2, &words("x"))]), ""),
        ("in living words", update(6, 0, &[inside(5, 6, &words("x"))]), "text_malformed"),
    ];
    for (name, bytes, expected) in table {
        let mut kept = half_deleted();
        let mut reloaded = TextDocument::from_state(8, &kept.state()).unwrap();
        let policy = Policy::UPDATE;
        let judge =
            |document: &TextDocument| document.check(&bytes, &policy).map_err(|it| it.code());
        assert_eq!(judge(&kept), judge(&reloaded), "{name}");
        let answers = [kept.apply(&bytes), reloaded.apply(&bytes)];
        for answer in answers {
            assert_eq!(answer.map_or_else(|refused| refused.code(), |()| ""), expected, "{name}");
        }
        assert_eq!(kept.canonical(&[FIELD]), reloaded.canonical(&[FIELD]), "{name}");
    }
}
