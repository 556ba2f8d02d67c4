//! The keyboard: what its keys do, and where that is told.

#[cfg(feature = "ssr")]
mod all;
mod help;
mod press;
mod rows;
mod single;

#[cfg(feature = "ssr")]
pub use all::{AllKeys, Help, command_key};
pub use press::{Shortcuts, is_typed_into};

/// The address of the page that lists every key.
pub(super) const ALL_KEYS: &str = "/keys";

/// The id of the list of keys on that page.
const KEYS: &str = "all-keys";

/// The id of the dialog that shows it elsewhere.
const HELP: &str = "help";
