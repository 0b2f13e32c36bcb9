//! A value as one line of text, for cards, buttons and facts.

use talkoot_core::schema::Shape;
use talkoot_core::text::{passage, plain};
use talkoot_core::value::{Scalar, Value};

use crate::i18n::{Tongue, words};
use crate::workspace::Workspace;

/// Writes a value; an emptied field says so.
pub(crate) fn value_text(
    tongue: Tongue,
    workspace: Workspace,
    shape: Shape,
    value: &Value,
) -> String {
    match value {
        Value::Empty => tongue.say(words::field::EMPTY).to_owned(),
        Value::One(scalar) => scalar_text(tongue, workspace, shape, scalar),
        Value::Entry(parts) => {
            let shapes = if let Shape::List(shapes) = shape { shapes } else { &[] };
            let texts = shapes.iter().filter_map(|part| {
                let scalar = parts.get(&part.tag)?;
                Some(scalar_text(tongue, workspace, part.shape, scalar))
            });
            texts.collect::<Vec<_>>().join(", ")
        }
    }
}

/// Writes a plain value.
pub(crate) fn scalar_text(
    tongue: Tongue,
    workspace: Workspace,
    shape: Shape,
    scalar: &Scalar,
) -> String {
    match scalar {
        Scalar::Text(text) => text.clone(),
        Scalar::Code(code) => {
            if let Shape::Code(list) | Shape::SetOfCodes(list) = shape {
                tongue.code(list, code)
            } else {
                code.clone()
            }
        }
        Scalar::Date(date) => tongue.date(*date),
        Scalar::Period(period) => tongue.period(*period),
        Scalar::Record(record) => {
            let title = workspace.title_of(*record);
            title.unwrap_or_else(|| tongue.say(words::record::NOT_HERE).to_owned())
        }
        Scalar::Account(account) => workspace.name_of(*account).unwrap_or_default(),
        Scalar::Flag(true) => tongue.say(words::field::YES).to_owned(),
        Scalar::Flag(false) => tongue.say(words::field::NO).to_owned(),
        Scalar::Moment(at_ms) => tongue.moment(*at_ms),
        // For programs, not for people.
        Scalar::Version(_) | Scalar::Edit(_) | Scalar::Post(_) => String::new(),
        Scalar::Passage(bytes) => plain::plain(&passage::read(bytes).unwrap_or_default()),
    }
}
