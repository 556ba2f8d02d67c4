//! Moments, in UTC: the server and the browser must write the same.

use orders::Timestamp;
use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, UtcOffset};

use crate::ui::context::now_unix_seconds;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A day by which moments near it can be written shorter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    year: i32,
    /// From 1; 0 for none.
    ordinal: u16,
}

impl Day {
    /// The day of `moment`, in UTC.
    pub fn of(moment: Option<Timestamp>) -> Self {
        moment.map_or_else(Self::default, |moment| {
            let (year, ordinal) = in_utc(moment).to_ordinal_date();
            Self { year, ordinal }
        })
    }

    /// Today, in UTC.
    pub fn now() -> Self {
        Self::of(Timestamp::from_unix_seconds(now_unix_seconds()))
    }

    fn is_year_of(self, moment: OffsetDateTime) -> bool {
        self.ordinal > 0 && self.year == moment.year()
    }
}

/// `12 May 2026, 14:32`
pub fn date_time(moment: Timestamp) -> String {
    let moment = in_utc(moment);
    format!("{}, {}", date_text(moment), hours_minutes(moment))
}

/// `12 May 2026, 14:32:05`
pub fn date_time_seconds(moment: Timestamp) -> String {
    let moment = in_utc(moment);
    format!("{}, {}", date_text(moment), clock_text(moment))
}

/// `2026-05-12T14:32:05`, for a form's field.
pub fn for_input(moment: Timestamp) -> String {
    let moment = in_utc(moment);
    format!("{}T{}", moment.date(), clock_text(moment))
}

/// `14:32:07`
pub fn clock(moment: Timestamp) -> String {
    clock_text(in_utc(moment))
}

/// `14:32`
pub fn hour_minute(moment: Timestamp) -> String {
    hours_minutes(in_utc(moment))
}

/// `14:32:07.413`
pub fn clock_millis(moment: Timestamp) -> String {
    let moment = in_utc(moment);
    format!("{}.{:03}", clock_text(moment), moment.millisecond())
}

/// When a row arrived: `14:32:07` on `today`, `11 May, 23:58` in its year,
/// `26 Nov 2021` otherwise.
pub fn arrived(moment: Timestamp, today: Day) -> String {
    if Day::of(Some(moment)) == today {
        clock(moment)
    } else {
        placed(moment, today)
    }
}

/// When an order was placed: `12 May, 14:32` in the year of `today`,
/// `26 Nov 2021` otherwise.
pub fn placed(moment: Timestamp, today: Day) -> String {
    let moment = in_utc(moment);
    if today.is_year_of(moment) {
        format!("{}, {}", day_month(moment), hours_minutes(moment))
    } else {
        date_text(moment)
    }
}

/// How long after `earlier` something happened: `0.6 ms`, `12 ms`, `2.4 s`,
/// `3 min`, `5 h`, `12 days`; `None` when it was earlier.
pub fn span(earlier: Timestamp, later: Timestamp) -> Option<String> {
    let elapsed = later.get() - earlier.get();
    if elapsed.is_negative() {
        return None;
    }
    let micros = elapsed.whole_microseconds();
    let text = if micros < 10_000 {
        format!("{}.{} ms", micros / 1000, micros % 1000 / 100)
    } else if micros < 1_000_000 {
        format!("{} ms", micros / 1000)
    } else if micros < 10_000_000 {
        format!("{}.{} s", micros / 1_000_000, micros % 1_000_000 / 100_000)
    } else if micros < 120_000_000 {
        format!("{} s", micros / 1_000_000)
    } else if elapsed.whole_minutes() < 120 {
        format!("{} min", elapsed.whole_minutes())
    } else if elapsed.whole_hours() < 48 {
        format!("{} h", elapsed.whole_hours())
    } else {
        format!("{} days", super::number::grouped(elapsed.whole_days()))
    };
    Some(text)
}

fn in_utc(moment: Timestamp) -> OffsetDateTime {
    // Every moment that was parsed lies in the calendar in UTC too; one that was
    // made otherwise is written in its own offset.
    moment
        .get()
        .checked_to_offset(UtcOffset::UTC)
        .unwrap_or(moment.get())
}

fn day_month(moment: OffsetDateTime) -> String {
    let month = MONTHS
        .get(usize::from(u8::from(moment.month()) - 1))
        .copied()
        .unwrap_or_default();
    format!("{} {month}", moment.day())
}

fn date_text(moment: OffsetDateTime) -> String {
    format!("{} {}", day_month(moment), moment.year())
}

fn hours_minutes(moment: OffsetDateTime) -> String {
    format!("{:02}:{:02}", moment.hour(), moment.minute())
}

fn clock_text(moment: OffsetDateTime) -> String {
    format!("{}:{:02}", hours_minutes(moment), moment.second())
}

#[cfg(test)]
mod tests {
    use orders::Timestamp;

    use super::{Day, arrived, clock_millis, date_time, date_time_seconds, placed, span};

    fn moment(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn moments_are_written_in_utc() {
        let sent = moment("2026-05-12T17:32:07.4137+03:00");
        assert_eq!(date_time(sent), "12 May 2026, 14:32");
        assert_eq!(date_time_seconds(sent), "12 May 2026, 14:32:07");
        assert_eq!(clock_millis(sent), "14:32:07.413");
    }

    #[test]
    fn nearer_moments_are_written_shorter() {
        let today = Day::of(Some(moment("2026-05-12T20:00:00Z")));
        let cases = [
            ("2026-05-12T14:32:07Z", "14:32:07"),
            ("2026-05-13T01:32:07+03:00", "22:32:07"),
            ("2026-05-11T23:58:00Z", "11 May, 23:58"),
            ("2021-11-26T06:22:19Z", "26 Nov 2021"),
        ];
        for (sent, expected) in cases {
            assert_eq!(arrived(moment(sent), today), expected, "{sent}");
        }
        assert_eq!(
            placed(moment("2026-05-12T14:32:07Z"), today),
            "12 May, 14:32"
        );
        assert_eq!(
            placed(moment("2026-05-12T14:32:07Z"), Day::default()),
            "12 May 2026"
        );
    }

    #[test]
    fn spans_have_one_unit() {
        let cases = [
            ("2026-05-12T14:00:00.0006Z", Some("0.6 ms")),
            ("2026-05-12T14:00:00.012Z", Some("12 ms")),
            ("2026-05-12T14:00:02.45Z", Some("2.4 s")),
            ("2026-05-12T14:00:42Z", Some("42 s")),
            ("2026-05-12T14:03:00Z", Some("3 min")),
            ("2026-05-12T19:00:00Z", Some("5 h")),
            ("2026-05-24T14:00:00Z", Some("12 days")),
            ("2026-05-12T13:59:59Z", None),
        ];
        for (later, expected) in cases {
            let found = span(moment("2026-05-12T14:00:00Z"), moment(later));
            assert_eq!(found.as_deref(), expected, "{later}");
        }
    }
}
