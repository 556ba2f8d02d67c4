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
use utoipa::ToSchema;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Resolve {
    /// The message becomes the order; the order goes into the quarantine.
    Replace,
}

/// `{"resolve": "replace"}`, or nothing.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReplayBody {
    /// What to do when another order has its uid; without it, nothing.
    resolve: Option<Resolve>,
}

/// What came of a replay.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayAnswer {
    /// The message's number.
    id: i64,
    /// What came of it.
    outcome: Outcome,
    /// How the message stands now.
    state: QuarantineState,
    /// The order that it became.
    order_uid: Option<String>,
    /// Why it is still no order.
    rejection: Option<RejectionAnswer>,
    /// The quarantine's number of the order whose place it took.
    displaced: Option<i64>,
}

/// Why a message is no order.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rejection)]
struct RejectionAnswer {
    /// The kind of fault.
    reason: Reason,
    /// Where in the document; empty for the whole message.
    path: String,
    /// A sentence for people.
    detail: String,
}

/// Replay a message.
///
/// Reads it again, by the rules of today, and stores it if it is an order now.
#[utoipa::path(
    post,
    path = "/api/rejected/{id}/replay",
    tag = "Quarantine",
    operation_id = "replay",
    params(("id" = i64, Path, description = "The message's number in the quarantine.")),
    request_body = Option<ReplayBody>,
    responses(
        (status = 200, description = "What came of it.", body = ReplayAnswer),
        (status = 400, description = "The body cannot be understood."),
        (status = 404, description = "There is no such message."),
        (status = 409, description = "It was decided on before."),
        (status = 413, description = "The body is too long."),
        (status = 415, description = "The body is not said to be JSON."),
        (status = 503, description = "PostgreSQL is away."),
    )
)]
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
#[derive(Debug, Default, Deserialize, ToSchema)]
struct ReplayAllBody {
    #[serde(flatten)]
    filter: FilterText,
    /// What to do in conflicts; without it, nothing.
    resolve: Option<Resolve>,
    /// Where to go on: `next` of the answer before.
    cursor: Option<String>,
}

/// What came of replaying a batch of those that match.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayAllAnswer {
    #[serde(flatten)]
    counts: Counts,
    /// The cursor of the next batch; `null` after the last one.
    next: Option<String>,
}

/// Replay all that match.
///
/// Reads the next open messages that match again, oldest first, 500 at a time.
#[utoipa::path(
    post,
    path = "/api/rejected/replay",
    tag = "Quarantine",
    operation_id = "replayAll",
    request_body = Option<ReplayAllBody>,
    responses(
        (status = 200, description = "What came of this batch.", body = ReplayAllAnswer),
        (status = 400, description = "The body cannot be understood."),
        (status = 413, description = "The body is too long."),
        (status = 415, description = "The body is not said to be JSON."),
        (status = 503, description = "PostgreSQL is away."),
    )
)]
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
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DiscardBody {
    /// Why.
    #[serde(default)]
    #[schema(required = true, min_length = 1, max_length = 1000)]
    note: String,
}

/// What came of discarding a message.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiscardAnswer {
    /// The message's number.
    id: i64,
    /// What came of it.
    outcome: Outcome,
    /// How the message stands now.
    state: QuarantineState,
}

/// Discard a message.
///
/// Closes it as no order. Its bytes stay.
#[utoipa::path(
    post,
    path = "/api/rejected/{id}/discard",
    tag = "Quarantine",
    operation_id = "discard",
    params(("id" = i64, Path, description = "The message's number in the quarantine.")),
    request_body = DiscardBody,
    responses(
        (status = 200, description = "It is discarded.", body = DiscardAnswer),
        (status = 400, description = "There is no note, or the body cannot be understood."),
        (status = 404, description = "There is no such message."),
        (status = 409, description = "It was decided on before."),
        (status = 413, description = "The body is too long."),
        (status = 415, description = "The body is not said to be JSON."),
        (status = 503, description = "PostgreSQL is away."),
    )
)]
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
