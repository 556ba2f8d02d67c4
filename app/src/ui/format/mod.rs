//! How values are written for people. Pure functions, the same on the server
//! and in the browser, so that hydration finds what it expects.

pub mod bytes;
pub mod json;
pub mod links;
pub mod moment;
pub mod number;
pub mod reason;
pub mod rejected_link;
pub mod sums;

/// `text` with what cannot be printed replaced, for texts that came in an
/// address: HTML has no way to write NUL.
pub fn printable(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}
