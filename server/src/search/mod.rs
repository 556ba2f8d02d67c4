//! Search in the process itself: columns of what orders are found by, in
//! chunks in order of arrival.
//!
//! A query is answered by walking the chunks from the newest to the oldest and
//! testing all rows of a chunk at once. Sealed chunks never change and are
//! shared; the newest rows stand in one open chunk. An order is in its columns
//! before anyone is told of it. `docs/adr/0007-search-in-the-process.md` says
//! why this and not PostgreSQL or a search library.

mod beside;
mod bitmap;
mod chunk;
mod dictionary;
mod evaluate;
mod fill;
mod index;
mod look;
mod page;
mod parts;
mod plan;
mod shared;
mod sieve;
#[cfg(test)]
mod tests;
mod text_column;

pub use beside::Neighbours;
pub use fill::{Filler, fill, filler};
pub use index::{Progress, SearchIndex};
pub use page::{Found, Hit, MAX_EXACT_COUNT, place};
