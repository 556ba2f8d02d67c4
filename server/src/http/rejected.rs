//! `GET /api/rejected` and `GET /api/rejected/{id}`.

use axum::{
    Json,
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use orders::Reason;
use serde::{Deserialize, Serialize};

use super::{orders::read_limit, problem::Problem};
use crate::store::{RejectedFilter, RejectedSummary, Store, StoreError};

/// `?reason=&cursor=&limit=`.
#[derive(Debug, Deserialize)]
pub struct RejectedQuery {
    reason: Option<String>,
    cursor: Option<String>,
    limit: Option<String>,
}

/// A page of the quarantine, newest first.
#[derive(Debug, Serialize)]
pub struct RejectedPage {
    rejected: Vec<RejectedSummary>,
    /// Where the next page starts; `null` after the last one.
    next: Option<String>,
}

/// The quarantine, newest first.
pub async fn list(
    State(store): State<Store>,
    query: Result<Query<RejectedQuery>, QueryRejection>,
) -> Result<Json<RejectedPage>, Problem> {
    let Query(query) = query.map_err(|problem| Problem::invalid(problem.body_text()))?;
    let limit = read_limit(query.limit.as_deref())?;
    let reason = query
        .reason
        .filter(|name| !name.is_empty())
        .map(|name| read_reason(&name))
        .transpose()?;
    let before = query
        .cursor
        .map(|cursor| {
            cursor
                .parse()
                .map_err(|_| Problem::invalid("cursor: not one that Orderdesk gave out"))
        })
        .transpose()?;
    // One more than asked for tells whether there is a next page.
    let mut rejected = store
        .rejected(RejectedFilter {
            reason,
            before,
            limit: limit + 1,
        })
        .await
        .map_err(|error| away(&error))?;
    let has_more = rejected.len() > limit;
    rejected.truncate(limit);
    let next = rejected
        .last()
        .filter(|_| has_more)
        .map(|last| last.id.to_string());
    Ok(Json(RejectedPage { rejected, next }))
}

/// One message: its bytes exactly as they came; what is known of it stands in
/// headers.
pub async fn get(
    State(store): State<Store>,
    id: Result<Path<i64>, PathRejection>,
) -> Result<Response, Problem> {
    let Ok(Path(id)) = id else {
        return Err(no_such_message());
    };
    let found = store
        .rejected_message(id)
        .await
        .map_err(|error| away(&error))?;
    let rejected = found.ok_or_else(no_such_message)?;
    let summary = rejected.summary;
    let headers = [
        // Never to be shown as a page: the bytes are anybody's.
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"rejected-{id}.bin\""),
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (
            HeaderName::from_static("x-orderdesk-reason"),
            summary.reason.to_string(),
        ),
        (
            HeaderName::from_static("x-orderdesk-sequence"),
            summary.sequence.to_string(),
        ),
        (
            HeaderName::from_static("x-orderdesk-published-at"),
            summary.published_at.to_string(),
        ),
    ];
    let mut response = rejected.message.into_response();
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

fn read_reason(name: &str) -> Result<Reason, Problem> {
    Reason::from_name(name).ok_or_else(|| {
        let known = Reason::ALL.map(Reason::as_str).join(", ");
        Problem::invalid(format!("reason: one of {known} is expected"))
    })
}

fn away(error: &StoreError) -> Problem {
    tracing::warn!(%error, "the quarantine could not be read");
    Problem::unavailable()
}

fn no_such_message() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "no-such-message",
        "There is no rejected message with this id.",
    )
}
