//! What is known of a record beside its texts, as a list of labels and values.

use talkoot_core::record::FieldState;
use talkoot_core::schema::{Field, Kind, Part, Shape, area};
use talkoot_core::text::link::destination;
use talkoot_core::text::{Block, Inline, Marks};
use talkoot_core::value::{PartialDate, Period, Scalar, Value};

use super::Tongue;
use crate::reading::Reading;

/// Gives the list, or nothing where nothing is known.
pub(super) fn known(reading: &Reading, tongue: Tongue) -> Vec<Block> {
    let Some(schema) = reading.record.kind.map(Kind::schema) else { return Vec::new() };
    let fields = schema.fields.iter().filter(|field| field.tag != schema.title);
    let lines = fields.filter_map(|field| {
        let values = values(field, reading.record.field(field.tag)?, tongue);
        (!values.is_empty()).then(|| item(tongue.label(field.label), values))
    });
    let lines: Vec<Vec<Block>> = lines.collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::BulletList(lines)] }
}

/// One value stands beside its label, several stand below it.
fn item(label: &str, values: Vec<Vec<Inline>>) -> Vec<Block> {
    let marks = Marks { bold: true, ..Marks::default() };
    let mut line = vec![Inline::Text { text: label.to_owned(), marks }];
    match <[Vec<Inline>; 1]>::try_from(values) {
        Ok([value]) => {
            line.push(Inline::plain(": "));
            line.extend(value);
            vec![Block::Paragraph(line)]
        }
        Err(values) => {
            line.push(Inline::plain(":"));
            let below = values.into_iter().map(|value| vec![Block::Paragraph(value)]);
            vec![Block::Paragraph(line), Block::BulletList(below.collect())]
        }
    }
}

fn values(field: &Field, state: &FieldState, tongue: Tongue) -> Vec<Vec<Inline>> {
    let one = |shape, value: &Value| match value {
        Value::One(scalar) => said(shape, scalar, tongue),
        Value::Empty | Value::Entry(_) => None,
    };
    match field.shape {
        Shape::Line
        | Shape::Text
        | Shape::Passage
        | Shape::Version
        | Shape::Account
        | Shape::Code(_)
        | Shape::Date
        | Shape::Period
        | Shape::Record(_) => {
            state.value().and_then(|value| one(field.shape, value)).into_iter().collect()
        }
        Shape::SetOfLines => state.members().filter_map(|it| one(Shape::Line, it)).collect(),
        Shape::SetOfCodes(list) => {
            state.members().filter_map(|it| one(Shape::Code(list), it)).collect()
        }
        Shape::SetOfRecords(kind) => {
            state.members().filter_map(|it| one(Shape::Record(kind), it)).collect()
        }
        Shape::List(parts) => {
            let items = state.items().into_iter();
            items.filter_map(|(_, value)| entry(parts, value, tongue)).collect()
        }
        Shape::RichText => Vec::new(),
    }
}

/// Writes the parts of an entry on one line.
fn entry(parts: &[Part], value: &Value, tongue: Tongue) -> Option<Vec<Inline>> {
    let said = |part: &Part| said(part.shape, value.part(part.tag)?, tongue);
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
fn said(shape: Shape, scalar: &Scalar, tongue: Tongue) -> Option<Vec<Inline>> {
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
            let words = area::labels(list, code).map(|labels| tongue.of(labels));
            Some(vec![Inline::plain(words.unwrap_or(code))])
        }
        Scalar::Date(date) => Some(vec![Inline::plain(&date.to_text())]),
        Scalar::Period(Period { from, until }) => {
            let end =
                |date: &Option<PartialDate>| date.map(PartialDate::to_text).unwrap_or_default();
            let words = format!("{} – {}", end(from), end(until));
            Some(vec![Inline::plain(words.trim())])
        }
        Scalar::Record(_)
        | Scalar::Account(_)
        | Scalar::Flag(_)
        | Scalar::Version(_)
        | Scalar::Passage(_) => None,
    }
}
