//! `GET /api/orders` and `GET /api/orders/{uid}`.

use std::sync::Arc;

use app::desk::{DEFAULT_PAGE, MAX_PAGE, OrderDesk as _, OrderPage, PageRequest};
use axum::{
    Json,
    body::Body,
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use orders::{Cursor, OrderUid, Sort, search};
use serde::Deserialize;
use utoipa::IntoParams;

use super::problem::Problem;
use crate::{
    cache::{CachedDocument, CachedOrder, Finder, LookupError},
    desk::ServiceDesk,
};

/// `?q=&sort=&cursor=&limit=`. Text, so that each mistake gets a sentence.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// What orders have to be like, in the search language; empty for all.
    #[serde(default)]
    #[param(max_length = 500, example = "city:moscow amount:>1000")]
    q: String,
    /// What the list is sorted by; without it, by arrival.
    #[param(value_type = Option<Sort>)]
    sort: Option<String>,
    /// Where the page starts: `next` of the page before.
    #[param(value_type = Option<Cursor>)]
    cursor: Option<String>,
    /// The most orders on the page; without it 50.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200)]
    limit: Option<String>,
}

/// Search.
///
/// A page of the orders that a search finds. Pages follow each other by cursor,
/// so orders that arrive meanwhile neither repeat nor hide any.
#[utoipa::path(
    get,
    path = "/api/orders",
    tag = "Orders",
    operation_id = "searchOrders",
    params(ListQuery),
    responses(
        (status = 200, description = "The page.", body = OrderPage),
        (status = 400, description = "A parameter cannot be understood; the sentence says where."),
        (status = 503, description = "The orders could not be looked up: PostgreSQL is away."),
    )
)]
pub async fn list(
    State(desk): State<Arc<ServiceDesk>>,
    query: Result<Query<ListQuery>, QueryRejection>,
) -> Result<Json<OrderPage>, Problem> {
    let Query(query) = query.map_err(|problem| Problem::invalid(problem.body_text()))?;
    let wanted = read_query(&query.q)?;
    let sort = read_sort(query.sort.as_deref())?;
    let cursor = read_cursor(query.cursor.as_deref())?;
    let limit = read_limit(query.limit.as_deref())?;
    let page = PageRequest {
        sort,
        cursor,
        limit,
    };
    Ok(Json(desk.search(&wanted, page).await?))
}

/// Reads a search; the problem says where the mistake stands.
pub(super) fn read_query(typed: &str) -> Result<search::Query, Problem> {
    search::Query::parse(typed).map_err(|mistake| {
        let part = typed.get(mistake.place.clone()).unwrap_or_default();
        Problem::invalid(format!("q, at `{part}`: {mistake}"))
    })
}

/// Reads the order of a list.
pub(super) fn read_sort(text: Option<&str>) -> Result<Sort, Problem> {
    text.filter(|text| !text.is_empty())
        .map_or(Ok(Sort::default()), |text| {
            text.parse()
                .map_err(|problem| Problem::invalid(format!("sort: {problem}")))
        })
}

fn read_cursor(text: Option<&str>) -> Result<Option<Cursor>, Problem> {
    text.filter(|text| !text.is_empty())
        .map(|text| {
            text.parse()
                .map_err(|problem| Problem::invalid(format!("cursor: {problem}")))
        })
        .transpose()
}

/// Reads a page size, 1 to [`MAX_PAGE`].
pub(super) fn read_limit(text: Option<&str>) -> Result<usize, Problem> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(DEFAULT_PAGE);
    };
    text.parse()
        .ok()
        .filter(|limit| (1..=MAX_PAGE).contains(limit))
        .ok_or_else(|| {
            Problem::invalid(format!("limit: a number from 1 to {MAX_PAGE} is expected"))
        })
}

/// One order.
///
/// Its JSON, byte for byte as it was published.
#[utoipa::path(
    get,
    path = "/api/orders/{uid}",
    tag = "Orders",
    operation_id = "getOrder",
    params(
        ("uid" = OrderUid, Path, description = "The order's number."),
        ("If-None-Match" = Option<String>, Header, description = "Entity tags of what the client has."),
    ),
    responses(
        (status = 200, description = "The document.", body = serde_json::Value, content_type = "application/json",
            headers(("ETag" = String, description = "The document's entity tag."))),
        (status = 304, description = "The client has it."),
        (status = 404, description = "There is no such order."),
        (status = 503, description = "It could not be looked up: it may be there."),
    )
)]
pub async fn get(
    State(finder): State<Finder>,
    uid: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    // What cannot be a uid is no order's uid.
    let Ok(Path(uid)) = uid else {
        return Err(Problem::no_such_order());
    };
    let order = find(&finder, &uid).await?;
    Ok(document(order.into(), headers.get(header::IF_NONE_MATCH)))
}

/// The order with this uid, or the problem to answer with.
pub(super) async fn find(finder: &Finder, uid: &str) -> Result<CachedOrder, Problem> {
    if let Some(order) = finder.cached(uid) {
        return Ok(order);
    }
    let uid: OrderUid = uid.parse().map_err(|_| Problem::no_such_order())?;
    match finder.order(&uid).await {
        Ok(Some(order)) => Ok(order),
        Ok(None) => Err(Problem::no_such_order()),
        Err(LookupError) => Err(Problem::unavailable()),
    }
}

/// The document with its entity tag, or 304 for a client that has it.
pub(super) fn document(found: CachedDocument, known: Option<&HeaderValue>) -> Response {
    let tag = format!("\"{:012x}\"", found.sum);
    let is_known = known
        .and_then(|known| known.to_str().ok())
        .is_some_and(|known| {
            known.split(',').any(|one| {
                let one = one.trim().trim_start_matches("W/");
                one == "*" || one == tag
            })
        });
    let mut response = if is_known {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        Response::new(Body::from(found.document))
    };
    let headers = response.headers_mut();
    // For these and for those that stand on every answer.
    headers.reserve(12);
    if !is_known {
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
    }
    let tag = HeaderValue::try_from(tag).expect("digits and quotes are visible ASCII");
    headers.insert(header::ETAG, tag);
    // Customers' data: a shared cache must not keep it; a browser asks again.
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    response
}
