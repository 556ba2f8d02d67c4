//! Who reads the page: the language, the time zone, the day.

use leptos::prelude::*;

use super::{context::now_unix_seconds, format::moment::Day, language::Locale, zone::Zone};

/// Who reads the page. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// The language.
    pub locale: Locale,
    /// The zone in which moments are shown.
    pub zone: Zone,
    /// The reader's day.
    pub today: Day,
}

impl Reader {
    /// Who a request comes from.
    #[cfg(feature = "ssr")]
    pub fn of(request: &http::request::Parts) -> Self {
        let header = |name| {
            let value = request.headers.get(name);
            value
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
        };
        let cookies = header(http::header::COOKIE);
        let accepted = header(http::header::ACCEPT_LANGUAGE);
        let zone = Zone::from_cookies(cookies);
        Self {
            locale: super::language::requested(cookies, accepted),
            today: today_in(&zone),
            zone,
        }
    }
}

/// Fixes who reads for everything below: once for each request.
#[cfg(feature = "ssr")]
pub(super) fn provide_reader() -> Reader {
    let reader = use_context::<http::request::Parts>()
        .as_ref()
        .map_or_else(Reader::default, Reader::of);
    provide_context(reader.clone());
    reader
}

/// Who reads: on the server who asked, in the browser who sits before it. Both
/// are the same, so that an island renders what the server did.
pub fn reader() -> Reader {
    #[cfg(feature = "ssr")]
    {
        use_context().unwrap_or_default()
    }
    #[cfg(not(feature = "ssr"))]
    {
        let zone = Zone::default();
        Reader {
            locale: locale(),
            today: today_in(&zone),
            zone,
        }
    }
}

/// The reader's language.
pub fn locale() -> Locale {
    #[cfg(feature = "ssr")]
    {
        reader().locale
    }
    #[cfg(not(feature = "ssr"))]
    {
        document()
            .document_element()
            .and_then(|root| super::language::from_tag(&root.get_attribute("lang")?))
            .unwrap_or_default()
    }
}

fn today_in(zone: &Zone) -> Day {
    let now = orders::Timestamp::from_unix_seconds(now_unix_seconds());
    now.map_or_else(Day::default, |now| Day::of(zone.local(now)))
}
