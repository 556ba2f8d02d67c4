//! What changes while a page is open: the stream of orders and how things
//! stand.

pub mod browser;
mod feed;
mod standing;
mod stream;

pub use browser::elements;
pub use feed::{Feed, Link, provide_feed};
pub use standing::Standing;
pub use stream::tell_of;
