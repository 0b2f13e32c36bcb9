//! The projects of the example programme.

use std::collections::BTreeMap;

use talkoot_core::schema::{Kind, project_field as field};
use talkoot_core::value::{Scalar, Value};

use super::draft::{Draft, read_period};
use super::files::{PartnerFile, ProjectFile, StaffFile};

/// When a project without a known beginning was written down.
const WRITTEN: &str = "2017-08-10";

pub(super) fn draft(file: &ProjectFile, written_by: &str) -> Draft {
    let written = file.period.from.as_deref().unwrap_or(WRITTEN);
    Draft::new(Kind::Project, &file.key, written_by, written)
        .text(field::NAME, &file.name)
        .text(field::SHORT_DESCRIPTION, &file.short_description)
        .code(field::KIND, &file.kind)
        .members(field::AREAS, file.areas.iter().map(|area| Value::code(area)))
        .code(field::FUNDER, &file.funder)
        .text(field::HOST, &file.host)
        .period(field::PERIOD, &file.period)
        .text(field::PERIOD_TEXT, &file.period_text)
        .entries(field::PARTNERS, file.partners.iter().map(partner))
        .rich(field::TASK, &file.task)
        .rich(field::TARGET_GROUP, &file.target_group)
        .rich(field::FOCUS, &file.focus)
        .rich(field::INTENDED_IMPACT, &file.intended_impact)
        .entries(field::STAFF, file.staff.iter().map(member_of_staff))
        .rich(field::NEWS, &file.news)
        .code(field::STATE, &file.state)
        .text(field::WEBSITE, &file.website)
        .published()
}

fn partner(file: &PartnerFile) -> BTreeMap<u16, Scalar> {
    BTreeMap::from([
        (field::PARTNER_ORGANISATION, Scalar::Text(file.organisation.clone())),
        (field::PARTNER_ROLE, Scalar::Text(file.role.clone())),
    ])
}

fn member_of_staff(file: &StaffFile) -> BTreeMap<u16, Scalar> {
    BTreeMap::from([
        (field::STAFF_PERSON, Scalar::Text(file.person.clone())),
        (field::STAFF_TITLE, Scalar::Text(file.title.clone())),
        (field::STAFF_EMPLOYER, Scalar::Text(file.employer.clone())),
        (field::STAFF_PERIOD, Scalar::Period(read_period(&file.period))),
    ])
}
