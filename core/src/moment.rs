//! Moments as text: RFC 3339, written in UTC with milliseconds, read with any offset.
//!
//! The calendar is the one without end in both directions that the standard
//! uses; years before 1970 are read as the beginning of 1970. Plain pages have no
//! clock of their reader's, so they show what the clocks on the walls of Finland showed.

use crate::value::PartialDate;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// The first millisecond that has no date of four digits: the year 10000.
const END_MS: u64 = 253_402_300_800_000;

/// Writes a moment, such as `2026-11-27T07:50:00.000Z`; none where the year needs five digits.
pub fn write(at_ms: u64) -> Option<String> {
    let ms = i64::try_from(at_ms).ok().filter(|_| at_ms < END_MS)?;
    let (year, month, day) = civil(ms.div_euclid(DAY_MS));
    let rest = ms.rem_euclid(DAY_MS);
    let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60);
    let (second, milli) = (rest / 1_000 % 60, rest % 1_000);
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z"))
}

/// Writes a moment to the minute, for people: `2026-11-27 07:50 UTC`.
pub fn to_the_minute(at_ms: u64) -> Option<String> {
    let text = write(at_ms)?;
    let (day, time) = text.get(..16)?.split_once('T')?;
    Some(format!("{day} {time} UTC"))
}

/// Says whether a moment has a date of four digits.
pub fn has_date(at_ms: u64) -> bool {
    at_ms < END_MS
}

/// Gives the day, the hour and the minute that a clock on a wall in Finland showed.
pub fn in_finland(at_ms: u64) -> Option<(PartialDate, u8, u8)> {
    let utc = i64::try_from(at_ms).ok().filter(|_| has_date(at_ms))?;
    let ms = utc + if is_summer(utc) { 3 * HOUR_MS } else { 2 * HOUR_MS };
    let (year, month, day) = civil(ms.div_euclid(DAY_MS));
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let date = PartialDate { year: u16::try_from(year).ok()?, month: Some(month), day: Some(day) };
    let rest = ms.rem_euclid(DAY_MS);
    let (hour, minute) = (rest / HOUR_MS, rest / 60_000 % 60);
    Some((date, u8::try_from(hour).ok()?, u8::try_from(minute).ok()?))
}

/// Summer is from the last Sunday of March to the last one of October, at one o'clock UTC.
fn is_summer(utc_ms: i64) -> bool {
    let (year, ..) = civil(utc_ms.div_euclid(DAY_MS));
    let turn = |month| {
        let end = days(year, month, 31);
        // The first day of 1970 was a Thursday.
        (end - (end + 4).rem_euclid(7)) * DAY_MS + HOUR_MS
    };
    (turn(3)..turn(10)).contains(&utc_ms)
}

/// Reads a moment; parts of a millisecond are dropped, a leap second is the one before it.
pub fn read(text: &str) -> Option<u64> {
    let mut rest = text.as_bytes();
    let year = digits(&mut rest, 4)?;
    skip(&mut rest, b"-")?;
    let month = digits(&mut rest, 2).filter(|month| (1..=12).contains(month))?;
    skip(&mut rest, b"-")?;
    let day = digits(&mut rest, 2).filter(|day| (1..=days_in(year, month)).contains(day))?;
    skip(&mut rest, b"Tt ")?;
    let hour = digits(&mut rest, 2).filter(|hour| *hour < 24)?;
    skip(&mut rest, b":")?;
    let minute = digits(&mut rest, 2).filter(|minute| *minute < 60)?;
    skip(&mut rest, b":")?;
    let second = digits(&mut rest, 2).filter(|second| *second <= 60)?.min(59);
    let milli = fraction(&mut rest)?;
    let offset = offset_minutes(&mut rest)?;
    let minutes = hour * 60 + minute - offset;
    let ms = days(year, month, day) * DAY_MS + minutes * 60_000 + second * 1_000 + milli;
    rest.is_empty().then_some(u64::try_from(ms).unwrap_or(0))
}

/// Takes exactly so many digits off the front.
fn digits(rest: &mut &[u8], count: usize) -> Option<i64> {
    let (front, back) = rest.split_at_checked(count)?;
    *rest = back;
    let all = front.iter().all(u8::is_ascii_digit);
    all.then(|| front.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
}

/// Takes one of these signs off the front.
fn skip(rest: &mut &[u8], signs: &[u8]) -> Option<u8> {
    let (sign, back) = rest.split_first().filter(|(sign, _)| signs.contains(sign))?;
    *rest = back;
    Some(*sign)
}

/// Takes a fraction of a second off the front, if there is one, and gives its milliseconds.
fn fraction(rest: &mut &[u8]) -> Option<i64> {
    if skip(rest, b".").is_none() {
        return Some(0);
    }
    let end = rest.iter().take_while(|sign| sign.is_ascii_digit()).count();
    let (front, back) = rest.split_at_checked(end)?;
    *rest = back;
    let milli = front.iter().chain(b"00").take(3);
    let milli = milli.fold(0, |number, digit| number * 10 + i64::from(digit - b'0'));
    (end > 0).then_some(milli)
}

/// Takes `Z` or an offset such as `+02:00` off the front.
fn offset_minutes(rest: &mut &[u8]) -> Option<i64> {
    let sign = skip(rest, b"Zz+-")?;
    if matches!(sign, b'Z' | b'z') {
        return Some(0);
    }
    let hours = digits(rest, 2).filter(|hours| *hours < 24)?;
    skip(rest, b":")?;
    let minutes = digits(rest, 2).filter(|minutes| *minutes < 60)?;
    let minutes = hours * 60 + minutes;
    Some(if sign == b'-' { -minutes } else { minutes })
}

fn days_in(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Counts the days from 1970-01-01. A year is taken to begin in March, so that a leap day is its
/// last, and 400 years always have the same number of days.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year * 365 + year / 4 - year / 100 + day_of_year - 719_468
}

/// Gives year, month and day of a day counted from 1970-01-01: [`days`] the other way round.
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let (era, day) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn d7_a_moment_is_read_as_the_standard_writes_it() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2000-02-29T12:00:00.5Z", Some(951_825_600_500)),
            ("2026-11-27T09:50:00+02:00", Some(1_795_765_800_000)),
            ("2026-11-27t07:50:00.0009z", Some(1_795_765_800_000)),
            ("2016-12-31T23:59:60Z", Some(1_483_228_799_000)),
            ("0000-01-01T00:00:00-23:59", Some(0)),
            ("9999-12-31T23:59:59.999Z", Some(END_MS - 1)),
            ("2026-02-29T00:00:00Z", None),
            ("2026-11-27", None),
            ("2026-11-27T07:50:00", None),
            ("2026-11-27T07:50:00.Z", None),
            ("2026-11-27T24:00:00Z", None),
            ("2026-11-27T07:50:00Zz", None),
            ("+026-11-27T07:50:00Z", None),
            ("", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!((write(END_MS), write(u64::MAX)), (None, None));
    }

    #[test]
    fn oc4_a_plain_page_shows_the_time_of_finland() {
        let shown = |text: &str| {
            let (date, hour, minute) = in_finland(read(text).unwrap()).unwrap();
            format!("{} {hour}.{minute:02}", date.to_text())
        };
        for (utc, wall) in [
            ("2017-08-10T13:37:00Z", "2017-08-10 16.37"),
            ("2017-12-31T22:30:00Z", "2018-01-01 0.30"),
            ("2026-03-29T00:59:00Z", "2026-03-29 2.59"),
            ("2026-03-29T01:00:00Z", "2026-03-29 4.00"),
            ("2026-10-25T00:59:00Z", "2026-10-25 3.59"),
            ("2026-10-25T01:00:00Z", "2026-10-25 3.00"),
        ] {
            assert_eq!(shown(utc), wall);
        }
        assert_eq!(in_finland(u64::MAX), None);
    }

    proptest! {
        #[test]
        fn d7_a_moment_that_was_written_reads_as_the_same(at_ms in 0..END_MS) {
            prop_assert_eq!(write(at_ms).and_then(|text| read(&text)), Some(at_ms));
        }

        #[test]
        fn d7_any_text_is_a_moment_or_refused(text in "\\PC{0,40}|[0-9TZ:.+-]{0,40}") {
            let _: Option<u64> = read(&text);
        }
    }
}
