//! What somebody without an account said of a published thing, once a moderator published it.

use super::{Field, Label, Part, Shape, ask, label};

/// The tags of the parts of an open comment.
pub mod field {
    pub const SUBJECT: u16 = 1;
    pub const NAME: u16 = 2;
    /// A title or an organisation, where the writer told one.
    pub const ORGANISATION: u16 = 3;
    pub const WORDS: u16 = 4;
    /// When it was written, as the writer's device believed.
    pub const WRITTEN: u16 = 5;
    /// When the server took it in.
    pub const ARRIVED: u16 = 6;
}

const SUBJECT: Label = label("Otsikko", "Rubrik", "Subject");
const NAME: Label = label("Nimi", "Namn", "Name");
const ORGANISATION: Label =
    label("Tehtävä tai organisaatio", "Uppdrag eller organisation", "Title or organisation");
const WORDS: Label = label("Kommentti", "Kommentar", "Comment");
const WRITTEN: Label = label("Kirjoitettu", "Skriven", "Written");
const ARRIVED: Label = label("Saapunut", "Anlände", "Arrived");

const PARTS: &[Part] = &[
    Part { tag: field::SUBJECT, name: "subject", label: SUBJECT, shape: Shape::Line },
    Part { tag: field::NAME, name: "name", label: NAME, shape: Shape::Line },
    Part {
        tag: field::ORGANISATION,
        name: "organisation",
        label: ORGANISATION,
        shape: Shape::Line,
    },
    Part { tag: field::WORDS, name: "comment", label: WORDS, shape: Shape::Text },
    Part { tag: field::WRITTEN, name: "written", label: WRITTEN, shape: Shape::Moment },
    Part { tag: field::ARRIVED, name: "arrived", label: ARRIVED, shape: Shape::Moment },
];

/// Builds the field with what outsiders said of a record.
pub(super) const fn open_comments(tag: u16) -> Field {
    let name = label("Avoimet kommentit", "Öppna kommentarer", "Open comments");
    ask(tag, "open_comments", name, Shape::List(PARTS)).kept()
}
