//! What every page may ask its surroundings for, each by a named function.

use crate::desk::{History, Pace, Stats};
use crate::docs::ApiDocs;
#[cfg(feature = "ssr")]
use crate::{desk::OrderDesk, error::Error};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use std::sync::Arc;

/// Gives the pages and server functions of one request the desk they read
/// through.
#[cfg(feature = "ssr")]
pub fn provide_desk(desk: Arc<dyn OrderDesk>) {
    provide_context(desk);
}

/// The desk that [`provide_desk`] gave.
///
/// # Errors
/// [`Error::Internal`] when nobody gave one: the server is put together wrong.
#[cfg(feature = "ssr")]
pub fn desk_from_context() -> Result<Arc<dyn OrderDesk>, Error> {
    use_context().ok_or(Error::Internal)
}

/// Gives the pages of one request the description of the API.
#[cfg(feature = "ssr")]
pub fn provide_docs(docs: &'static ApiDocs) {
    provide_context(docs);
}

/// How things stood when the page was rendered: once for all that shows it.
#[derive(Clone, Debug)]
struct Standing(Option<Stats>);

#[cfg(feature = "ssr")]
/// Asks once how things stand.
pub(super) fn provide_stats() {
    // There is no desk while the list of routes is made.
    let stats = desk_from_context().ok().map(|desk| desk.stats());
    provide_context(Standing(stats));
}

/// What had happened over the last hour when the page was rendered; nothing in
/// the browser.
pub fn history_while_rendering() -> History {
    #[cfg(feature = "ssr")]
    {
        desk_from_context().map_or_else(|_| History::default(), |desk| desk.history())
    }
    #[cfg(not(feature = "ssr"))]
    History::default()
}

/// How orders had come in over the last minute when the page was rendered;
/// nothing in the browser.
pub fn pace_while_rendering() -> Pace {
    #[cfg(feature = "ssr")]
    {
        desk_from_context().map_or_else(|_| Pace::default(), |desk| desk.pace())
    }
    #[cfg(not(feature = "ssr"))]
    Pace::default()
}

/// The description of the API; nothing in the browser.
pub fn docs_while_rendering() -> Option<&'static ApiDocs> {
    use_context()
}

/// How things stood when the page was rendered.
pub fn stats_while_rendering() -> Option<Stats> {
    use_context().and_then(|Standing(stats)| stats)
}

/// Seconds since 1970-01-01T00:00:00Z.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn now_unix_seconds() -> i64 {
    time::OffsetDateTime::now_utc().unix_timestamp()
}

/// Seconds since 1970-01-01T00:00:00Z.
#[cfg(target_arch = "wasm32")]
pub(super) fn now_unix_seconds() -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the browser's clock counts whole milliseconds, far below 2^53"
    )]
    let seconds = (js_sys::Date::now() / 1000.0) as i64;
    seconds
}
