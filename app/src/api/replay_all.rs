//! `POST /api/fn/replay_all`: reads all messages of the quarantine that match
//! again, a bounded number at a time.
//!
//! A form sends it, with scripts or without; the answer leads back to the list,
//! whose address carries what came of it.

use leptos::prelude::*;

use crate::error::Error;

/// Replays the next open messages that match, oldest first. `start` is what an
/// earlier answer gave, or empty.
///
/// # Errors
/// None but those of the transport: the page says what could not be done.
#[server(prefix = "/api/fn", endpoint = "replay_all")]
pub async fn replay_all(
    #[server(default)] reason: String,
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] start: String,
) -> Result<(), Error> {
    use crate::ui::{format::rejected_link::RejectedLink, language::Locale};

    let mut link = RejectedLink {
        reason,
        from,
        to,
        ..RejectedLink::default()
    };
    let done = match link.filter() {
        Ok(filter) => {
            let desk = crate::ui::context::desk_from_context()?;
            desk.replay_all(filter, &start).await
        }
        Err(problem) => Err(Error::invalid("filter", problem.sentence(Locale::en))),
    };
    match done {
        Ok(done) => {
            link.replayed = done.replayed.to_string();
            link.closed = done.closed.to_string();
            link.start = done.next.unwrap_or_default();
        }
        Err(_) => "1".clone_into(&mut link.failed),
    }
    leptos_axum::redirect(&link.to_string());
    Ok(())
}
