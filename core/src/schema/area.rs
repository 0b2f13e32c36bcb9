//! Areas and controlled lists: stable codes with labels, levels and validity dates.
//!
//! The data lies beside the code as tab-separated lines, so that a person can
//! correct it. Every area has validity dates: wellbeing areas exist from 2023,
//! a merged municipality ends. Old records keep their codes and stay readable.

use crate::value::PartialDate;

const AREAS: &str = include_str!("../../data/areas.tsv");
const LISTS: &str = include_str!("../../data/lists.tsv");

/// How large an area is. Levels mix freely in one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Country,
    Region,
    WellbeingArea,
    Municipality,
}

/// One area with its names in the three languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub code: &'static str,
    pub level: Level,
    pub valid_from: PartialDate,
    pub valid_until: Option<PartialDate>,
    /// The code of the area that holds this one.
    pub parent: Option<&'static str>,
    pub names: [&'static str; 3],
}

/// One code of a controlled list with its labels in Finnish, Swedish and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    pub list: &'static str,
    pub code: &'static str,
    pub labels: [&'static str; 3],
}

/// Lists every area, in the order of the file.
pub fn areas() -> impl Iterator<Item = Area> {
    rows(AREAS).filter_map(|row| read_area(&row))
}

/// Lists the codes of one controlled list, in the order people see them.
pub fn codes(list: &str) -> impl Iterator<Item = Code> {
    rows(LISTS).filter_map(|row| read_code(&row)).filter(move |code| code.list == list)
}

/// Finds the labels of a code; areas are the list called `area`.
pub fn labels(list: &str, code: &str) -> Option<[&'static str; 3]> {
    if list == "area" {
        return areas().find(|area| area.code == code).map(|area| area.names);
    }
    codes(list).find(|row| row.code == code).map(|row| row.labels)
}

impl Area {
    /// Says whether the area exists on a day.
    pub fn exists_on(&self, day: PartialDate) -> bool {
        self.valid_from <= day && self.valid_until.is_none_or(|until| day <= until)
    }
}

/// Reads the lines of a table, each as its columns.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split('\t').collect())
}

fn read_area(row: &[&'static str]) -> Option<Area> {
    let [code, level, from, until, parent, fi, sv, en] = *row else { return None };
    let level = match level {
        "country" => Level::Country,
        "region" => Level::Region,
        "wellbeing_area" => Level::WellbeingArea,
        "municipality" => Level::Municipality,
        _ => return None,
    };
    Some(Area {
        code,
        level,
        valid_from: PartialDate::parse(from)?,
        valid_until: PartialDate::parse(until),
        parent: Some(parent).filter(|parent| !parent.is_empty()),
        names: [fi, sv, en],
    })
}

fn read_code(row: &[&'static str]) -> Option<Code> {
    let [list, code, fi, sv, en] = *row else { return None };
    Some(Code { list, code, labels: [fi, sv, en] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Kind, Shape};

    #[test]
    fn m2_every_line_of_the_tables_is_read() {
        assert_eq!(areas().count(), rows(AREAS).count());
        assert_eq!(rows(LISTS).filter_map(|row| read_code(&row)).count(), rows(LISTS).count());
        for area in areas() {
            let known = area.parent.is_none_or(|parent| areas().any(|other| other.code == parent));
            assert!(known, "{} lies in an area that exists", area.code);
        }
    }

    #[test]
    fn m2_every_list_that_a_field_names_exists() {
        for field in Kind::ALL.iter().flat_map(|kind| kind.schema().fields) {
            if let Shape::Code(list) | Shape::SetOfCodes(list) = field.shape {
                assert!(list == "area" || codes(list).next().is_some(), "list {list}");
            }
        }
    }

    #[test]
    fn m3_wellbeing_areas_exist_from_2023() {
        let of = |day| {
            let day = PartialDate::parse(day).expect("a day");
            areas().filter(move |area| area.level == Level::WellbeingArea && area.exists_on(day))
        };
        assert_eq!((of("2022-12-31").count(), of("2023-01-01").count()), (0, 22));
    }
}
