//! Practice (toimintamalli): a way of working that was tried, described so that others can adopt it.
//!
//! The development path is data: its sections, their order, guidance and the summary page are
//! lines of `data/practice_path.tsv`, so that a programme can change them without code.

pub mod field;

use std::sync::LazyLock;

use super::document::LINK_PARTS;
use super::open_comment::open_comments;
use super::thread::{TOLD_BY, TOLD_IN};
use super::{
    Field, Heritage, Kind, Label, Part, Policy, Schema, Shape, Step, Writers, area, ask, label,
    latest, restored, version_names,
};

const fn part(tag: u16, name: &'static str, label: Label, shape: Shape) -> Part {
    Part { tag, name, label, shape }
}

const EVIDENCE_PARTS: &[Part] = &[
    part(field::EVIDENCE_RESULT, "result", label("Tulos", "Resultat", "Result"), Shape::Text),
    part(field::EVIDENCE_METHOD, "method", label("Menetelmä", "Metod", "Method"), Shape::Line),
    part(
        field::EVIDENCE_SAMPLE,
        "sample",
        label("Aineiston koko (n)", "Materialets storlek (n)", "Sample (n)"),
        Shape::Line,
    ),
    part(field::EVIDENCE_PERIOD, "period", label("Ajanjakso", "Period", "Period"), Shape::Period),
    part(field::EVIDENCE_SOURCE, "source", label("Lähde", "Källa", "Source"), Shape::Line),
    part(field::EVIDENCE_AUTHOR, "author", TOLD_BY, Shape::Account),
    part(field::EVIDENCE_POST, "post", TOLD_IN, Shape::Post),
];

const ADOPTION_PARTS: &[Part] = &[
    part(
        field::ADOPTION_PROJECT,
        "project",
        label("Hanke", "Projekt", "Project"),
        Shape::Record(Kind::Project),
    ),
    part(
        field::ADOPTION_COPY,
        "copy",
        label("Oma versio", "Egen version", "Own version"),
        Shape::Record(Kind::Practice),
    ),
    part(field::ADOPTION_SINCE, "since", label("Mistä alkaen", "Sedan", "Since"), Shape::Date),
    part(field::ADOPTION_UNTIL, "until", label("Mihin asti", "Till", "Until"), Shape::Date),
    part(
        field::ADOPTION_CHANGED,
        "changed",
        label("Mitä muutettiin", "Vad ändrades", "What was changed"),
        Shape::Text,
    ),
    part(
        field::ADOPTION_RESULT,
        "result",
        label("Tulos tähän asti", "Resultat hittills", "Result so far"),
        Shape::Text,
    ),
    part(field::ADOPTION_AUTHOR, "author", TOLD_BY, Shape::Account),
    part(field::ADOPTION_POST, "post", TOLD_IN, Shape::Post),
];

const LINEAGE_PARTS: &[Part] = &[
    part(
        field::ANCESTOR_RECORD,
        "practice",
        label("Alkuperäinen", "Original", "Original"),
        Shape::Record(Kind::Practice),
    ),
    part(field::ANCESTOR_TITLE, "name", label("Nimi", "Namn", "Name"), Shape::Line),
    part(
        field::ANCESTOR_PROJECT,
        "project",
        label("Hanke", "Projekt", "Project"),
        Shape::Record(Kind::Project),
    ),
    part(
        field::ANCESTOR_PROJECT_NAME,
        "project_name",
        label("Hankkeen nimi", "Projektets namn", "Name of the project"),
        Shape::Line,
    ),
    part(
        field::ANCESTOR_SINCE,
        "since",
        label("Otettu käyttöön", "Tagen i bruk", "Adopted"),
        Shape::Date,
    ),
];

const OFFER_PARTS: &[Part] = &[
    part(
        field::OFFER_PROJECT,
        "project",
        label("Hanke", "Projekt", "Project"),
        Shape::Record(Kind::Project),
    ),
    part(
        field::OFFER_COPY,
        "copy",
        label("Oma versio", "Egen version", "Own version"),
        Shape::Record(Kind::Practice),
    ),
    part(field::OFFER_SECTION, "section", label("Kohta", "Avsnitt", "Section"), Shape::Line),
    part(
        field::OFFER_TEXT,
        "text",
        label("Ehdotettu teksti", "Föreslagen text", "Suggested text"),
        Shape::Passage,
    ),
    part(field::OFFER_REASON, "reason", label("Perustelu", "Motivering", "Reason"), Shape::Text),
    part(
        field::OFFER_KNEW,
        "knew",
        label("Ehdotettu versioon", "Föreslagen till versionen", "Suggested to the version"),
        Shape::Version,
    ),
    part(
        field::OFFER_EDIT,
        "edit",
        label("Ehdotus muutoksena", "Förslaget som ändring", "The suggestion as an edit"),
        Shape::Edit,
    ),
];

const ANSWER_PARTS: &[Part] = &[
    part(
        field::ANSWER_VERDICT,
        "verdict",
        label("Vastaus", "Svar", "Answer"),
        Shape::Code("verdict"),
    ),
    part(field::ANSWER_REASON, "reason", label("Perustelu", "Motivering", "Reason"), Shape::Text),
    part(field::ANSWER_BY, "by", label("Vastaaja", "Svarare", "Answered by"), Shape::Account),
];

/// What is asked of a practice before its path.
const BASICS: &[Field] = &[
    ask(field::NAME, "name", label("Nimi", "Namn", "Name"), Shape::Line).required(),
    ask(
        field::SHORT_DESCRIPTION,
        "short_description",
        label("Lyhyt kuvaus", "Kort beskrivning", "Short description"),
        Shape::Text,
    )
    .required(),
    ask(
        field::PHASE,
        "phase",
        label("Kehittämisen vaihe", "Utvecklingsfas", "Phase"),
        Shape::Code("phase"),
    )
    .required()
    .own(),
    ask(
        field::PROJECT,
        "project",
        label("Hanke", "Projekt", "Project"),
        Shape::Record(Kind::Project),
    )
    .own(),
    ask(field::PLACE, "place", label("Toteutuspaikka", "Plats", "Place"), Shape::Line).own(),
    latest(
        field::AREAS,
        "areas",
        label(
            "Paikkakunta, maakunta tai hyvinvointialue",
            "Ort, landskap eller välfärdsområde",
            "Municipality, region or wellbeing area",
        ),
        Shape::SetOfCodes("area"),
    )
    .own(),
    latest(
        field::TARGET_GROUPS,
        "target_groups",
        label("Kohderyhmät", "Målgrupper", "Target groups"),
        Shape::SetOfCodes("target_group"),
    ),
    latest(
        field::SECTORS,
        "sectors",
        label("Toimiala", "Sektor", "Sector"),
        Shape::SetOfCodes("sector"),
    ),
    ask(field::FUNDER, "funder", label("Rahoittaja", "Finansiär", "Funder"), Shape::Code("funder"))
        .own(),
    latest(
        field::PROGRAMMES,
        "programmes",
        label("Kokonaisuudet", "Helheter", "Programmes"),
        Shape::SetOfRecords(Kind::Programme),
    )
    .own(),
    latest(
        field::KEYWORDS,
        "keywords",
        label("Asiasanat", "Ämnesord", "Keywords"),
        Shape::SetOfLines,
    ),
    ask(field::LANGUAGE, "language", label("Kieli", "Språk", "Language"), Shape::Code("language"))
        .required(),
    latest(field::AUTHORS, "authors", label("Tekijät", "Författare", "Authors"), Shape::SetOfLines)
        .own(),
];

/// What is asked after the path: what is known of its working, and what belongs to it.
const PROOF: &[Field] = &[
    ask(
        field::EVIDENCE_LEVEL,
        "evidence_level",
        label("Näytön taso", "Evidensnivå", "Level of evidence"),
        Shape::Code("evidence_level"),
    )
    .own(),
    ask(
        field::EVIDENCE,
        "evidence",
        label("Toimivuuden näyttö", "Evidens", "Evidence"),
        Shape::List(EVIDENCE_PARTS),
    )
    .own(),
    latest(
        field::LESSONS,
        "lessons",
        label("Mikä ei toiminut", "Det som inte fungerade", "What did not work"),
        Shape::RichText,
    ),
    ask(field::LINKS, "links", label("Linkit", "Länkar", "Links"), Shape::List(LINK_PARTS)),
    latest(
        field::DOCUMENTS,
        "documents",
        label("Asiakirjat", "Dokument", "Documents"),
        Shape::SetOfRecords(Kind::Document),
    ),
    ask(
        field::ADOPTIONS,
        "adoptions",
        label("Käyttöönotot", "Ibruktaganden", "Adoptions"),
        Shape::List(ADOPTION_PARTS),
    )
    .written_by(Writers::Adopters)
    .kept(),
    latest(
        field::LINEAGE,
        "lineage",
        label("Alkuperä", "Ursprung", "Lineage"),
        Shape::List(LINEAGE_PARTS),
    )
    .kept(),
    latest(
        field::OFFERS,
        "offers",
        label("Ehdotukset", "Förslag", "Suggestions"),
        Shape::List(OFFER_PARTS),
    )
    .written_by(Writers::Adopters)
    .kept(),
    latest(
        field::ANSWERS,
        "answers",
        label("Vastaukset ehdotuksiin", "Svar på förslag", "Answers to suggestions"),
        Shape::List(ANSWER_PARTS),
    )
    .kept(),
    restored(field::RESTORED),
    version_names(field::VERSION_NAMES),
    open_comments(field::OPEN_COMMENTS),
];

const PATH: &str = include_str!("../../data/practice_path.tsv");

pub(super) static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let path = area::rows(PATH).filter_map(|row| read_step(&row));
    let fields: Vec<Field> = BASICS.iter().copied().chain(path).chain(PROOF.to_vec()).collect();
    Schema {
        kind: Kind::Practice,
        label: label("Toimintamalli", "Verksamhetsmodell", "Practice"),
        path: "practices",
        title: field::NAME,
        // Built once and read for as long as the program runs.
        fields: fields.leak(),
    }
});

fn read_step(row: &[&'static str]) -> Option<Field> {
    let [tag, name, part, summary, fi, sv, en, guide_fi, guide_sv, guide_en] = *row else {
        return None;
    };
    let step = Step {
        part: part.parse().ok()?,
        summary: summary.parse().ok(),
        guidance: label(guide_fi, guide_sv, guide_en),
    };
    Some(Field {
        tag: tag.parse().ok()?,
        name,
        label: label(fi, sv, en),
        shape: Shape::RichText,
        policy: Policy::Latest,
        required: false,
        step: Some(step),
        writers: Writers::Owners,
        heritage: Heritage::Adopted,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path() -> Vec<(&'static Field, Step)> {
        let fields = Kind::Practice.schema().fields.iter();
        fields.filter_map(|field| Some((field, field.step?))).collect()
    }

    #[test]
    fn m6_the_path_has_three_parts_and_every_section_says_what_to_write() {
        assert_eq!(path().len(), area::rows(PATH).count());
        let of = |part| path().iter().filter(|(_, step)| step.part == part).count();
        assert_eq!((of(1), of(2), of(3)), (8, 5, 3));
        for (field, step) in path() {
            let Label { fi, sv, en } = step.guidance;
            assert!(![fi, sv, en].contains(&""), "{} says what to write", field.name);
        }
    }

    #[test]
    fn m6_the_summary_page_has_its_order() {
        let mut marked: Vec<_> =
            path().iter().filter_map(|(field, step)| Some((step.summary?, field.name))).collect();
        marked.sort_unstable();
        let names: Vec<_> = marked.into_iter().map(|(_, name)| name).collect();
        let order = ["solution", "conditions", "results", "tips", "environment", "audience"];
        assert_eq!(names, order);
    }
}
