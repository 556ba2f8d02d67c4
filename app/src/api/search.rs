//! `GET /api/fn/search`: a page of the list of orders.

use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

use crate::{desk::OrderPage, error::Error};

/// Orders that match `q` (see `docs/search.md`), sorted by `sort` (see
/// [`orders::Sort`]), below `cursor`; at most `limit` of them (1 to
/// [`crate::desk::MAX_PAGE`]; [`crate::desk::DEFAULT_PAGE`] when left out).
///
/// # Errors
/// [`Error::Invalid`] names the field that cannot be understood,
/// [`Error::Unavailable`] when the list could not be read: ask again.
#[server(prefix = "/api/fn", endpoint = "search", input = GetUrl, output = Json)]
pub async fn search(
    #[server(default)] q: String,
    #[server(default)] sort: Option<String>,
    #[server(default)] cursor: Option<String>,
    #[server(default)] limit: Option<usize>,
) -> Result<OrderPage, Error> {
    use crate::desk::{DEFAULT_PAGE, PageRequest};

    let query = orders::search::Query::parse(&q).map_err(|problem| Error::invalid("q", problem))?;
    let sort = sort
        .filter(|text| !text.is_empty())
        .map_or(Ok(orders::Sort::default()), |text| text.parse())
        .map_err(|problem| Error::invalid("sort", problem))?;
    let cursor = cursor
        .filter(|text| !text.is_empty())
        .map(|text| text.parse())
        .transpose()
        .map_err(|problem| Error::invalid("cursor", problem))?;
    let page = PageRequest {
        sort,
        cursor,
        limit: limit.unwrap_or(DEFAULT_PAGE),
    };
    let desk = crate::ui::context::desk_from_context()?;
    desk.search(&query, page).await
}
