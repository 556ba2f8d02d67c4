//! What every page may ask its surroundings for, each by a named function.

use leptos::prelude::*;
use orders::Timestamp;

use super::format::moment::Day;
#[cfg(feature = "ssr")]
use crate::{desk::OrderDesk, error::Error};
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

/// The day on which the page was rendered, the same on the server and in the
/// browser, so that both write a moment in the same way.
#[derive(Clone, Copy, Debug)]
struct Today(Day);

/// Fixes the day for the whole app. Called once, before anything is rendered.
pub(super) fn provide_today() {
    let seconds = SharedValue::new(now_unix_seconds).into_inner();
    let now = Timestamp::from_unix_seconds(seconds);
    provide_context(Today(Day::of(now)));
}

/// The day on which the page was rendered.
pub fn today() -> Day {
    use_context().map_or_else(Day::default, |Today(day)| day)
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
