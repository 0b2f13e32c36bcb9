//! Project (hanke): one team's work for a while, in none, one or several areas.

use super::{Kind, Part, Schema, Shape, ask, label, latest};

/// The tags of a project's fields and of the parts of its lists.
pub mod field {
    pub const NAME: u16 = 1;
    pub const SHORT_DESCRIPTION: u16 = 2;
    pub const KIND: u16 = 3;
    pub const AREAS: u16 = 4;
    pub const FUNDER: u16 = 5;
    pub const HOST: u16 = 6;
    pub const PERIOD: u16 = 7;
    pub const PERIOD_TEXT: u16 = 8;
    pub const PARTNERS: u16 = 9;
    pub const TASK: u16 = 10;
    pub const TARGET_GROUP: u16 = 11;
    pub const FOCUS: u16 = 12;
    pub const INTENDED_IMPACT: u16 = 13;
    pub const STAFF: u16 = 14;
    pub const NEWS: u16 = 15;
    pub const STATE: u16 = 16;
    pub const WEBSITE: u16 = 17;
    pub const PARTNER_ORGANISATION: u16 = 1;
    pub const PARTNER_ROLE: u16 = 2;
    pub const STAFF_PERSON: u16 = 1;
    pub const STAFF_TITLE: u16 = 2;
    pub const STAFF_EMPLOYER: u16 = 3;
    pub const STAFF_PERIOD: u16 = 4;
}

const PARTNER_PARTS: &[Part] = &[
    Part {
        tag: field::PARTNER_ORGANISATION,
        name: "organisation",
        label: label("Organisaatio", "Organisation", "Organisation"),
        shape: Shape::Line,
    },
    Part {
        tag: field::PARTNER_ROLE,
        name: "role",
        label: label("Rooli", "Roll", "Role"),
        shape: Shape::Line,
    },
];

const STAFF_PARTS: &[Part] = &[
    Part {
        tag: field::STAFF_PERSON,
        name: "person",
        label: label("Nimi", "Namn", "Name"),
        shape: Shape::Line,
    },
    Part {
        tag: field::STAFF_TITLE,
        name: "title",
        label: label("Tehtävänimike", "Titel", "Title"),
        shape: Shape::Line,
    },
    Part {
        tag: field::STAFF_EMPLOYER,
        name: "employer",
        label: label("Työnantaja", "Arbetsgivare", "Employer"),
        shape: Shape::Line,
    },
    Part {
        tag: field::STAFF_PERIOD,
        name: "period",
        label: label("Aika", "Tid", "Period"),
        shape: Shape::Period,
    },
];

pub(super) static SCHEMA: Schema = Schema {
    kind: Kind::Project,
    label: label("Hanke", "Projekt", "Project"),
    path: "projects",
    title: field::NAME,
    fields: &[
        ask(field::NAME, "name", label("Nimi", "Namn", "Name"), Shape::Line).required(),
        ask(
            field::SHORT_DESCRIPTION,
            "short_description",
            label("Lyhyt kuvaus", "Kort beskrivning", "Short description"),
            Shape::Text,
        )
        .required(),
        ask(field::KIND, "kind", label("Laji", "Typ", "Kind"), Shape::Code("project_kind"))
            .required(),
        latest(
            field::AREAS,
            "areas",
            label("Alueet", "Områden", "Areas"),
            Shape::SetOfCodes("area"),
        ),
        ask(
            field::FUNDER,
            "funder",
            label("Rahoittaja", "Finansiär", "Funder"),
            Shape::Code("funder"),
        ),
        ask(field::HOST, "host", label("Hallinnoija", "Förvaltare", "Host"), Shape::Line),
        ask(
            field::PERIOD,
            "period",
            label("Toimintakausi", "Verksamhetsperiod", "Period"),
            Shape::Period,
        ),
        ask(
            field::PERIOD_TEXT,
            "period_text",
            label("Toimintakausi sanoin", "Verksamhetsperiod i ord", "Period in words"),
            Shape::Line,
        ),
        ask(
            field::PARTNERS,
            "partners",
            label("Yhteistyösopimuskumppanit", "Avtalspartner", "Agreement partners"),
            Shape::List(PARTNER_PARTS),
        ),
        latest(field::TASK, "task", label("Tehtävä", "Uppgift", "Task"), Shape::RichText),
        latest(
            field::TARGET_GROUP,
            "target_group",
            label("Kohderyhmä", "Målgrupp", "Target group"),
            Shape::RichText,
        ),
        latest(
            field::FOCUS,
            "focus",
            label("Painopisteet", "Tyngdpunkter", "Focus"),
            Shape::RichText,
        ),
        latest(
            field::INTENDED_IMPACT,
            "intended_impact",
            label("Tavoitellut vaikutukset", "Eftersträvade effekter", "Intended impact"),
            Shape::RichText,
        ),
        ask(
            field::STAFF,
            "staff",
            label("Työntekijät", "Medarbetare", "Staff"),
            Shape::List(STAFF_PARTS),
        ),
        latest(field::NEWS, "news", label("Ajankohtaista", "Aktuellt", "News"), Shape::RichText),
        ask(field::STATE, "state", label("Tila", "Läge", "State"), Shape::Code("project_state")),
        ask(field::WEBSITE, "website", label("Verkkosivu", "Webbplats", "Website"), Shape::Line),
    ],
};
