//! What an operator decides on messages in quarantine: `POST
//! /api/rejected/{id}/replay`, `…/discard`, and `POST /api/rejected/replay` for
//! all that match.

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{
        Path, State,
        rejection::{BytesRejection, PathRejection},
    },
    http::{HeaderMap, StatusCode, header},
};
use orders::{Outcome, QuarantineState, Reason};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    problem::Problem,
    rejected::{FilterText, away, no_such_message},
    router::too_large,
};
use crate::{
    quarantine::{Counts, Page, Quarantine},
    store::Decision,
};

/// The longest note, in characters.
const MAX_NOTE_CHARS: usize = 1_000;

/// What to do about a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Resolve {
    /// The message becomes the order; the order goes into the quarantine.
    Replace,
}

/// `{"resolve": "replace"}`, or nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReplayBody {
    resolve: Option<Resolve>,
}

/// What came of a replay.
#[derive(Debug, Serialize)]
pub struct ReplayAnswer {
    id: i64,
    outcome: Outcome,
    state: QuarantineState,
    /// The order that it became.
    order_uid: Option<String>,
    /// Why it is still no order.
    rejection: Option<RejectionAnswer>,
    /// The quarantine's number of the order whose place it took.
    displaced: Option<i64>,
}

#[derive(Debug, Serialize)]
struct RejectionAnswer {
    reason: Reason,
    path: String,
    detail: String,
}

/// Reads one message again.
pub async fn replay(
    State(quarantine): State<Arc<Quarantine>>,
    id: Result<Path<i64>, PathRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<ReplayAnswer>, Problem> {
    let ReplayBody { resolve } = read_body(&headers, body)?;
    let Ok(Path(id)) = id else {
        return Err(no_such_message());
    };
    let decision = quarantine.replay(id, resolve.is_some()).await;
    let replayed = done(decision.map_err(|error| away(&error))?)?;
    Ok(Json(ReplayAnswer {
        id,
        outcome: replayed.outcome,
        state: replayed.outcome.state(),
        order_uid: replayed.order.map(|order| order.order_uid.to_string()),
        rejection: replayed.rejection.map(|rejection| RejectionAnswer {
            reason: rejection.reason,
            path: rejection.path,
            detail: rejection.detail,
        }),
        displaced: replayed.displaced,
    }))
}

/// `{"reason": …, "from": …, "to": …, "resolve": …, "cursor": …}`, each of them
/// optional.
#[derive(Debug, Default, Deserialize)]
struct ReplayAllBody {
    #[serde(flatten)]
    filter: FilterText,
    resolve: Option<Resolve>,
    cursor: Option<String>,
}

/// What came of replaying a batch of those that match.
#[derive(Debug, Serialize)]
pub struct ReplayAllAnswer {
    #[serde(flatten)]
    counts: Counts,
    /// The cursor of the next batch; `null` after the last one.
    next: Option<String>,
}

/// Reads the next open messages that match again, oldest first.
pub async fn replay_all(
    State(quarantine): State<Arc<Quarantine>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<ReplayAllAnswer>, Problem> {
    let body: ReplayAllBody = read_body(&headers, body)?;
    let filter = body.filter.read()?;
    if !matches!(filter.state, None | Some(QuarantineState::Open)) {
        return Err(Problem::invalid(
            "state: only open messages can be replayed",
        ));
    }
    let page = match body.cursor {
        Some(cursor) => cursor
            .parse()
            .map_err(|problem| Problem::invalid(format!("cursor: {problem}")))?,
        None => Page::first(&quarantine.store)
            .await
            .map_err(|error| away(&error))?,
    };
    let progress = quarantine
        .replay_page(filter, page, body.resolve.is_some())
        .await
        .map_err(|error| away(&error))?;
    Ok(Json(ReplayAllAnswer {
        counts: progress.counts,
        next: progress.next.map(|page| page.to_string()),
    }))
}

/// `{"note": …}`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct DiscardBody {
    #[serde(default)]
    note: String,
}

/// What came of discarding a message.
#[derive(Debug, Serialize)]
pub struct DiscardAnswer {
    id: i64,
    outcome: Outcome,
    state: QuarantineState,
}

/// Discards one message.
pub async fn discard(
    State(quarantine): State<Arc<Quarantine>>,
    id: Result<Path<i64>, PathRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<DiscardAnswer>, Problem> {
    let DiscardBody { note } = read_body(&headers, body)?;
    let Ok(Path(id)) = id else {
        return Err(no_such_message());
    };
    let note = note.trim();
    if note.is_empty() || note.chars().count() > MAX_NOTE_CHARS {
        return Err(Problem::invalid(format!(
            "note: say why, in 1 to {MAX_NOTE_CHARS} characters"
        )));
    }
    let decision = quarantine.discard(id, note).await;
    done(decision.map_err(|error| away(&error))?)?;
    Ok(Json(DiscardAnswer {
        id,
        outcome: Outcome::Discarded,
        state: QuarantineState::Discarded,
    }))
}

fn done<T>(decision: Decision<T>) -> Result<T, Problem> {
    match decision {
        Decision::Done(done) => Ok(done),
        Decision::NoSuchMessage => Err(no_such_message()),
        Decision::Closed(state) => Err(Problem::new(
            StatusCode::CONFLICT,
            "already-decided",
            format!("This message was {state} before. Nothing was done."),
        )),
    }
}

/// Reads a JSON body, which may be empty; its type has to be said all the same:
/// no form of another site can say it.
fn read_body<T: DeserializeOwned + Default>(
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<T, Problem> {
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    if !is_json {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "Send Content-Type: application/json, also without a body.",
        ));
    }
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => Problem::invalid("The body could not be read"),
    })?;
    if body.is_empty() {
        return Ok(T::default());
    }
    serde_json::from_slice(&body).map_err(|error| Problem::invalid(format!("body: {error}")))
}
