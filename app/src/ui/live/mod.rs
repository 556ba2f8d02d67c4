//! What changes while a page is open: the stream of orders and how things
//! stand.

mod attention;
pub mod browser;
mod feed;
mod listing;
mod stream;

pub use attention::Attention;
pub use feed::{Feed, Link, feed_from_context};
pub use listing::{Arrivals, Listing, Row};
