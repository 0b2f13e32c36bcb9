//! Areas as the library groups them: a municipality counts as its region. Pure.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use talkoot_core::schema::area::{self, Area, Level};

/// The code of the whole country.
pub(super) const COUNTRY: &str = "FI";

/// The areas by their codes: ten thousand practices ask for them.
static AREAS: LazyLock<BTreeMap<&'static str, Area>> =
    LazyLock::new(|| area::areas().map(|area| (area.code, area)).collect());

/// Gives the region, wellbeing area or country that an area belongs to (rule P22).
pub(super) fn of(code: &str) -> Option<&'static str> {
    let area = AREAS.get(code)?;
    match (area.level, area.parent) {
        (Level::Municipality, Some(parent)) => Some(parent),
        (Level::Municipality, None) => None,
        (Level::Country | Level::Region | Level::WellbeingArea, _) => Some(area.code),
    }
}

/// Gives those of several areas, each once, in their own order.
pub(super) fn of_all(codes: &[String]) -> Vec<&'static str> {
    let mut found = Vec::new();
    for region in codes.iter().filter_map(|code| of(code)) {
        if !found.contains(&region) {
            found.push(region);
        }
    }
    found
}

/// Gives the names of an area in Finnish, Swedish and English.
pub(super) fn names(code: &str) -> Option<[&'static str; 3]> {
    AREAS.get(code).map(|area| area.names)
}

/// Lists what the library is narrowed by: the country, regions, wellbeing areas.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    area::areas().filter(|area| area.level != Level::Municipality).map(|area| area.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p22_a_municipality_counts_as_its_region_and_the_others_as_themselves() {
        let table = [
            ("KU179", Some("MK13")),
            ("MK13", Some("MK13")),
            ("HVA16", Some("HVA16")),
            ("FI", Some(COUNTRY)),
            ("XX", None),
        ];
        for (code, expected) in table {
            assert_eq!(of(code), expected, "{code}");
        }
        let codes = ["KU179", "MK13", "FI"].map(str::to_owned);
        assert_eq!(of_all(&codes), ["MK13", COUNTRY]);
        assert!(all().all(|code| of(code) == Some(code)), "every choice is a group of its own");
    }
}
