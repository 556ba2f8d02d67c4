//! `GET /api/fn/order`: one order.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

use crate::{desk::OrderRecord, error::Error};

/// The order with this uid.
///
/// # Errors
/// [`Error::Invalid`] for a text that is no uid, [`Error::NotFound`] when it is
/// known that there is no such order, [`Error::Unavailable`] when it could not
/// be looked up: ask again.
#[server(prefix = "/api/fn", endpoint = "order", input = GetUrl, output = Json)]
pub async fn order(uid: String) -> Result<OrderRecord, Error> {
    let uid = uid
        .parse()
        .map_err(|problem| Error::invalid("uid", problem))?;
    let desk = crate::ui::context::desk_from_context()?;
    desk.order(&uid).await?.ok_or(Error::NotFound)
}
