//! The time zone in which moments are shown: the reader's, as the browser told
//! by a cookie, or UTC. In the browser it is the browser's own; no table of zones
//! is code there.

use orders::Timestamp;
use time::{OffsetDateTime, UtcOffset};

/// The cookie in which the browser tells its zone.
const COOKIE: &str = "tz";

/// The attribute of `<html>` that says in which zone the page was rendered.
pub const ATTRIBUTE: &str = "data-zone";

/// The longest name of a zone, in bytes; today's have at most 30.
#[cfg(feature = "ssr")]
const MAX_NAME: usize = 64;

/// A time zone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Zone {
    #[cfg(feature = "ssr")]
    told: Option<jiff::tz::TimeZone>,
}

impl Zone {
    /// The zone that a `Cookie` header tells; UTC where it tells none that there
    /// is.
    #[cfg(feature = "ssr")]
    pub fn from_cookies(header: &str) -> Self {
        let told = super::cookies::value(header, COOKIE)
            .filter(|name| name.len() <= MAX_NAME)
            .and_then(|name| jiff::tz::TimeZone::get(name).ok());
        Self { told }
    }

    /// Its name, as the browser told it.
    #[cfg(feature = "ssr")]
    pub fn name(&self) -> Option<&str> {
        self.told.as_ref()?.iana_name()
    }

    /// Whether moments are shown in UTC, so that it has to be said.
    pub fn is_utc(&self) -> bool {
        #[cfg(feature = "ssr")]
        {
            self.name().is_none_or(is_utc)
        }
        #[cfg(not(feature = "ssr"))]
        {
            crate::ui::live::browser::time_zone().is_none_or(|name| is_utc(&name))
        }
    }

    /// A moment with the offset from UTC that this zone has then.
    pub fn local(&self, moment: Timestamp) -> OffsetDateTime {
        let moment = moment.get();
        let offset = UtcOffset::from_whole_seconds(self.offset_seconds(moment.unix_timestamp()))
            .unwrap_or(UtcOffset::UTC);
        // A moment at the very end of the calendar may have no other offset.
        moment.checked_to_offset(offset).unwrap_or(moment)
    }

    #[cfg(feature = "ssr")]
    fn offset_seconds(&self, at: i64) -> i32 {
        let Some(zone) = &self.told else { return 0 };
        jiff::Timestamp::from_second(at).map_or(0, |at| zone.to_offset(at).seconds())
    }

    #[cfg(not(feature = "ssr"))]
    #[expect(clippy::unused_self, reason = "on the server there are several")]
    fn offset_seconds(&self, at: i64) -> i32 {
        crate::ui::live::browser::offset_seconds(at)
    }
}

/// Whether this is a name of UTC.
pub fn is_utc(name: &str) -> bool {
    matches!(name, "UTC" | "Etc/UTC")
}

/// The cookie that tells a zone, for a year.
pub fn cookie(name: &str) -> String {
    format!("{COOKIE}={name}; Path=/; Max-Age=31536000; SameSite=Lax")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use orders::Timestamp;

    use super::Zone;

    #[test]
    fn a_zone_has_the_offset_of_the_moment() {
        let cases = [
            ("tz=Europe/Moscow", "2026-05-12T14:32:07Z", 3.0),
            ("a=b; tz=America/New_York", "2026-05-12T14:32:07Z", -4.0),
            ("tz=America/New_York", "2026-01-12T14:32:07Z", -5.0),
            ("tz=Asia/Kathmandu", "2026-05-12T17:32:07+03:00", 5.75),
            ("tz=UTC", "2026-05-12T14:32:07Z", 0.0),
            ("", "2026-05-12T17:32:07+03:00", 0.0),
            ("tz=Europe/Atlantis", "2026-05-12T14:32:07Z", 0.0),
            ("tz=../../etc/passwd", "2026-05-12T14:32:07Z", 0.0),
        ];
        for (cookies, moment, hours) in cases {
            let moment = Timestamp::parse(moment).unwrap();
            let local = Zone::from_cookies(cookies).local(moment);
            assert_eq!(local, moment.get());
            let found = f64::from(local.offset().whole_seconds()) / 3_600.0;
            assert!((found - hours).abs() < 1e-9, "{cookies}: {found}");
        }
    }

    #[test]
    fn it_is_utc_unless_told_otherwise() {
        assert!(Zone::from_cookies("").is_utc());
        assert!(Zone::from_cookies("tz=Etc/UTC").is_utc());
        assert!(!Zone::from_cookies("tz=Europe/London").is_utc());
        let named = Zone::from_cookies("tz=Asia/Tokyo");
        assert_eq!(named.name(), Some("Asia/Tokyo"));
        let long = format!("tz={}", "a".repeat(100_000));
        assert_eq!(Zone::from_cookies(&long), Zone::default());
    }
}
