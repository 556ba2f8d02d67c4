//! What changes while a page is open: the stream of orders and how things
//! stand.

pub mod browser;
mod feed;
mod listing;
mod stream;

pub use feed::{Feed, Link, feed_from_context};
pub use listing::{Arrivals, Listing, Row};
