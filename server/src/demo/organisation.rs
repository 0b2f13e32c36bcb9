//! The organisations of the example programme.

use talkoot_core::schema::{Kind, organisation_field as field};
use talkoot_core::value::Value;

use super::draft::Draft;
use super::files::OrganisationFile;

/// When the register was started.
const WRITTEN: &str = "2017-08-02";

pub(super) fn draft(file: &OrganisationFile, written_by: &str) -> Draft {
    Draft::new(Kind::Organisation, &file.key, written_by, WRITTEN)
        .text(field::NAME, &file.name)
        .code(field::SECTOR, &file.sector)
        .members(field::AREAS, file.area.as_deref().map(Value::code))
        .text(field::WEBSITE, &file.website)
        .published()
}
