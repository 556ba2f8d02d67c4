//! `GET /api/fn/rejected`: a page of the quarantine.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

use crate::{
    desk::{RejectedFilter, RejectedPage},
    error::Error,
};

/// Messages of the quarantine that match `filter`, newest first, with ids below
/// `before`.
///
/// # Errors
/// [`Error::Unavailable`] when the list could not be read: ask again.
#[server(prefix = "/api/fn", endpoint = "rejected", input = GetUrl, output = Json)]
pub async fn rejected(
    #[server(default)] filter: RejectedFilter,
    #[server(default)] before: Option<i64>,
) -> Result<RejectedPage, Error> {
    let desk = crate::ui::context::desk_from_context()?;
    desk.rejected(filter, before).await
}
