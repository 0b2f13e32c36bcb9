//! Pages of records that say everything, and of records that say too much.

use talkoot_core::change::{Op, Position};
use talkoot_core::id::{ItemId, RecordId};
use talkoot_core::schema::{Kind, document_field, project_field};
use talkoot_core::text::{markdown as core_markdown, seed_update};
use talkoot_core::value::{PartialDate, Period, Scalar, Value};

use super::*;
use crate::reading::of_changes;
use crate::store::sample::Maker;

const RECORD: RecordId = RecordId([1; 16]);

/// Folds a record of one change.
fn reading(kind: Kind, ops: Vec<Op>) -> Reading {
    let ops = [vec![Op::Create { kind }], ops].concat();
    let (_, signed) = Maker::new(1).change(RECORD, ops);
    of_changes(RECORD, [&signed]).unwrap()
}

fn set(field: u16, value: Value) -> Op {
    Op::SetField { field, value, replaces: vec![] }
}

fn text(field: &str, words: &str) -> Op {
    // Each text is written by an editing session of its own.
    let update = seed_update(field.len() as u64, field, &core_markdown::read(words));
    Op::Text { schema: talkoot_core::text::TEXT_SCHEMA_VERSION, update }
}

fn document() -> Reading {
    let link = [
        (document_field::LINK_TITLE, Scalar::Text("Home".to_owned())),
        (document_field::LINK_URL, Scalar::Text("https://example.org/a".to_owned())),
    ];
    let (field, item) = (document_field::LINKS, ItemId(1));
    reading(
        Kind::Document,
        vec![
            set(document_field::TITLE, Value::text("A <b> title & more")),
            set(document_field::KIND, Value::code("minutes")),
            set(document_field::LANGUAGE, Value::code("en")),
            set(document_field::PROJECT, Value::One(Scalar::Record(RecordId([2; 16])))),
            Op::PutItem { field, item, value: Value::Entry(link.into()), replaces: vec![] },
            Op::PlaceItem { field, item, position: Position(vec![128]), replaces: vec![] },
            text("body", "# First\n\nWords.\n\n### Third\n"),
        ],
    )
}

#[test]
fn d3_markdown_has_the_title_what_is_known_and_the_text_below_it() {
    assert_eq!(
        markdown(&document()),
        "# A \\<b\\> title & more\n\n\
         - **Kind**: Notes or minutes\n\
         - **Language**: English\n\
         - **Links**: Home, [https://example.org/a](https://example.org/a)\n\n\
         ## First\n\nWords.\n\n#### Third\n"
    );
}

#[test]
fn d8_html_is_a_whole_page_that_needs_nothing_else() {
    assert_eq!(
        html(&document()),
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>A &lt;b&gt; title &amp; more</title>\n</head>\n<body>\n<main>\n\
         <h1>A &lt;b&gt; title &amp; more</h1>\n\
         <ul><li><strong>Kind</strong>: Notes or minutes</li>\
         <li><strong>Language</strong>: English</li>\
         <li><strong>Links</strong>: Home, <a href=\"https://example.org/a\" \
         rel=\"noopener noreferrer nofollow\">https://example.org/a</a></li></ul>\
         <h2 id=\"h-first\">First</h2><p>Words.</p><h3 id=\"h-third\">Third</h3>\n\
         </main>\n</body>\n</html>\n"
    );
}

#[test]
fn d8_what_people_wrote_is_never_markup() {
    let hostile = "<script>alert(1)</script>\"'>";
    let reading = reading(
        Kind::Project,
        vec![
            set(project_field::NAME, Value::text(hostile)),
            set(project_field::SHORT_DESCRIPTION, Value::text("</li></ul><img src=x onerror=1>")),
            set(project_field::WEBSITE, Value::text("javascript:alert(1)")),
            set(project_field::STATE, Value::code("<svg>")),
            text("task", "<iframe></iframe> [x](javascript:alert(1))"),
        ],
    );
    let page = html(&reading);
    for tag in ["<script", "<img", "<iframe", "<svg", "<a "] {
        assert!(!page.contains(tag), "{tag} in {page}");
    }
    let links = markdown(&reading).replace("\\]", "");
    assert!(!links.contains("]("), "{links}");
}

#[test]
fn d8_several_texts_stand_under_their_labels_in_the_language_of_the_workspace() {
    let period = Period { from: PartialDate::parse("2017-08"), until: None };
    let reading = reading(
        Kind::Project,
        vec![
            set(project_field::NAME, Value::text("Hanke")),
            set(project_field::PERIOD, Value::One(Scalar::Period(period))),
            text("task", "# Otsikko\n"),
            text("focus", "Sana.\n"),
        ],
    );
    assert_eq!(
        markdown(&reading),
        "# Hanke\n\n- **Toimintakausi**: 2017-08 –\n\n## Tehtävä\n\n### Otsikko\n\n\
         ## Painopisteet\n\nSana.\n"
    );
    assert!(html(&reading).contains("<html lang=\"fi\">"));
    assert!(html(&reading).contains("<h2 id=\"h-tehtävä\">Tehtävä</h2><h3 id=\"h-otsikko\">"));
}

#[test]
fn d8_a_record_that_says_nothing_is_a_page_all_the_same() {
    let reading = reading(Kind::Organisation, vec![]);
    assert_eq!(markdown(&reading), "");
    assert!(html(&reading).contains("<title>–</title>"));
}
