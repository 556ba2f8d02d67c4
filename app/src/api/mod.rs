//! What the browser asks the server for: one server function a file.
//!
//! Each is a public endpoint under `/api/fn/`. It checks its input, calls one
//! method of the port and hands on the answer.

mod order;
mod search;
mod stats;
mod theme;

pub use order::{Order, order};
pub use search::{Search, search};
pub use stats::{GetStats, stats};
pub use theme::{SetTheme, set_theme};
