//! `GET /api/fn/stats`: how things stand.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

use crate::{desk::Stats, error::Error};

/// How things stand now.
///
/// # Errors
/// None but those of the transport.
#[server(name = GetStats, prefix = "/api/fn", endpoint = "stats", input = GetUrl, output = Json)]
pub async fn stats() -> Result<Stats, Error> {
    Ok(crate::ui::context::desk_from_context()?.stats())
}
