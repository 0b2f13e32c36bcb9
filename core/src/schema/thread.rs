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
    /// The passage whose margin it stands in ([`crate::text::anchor::Anchor`]).
    pub const PLACE: u16 = 7;
    /// What the passage said.
    pub const QUOTE: u16 = 8;
    /// What it is to say, where that is suggested.
    pub const WORDS: u16 = 9;
    /// The edit that makes it say so.
    pub const EDIT: u16 = 10;
    /// A code of `margin_state`: `open`, `resolved`, `accepted` or `declined`.
    pub const STATE: u16 = 11;
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
        latest(field::PLACE, "place", label("Paikka", "Ställe", "Place"), Shape::Line),
        latest(field::QUOTE, "quote", label("Teksti", "Text", "Passage"), Shape::Text),
        latest(field::WORDS, "words", label("Ehdotus", "Förslag", "Suggestion"), Shape::Text),
        latest(
            field::EDIT,
            "edit",
            label("Ehdotus muutoksena", "Förslaget som ändring", "The suggestion as an edit"),
            Shape::Edit,
        ),
        ask(field::STATE, "state", label("Tila", "Läge", "State"), Shape::Code("margin_state")),
    ],
};
