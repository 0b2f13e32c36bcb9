//! What a field can hold.
//!
//! Two levels only: a plain value, or an entry of named plain values (a member
//! of staff, a link). No deeper nesting exists, so no hostile byte can ask for it.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use crate::change::Frontier;
use crate::id::{AccountId, ChangeId, RecordId};

/// A date of which the day, or the day and month, may be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct PartialDate {
    #[n(0)]
    pub year: u16,
    /// 1 to 12.
    #[n(1)]
    pub month: Option<u8>,
    /// 1 to 31; never without a month.
    #[n(2)]
    pub day: Option<u8>,
}

impl PartialDate {
    /// Reads `2017`, `2017-08` or `2017-08-01`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next().map(str::parse).transpose().ok()?;
        let day = parts.next().map(str::parse).transpose().ok()?;
        let date = Self { year, month, day };
        (parts.next().is_none() && date.is_valid()).then_some(date)
    }

    /// Says whether such a day can exist.
    pub fn is_valid(self) -> bool {
        let month_is_known = self.month.is_none_or(|month| (1..=12).contains(&month));
        let day_fits = match (self.month, self.day) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(month), Some(day)) => (1..=days_in(self.year, month)).contains(&day),
        };
        (1..=9999).contains(&self.year) && month_is_known && day_fits
    }

    /// Writes the date the way [`PartialDate::parse`] reads it.
    pub fn to_text(self) -> String {
        let month = self.month.map(|month| format!("-{month:02}")).unwrap_or_default();
        let day = self.day.map(|day| format!("-{day:02}")).unwrap_or_default();
        format!("{:04}{month}{day}", self.year)
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// From when until when; either end may be open. Ends that contradict warn, never block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct Period {
    #[n(0)]
    pub from: Option<PartialDate>,
    #[n(1)]
    pub until: Option<PartialDate>,
}

impl Period {
    /// Says whether the end comes before the beginning.
    pub fn contradicts(self) -> bool {
        match (self.from, self.until) {
            (Some(from), Some(until)) => {
                (until.year, until.month.unwrap_or(12), until.day.unwrap_or(31))
                    < (from.year, from.month.unwrap_or(1), from.day.unwrap_or(1))
            }
            _ => false,
        }
    }
}

/// A plain value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub enum Scalar {
    #[n(0)]
    Text(#[n(0)] String),
    /// A stable code of a controlled list.
    #[n(1)]
    Code(#[n(0)] String),
    #[n(2)]
    Date(#[n(0)] PartialDate),
    #[n(3)]
    Period(#[n(0)] Period),
    #[n(4)]
    Record(#[n(0)] RecordId),
    #[n(5)]
    Account(#[n(0)] AccountId),
    #[n(6)]
    Flag(#[n(0)] bool),
    /// What somebody knew of a record.
    #[n(7)]
    Version(#[n(0)] Frontier),
    /// A whole formatted text, as [`crate::text::passage`] writes it.
    #[n(8)]
    Passage(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// An edit of a record's text, as a Yjs V1 update.
    #[n(9)]
    Edit(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// A post of a thread.
    #[n(10)]
    Post(#[n(0)] PostId),
    /// A moment, in milliseconds since 1970-01-01 UTC.
    #[n(11)]
    Moment(#[n(0)] u64),
}

/// A post, wherever it is spoken of: its thread, and the change that made it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct PostId {
    #[n(0)]
    pub thread: RecordId,
    #[n(1)]
    pub post: ChangeId,
}

/// What a field, a member of a set or an entry of a list holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub enum Value {
    /// Nothing: the field was emptied.
    #[n(0)]
    Empty,
    #[n(1)]
    One(#[n(0)] Scalar),
    /// Parts by their tag in the schema.
    #[n(2)]
    Entry(#[n(0)] BTreeMap<u16, Scalar>),
}

impl Value {
    /// Wraps a text; an empty one is [`Value::Empty`].
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::One(Scalar::Text(text.to_owned())) }
    }

    /// Wraps a code; an empty one is [`Value::Empty`].
    pub fn code(code: &str) -> Self {
        if code.is_empty() { Self::Empty } else { Self::One(Scalar::Code(code.to_owned())) }
    }

    /// Gives the text or code inside, if that is what it is.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::One(scalar) => scalar.as_text(),
            Self::Empty | Self::Entry(_) => None,
        }
    }

    /// Gives the record it points to, if it does.
    pub fn as_record(&self) -> Option<RecordId> {
        match self {
            Self::One(scalar) => scalar.as_record(),
            Self::Empty | Self::Entry(_) => None,
        }
    }

    /// Gives one part of an entry.
    pub fn part(&self, tag: u16) -> Option<&Scalar> {
        match self {
            Self::Entry(parts) => parts.get(&tag),
            Self::Empty | Self::One(_) => None,
        }
    }
}

impl Scalar {
    /// Gives the record it points to, if it does.
    pub fn as_record(&self) -> Option<RecordId> {
        if let Self::Record(record) = self { Some(*record) } else { None }
    }

    /// Gives the text or code inside, if that is what it is.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Code(text) => Some(text),
            Self::Date(_)
            | Self::Period(_)
            | Self::Record(_)
            | Self::Account(_)
            | Self::Flag(_)
            | Self::Version(_)
            | Self::Passage(_)
            | Self::Edit(_)
            | Self::Post(_)
            | Self::Moment(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v1_a_partial_date_is_read_and_written_alike() {
        for text in ["2017", "2017-08", "2017-08-31", "2020-02-29"] {
            assert_eq!(PartialDate::parse(text).map(PartialDate::to_text).as_deref(), Some(text));
        }
        for text in ["", "17-13", "2019-02-29", "2017-00", "2017-08-32", "2017-08-01-01", "0"] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn v2_a_period_that_ends_before_it_begins_contradicts() {
        let period = |from: &str, until: &str| Period {
            from: PartialDate::parse(from),
            until: PartialDate::parse(until),
        };
        assert!(period("2020-08", "2020-07").contradicts());
        assert!(!period("2020-08", "2020").contradicts());
        assert!(!period("2020-08", "").contradicts());
    }
}
