//! Notebook (muistiinpanot): what one account notes for itself. It has one field, because every
//! record has a title; nobody else sees it, and no list shows it.

use super::{Kind, Schema, Shape, label, latest};

/// The tag of its title.
const NAME: u16 = 1;

pub(super) static SCHEMA: Schema = Schema {
    kind: Kind::Notebook,
    label: label("Muistiinpanot", "Anteckningar", "Notebook"),
    path: "notebook",
    title: NAME,
    fields: &[latest(NAME, "name", label("Nimi", "Namn", "Name"), Shape::Line)],
};
