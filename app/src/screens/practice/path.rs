//! The fields of a practice, grouped as its page groups them. The groups follow from the schema.

use std::ops::RangeInclusive;

use talkoot_core::schema::{Field, Heritage, Kind, practice_field};

/// Gives the field with this tag.
pub(super) fn field(tag: u16) -> Option<&'static Field> {
    Kind::Practice.schema().field(tag)
}

/// Lists what is asked before the path, without the name.
pub(super) fn basics() -> Vec<&'static Field> {
    let schema = Kind::Practice.schema();
    let before = schema.fields.iter().take_while(|it| it.step.is_none());
    before.filter(|it| it.tag != schema.title).collect()
}

/// Lists the numbers of the path's parts.
pub(super) fn parts() -> RangeInclusive<u8> {
    let steps = Kind::Practice.schema().fields.iter().filter_map(|it| it.step);
    1..=steps.map(|step| step.part).max().unwrap_or_default()
}

/// Lists the sections of one part of the path.
pub(super) fn sections(part: u8) -> Vec<&'static Field> {
    let fields = Kind::Practice.schema().fields.iter();
    fields.filter(|it| it.step.is_some_and(|step| step.part == part)).collect()
}

/// Lists the sections of the summary page in their order.
pub(super) fn summary() -> Vec<&'static Field> {
    let fields = Kind::Practice.schema().fields;
    let at =
        |place| fields.iter().find(|it| it.step.is_some_and(|step| step.summary == Some(place)));
    (1..).map_while(at).collect()
}

/// Lists what is asked of the working of a practice; what acts write is not asked.
pub(super) fn proof() -> Vec<&'static Field> {
    let fields = Kind::Practice.schema().fields.iter();
    let after = fields.skip_while(|it| it.step.is_none()).filter(|it| it.step.is_none());
    after.filter(|it| it.heritage != Heritage::Kept).collect()
}

/// Lists the facts that stand at the head of the page, in their order.
pub(super) fn facts() -> impl Iterator<Item = &'static Field> {
    use practice_field as tag;
    let tags = [tag::PLACE, tag::AREAS, tag::TARGET_GROUPS, tag::SECTORS, tag::FUNDER];
    tags.into_iter().chain([tag::PROGRAMMES]).filter_map(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(fields: &[&'static Field]) -> Vec<&'static str> {
        fields.iter().map(|it| it.name).collect()
    }

    #[test]
    fn p30_every_field_of_a_practice_has_one_place_in_its_form() {
        let mut placed = vec!["name", "adoptions", "lineage", "offers", "answers"];
        placed.extend(["open_comments", "restored", "version_names"]);
        placed.extend(names(&basics()));
        placed.extend(parts().flat_map(|part| names(&sections(part))));
        placed.extend(names(&proof()));
        placed.sort_unstable();
        let fields = Kind::Practice.schema().fields.iter();
        let mut all: Vec<_> = fields.map(|it| it.name).collect();
        all.sort_unstable();
        assert_eq!(placed, all);
    }

    #[test]
    fn p30_the_summary_page_has_the_order_of_the_schema() {
        let order = ["solution", "conditions", "results", "tips", "environment", "audience"];
        assert_eq!(names(&summary()), order);
    }
}
