//! A moment, as RFC 3339 on the wire.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

/// The largest offset from UTC, in whole hours, that PostgreSQL reads from text:
/// 15:59:59 (`MAX_TZDISP_HOUR`). RFC 3339 would go to 23:59; clocks on Earth go
/// from -12:00 to +14:00.
const MAX_OFFSET_HOURS: u8 = 15;

/// A moment. Written and read as RFC 3339; the offset that was sent is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = DateTime, examples("2021-11-26T06:22:19Z")))]
pub struct Timestamp(OffsetDateTime);

impl Timestamp {
    /// Reads RFC 3339 text, years 0001–9999 (PostgreSQL has no year 0), offsets
    /// from UTC below 16 hours: what PostgreSQL casts to `timestamptz`.
    ///
    /// # Errors
    /// A sentence for people.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let moment = OffsetDateTime::parse(text, &Rfc3339).map_err(
            |_| "not a date and time as RFC 3339 writes them, e.g. 2021-11-26T06:22:19Z",
        )?;
        // In UTC the last hours of the year 9999 may lie beyond the calendar.
        let in_utc = moment.checked_to_offset(UtcOffset::UTC);
        if moment.year() < 1 || in_utc.is_none_or(|in_utc| in_utc.year() < 1) {
            return Err("a date outside the years 1 to 9999");
        }
        if moment.offset().whole_hours().unsigned_abs() > MAX_OFFSET_HOURS {
            return Err("an offset from UTC of 16 hours or more");
        }
        Ok(Self(moment))
    }

    /// The moment `seconds` after 1970-01-01T00:00:00Z, if it lies within the
    /// years 1–9999.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        OffsetDateTime::from_unix_timestamp(seconds)
            .ok()
            .filter(|moment| moment.year() >= 1)
            .map(Self)
    }

    /// The moment as the crate `time` has it.
    pub const fn get(self) -> OffsetDateTime {
        self.0
    }
}

impl From<OffsetDateTime> for Timestamp {
    fn from(moment: OffsetDateTime) -> Self {
        Self(moment)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.format(&Rfc3339) {
            Ok(text) => formatter.write_str(&text),
            // A year before 0, which only `From` lets in. An error here would
            // make `to_string` panic.
            Err(_) => fmt::Display::fmt(&self.0, formatter),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rfc3339Text;
        impl de::Visitor<'_> for Rfc3339Text {
            type Value = Timestamp;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a date and time as RFC 3339 writes them")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
                Timestamp::parse(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Rfc3339Text)
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn reads_rfc_3339_only() {
        for text in [
            "2021-11-26T06:22:19Z",
            "2021-11-26T06:22:19.123456+03:00",
            "2021-11-26T06:22:19-15:59",
        ] {
            assert!(Timestamp::parse(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "2021-11-26",
            "26.11.2021",
            "0000-01-01T00:00:00Z",
            "2021-13-01T00:00:00Z",
            "0001-01-01T00:00:00+23:00",
            "9999-12-31T23:59:59-01:00",
            "2021-11-26T06:22:19+16:00",
            "2021-11-26T06:22:19-23:59",
        ] {
            assert!(Timestamp::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn prints_any_moment_without_a_panic() {
        for moment in [
            time::macros::datetime!(-9999-01-01 00:00 UTC),
            time::macros::datetime!(2021-01-01 00:00 +01:00:30),
            time::macros::datetime!(9999-12-31 23:59:59.999_999_999 -23:59),
        ] {
            assert!(!Timestamp::from(moment).to_string().is_empty());
        }
    }

    #[test]
    fn prints_what_it_read() {
        let text = "2021-11-26T06:22:19.5+03:00";
        assert_eq!(
            Timestamp::parse(text).map(|moment| moment.to_string()),
            Ok(text.into())
        );
    }
}
