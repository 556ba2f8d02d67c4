//! Standard error. Whoever read it may have gone; that is no reason to stop,
//! let alone to panic as `eprintln!` would.

use std::io::{self, Write as _};

/// Tells people one line.
pub fn say(line: &str) {
    // In one piece, so that lines of several processes do not mix.
    let _ = io::stderr().write_all(format!("{line}\n").as_bytes());
}
