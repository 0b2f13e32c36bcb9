//! Organisation (järjestö): who hosts projects and who works with them.

use super::{Kind, Schema, Shape, ask, label, latest};

/// The tags of an organisation's fields.
pub mod field {
    pub const NAME: u16 = 1;
    pub const SECTOR: u16 = 2;
    pub const AREAS: u16 = 3;
    pub const WEBSITE: u16 = 4;
}

pub(super) static SCHEMA: Schema = Schema {
    kind: Kind::Organisation,
    label: label("Järjestö", "Förening", "Organisation"),
    path: "organisations",
    title: field::NAME,
    fields: &[
        ask(field::NAME, "name", label("Nimi", "Namn", "Name"), Shape::Line).required(),
        ask(field::SECTOR, "sector", label("Toimiala", "Sektor", "Sector"), Shape::Code("sector")),
        latest(
            field::AREAS,
            "areas",
            label("Alueet", "Områden", "Areas"),
            Shape::SetOfCodes("area"),
        ),
        ask(field::WEBSITE, "website", label("Verkkosivu", "Webbplats", "Website"), Shape::Line),
    ],
};
