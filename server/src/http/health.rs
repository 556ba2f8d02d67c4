//! `GET /healthz` and `GET /readyz`.

use std::sync::Arc;

use app::desk::{DatabaseState, IngestState, OrderDesk as _};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use crate::desk::ServiceDesk;

/// The process is alive. Touches nothing.
pub async fn healthz() -> &'static str {
    "alive\n"
}

#[derive(Serialize)]
struct Readiness {
    ready: bool,
    database: DatabaseState,
    ingest: IngestState,
    /// Why not, one sentence each.
    reasons: Vec<&'static str>,
}

/// Able to serve and to ingest: 200, else 503 with the reasons.
pub async fn readyz(
    State(desk): State<Arc<ServiceDesk>>,
    State(stopping): State<CancellationToken>,
) -> Response {
    let stats = desk.stats();
    let mut reasons = Vec::new();
    if stopping.is_cancelled() {
        reasons.push("shutting down");
    }
    if stats.database == DatabaseState::Away {
        reasons.push("PostgreSQL does not answer");
    }
    match stats.ingest {
        IngestState::Receiving | IngestState::Idle => {}
        IngestState::Connecting => reasons.push("connecting to NATS Streaming for the first time"),
        IngestState::Stalled => reasons.push("messages in hand cannot be stored"),
        IngestState::Reconnecting => reasons.push("the connection to NATS Streaming was lost"),
        IngestState::Replaced => reasons.push("another instance holds the subscription"),
    }
    let ready = reasons.is_empty();
    let code = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let readiness = Readiness {
        ready,
        database: stats.database,
        ingest: stats.ingest,
        reasons,
    };
    (code, [(header::CACHE_CONTROL, "no-store")], Json(readiness)).into_response()
}
