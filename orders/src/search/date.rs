//! Dates in a query. All of them are in UTC.

use std::fmt;

use time::{Duration, Month, OffsetDateTime, Time};

use super::{filter::TimeBounds, range::Range};

/// A date, or a moment, as it was typed: it stands for the whole time that it
/// names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Date {
    /// `today`
    Today,
    /// `yesterday`
    Yesterday,
    /// `2026`
    Year(i32),
    /// `2026-05`
    Month(i32, Month),
    /// `2026-05-12`
    Day(time::Date),
    /// `2026-05-12T14:32`
    Minute(time::Date, Time),
    /// `2026-05-12T14:32:07`
    Second(time::Date, Time),
}

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// By dates.
    In(Range<Date>),
    /// `30m`, `2h`, `7d`, `4w`: from so long ago until now.
    Last(u32, Unit),
}

/// What a [`Period::Last`] is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// `m`
    Minutes,
    /// `h`
    Hours,
    /// `d`
    Days,
    /// `w`
    Weeks,
}

impl Unit {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Minutes, Self::Hours, Self::Days, Self::Weeks];

    const fn letter(self) -> char {
        match self {
            Self::Minutes => 'm',
            Self::Hours => 'h',
            Self::Days => 'd',
            Self::Weeks => 'w',
        }
    }

    fn times(self, count: u32) -> Duration {
        let count = i64::from(count);
        match self {
            Self::Minutes => Duration::minutes(count),
            Self::Hours => Duration::hours(count),
            Self::Days => Duration::days(count),
            Self::Weeks => Duration::weeks(count),
        }
    }
}

impl Date {
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.eq_ignore_ascii_case("today") {
            return Some(Self::Today);
        }
        if text.eq_ignore_ascii_case("yesterday") {
            return Some(Self::Yesterday);
        }
        let (date, time) = match text.split_once(['T', 't']) {
            Some((date, time)) => (date, Some(time.trim_end_matches(['Z', 'z']))),
            None => (text, None),
        };
        let mut parts = date.split('-');
        let year = i32::from(number(parts.next()?, 4)?);
        let month = parts.next().map(|text| number(text, 2));
        let day = parts.next().map(|text| number(text, 2));
        if year == 0 || parts.next().is_some() {
            return None;
        }
        let month = match month {
            None if time.is_none() => return Some(Self::Year(year)),
            month => Month::try_from(u8::try_from(month??).ok()?).ok()?,
        };
        let day = match day {
            None if time.is_none() => return Some(Self::Month(year, month)),
            day => u8::try_from(day??).ok()?,
        };
        let date = time::Date::from_calendar_date(year, month, day).ok()?;
        match time {
            None => Some(Self::Day(date)),
            Some(time) => Self::at(date, time),
        }
    }

    fn at(date: time::Date, text: &str) -> Option<Self> {
        let mut parts = text.split(':').map(|part| {
            let part = number(part, 2)?;
            u8::try_from(part).ok()
        });
        let (hour, minute) = (parts.next()??, parts.next()??);
        let second = parts.next();
        if parts.next().is_some() {
            return None;
        }
        match second {
            None => Some(Self::Minute(date, Time::from_hms(hour, minute, 0).ok()?)),
            Some(second) => Some(Self::Second(
                date,
                Time::from_hms(hour, minute, second?).ok()?,
            )),
        }
    }

    /// The first microsecond of it since 1970, and the first after it.
    fn span(self, now: OffsetDateTime) -> (i64, i64) {
        let today = now.date();
        let midnight = |date: time::Date| micros(date.midnight().assume_utc());
        let day = |date: time::Date| (midnight(date), after(date.next_day().map(midnight)));
        match self {
            Self::Today => day(today),
            Self::Yesterday => today.previous_day().map_or((i64::MIN, i64::MIN), day),
            Self::Year(year) => (
                first_of(year, Month::January),
                after_year(year).map_or(i64::MAX, |next| first_of(next, Month::January)),
            ),
            Self::Month(year, month) => (
                first_of(year, month),
                match (month, after_year(year)) {
                    (Month::December, None) => i64::MAX,
                    (Month::December, Some(next)) => first_of(next, Month::January),
                    _ => first_of(year, month.next()),
                },
            ),
            Self::Day(date) => day(date),
            Self::Minute(date, time) => moment(date, time, Duration::MINUTE),
            Self::Second(date, time) => moment(date, time, Duration::SECOND),
        }
    }
}

fn after(next: Option<i64>) -> i64 {
    next.unwrap_or(i64::MAX)
}

fn after_year(year: i32) -> Option<i32> {
    (year < 9999).then_some(year + 1)
}

fn first_of(year: i32, month: Month) -> i64 {
    time::Date::from_calendar_date(year, month, 1)
        .map_or(i64::MAX, |date| micros(date.midnight().assume_utc()))
}

fn moment(date: time::Date, time: Time, length: Duration) -> (i64, i64) {
    let start = micros(date.with_time(time).assume_utc());
    (start, start.saturating_add(whole_micros(length)))
}

/// A number of exactly so many digits.
fn number(text: &str, digits: usize) -> Option<u16> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// Microseconds since 1970-01-01T00:00:00Z.
pub(super) fn micros(moment: OffsetDateTime) -> i64 {
    whole_micros(moment - OffsetDateTime::UNIX_EPOCH)
}

fn whole_micros(duration: Duration) -> i64 {
    i64::try_from(duration.whole_microseconds()).unwrap_or(i64::MAX)
}

impl Period {
    pub(super) fn last(text: &str) -> Option<Self> {
        let unit = Unit::ALL
            .into_iter()
            .find(|unit| text.ends_with(unit.letter()))?;
        let count = &text[..text.len() - 1];
        let is_count = (1..=5).contains(&count.len())
            && !count.starts_with('0')
            && count.bytes().all(|byte| byte.is_ascii_digit());
        is_count
            .then(|| count.parse().ok())
            .flatten()
            .map(|count| Self::Last(count, unit))
    }

    /// What it means at this moment.
    pub(super) fn bounds(self, now: OffsetDateTime) -> TimeBounds {
        let (from, until) = match self {
            Self::Last(count, unit) => (
                micros(now).saturating_sub(whole_micros(unit.times(count))),
                i64::MAX,
            ),
            Self::In(Range::Is(date)) => date.span(now),
            Self::In(Range::Over(date)) => (date.span(now).1, i64::MAX),
            Self::In(Range::AtLeast(date)) => (date.span(now).0, i64::MAX),
            Self::In(Range::Under(date)) => (i64::MIN, date.span(now).0),
            Self::In(Range::AtMost(date)) => (i64::MIN, date.span(now).1),
            Self::In(Range::Between(low, high)) => (low.span(now).0, high.span(now).1),
        };
        TimeBounds { from, until }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Today => formatter.write_str("today"),
            Self::Yesterday => formatter.write_str("yesterday"),
            Self::Year(year) => write!(formatter, "{year:04}"),
            Self::Month(year, month) => write!(formatter, "{year:04}-{:02}", u8::from(month)),
            Self::Day(date) => write_day(formatter, date),
            Self::Minute(date, time) => {
                write_day(formatter, date)?;
                write!(formatter, "T{:02}:{:02}", time.hour(), time.minute())
            }
            Self::Second(date, time) => {
                write_day(formatter, date)?;
                let (hour, minute, second) = time.as_hms();
                write!(formatter, "T{hour:02}:{minute:02}:{second:02}")
            }
        }
    }
}

fn write_day(formatter: &mut fmt::Formatter<'_>, date: time::Date) -> fmt::Result {
    let (year, month, day) = date.to_calendar_date();
    write!(formatter, "{year:04}-{:02}-{day:02}", u8::from(month))
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::In(range) => write!(formatter, "{range}"),
            Self::Last(count, unit) => write!(formatter, "{count}{}", unit.letter()),
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::{Date, Period, micros};
    use crate::search::range::Range;

    #[test]
    fn a_date_stands_for_all_the_time_it_names() {
        let now = datetime!(2026-05-12 14:32:07.5 UTC);
        let cases = [
            (
                "today",
                datetime!(2026-05-12 0:00 UTC),
                datetime!(2026-05-13 0:00 UTC),
            ),
            (
                "yesterday",
                datetime!(2026-05-11 0:00 UTC),
                datetime!(2026-05-12 0:00 UTC),
            ),
            (
                "2025",
                datetime!(2025-01-01 0:00 UTC),
                datetime!(2026-01-01 0:00 UTC),
            ),
            (
                "2025-12",
                datetime!(2025-12-01 0:00 UTC),
                datetime!(2026-01-01 0:00 UTC),
            ),
            (
                "2024-02-29",
                datetime!(2024-02-29 0:00 UTC),
                datetime!(2024-03-01 0:00 UTC),
            ),
            (
                "2024-02-29T23:59",
                datetime!(2024-02-29 23:59 UTC),
                datetime!(2024-03-01 0:00 UTC),
            ),
            (
                "2024-02-29T23:59:58Z",
                datetime!(2024-02-29 23:59:58 UTC),
                datetime!(2024-02-29 23:59:59 UTC),
            ),
        ];
        for (text, from, until) in cases {
            let date = Date::parse(text).expect(text);
            let bounds = Period::In(Range::Is(date)).bounds(now);
            assert_eq!(
                (bounds.from, bounds.until),
                (micros(from), micros(until)),
                "{text}"
            );
        }
        let last = Period::last("2h").expect("two hours").bounds(now);
        assert_eq!(last.from, micros(datetime!(2026-05-12 12:32:07.5 UTC)));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "0000",
            "26",
            "2026-5",
            "2026-13",
            "2026-02-30",
            "2026-05-12T25:00",
            "2026T10:00",
            "12.05.2026",
            "2026-05-12T10",
            "2026-05-12T10:00:00.5",
            "2026-05-12-01",
            "tomorrow",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        for text in ["h", "0h", "1x", "123456d", "-1h", ""] {
            assert_eq!(Period::last(text), None, "{text}");
        }
    }
}
