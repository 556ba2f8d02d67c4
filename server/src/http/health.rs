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
use utoipa::ToSchema;

use crate::desk::ServiceDesk;

/// Alive.
///
/// The process is alive. Touches nothing.
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "State",
    operation_id = "isAlive",
    responses((status = 200, description = "It is.", body = String, content_type = "text/plain"))
)]
pub async fn healthz() -> &'static str {
    "alive\n"
}

/// Whether the service is able to serve and to ingest.
#[derive(Serialize, ToSchema)]
struct Readiness {
    /// Whether it is.
    ready: bool,
    /// Whether PostgreSQL answers.
    database: DatabaseState,
    /// What ingestion is doing.
    ingest: IngestState,
    /// Why not, one sentence each.
    reasons: Vec<String>,
}

/// Ready.
///
/// Able to serve and to ingest: 200, else 503 with the reasons.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "State",
    operation_id = "isReady",
    responses(
        (status = 200, description = "It is ready.", body = Readiness),
        (status = 503, description = "It is not, and why.", body = Readiness),
    )
)]
pub async fn readyz(
    State(desk): State<Arc<ServiceDesk>>,
    State(stopping): State<CancellationToken>,
) -> Response {
    let stats = desk.stats();
    let mut reasons = Vec::new();
    if stopping.is_cancelled() {
        reasons.push("shutting down".to_owned());
    }
    if stats.database == DatabaseState::Away {
        reasons.push("PostgreSQL does not answer".to_owned());
    }
    match stats.ingest {
        IngestState::Receiving | IngestState::Idle => {}
        IngestState::Connecting => {
            reasons.push("connecting to NATS Streaming for the first time".to_owned());
        }
        IngestState::Stalled => reasons.push(format!(
            "messages in hand cannot be stored: {}",
            stats.trouble.as_deref().unwrap_or("the log says why")
        )),
        IngestState::Reconnecting => {
            reasons.push("the connection to NATS Streaming was lost".to_owned());
        }
        IngestState::Replaced => reasons.push("another instance holds the subscription".to_owned()),
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
