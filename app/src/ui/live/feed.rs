//! What the live stream last said, for every island that shows it.

use leptos::prelude::*;
use orders::{RowSeq, Timestamp};

use super::Standing;

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

/// What the live stream last said. Each island has its own, which starts with
/// what the server rendered it with; all of them hear the one stream of the
/// page.
#[derive(Clone, Copy, Debug)]
pub struct Feed {
    /// How things stand, about a second old at most.
    pub stats: RwSignal<Option<Standing>>,
    /// Whether the stream is heard.
    pub link: RwSignal<Link>,
    /// The rows of the last quarter of a second, in order of arrival.
    pub batch: RwSignal<Vec<RowSeq>>,
    /// Grows when orders were missed: whoever shows a list reads it again.
    pub missed: RwSignal<u32>,
}

impl Feed {
    fn starting_with(stats: Option<Standing>) -> Self {
        Self {
            stats: RwSignal::new(stats),
            link: RwSignal::new(Link::Opening),
            batch: RwSignal::new(Vec::new()),
            missed: RwSignal::new(0),
        }
    }
}

/// Gives an island its feed, which starts with what the server knew.
pub fn provide_feed(stats: Option<Standing>) -> Feed {
    let feed = Feed::starting_with(stats);
    // Effects run in the browser only, once the island is taken over.
    Effect::new(move |_| super::stream::join(feed));
    feed
}
