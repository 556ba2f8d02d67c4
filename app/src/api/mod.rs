//! What the browser asks the server for: one server function a file.
//!
//! Each is a public endpoint under `/api/fn/`. It checks its input, calls one
//! method of the port and hands on the answer.

mod discard;
mod language;
mod order;
mod rejected;
mod rejected_message;
mod replay;
mod replay_all;
mod search;
mod stats;
mod theme;
mod values;

pub use discard::{Discard, MAX_NOTE_CHARS, discard};
pub use language::{SetLanguage, set_language};
pub use order::{Order, order};
pub use rejected::{Rejected, rejected};
pub use rejected_message::{RejectedMessage, rejected_message};
pub use replay::{Replay, replay};
pub use replay_all::{ReplayAll, replay_all};
pub use search::{Search, search};
pub use stats::{GetStats, stats};
pub use theme::{SetTheme, set_theme};
pub use values::{Values, values};

/// Leads whoever decided on a message back to its page. What was done stands in
/// its history; what could not be done is said by the address.
#[cfg(feature = "ssr")]
fn decided(id: i64, decided: Result<(), crate::error::Error>) {
    use crate::error::Error;

    let failed = match decided {
        Ok(()) | Err(Error::NotFound) => "",
        Err(Error::Invalid { .. }) => "?failed=note",
        Err(Error::Unavailable | Error::Internal) => "?failed=away",
    };
    leptos_axum::redirect(&format!("/rejected/{id}{failed}"));
}
