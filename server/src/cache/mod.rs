//! Orders in memory: the lock-free map, what fills it, and what a miss means.

mod bulk;
mod kept;
mod lookup;
mod map;
mod pages;
mod warm_up;

pub use kept::{CachedDocument, CachedOrder};
pub use lookup::{Finder, LookupError};
pub use map::Cache;
pub use warm_up::keep_filled;
