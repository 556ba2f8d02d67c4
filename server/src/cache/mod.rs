//! Orders in memory: the lock-free map, what fills it, and what a miss means.

mod lookup;
mod map;
mod warm_up;

pub use lookup::{Finder, LookupError};
pub use map::{Cache, CachedOrder};
pub use warm_up::keep_filled;
