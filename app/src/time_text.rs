//! Dates, times and numbers the way each language writes them.
//!
//! Pure but for [`local`] and [`local_now`], which ask the browser for the
//! time zone. Names of days are words of the app; months are numbers, as
//! Finnish and Swedish write them anyway.

use talkoot_core::value::PartialDate;

use crate::i18n::{Language, words};

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

/// A moment on the clock on the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WallTime {
    pub(crate) year: u16,
    /// 1 to 12.
    pub(crate) month: u8,
    /// 1 to 31.
    pub(crate) day: u8,
    pub(crate) hour: u8,
    pub(crate) minute: u8,
}

/// Reads a date as people write it: `14.3.2019`, `3/2019`, `2019` or `2019-03-14` (rule P2).
pub(crate) fn read_date(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    if let Some(date) = PartialDate::parse(text) {
        return Some(date);
    }
    let parts: Vec<&str> = text.split(['.', '/', '-', ' ']).filter(|it| !it.is_empty()).collect();
    let (year, month, day) = match *parts.as_slice() {
        [year] => (year, None, None),
        [month, year] => (year, Some(month), None),
        [day, month, year] => (year, Some(month), Some(day)),
        _ => return None,
    };
    let small = |text: &str| text.parse::<u8>().ok();
    let date = PartialDate {
        year: year.parse().ok()?,
        month: month.map(|it| small(it).ok_or(())).transpose().ok()?,
        day: day.map(|it| small(it).ok_or(())).transpose().ok()?,
    };
    date.is_valid().then_some(date)
}

/// Writes a time of day.
pub(crate) fn clock(language: Language, at: WallTime) -> String {
    match language {
        Language::Finnish | Language::Swedish => format!("{}.{:02}", at.hour, at.minute),
        Language::English => format!("{}:{:02}", at.hour, at.minute),
    }
}

/// Writes when something happened: today and yesterday by name, the time only for these.
pub(crate) fn moment(language: Language, at: WallTime, now: WallTime) -> String {
    let time = clock(language, at);
    match days_between(at, now) {
        0 => words::time::today(time).to(language),
        1 => words::time::yesterday(time).to(language),
        _ => language.date(at.date()),
    }
}

/// Writes when something happened to the minute, near days by name.
pub(crate) fn exact(language: Language, at: WallTime, now: WallTime) -> String {
    match days_between(at, now) {
        0 | 1 => moment(language, at, now),
        _ => words::time::at(language.date(at.date()), clock(language, at)).to(language),
    }
}

/// Writes a day: today and yesterday by name.
pub(crate) fn day(language: Language, at: WallTime, now: WallTime) -> String {
    match days_between(at, now) {
        0 => words::history::TODAY.to(language).to_owned(),
        1 => words::history::YESTERDAY.to(language).to_owned(),
        _ => language.date(at.date()),
    }
}

/// Writes a size in bytes with the unit a person uses.
pub(crate) fn size(language: Language, bytes: u64) -> String {
    let (unit, name) = match bytes {
        GIB.. => (GIB, words::unit::GB),
        MIB.. => (MIB, words::unit::MB),
        _ => (KIB, words::unit::KB),
    };
    format!("{} {}", bytes.div_ceil(unit), name.to(language))
}

/// Writes a whole number with the thousands apart.
pub(crate) fn number(language: Language, number: usize) -> String {
    let digits = number.to_string();
    let mark = if language == Language::English { ',' } else { '\u{a0}' };
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        let left = digits.len() - place;
        if place > 0 && left.is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

impl WallTime {
    /// Gives the day alone.
    pub(crate) fn date(self) -> PartialDate {
        PartialDate { year: self.year, month: Some(self.month), day: Some(self.day) }
    }
}

/// Counts the midnights from one moment to a later one.
fn days_between(at: WallTime, now: WallTime) -> i64 {
    day_number(now) - day_number(at)
}

/// Numbers the days of the Gregorian calendar, after Fliegel and Van Flandern.
fn day_number(at: WallTime) -> i64 {
    let (year, month, day) = (i64::from(at.year), i64::from(at.month), i64::from(at.day));
    let early = (month - 14) / 12;
    (1461 * (year + 4800 + early)) / 4 + (367 * (month - 2 - 12 * early)) / 12
        - (3 * ((year + 4900 + early) / 100)) / 4
        + day
}

/// Reads a moment on the clock of this place.
pub(crate) fn local(at_ms: u64) -> WallTime {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds stay far below 2^53")]
    wall(&js_sys::Date::new(&(at_ms as f64).into()))
}

/// Reads the clock of this place.
pub(crate) fn local_now() -> WallTime {
    wall(&js_sys::Date::new_0())
}

fn wall(date: &js_sys::Date) -> WallTime {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    WallTime {
        year: u16::try_from(date.get_full_year()).unwrap_or_default(),
        month: small(date.get_month() + 1),
        day: small(date.get_date()),
        hour: small(date.get_hours()),
        minute: small(date.get_minutes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u8, month: u8, hour: u8) -> WallTime {
        WallTime { year: 2019, month, day, hour, minute: 5 }
    }

    #[test]
    fn p2_a_date_is_written_as_the_language_writes_it() {
        let table = [("2019-03-14", "14.3.2019", "14/3/2019"), ("2017-08", "8/2017", "8/2017")];
        for (stored, finnish, english) in table {
            let stored = PartialDate::parse(stored).unwrap();
            assert_eq!(Language::Finnish.date(stored), finnish);
            assert_eq!(Language::English.date(stored), english);
        }
    }

    #[test]
    fn p2_a_date_is_read_as_people_write_it() {
        let table = [
            ("14.3.2019", Some("2019-03-14")),
            (" 3/2019 ", Some("2019-03")),
            ("2019", Some("2019")),
            ("2019-03-14", Some("2019-03-14")),
            ("31.2.2019", None),
            ("x.3.2019", None),
            ("", None),
        ];
        for (written, expected) in table {
            let read = read_date(written).map(PartialDate::to_text);
            assert_eq!(read.as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn p2_near_days_have_names_and_a_time() {
        let now = at(1, 3, 12);
        assert_eq!(moment(Language::Finnish, at(1, 3, 9), now), "tänään klo 9.05");
        assert_eq!(moment(Language::English, at(28, 2, 9), now), "yesterday at 9:05");
        assert_eq!(moment(Language::Swedish, at(27, 2, 9), now), "27.2.2019");
        assert_eq!(exact(Language::Swedish, at(27, 2, 9), now), "27.2.2019 kl. 9.05");
        assert_eq!(exact(Language::Finnish, at(1, 3, 9), now), "tänään klo 9.05");
    }

    #[test]
    fn p2_numbers_and_sizes_have_their_marks() {
        assert_eq!(number(Language::English, 1_234_567), "1,234,567");
        assert_eq!(number(Language::Finnish, 10_000), "10\u{a0}000");
        assert_eq!(size(Language::Finnish, 412 << 20), "412 Mt");
    }
}
