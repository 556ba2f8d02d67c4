//! `GET /api/fn/rejected_message`: one message of the quarantine.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

use crate::{desk::RejectedView, error::Error};

/// The message with this number in the quarantine.
///
/// # Errors
/// [`Error::NotFound`] when there is none, [`Error::Unavailable`] when it could
/// not be looked up: ask again.
#[server(prefix = "/api/fn", endpoint = "rejected_message", input = GetUrl, output = Json)]
pub async fn rejected_message(id: i64) -> Result<RejectedView, Error> {
    let desk = crate::ui::context::desk_from_context()?;
    desk.rejected_message(id).await?.ok_or(Error::NotFound)
}
