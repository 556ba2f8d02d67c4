//! `GET /api/live`: Server-Sent Events (WHATWG HTML, 9.2).

use std::{convert::Infallible, sync::Arc};

use axum::{
    body::Body,
    extract::{Query, State},
    http::{HeaderMap, HeaderName, header},
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use futures::{StreamExt as _, stream};
use orders::{RowSeq, search::Filter};
use serde::Deserialize;
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};

use super::{HttpState, orders::read_query, problem::Problem};
use crate::live::{Listener, NewOrder, reload, wanted};

/// Orders that a returning listener is told of one by one; beyond, it reloads
/// its list.
const MAX_CATCH_UP: usize = 500;

/// `?after=`: the newest row that the listener has. `?q=`: what it wants to
/// hear of, see `docs/search.md`.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LiveQuery {
    /// The newest row (`seq`) that the listener has: what came after it is told first.
    after: Option<i64>,
    /// Which orders to tell of, in the search language; empty for all.
    #[serde(default)]
    #[param(max_length = 500)]
    q: String,
    /// `stats`: no orders, only the figures.
    #[param(inline)]
    only: Option<Only>,
}

/// `?only=stats`: no orders, for pages that show none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Only {
    Stats,
}

/// Live feed.
///
/// Server-Sent Events without end: `order` for each stored order (an
/// `OrderSummary`; its `id` is the row), `stats` once a second (`Stats`), and
/// `reload` when too much was missed: read the list again.
#[utoipa::path(
    get,
    path = "/api/live",
    tag = "Live",
    operation_id = "listen",
    params(
        LiveQuery,
        ("Last-Event-ID" = Option<i64>, Header, description = "As `after`, and before it: browsers send it when they connect again."),
    ),
    responses(
        (status = 200, description = "The events.", body = String, content_type = "text/event-stream"),
        (status = 400, description = "A parameter cannot be understood."),
        (status = 503, description = "There are too many listeners."),
    )
)]
pub async fn live(
    State(state): State<HttpState>,
    Query(query): Query<LiveQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query_text = read_query(&query.q)?;
    let filter = Filter::new(&query_text, OffsetDateTime::now_utc());
    let place = Arc::clone(&state.listeners)
        .try_acquire_owned()
        .map_err(|_| Problem::unavailable())?;
    let after = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok()?.parse().ok())
        .or(query.after)
        .map(RowSeq::new);
    // Listening starts before the look back, so that nothing falls between.
    let listening = state.live.listen();
    let wants_orders = query.only.is_none();
    let (missed, seen) = if wants_orders {
        look_back(&state, after, &filter).await
    } else {
        (Vec::new(), RowSeq::default())
    };
    let listener = Listener {
        orders: wants_orders.then_some(listening),
        seen,
        filter,
        desk: Arc::clone(&state.service),
        place,
    };
    let events = stream::iter(missed)
        .chain(listener.events())
        .take_until(state.stop.clone().cancelled_owned())
        .map(Ok::<_, Infallible>);
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        // Proxies that buffer would hold events back.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::from_stream(events)).into_response())
}

/// What a listener missed, and the last row it then knows of.
async fn look_back(
    state: &HttpState,
    after: Option<RowSeq>,
    filter: &Filter,
) -> (Vec<Bytes>, RowSeq) {
    let Some(after) = after else {
        return (Vec::new(), RowSeq::default());
    };
    match state.store.orders_after(after, MAX_CATCH_UP + 1).await {
        Ok(orders) if orders.len() > MAX_CATCH_UP => (vec![reload()], after),
        Ok(orders) => {
            let seen = orders.last().map_or(after, |last| last.seq);
            let events = orders
                .iter()
                .filter_map(|stored| wanted(&NewOrder::of(stored)?, filter))
                .collect();
            (events, seen)
        }
        Err(error) => {
            tracing::warn!(%error, "a listener's missed orders could not be read");
            (vec![reload()], after)
        }
    }
}
