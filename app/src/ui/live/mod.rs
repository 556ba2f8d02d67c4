//! What changes while a page is open: the stream of orders and how things
//! stand.

pub mod browser;
mod feed;
mod stream;

pub use feed::{Feed, Link, feed_from_context, provide_feed};
pub use stream::tell_of;
