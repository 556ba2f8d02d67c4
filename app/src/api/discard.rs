//! `POST /api/fn/discard`: closes a message of the quarantine.
//!
//! A form sends it, with scripts or without; the answer leads back to the
//! message's page, whose history says what came of it.

use leptos::prelude::*;

use crate::error::Error;

/// The longest note, in characters.
pub const MAX_NOTE_CHARS: usize = 1_000;

/// Discards the message `id`; `note` says why.
///
/// # Errors
/// None but those of the transport: the page says what could not be done.
#[server(prefix = "/api/fn", endpoint = "discard")]
pub async fn discard(id: i64, #[server(default)] note: String) -> Result<(), Error> {
    let note = note.trim();
    let decided = if note.is_empty() || note.chars().count() > MAX_NOTE_CHARS {
        Err(Error::invalid("note", "say why"))
    } else {
        let desk = crate::ui::context::desk_from_context()?;
        desk.discard(id, note).await.map(drop)
    };
    super::decided(id, decided);
    Ok(())
}
