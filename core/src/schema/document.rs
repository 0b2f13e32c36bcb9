//! Document (asiakirja): a formatted text with a kind and what is known about it.

use super::open_comment::open_comments;
use super::{Kind, Label, Part, Schema, Shape, ask, label, latest, restored, version_names};

/// The tags of a document's fields.
pub mod field {
    pub const TITLE: u16 = 1;
    pub const KIND: u16 = 2;
    pub const PROJECT: u16 = 3;
    pub const LANGUAGE: u16 = 4;
    pub const DATE: u16 = 5;
    pub const KEYWORDS: u16 = 6;
    pub const AUTHORS: u16 = 7;
    pub const LINKS: u16 = 8;
    pub const BODY: u16 = 9;
    pub const RESTORED: u16 = 52;
    pub const VERSION_NAMES: u16 = 53;
    pub const OPEN_COMMENTS: u16 = 54;
    /// The parts of a link.
    pub const LINK_TITLE: u16 = 1;
    pub const LINK_URL: u16 = 2;
}

/// The parts of a link, in every kind that has links.
pub(super) const LINK_PARTS: &[Part] = &[
    Part {
        tag: field::LINK_TITLE,
        name: "title",
        label: label("Otsikko", "Rubrik", "Title"),
        shape: Shape::Line,
    },
    Part {
        tag: field::LINK_URL,
        name: "url",
        label: label("Osoite", "Adress", "Address"),
        shape: Shape::Line,
    },
];

const TITLE: Label = label("Otsikko", "Rubrik", "Title");

pub(super) static SCHEMA: Schema = Schema {
    kind: Kind::Document,
    label: label("Asiakirja", "Dokument", "Document"),
    path: "documents",
    title: field::TITLE,
    fields: &[
        ask(field::TITLE, "title", TITLE, Shape::Line).required(),
        ask(field::KIND, "kind", label("Laji", "Typ", "Kind"), Shape::Code("document_kind"))
            .required(),
        ask(
            field::PROJECT,
            "project",
            label("Hanke", "Projekt", "Project"),
            Shape::Record(Kind::Project),
        ),
        ask(
            field::LANGUAGE,
            "language",
            label("Kieli", "Språk", "Language"),
            Shape::Code("language"),
        )
        .required(),
        ask(field::DATE, "date", label("Päiväys", "Datum", "Date"), Shape::Date),
        latest(
            field::KEYWORDS,
            "keywords",
            label("Asiasanat", "Ämnesord", "Keywords"),
            Shape::SetOfLines,
        ),
        latest(
            field::AUTHORS,
            "authors",
            label("Tekijät", "Författare", "Authors"),
            Shape::SetOfLines,
        ),
        ask(field::LINKS, "links", label("Linkit", "Länkar", "Links"), Shape::List(LINK_PARTS)),
        latest(field::BODY, "body", label("Teksti", "Text", "Text"), Shape::RichText),
        restored(field::RESTORED),
        version_names(field::VERSION_NAMES),
        open_comments(field::OPEN_COMMENTS),
    ],
};
