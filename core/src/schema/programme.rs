//! Programme (kokonaisuus): the page that holds a grant programme together.

use super::document::LINK_PARTS;
use super::{Kind, Schema, Shape, ask, label, latest};

/// The tags of a programme's fields.
pub mod field {
    pub const NAME: u16 = 1;
    pub const ALIASES: u16 = 2;
    pub const SHORT_DESCRIPTION: u16 = 3;
    pub const PURPOSE: u16 = 4;
    pub const PERIOD_TEXT: u16 = 5;
    pub const PERIOD: u16 = 6;
    pub const ACTORS: u16 = 7;
    pub const FUNDER: u16 = 8;
    pub const LINKS: u16 = 9;
    pub const CONTACT_NAME: u16 = 10;
    pub const CONTACT_ORGANISATION: u16 = 11;
    pub const CONTACT_EMAIL: u16 = 12;
    pub const STARTING_POINT: u16 = 13;
    pub const MAIN_GOAL: u16 = 14;
    pub const EXPECTED_RESULTS: u16 = 15;
    pub const IMPACT: u16 = 16;
}

pub(super) static SCHEMA: Schema = Schema {
    kind: Kind::Programme,
    label: label("Ohjelma", "Program", "Programme"),
    path: "programmes",
    title: field::NAME,
    fields: &[
        ask(
            field::NAME,
            "name",
            label("Kokonaisuuden nimi", "Helhetens namn", "Name of the programme"),
            Shape::Line,
        )
        .required(),
        latest(
            field::ALIASES,
            "aliases",
            label("Muut nimet", "Andra namn", "Other names"),
            Shape::SetOfLines,
        ),
        ask(
            field::SHORT_DESCRIPTION,
            "short_description",
            label("Lyhyt kuvaus", "Kort beskrivning", "Short description"),
            Shape::Text,
        )
        .required(),
        latest(
            field::PURPOSE,
            "purpose",
            label("Tarkoitus ja tavoitteet", "Syfte och mål", "Purpose and goals"),
            Shape::RichText,
        ),
        ask(
            field::PERIOD_TEXT,
            "period_text",
            label("Toimiaika sanoin", "Verksamhetstid i ord", "Period in words"),
            Shape::Text,
        ),
        ask(field::PERIOD, "period", label("Toimiaika", "Verksamhetstid", "Period"), Shape::Period),
        latest(field::ACTORS, "actors", label("Toimijat", "Aktörer", "Actors"), Shape::RichText),
        ask(
            field::FUNDER,
            "funder",
            label("Rahoittaja", "Finansiär", "Funder"),
            Shape::Code("funder"),
        ),
        ask(field::LINKS, "links", label("Linkit", "Länkar", "Links"), Shape::List(LINK_PARTS)),
        ask(
            field::CONTACT_NAME,
            "contact_name",
            label("Yhteyshenkilö", "Kontaktperson", "Contact person"),
            Shape::Line,
        ),
        ask(
            field::CONTACT_ORGANISATION,
            "contact_organisation",
            label(
                "Yhteyshenkilön organisaatio",
                "Kontaktpersonens organisation",
                "Contact’s organisation",
            ),
            Shape::Line,
        ),
        ask(
            field::CONTACT_EMAIL,
            "contact_email",
            label("Yhteyshenkilön sähköposti", "Kontaktpersonens e-post", "Contact’s e-mail"),
            Shape::Line,
        ),
        latest(
            field::STARTING_POINT,
            "starting_point",
            label(
                "Lähtötilanne ja strategiset liittymäkohdat",
                "Utgångsläge och strategiska kopplingar",
                "Starting point and strategic links",
            ),
            Shape::RichText,
        ),
        latest(
            field::MAIN_GOAL,
            "main_goal",
            label("Päämäärä ja päätavoite", "Syfte och huvudmål", "Aim and main goal"),
            Shape::RichText,
        ),
        latest(
            field::EXPECTED_RESULTS,
            "expected_results",
            label(
                "Tavoiteltavat tulokset, tuotokset ja vaikutukset",
                "Eftersträvade resultat, produkter och effekter",
                "Results, outputs and effects aimed at",
            ),
            Shape::RichText,
        ),
        latest(
            field::IMPACT,
            "impact",
            label("Vaikutukset ja vaikuttavuus", "Effekter och genomslag", "Effects and impact"),
            Shape::RichText,
        ),
    ],
};
