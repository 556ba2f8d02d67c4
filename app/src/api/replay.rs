//! `POST /api/fn/replay`: reads a message of the quarantine again.
//!
//! A form sends it, with scripts or without; the answer leads back to the
//! message's page, whose history says what came of it.

use leptos::prelude::*;

use crate::error::Error;

/// Reads the message `id` again; with `resolve` = `replace` it takes the place
/// of another order with its uid.
///
/// # Errors
/// None but those of the transport: the page says what could not be done.
#[server(prefix = "/api/fn", endpoint = "replay")]
pub async fn replay(id: i64, #[server(default)] resolve: String) -> Result<(), Error> {
    let desk = crate::ui::context::desk_from_context()?;
    let decided = desk.replay(id, resolve == "replace").await;
    super::decided(id, decided.map(drop));
    Ok(())
}
