//! What is known of a record beside its texts, as a list of labels and values.

use crate::record::FieldState;
use crate::schema::{Field, Holding, Kind, Label, Part, Shape, area};
use crate::text::link::destination;
use crate::text::{Block, Inline, Marks, passage, plain};
use crate::value::{Scalar, Value};

use super::{RecordPage, is_long};

const ORIGIN: Label =
    Label { fi: "Alkuperäinen malli", sv: "Ursprunglig modell", en: "Original practice" };

/// Gives the list, or nothing where nothing is known.
pub(super) fn known(page: &RecordPage<'_>) -> Vec<Block> {
    let Some(schema) = page.record.kind.map(Kind::schema) else { return Vec::new() };
    let fields = schema.fields.iter().filter(|field| field.tag != schema.title && !is_long(field));
    let fields = fields.filter(|field| !field.is_of_history());
    let lines = fields.filter_map(|field| {
        let values = values(page, field, page.record.field(field.tag)?);
        (!values.is_empty()).then(|| item(page.language.label(field.label), values))
    });
    let lines: Vec<Vec<Block>> = lines.chain(origin(page)).collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::BulletList(lines)] }
}

/// Names what a practice was adopted from.
fn origin(page: &RecordPage<'_>) -> Option<Vec<Block>> {
    let name = (page.names)(page.summary.practice.as_ref()?.origin?)?;
    Some(item(page.language.label(ORIGIN), vec![vec![Inline::plain(&name)]]))
}

/// One value stands beside its label, several stand below it.
fn item(label: &str, values: Vec<Vec<Inline>>) -> Vec<Block> {
    match <[Vec<Inline>; 1]>::try_from(values) {
        Ok([value]) => vec![Block::Paragraph(labelled(label, value))],
        Err(values) => {
            let below = values.into_iter().map(|value| vec![Block::Paragraph(value)]);
            let line = vec![bold(label), Inline::plain(":")];
            vec![Block::Paragraph(line), Block::BulletList(below.collect())]
        }
    }
}

/// Puts a value beside its label.
pub(super) fn labelled(label: &str, value: Vec<Inline>) -> Vec<Inline> {
    [vec![bold(label), Inline::plain(": ")], value].concat()
}

fn bold(label: &str) -> Inline {
    let marks = Marks { bold: true, ..Marks::default() };
    Inline::Text { text: label.to_owned(), marks }
}

fn values(page: &RecordPage<'_>, field: &Field, state: &FieldState) -> Vec<Vec<Inline>> {
    let one = |shape, value: &Value| match value {
        Value::One(scalar) => said(page, shape, scalar),
        Value::Empty | Value::Entry(_) => None,
    };
    match field.shape.holding() {
        Holding::One => {
            state.value().and_then(|value| one(field.shape, value)).into_iter().collect()
        }
        Holding::Set(shape) => state.members().filter_map(|it| one(shape, it)).collect(),
        Holding::List(parts) => {
            let items = state.items().into_iter();
            items.filter_map(|(_, value)| entry(page, parts, value)).collect()
        }
        Holding::Words => Vec::new(),
    }
}

/// Writes the parts of an entry on one line.
fn entry(page: &RecordPage<'_>, parts: &[Part], value: &Value) -> Option<Vec<Inline>> {
    let said = |part: &Part| said(page, part.shape, value.part(part.tag)?);
    let mut line = Vec::new();
    for said in parts.iter().filter_map(said) {
        if !line.is_empty() {
            line.push(Inline::plain(", "));
        }
        line.extend(said);
    }
    (!line.is_empty()).then_some(line)
}

/// Writes a value in words; an address that may be a link is one.
pub(super) fn said(page: &RecordPage<'_>, shape: Shape, scalar: &Scalar) -> Option<Vec<Inline>> {
    match scalar {
        Scalar::Text(text) => {
            let href = Some(text.clone()).filter(|text| destination(text).is_some());
            let marks = Marks { link: href, ..Marks::default() };
            let mut line = Vec::new();
            for words in text.lines() {
                if !line.is_empty() {
                    line.push(Inline::LineBreak);
                }
                line.push(Inline::Text { text: words.to_owned(), marks: marks.clone() });
            }
            (!line.is_empty()).then_some(line)
        }
        Scalar::Code(code) => {
            let list = if let Shape::Code(list) = shape { list } else { "" };
            let words = area::labels(list, code).map(|labels| page.language.choose(labels));
            Some(vec![Inline::plain(words.unwrap_or(code))])
        }
        Scalar::Date(date) => Some(vec![Inline::plain(&page.language.date(*date))]),
        Scalar::Period(period) => Some(vec![Inline::plain(&page.language.period(*period))]),
        Scalar::Record(record) => Some(vec![Inline::plain(&(page.names)(*record)?)]),
        Scalar::Passage(bytes) => Some(vec![Inline::plain(&plain::plain(&passage::read(bytes)?))]),
        Scalar::Account(_)
        | Scalar::Flag(_)
        | Scalar::Version(_)
        | Scalar::Edit(_)
        | Scalar::Post(_) => None,
        Scalar::Moment(at_ms) => Some(vec![Inline::plain(&page.language.moment(*at_ms)?)]),
    }
}
