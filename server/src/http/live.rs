//! `GET /api/live`: Server-Sent Events (WHATWG HTML, 9.2).

use std::{convert::Infallible, sync::Arc, time::Duration};

use app::desk::OrderDesk as _;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{
        IntoResponse as _, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::{Stream, StreamExt as _, stream};
use orders::{RowSeq, search::Filter};
use serde::Deserialize;
use time::OffsetDateTime;
use tokio::{
    sync::{OwnedSemaphorePermit, broadcast},
    time::{Interval, MissedTickBehavior, interval},
};
use utoipa::{IntoParams, ToSchema};

use super::{HttpState, orders::read_query, problem::Problem};
use crate::{desk::ServiceDesk, live::NewOrder};

/// Orders that a returning listener is told of one by one; beyond, it reloads
/// its list.
const MAX_CATCH_UP: usize = 500;

/// Listeners at most; more are told to come back later.
pub const MAX_LISTENERS: usize = 1_000;

/// How often the figures are sent.
const STATS_INTERVAL: Duration = Duration::from_secs(1);

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
    let permit = Arc::clone(&state.listeners)
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
        ticks: ticks(),
        _permit: permit,
    };
    let events = stream::iter(missed)
        .chain(listener.events())
        .take_until(state.stop.clone().cancelled_owned())
        .map(Ok::<_, Infallible>);
    let mut response = Sse::new(events)
        .keep_alive(KeepAlive::default())
        .into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that buffer would hold events back.
    headers.insert(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    Ok(response)
}

/// What a listener missed, and the last row it then knows of.
async fn look_back(
    state: &HttpState,
    after: Option<RowSeq>,
    filter: &Filter,
) -> (Vec<Event>, RowSeq) {
    let Some(after) = after else {
        return (Vec::new(), RowSeq::default());
    };
    let reload = || vec![Event::default().event("reload").data("{}")];
    match state.store.orders_after(after, MAX_CATCH_UP + 1).await {
        Ok(orders) if orders.len() > MAX_CATCH_UP => (reload(), after),
        Ok(orders) => {
            let seen = orders.last().map_or(after, |last| last.seq);
            let events = orders
                .iter()
                .filter_map(|stored| order_event(&NewOrder::of(stored)?, filter))
                .collect();
            (events, seen)
        }
        Err(error) => {
            tracing::warn!(%error, "a listener's missed orders could not be read");
            (reload(), after)
        }
    }
}

fn ticks() -> Interval {
    let mut ticks = interval(STATS_INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    ticks
}

struct Listener {
    /// `None` for a listener that wants no orders.
    orders: Option<broadcast::Receiver<Arc<[Arc<NewOrder>]>>>,
    /// Rows up to this one were told of.
    seen: RowSeq,
    /// What it wants to hear of.
    filter: Filter,
    desk: Arc<ServiceDesk>,
    ticks: Interval,
    _permit: OwnedSemaphorePermit,
}

impl Listener {
    fn events(self) -> impl Stream<Item = Event> + Send {
        stream::unfold(self, |mut listener| async move {
            let events = listener.next().await?;
            Some((stream::iter(events), listener))
        })
        .flatten()
    }

    /// The next events; `None` when there will be no more.
    async fn next(&mut self) -> Option<Vec<Event>> {
        tokio::select! {
            batch = receive(&mut self.orders) => match batch {
                Ok(orders) => {
                    let seen = self.seen;
                    let new = orders.iter().filter(|order| order.seq() > seen);
                    Some(new.filter_map(|order| order_event(order, &self.filter)).collect())
                }
                Err(broadcast::error::RecvError::Lagged(_)) => {
                    Some(vec![Event::default().event("reload").data("{}")])
                }
                Err(broadcast::error::RecvError::Closed) => None,
            },
            _ = self.ticks.tick() => {
                let stats = Event::default().event("stats").json_data(self.desk.stats()).ok()?;
                Some(vec![stats])
            }
        }
    }
}

/// The next batch; never one for a listener that wants none.
async fn receive(
    orders: &mut Option<broadcast::Receiver<Arc<[Arc<NewOrder>]>>>,
) -> Result<Arc<[Arc<NewOrder>]>, broadcast::error::RecvError> {
    match orders {
        Some(orders) => orders.recv().await,
        None => std::future::pending().await,
    }
}

/// The event that tells of an order, if it is asked for.
fn order_event(new: &NewOrder, filter: &Filter) -> Option<Event> {
    if !filter.matches(&new.row) {
        return None;
    }
    let event = Event::default()
        .event("order")
        .id(new.seq().get().to_string());
    let marks = filter.marks(new.summary());
    if marks.is_empty() {
        return Some(event.data(new.json()));
    }
    let mut told = new.summary().clone();
    told.marks = marks;
    event.json_data(told).ok()
}
