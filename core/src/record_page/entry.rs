//! Lists whose entries have several parts: evidence, adoptions, partners, staff.

use crate::record::FieldState;
use crate::schema::{Field, Part, Shape, is_about_known};
use crate::text::{Block, Inline};
use crate::value::Value;

use super::known::{labelled, said};
use super::{RecordPage, is_long};

/// Writes a long list, each entry with its first part above the others; nothing of an empty one.
pub(super) fn entries(page: &RecordPage<'_>, field: &Field) -> Option<Vec<Block>> {
    let Shape::List(parts) = field.shape else { return None };
    if page.is_public && field.is_of_workspace() {
        return None;
    }
    let items = page.record.field(field.tag).filter(|_| is_long(field)).map(FieldState::items)?;
    let items =
        items.into_iter().filter(|(_, value)| !page.is_public || is_named(page, parts, value));
    let items = items.filter_map(|(_, value)| entry(page, parts, value));
    let items: Vec<Vec<Block>> = items.collect();
    (!items.is_empty()).then(|| vec![Block::BulletList(items)])
}

/// Says whether the record that an entry is about has a name for the reader.
fn is_named(page: &RecordPage<'_>, parts: &[Part], value: &Value) -> bool {
    is_about_known(parts, value, |record| (page.names)(record).is_some())
}

/// The first part needs no label; an entry without it begins with the label of another.
fn entry(page: &RecordPage<'_>, parts: &[Part], value: &Value) -> Option<Vec<Block>> {
    let line = |(place, part): (usize, &Part)| -> Option<Vec<Inline>> {
        let said = said(page, part.shape, value.part(part.tag)?)?;
        let label = page.language.label(part.label);
        Some(if place == 0 { said } else { labelled(label, said) })
    };
    let mut lines = parts.iter().enumerate().filter_map(line);
    let first = Block::Paragraph(lines.next()?);
    let others: Vec<Vec<Block>> = lines.map(|line| vec![Block::Paragraph(line)]).collect();
    let others = (!others.is_empty()).then_some(Block::BulletList(others));
    Some(std::iter::once(first).chain(others).collect())
}
