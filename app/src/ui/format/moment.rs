//! Moments in the reader's zone and language. The server and the browser write
//! the same: the one where it renders, the other where it learns the zone only
//! afterwards.

use orders::Timestamp;
use time::OffsetDateTime;

use super::number::with_decimal_mark;
use crate::ui::{
    language::{Locale, counted, td_string},
    reader::Reader,
};

const MONTHS: [[&str; 12]; 2] = [
    [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ],
    [
        "янв.",
        "февр.",
        "мар.",
        "апр.",
        "мая",
        "июн.",
        "июл.",
        "авг.",
        "сент.",
        "окт.",
        "нояб.",
        "дек.",
    ],
];

/// A day by which moments near it can be written shorter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    year: i32,
    /// From 1; 0 for none.
    ordinal: u16,
}

impl Day {
    /// The day of `moment`, where it is.
    pub fn of(moment: OffsetDateTime) -> Self {
        let (year, ordinal) = moment.to_ordinal_date();
        Self { year, ordinal }
    }

    fn is_year_of(self, moment: OffsetDateTime) -> bool {
        self.ordinal > 0 && self.year == moment.year()
    }
}

/// How a moment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// When a row arrived: `14:32:07` today, `11 May, 23:58` in this year,
    /// `26 Nov 2021` otherwise.
    Arrived,
    /// When an order was placed: `12 May, 14:32` in this year, `26 Nov 2021`
    /// otherwise.
    Placed,
    /// `12 May 2026, 14:32`
    Minute,
    /// `12 May 2026, 14:32:05`
    Second,
    /// `14:32`
    HourMinute,
    /// `14:32:07`
    Clock,
    /// `14:32:07.413`
    ClockMillis,
}

impl Written {
    /// Every way.
    pub const ALL: [Self; 7] = [
        Self::Arrived,
        Self::Placed,
        Self::Minute,
        Self::Second,
        Self::HourMinute,
        Self::Clock,
        Self::ClockMillis,
    ];

    /// Its name in the document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arrived => "arrived",
            Self::Placed => "placed",
            Self::Minute => "minute",
            Self::Second => "second",
            Self::HourMinute => "hour-minute",
            Self::Clock => "clock",
            Self::ClockMillis => "millis",
        }
    }

    /// The way with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.name() == name)
    }
}

/// A moment as `reader` sees it.
pub fn write(moment: Timestamp, written: Written, reader: &Reader) -> String {
    let moment = reader.zone.local(moment);
    let locale = reader.locale;
    match written {
        Written::Arrived if Day::of(moment) == reader.today => clock(moment),
        Written::Arrived | Written::Placed if reader.today.is_year_of(moment) => {
            format!("{}, {}", day_month(moment, locale), hour_minute(moment))
        }
        Written::Arrived | Written::Placed => date(moment, locale),
        Written::Minute => format!("{}, {}", date(moment, locale), hour_minute(moment)),
        Written::Second => format!("{}, {}", date(moment, locale), clock(moment)),
        Written::HourMinute => hour_minute(moment),
        Written::Clock => clock(moment),
        Written::ClockMillis => with_decimal_mark(
            locale,
            format!("{}.{:03}", clock(moment), moment.millisecond()),
        ),
    }
}

/// `2026-05-12T14:32:05`, in UTC, for a form's field.
pub fn for_input(moment: Timestamp) -> String {
    let moment = crate::ui::zone::Zone::default().local(moment);
    format!("{}T{}", moment.date(), clock(moment))
}

/// How long after `earlier` something happened: `0.6 ms`, `12 ms`, `2.4 s`,
/// `3 min`, `5 h`, `12 days`; `None` when it was earlier.
pub fn span(earlier: Timestamp, later: Timestamp, locale: Locale) -> Option<String> {
    let elapsed = later.get() - earlier.get();
    if elapsed.is_negative() {
        return None;
    }
    let micros = elapsed.whole_microseconds();
    let decimal = |number| with_decimal_mark(locale, number);
    let text = if micros < 10_000 {
        let number = decimal(format!("{}.{}", micros / 1000, micros % 1000 / 100));
        td_string!(locale, units.milliseconds, number)
    } else if micros < 1_000_000 {
        td_string!(locale, units.milliseconds, number = micros / 1000)
    } else if micros < 10_000_000 {
        let tenths = micros % 1_000_000 / 100_000;
        let number = decimal(format!("{}.{tenths}", micros / 1_000_000));
        td_string!(locale, units.seconds, number)
    } else if micros < 120_000_000 {
        td_string!(locale, units.seconds, number = micros / 1_000_000)
    } else if elapsed.whole_minutes() < 120 {
        td_string!(locale, units.minutes, number = elapsed.whole_minutes())
    } else if elapsed.whole_hours() < 48 {
        td_string!(locale, units.hours, number = elapsed.whole_hours())
    } else {
        counted!(locale, units.days, elapsed.whole_days())
    };
    Some(text)
}

fn day_month(moment: OffsetDateTime, locale: Locale) -> String {
    let months = match locale {
        Locale::en => MONTHS[0],
        Locale::ru => MONTHS[1],
    };
    let month = months
        .get(usize::from(u8::from(moment.month()) - 1))
        .copied()
        .unwrap_or_default();
    format!("{} {month}", moment.day())
}

fn date(moment: OffsetDateTime, locale: Locale) -> String {
    format!("{} {}", day_month(moment, locale), moment.year())
}

fn hour_minute(moment: OffsetDateTime) -> String {
    format!("{:02}:{:02}", moment.hour(), moment.minute())
}

fn clock(moment: OffsetDateTime) -> String {
    format!("{}:{:02}", hour_minute(moment), moment.second())
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use orders::Timestamp;

    use super::{Day, Locale, Reader, Written, for_input, span, write};
    use crate::ui::zone::Zone;

    fn moment(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("a moment")
    }

    /// A reader on this day.
    fn reader(locale: Locale, zone: &str, today: &str) -> Reader {
        let zone = Zone::from_cookies(&format!("tz={zone}"));
        Reader {
            locale,
            today: Day::of(zone.local(moment(today))),
            zone,
        }
    }

    #[test]
    fn moments_are_written_in_the_readers_zone_and_language() {
        let sent = moment("2026-05-12T17:32:07.4137+03:00");
        let london = reader(Locale::en, "UTC", "2027-01-01T00:00:00Z");
        let tokyo = reader(Locale::ru, "Asia/Tokyo", "2027-01-01T00:00:00Z");
        let cases = [
            (Written::Minute, "12 May 2026, 14:32", "12 мая 2026, 23:32"),
            (
                Written::Second,
                "12 May 2026, 14:32:07",
                "12 мая 2026, 23:32:07",
            ),
            (Written::Placed, "12 May 2026", "12 мая 2026"),
            (Written::HourMinute, "14:32", "23:32"),
            (Written::Clock, "14:32:07", "23:32:07"),
            (Written::ClockMillis, "14:32:07.413", "23:32:07,413"),
        ];
        for (way, english, russian) in cases {
            assert_eq!(write(sent, way, &london), english);
            assert_eq!(write(sent, way, &tokyo), russian);
            assert_eq!(Written::from_name(way.name()), Some(way));
        }
        assert_eq!(for_input(sent), "2026-05-12T14:32:07");
    }

    #[test]
    fn nearer_moments_are_written_shorter() {
        let utc = reader(Locale::en, "", "2026-05-12T20:00:00Z");
        let moscow = reader(Locale::ru, "Europe/Moscow", "2026-05-12T20:00:00Z");
        let cases = [
            ("2026-05-12T14:32:07Z", "14:32:07", "17:32:07"),
            ("2026-05-13T01:32:07+03:00", "22:32:07", "13 мая, 01:32"),
            ("2026-05-11T23:58:00Z", "11 May, 23:58", "02:58:00"),
            ("2021-11-26T06:22:19Z", "26 Nov 2021", "26 нояб. 2021"),
        ];
        for (sent, english, russian) in cases {
            assert_eq!(write(moment(sent), Written::Arrived, &utc), english);
            assert_eq!(write(moment(sent), Written::Arrived, &moscow), russian);
        }
        let placed = write(moment("2026-05-12T14:32:07Z"), Written::Placed, &utc);
        assert_eq!(placed, "12 May, 14:32");
        let unknown = write(
            moment("2026-05-12T14:32:07Z"),
            Written::Placed,
            &Reader::default(),
        );
        assert_eq!(unknown, "12 May 2026");
    }

    #[test]
    fn spans_have_one_unit() {
        let cases = [
            ("2026-05-12T14:00:00.0006Z", Some(("0.6 ms", "0,6 мс"))),
            ("2026-05-12T14:00:00.012Z", Some(("12 ms", "12 мс"))),
            ("2026-05-12T14:00:02.45Z", Some(("2.4 s", "2,4 с"))),
            ("2026-05-12T14:00:42Z", Some(("42 s", "42 с"))),
            ("2026-05-12T14:03:00Z", Some(("3 min", "3 мин"))),
            ("2026-05-12T19:00:00Z", Some(("5 h", "5 ч"))),
            ("2026-05-24T14:00:00Z", Some(("12 days", "12 дней"))),
            ("2026-06-02T14:00:00Z", Some(("21 days", "21 день"))),
            ("2026-05-12T13:59:59Z", None),
        ];
        for (later, expected) in cases {
            let found = |locale| span(moment("2026-05-12T14:00:00Z"), moment(later), locale);
            let english = expected.map(|(english, _)| english.to_owned());
            let russian = expected.map(|(_, russian)| russian.to_owned());
            assert_eq!(found(Locale::en), english, "{later}");
            assert_eq!(found(Locale::ru), russian, "{later}");
        }
    }
}
