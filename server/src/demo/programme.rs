//! The page of the example programme.

use talkoot_core::schema::{Kind, document_field, programme_field as field};
use talkoot_core::value::Value;

use super::draft::Draft;
use super::files::ProgrammeFile;

pub(super) fn draft(file: &ProgrammeFile, written_by: &str) -> Draft {
    let link_tags = (document_field::LINK_TITLE, document_field::LINK_URL);
    Draft::new(Kind::Programme, &file.key, written_by, &file.created)
        .text(field::NAME, &file.name)
        .members(field::ALIASES, file.aliases.iter().map(|alias| Value::text(alias)))
        .text(field::SHORT_DESCRIPTION, &file.short_description)
        .rich(field::PURPOSE, &file.sections.purpose)
        .text(field::PERIOD_TEXT, &file.period_text)
        .period(field::PERIOD, &file.period)
        .rich(field::ACTORS, &file.actors)
        .code(field::FUNDER, &file.funder)
        .links(field::LINKS, link_tags, &file.links)
        .text(field::CONTACT_NAME, &file.contact_person)
        .text(field::CONTACT_ORGANISATION, &file.contact_organisation)
        .text(field::CONTACT_EMAIL, &file.contact_email)
        .rich(field::STARTING_POINT, &file.sections.starting_point)
        .rich(field::MAIN_GOAL, &file.sections.main_goal)
        .rich(field::EXPECTED_RESULTS, &file.sections.expected_results)
        .rich(field::IMPACT, &file.sections.impact)
        .published()
}
