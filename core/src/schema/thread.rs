//! Thread (keskustelu): a question or a topic, about a thing or by itself, and what is said in it.

use super::{Kind, Label, Schema, Shape, ask, label, latest};

/// The tags of a thread's fields.
pub mod field {
    pub const SUBJECT: u16 = 1;
    /// A code of `thread_kind`: `question` or `topic`.
    pub const KIND: u16 = 2;
    /// The project that keeps it in order.
    pub const PROJECT: u16 = 3;
    /// The record that it is about.
    pub const ABOUT: u16 = 4;
    /// The tag of the field of that record, in decimal digits.
    pub const SECTION: u16 = 5;
    /// A code of `thread_circle`: `project` or `workspace`.
    pub const CIRCLE: u16 = 6;
}

/// Who told of it in a thread, and where: what was taken over from there.
pub(super) const TOLD_BY: Label = label("Kertoja", "Berättat av", "Told by");
pub(super) const TOLD_IN: Label =
    label("Viesti keskustelussa", "Inlägg i diskussionen", "Post in a discussion");

pub(super) static SCHEMA: Schema = Schema {
    kind: Kind::Thread,
    label: label("Keskustelu", "Diskussion", "Discussion"),
    path: "discussions",
    title: field::SUBJECT,
    fields: &[
        ask(field::SUBJECT, "subject", label("Aihe", "Ämne", "Subject"), Shape::Line).required(),
        latest(field::KIND, "kind", label("Laji", "Typ", "Kind"), Shape::Code("thread_kind")),
        latest(
            field::PROJECT,
            "project",
            label("Hanke", "Projekt", "Project"),
            Shape::Record(Kind::Project),
        ),
        latest(field::ABOUT, "about", label("Koskee", "Gäller", "About"), Shape::Thing),
        latest(field::SECTION, "section", label("Kohta", "Avsnitt", "Section"), Shape::Line),
        latest(
            field::CIRCLE,
            "circle",
            label("Kuka näkee", "Vem ser", "Who sees it"),
            Shape::Code("thread_circle"),
        ),
    ],
};
