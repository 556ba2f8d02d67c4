//! What the live stream last said, for every part of the app that shows it.

use leptos::prelude::*;
use orders::{OrderSummary, RowSeq, Timestamp};

use crate::desk::Stats;

/// Whether the browser hears the stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// Not yet, or there is no JavaScript.
    #[default]
    Opening,
    /// It does.
    Open,
    /// Not since this moment; it tries again.
    Lost(Option<Timestamp>),
}

/// What the live stream last said. It is there on the server too, where it
/// holds how things stand while the page is rendered.
#[derive(Clone, Copy, Debug)]
pub struct Feed {
    /// How things stand, about a second old at most.
    pub stats: RwSignal<Option<Stats>>,
    /// Whether the stream is heard.
    pub link: RwSignal<Link>,
    /// The orders of the last quarter of a second, in order of arrival.
    pub batch: RwSignal<Vec<OrderSummary>>,
    /// Grows when orders were missed: whoever shows a list reads it again.
    pub missed: RwSignal<u32>,
}

impl Feed {
    /// Starts with how things stand on the server, and in the browser listens
    /// from there on: no order falls between the rendered page and the stream.
    pub fn new() -> Self {
        let stats = SharedValue::new(stats_while_rendering).into_inner();
        let newest = stats
            .as_ref()
            .and_then(|stats| stats.last_order.as_ref())
            .map_or_else(RowSeq::default, |order| order.seq);
        let feed = Self {
            stats: RwSignal::new(stats),
            link: RwSignal::new(Link::Opening),
            batch: RwSignal::new(Vec::new()),
            missed: RwSignal::new(0),
        };
        Effect::new(move |_| super::stream::listen(feed, newest));
        feed
    }
}

impl Default for Feed {
    fn default() -> Self {
        Self::new()
    }
}

/// The feed of this app.
pub fn feed_from_context() -> Feed {
    use_context().unwrap_or_default()
}

#[cfg(feature = "ssr")]
fn stats_while_rendering() -> Option<Stats> {
    // There is no desk while the list of routes is made.
    crate::ui::context::desk_from_context()
        .ok()
        .map(|desk| desk.stats())
}

#[cfg(not(feature = "ssr"))]
fn stats_while_rendering() -> Option<Stats> {
    None
}
