//! Pages of records that say everything, and of records that say too much.

use super::*;
use crate::change::{Op, Position};
use crate::id::{ItemId, ReplicaId};
use crate::practice::Adoption;
use crate::sample;
use crate::schema::{document_field, practice_field, project_field};
use crate::text::{markdown as core_markdown, seed_update};
use crate::value::{PartialDate, Period, Scalar, Value};

/// Everything that a page is written from.
struct Reading {
    open: OpenRecord,
    summary: Summary,
    texts: Texts,
}

/// Folds a record of one change.
fn reading(kind: Kind, ops: Vec<Op>) -> Reading {
    let ops = [vec![Op::Create { kind }], ops].concat();
    let mut open = OpenRecord::new(sample::RECORD);
    open.apply(&sample::change(ReplicaId([1; 16]), 1, 0, ops));
    let (summary, texts) = (Summary::of(&open).unwrap(), texts(&open));
    Reading { open, summary, texts }
}

/// Writes it as somebody does who knows no other record.
fn page(reading: &Reading, language: Language) -> RecordPage<'_> {
    let Reading { open, summary, texts } = reading;
    RecordPage {
        record: &open.record,
        summary,
        texts,
        language,
        names: &|_| None,
        people: &|_| None,
        clock: &|_| None,
        is_public: false,
    }
}

fn markdown(reading: &Reading, language: Language) -> String {
    page(reading, language).markdown(None)
}

fn html(reading: &Reading, language: Language) -> String {
    page(reading, language).html()
}

fn set(field: u16, value: Value) -> Op {
    Op::SetField { field, value, replaces: vec![] }
}

fn text(field: &str, words: &str) -> Op {
    // Each text is written by an editing session of its own.
    let update = seed_update(field.len() as u64, field, &core_markdown::read(words));
    Op::Text { schema: crate::text::TEXT_SCHEMA_VERSION, update }
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
        markdown(&document(), Language::English),
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
        html(&document(), Language::English),
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
    let page = html(&reading, Language::Finnish);
    for tag in ["<script", "<img", "<iframe", "<svg", "<a "] {
        assert!(!page.contains(tag), "{tag} in {page}");
    }
    let links = markdown(&reading, Language::Finnish).replace("\\]", "");
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
        markdown(&reading, Language::Finnish),
        "# Hanke\n\n- **Toimintakausi**: 8/2017–\n\n## Tehtävä\n\n### Otsikko\n\n\
         ## Painopisteet\n\nSana.\n"
    );
    assert!(html(&reading, Language::Finnish).contains("<html lang=\"fi\">"));
    assert!(
        html(&reading, Language::Finnish)
            .contains("<h2 id=\"h-tehtävä\">Tehtävä</h2><h3 id=\"h-otsikko\">")
    );
}

#[test]
fn d8_a_record_that_says_nothing_is_a_page_all_the_same() {
    let reading = reading(Kind::Organisation, vec![]);
    assert_eq!(markdown(&reading, Language::Finnish), "");
    assert!(html(&reading, Language::Finnish).contains("<title>–</title>"));
}

const PROJECT: RecordId = RecordId([4; 16]);

/// A Swedish practice with evidence, an adoption and a text.
fn practice() -> Reading {
    let said = |words: &str| Scalar::Text(words.to_owned());
    let evidence = [
        (practice_field::EVIDENCE_RESULT, said("Nio av tio kom tillbaka")),
        (practice_field::EVIDENCE_METHOD, said("Besökarbok")),
    ];
    let adoption = Adoption {
        item: ItemId(2),
        project: Some(PROJECT),
        copy: None,
        since: PartialDate::parse("2018-10-02"),
        until: None,
        changed: "Namnet".to_owned(),
        result: String::new(),
    };
    let put = |field, item: u64, value| Op::PutItem {
        field,
        item: ItemId(item),
        value,
        replaces: vec![],
    };
    let place = |field, item: u64| Op::PlaceItem {
        field,
        item: ItemId(item),
        position: Position(vec![128]),
        replaces: vec![],
    };
    reading(
        Kind::Practice,
        vec![
            set(practice_field::NAME, Value::text("Digikafé")),
            set(practice_field::PHASE, Value::code("trial")),
            set(practice_field::LANGUAGE, Value::code("sv")),
            Op::AddToSet { field: practice_field::KEYWORDS, value: Value::text("kaffe") },
            Op::AddToSet { field: practice_field::KEYWORDS, value: Value::text("hjälp") },
            put(practice_field::EVIDENCE, 1, Value::Entry(evidence.into())),
            place(practice_field::EVIDENCE, 1),
            put(practice_field::ADOPTIONS, 2, adoption.to_value()),
            place(practice_field::ADOPTIONS, 2),
            text("solution", "# Kaffe\n\nOch hjälp.\n"),
        ],
    )
}

/// Names the project and the original as a device does that holds them.
fn names(record: RecordId) -> Option<String> {
    let known = [(PROJECT, "Lähellä"), (RecordId([5; 16]), "Kahvi & apu")];
    known.into_iter().find(|(id, _)| *id == record).map(|(_, name)| name.to_owned())
}

#[test]
fn p40_markdown_of_a_practice_says_everything_in_the_readers_language() {
    let mut reading = practice();
    reading.summary.practice.as_mut().unwrap().origin = Some(RecordId([5; 16]));
    let page = RecordPage { names: &names, ..page(&reading, Language::English) };
    assert_eq!(
        page.markdown(Some("From Talkoot")),
        "# Digikafé\n\n\
         - **Phase**: Trial\n\n\
         - **Keywords**:\n\n  - hjälp\n  - kaffe\n\n\
         - **Language**: Swedish\n\n\
         - **Original practice**: Kahvi & apu\n\n\
         ## The basic idea of the solution\n\n### Kaffe\n\nOch hjälp.\n\n\
         ## Evidence\n\n- Nio av tio kom tillbaka\n\n  - **Method**: Besökarbok\n\n\
         ## Adoptions\n\n- Lähellä\n\n  - **Since**: 2/10/2018\n  - **What was changed**: Namnet\n\n\
         ___\n\nFrom Talkoot\n"
    );
}

#[test]
fn p40_a_record_that_is_named_and_not_known_is_left_out() {
    let reading = practice();
    let words = markdown(&reading, Language::English);
    assert!(
        words.contains("- **Since**: 2/10/2018\n\n  - **What was changed**: Namnet"),
        "{words}"
    );
    assert!(!words.contains("Original practice"));
}

#[test]
fn p41_a_file_of_html_has_its_look_within_and_fetches_nothing() {
    let reading = practice();
    let file = page(&reading, Language::English).html_file("From <Talkoot>");
    assert!(file.starts_with("<!doctype html>\n<html lang=\"en\">"));
    assert!(file.contains("<style>") && file.contains("@media print"));
    assert!(file.contains("content=\"default-src &#39;none&#39;;"));
    assert!(file.contains("<footer><p>From &lt;Talkoot&gt;</p></footer>"));
    for outside in ["<script", "<link", "<img", "url(", "@import", " src="] {
        assert!(!file.contains(outside), "{outside} in {file}");
    }
}

#[test]
fn p41_words_in_another_language_than_the_labels_are_marked() {
    let file = html(&practice(), Language::Finnish);
    assert!(file.contains("<h1 lang=\"sv\">Digikafé</h1>"));
    assert!(file.contains("<div lang=\"sv\"><h3 id=\"h-kaffe\">Kaffe</h3><p>Och hjälp.</p></div>"));
    assert!(!html(&practice(), Language::Swedish).contains("lang=\"sv\"><h3"));
}
