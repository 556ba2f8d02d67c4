//! How values are written for people. Pure functions, the same on the server
//! and in the browser, so that hydration finds what it expects.

pub mod json;
pub mod links;
pub mod mark;
pub mod moment;
pub mod number;
pub mod sums;
