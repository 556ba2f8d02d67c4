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
use orders::{OrderSummary, RowSeq};
use serde::Deserialize;
use tokio::{
    sync::{OwnedSemaphorePermit, broadcast},
    time::{Interval, MissedTickBehavior, interval},
};

use super::{HttpState, problem::Problem};
use crate::desk::ServiceDesk;

/// Orders that a returning listener is told of one by one; beyond, it reloads
/// its list.
const MAX_CATCH_UP: usize = 500;

/// Listeners at most; more are told to come back later.
pub const MAX_LISTENERS: usize = 1_000;

/// How often the figures are sent.
const STATS_INTERVAL: Duration = Duration::from_secs(1);

/// `?after=`: the newest row that the listener has.
#[derive(Debug, Default, Deserialize)]
pub struct LiveQuery {
    after: Option<i64>,
}

/// Tells of each stored order (`order`), of the figures once a second
/// (`stats`), and to reload the list when too much was missed (`reload`).
pub async fn live(
    State(state): State<HttpState>,
    Query(query): Query<LiveQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
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
    let (missed, seen) = look_back(&state, after).await;
    let listener = Listener {
        orders: listening,
        seen,
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
async fn look_back(state: &HttpState, after: Option<RowSeq>) -> (Vec<Event>, RowSeq) {
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
                .filter_map(|order| order_event(&order.summary()?))
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
    orders: broadcast::Receiver<Arc<[OrderSummary]>>,
    /// Rows up to this one were told of.
    seen: RowSeq,
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
            batch = self.orders.recv() => match batch {
                Ok(orders) => {
                    let seen = self.seen;
                    let new = orders.iter().filter(|order| order.seq > seen);
                    Some(new.filter_map(order_event).collect())
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

fn order_event(order: &OrderSummary) -> Option<Event> {
    Event::default()
        .event("order")
        .id(order.seq.to_string())
        .json_data(order)
        .ok()
}
