//! The hot paths of Orderdesk, each as a piece of work that can be done again
//! and again, and beside it the same work done in the plainest way.
//!
//! Three things measure them: `cargo bench` their time, `orderdesk-instructions`
//! their instructions, and `orderdesk-ratios` how they stand to the plain way,
//! which is what must not fall.
#![deny(missing_docs)]

mod columns;
mod map;
mod pages;
mod parsing;
mod sample;
mod scan;

pub use map::{LockedMap, OrderMap};
pub use sample::Orders;

/// Work that is done each time it is called.
pub type Work = Box<dyn FnMut()>;

/// A hot path, or the plain way of another one.
#[derive(Clone, Copy)]
pub struct HotPath {
    /// Its name.
    pub name: &'static str,
    /// What one run of it does, in words.
    pub what: &'static str,
    /// How many orders, or searches, that is.
    pub pieces: usize,
    /// Gets everything ready that is not to be measured.
    pub prepare: fn(&Orders) -> Work,
}

/// How many orders [`Orders::made`] needs for every path to have its fill.
pub const LEAST_ORDERS: usize = 1_000;

/// Every hot path, with the plain way to measure it against.
pub const HOT_PATHS: [(HotPath, HotPath); 7] = [
    (parsing::PARSE, parsing::JSON_VALUE),
    (map::GET, map::LOCKED_GET),
    (map::INSERT, map::LOCKED_INSERT),
    (columns::ENCODE, columns::COPY),
    (pages::SUMMARIES_JSON, pages::VALUE_JSON),
    (pages::ROWS_HTML, pages::SUMMARIES_JSON),
    (scan::SEARCH, scan::SCAN),
];

/// Each path and each plain way once.
pub fn every_path() -> Vec<HotPath> {
    let mut paths: Vec<HotPath> = Vec::new();
    for path in HOT_PATHS
        .into_iter()
        .flat_map(|(path, plain)| [path, plain])
    {
        if paths.iter().all(|known| known.name != path.name) {
            paths.push(path);
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_runs() {
        let orders = Orders::made(LEAST_ORDERS);
        for path in every_path() {
            let mut work = (path.prepare)(&orders);
            work();
            work();
        }
    }

    #[test]
    fn names_are_their_own() {
        let paths = every_path();
        assert_eq!(paths.len(), 2 * HOT_PATHS.len() - 1);
    }
}
