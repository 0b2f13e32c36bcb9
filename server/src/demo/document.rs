//! The documents of the example programme.

use talkoot_core::schema::{Kind, document_field as field};
use talkoot_core::value::{PartialDate, Scalar, Value};

use super::DemoError;
use super::draft::Draft;
use super::files::{AccountFile, DocumentFile, StatusFile, markdown};
use super::names;

pub(super) fn draft(file: &DocumentFile, accounts: &[AccountFile]) -> Result<Draft, DemoError> {
    let body = markdown(&file.file)?;
    let project =
        file.project.as_deref().map(|key| Value::One(Scalar::Record(names::project(key))));
    let date = PartialDate::parse(&file.date).map(|date| Value::One(Scalar::Date(date)));
    let link_tags = (field::LINK_TITLE, field::LINK_URL);
    let draft = Draft::new(Kind::Document, &file.key, &file.written_by, &file.date)
        .text(field::TITLE, &file.title)
        .code(field::KIND, &file.kind)
        .set(field::PROJECT, project.unwrap_or(Value::Empty))
        .code(field::LANGUAGE, &file.language)
        .set(field::DATE, date.unwrap_or(Value::Empty))
        .members(field::KEYWORDS, file.keywords.iter().map(|keyword| Value::text(keyword)))
        .members(field::AUTHORS, file.authors.iter().map(|it| author(it, accounts)))
        .links(field::LINKS, link_tags, &file.links)
        .rich(field::BODY, &body);
    Ok(if file.status == StatusFile::Published { draft.published() } else { draft })
}

/// Names an author: an account's key, or a name of somebody without one.
pub(super) fn author(author: &str, accounts: &[AccountFile]) -> Value {
    let account = accounts.iter().find(|account| account.key == author);
    Value::text(account.map_or(author, |account| &account.name))
}
