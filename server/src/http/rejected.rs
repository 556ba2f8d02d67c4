//! `GET /api/rejected`, `GET /api/rejected/{id}` and what was done with it.

use axum::{
    Json,
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use orders::{QuarantineAction, QuarantineState, Reason, RejectedSummary, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{orders::read_limit, problem::Problem};
use crate::store::{QuarantineFilter, Store, StoreError};

/// `?reason=&state=&from=&to=&cursor=&limit=`. Text, so that each mistake gets a
/// sentence.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RejectedQuery {
    #[serde(flatten)]
    #[param(ignore)]
    filter: FilterText,
    /// Where the page starts: `next` of the page before.
    cursor: Option<String>,
    /// The most messages on the page; without it 50.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200)]
    limit: Option<String>,
}

/// Which messages are meant, as it was written: in an address, or in a body.
#[derive(Debug, Default, Deserialize, IntoParams, ToSchema)]
#[schema(as = RejectedFilter)]
#[into_params(parameter_in = Query)]
pub(super) struct FilterText {
    /// The kind of fault.
    #[schema(value_type = Option<Reason>)]
    #[param(value_type = Option<Reason>)]
    reason: Option<String>,
    /// How the message stands.
    #[schema(value_type = Option<QuarantineState>)]
    #[param(value_type = Option<QuarantineState>)]
    state: Option<String>,
    /// Set aside at this time or later.
    #[schema(value_type = Option<Timestamp>)]
    #[param(value_type = Option<Timestamp>)]
    from: Option<String>,
    /// Set aside before this time.
    #[schema(value_type = Option<Timestamp>)]
    #[param(value_type = Option<Timestamp>)]
    to: Option<String>,
}

impl FilterText {
    /// Reads it.
    pub(super) fn read(self) -> Result<QuarantineFilter, Problem> {
        Ok(QuarantineFilter {
            reason: given(self.reason).as_deref().map(read_reason).transpose()?,
            state: given(self.state).as_deref().map(read_state).transpose()?,
            from: read_moment("from", self.from)?,
            to: read_moment("to", self.to)?,
        })
    }
}

/// A page of the quarantine, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct RejectedPage {
    /// The messages, without their bytes.
    rejected: Vec<RejectedSummary>,
    /// Where the next page starts; `null` after the last one.
    next: Option<String>,
}

/// The quarantine.
///
/// A page of its messages, newest first.
#[utoipa::path(
    get,
    path = "/api/rejected",
    tag = "Quarantine",
    operation_id = "listRejected",
    params(FilterText, RejectedQuery),
    responses(
        (status = 200, description = "The page.", body = RejectedPage),
        (status = 400, description = "A parameter cannot be understood; the sentence says which."),
        (status = 503, description = "PostgreSQL is away."),
    )
)]
pub async fn list(
    State(store): State<Store>,
    query: Result<Query<RejectedQuery>, QueryRejection>,
) -> Result<Json<RejectedPage>, Problem> {
    let Query(query) = query.map_err(|problem| Problem::invalid(problem.body_text()))?;
    let limit = read_limit(query.limit.as_deref())?;
    let filter = query.filter.read()?;
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
        .rejected(filter, before, limit + 1)
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

/// Everything that was done with a message, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Actions {
    /// The actions.
    actions: Vec<QuarantineAction>,
}

/// What was done with a message.
///
/// Every action, newest first.
#[utoipa::path(
    get,
    path = "/api/rejected/{id}/actions",
    tag = "Quarantine",
    operation_id = "listActions",
    params(("id" = i64, Path, description = "The message's number in the quarantine.")),
    responses(
        (status = 200, description = "The actions.", body = Actions),
        (status = 404, description = "There is no such message."),
        (status = 503, description = "PostgreSQL is away."),
    )
)]
pub async fn actions(
    State(store): State<Store>,
    id: Result<Path<i64>, PathRejection>,
) -> Result<Json<Actions>, Problem> {
    let Ok(Path(id)) = id else {
        return Err(no_such_message());
    };
    let actions = store
        .rejected_actions(id)
        .await
        .map_err(|error| away(&error))?
        .ok_or_else(no_such_message)?;
    Ok(Json(Actions { actions }))
}

/// One message.
///
/// Its bytes exactly as they came; what is known of it stands in headers.
#[utoipa::path(
    get,
    path = "/api/rejected/{id}",
    tag = "Quarantine",
    operation_id = "getRejected",
    params(("id" = i64, Path, description = "The message's number in the quarantine.")),
    responses(
        (status = 200, description = "The bytes.", content_type = "application/octet-stream", headers(
            ("X-Orderdesk-Reason" = Reason, description = "The kind of fault."),
            ("X-Orderdesk-State" = QuarantineState, description = "How the message stands."),
            ("X-Orderdesk-Sequence" = i64, description = "Its position in its channel."),
            ("X-Orderdesk-Published-At" = Timestamp, description = "When NATS Streaming took it."),
        )),
        (status = 404, description = "There is no such message."),
        (status = 503, description = "PostgreSQL is away."),
    )
)]
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
            HeaderName::from_static("x-orderdesk-state"),
            summary.state.to_string(),
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

fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn read_reason(name: &str) -> Result<Reason, Problem> {
    Reason::from_name(name).ok_or_else(|| {
        let known = Reason::ALL.map(Reason::as_str).join(", ");
        Problem::invalid(format!("reason: one of {known} is expected"))
    })
}

fn read_state(name: &str) -> Result<QuarantineState, Problem> {
    QuarantineState::from_name(name).ok_or_else(|| {
        let known = QuarantineState::ALL.map(QuarantineState::as_str).join(", ");
        Problem::invalid(format!("state: one of {known} is expected"))
    })
}

fn read_moment(field: &str, text: Option<String>) -> Result<Option<Timestamp>, Problem> {
    given(text)
        .map(|text| {
            Timestamp::parse(&text).map_err(|_| {
                Problem::invalid(format!(
                    "{field}: a time such as 2026-05-12T14:32:00Z is expected (RFC 3339; a + is written %2B in an address)"
                ))
            })
        })
        .transpose()
}

pub(super) fn away(error: &StoreError) -> Problem {
    // What PostgreSQL says may quote a message; its code does not.
    tracing::warn!(
        sqlstate = error.sqlstate(),
        trouble = error.trouble().sentence(),
        "the quarantine could not be asked"
    );
    match error {
        StoreError::Corrupt(_) => Problem::from(app::error::Error::Internal),
        _ => Problem::unavailable(),
    }
}

pub(super) fn no_such_message() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "no-such-message",
        "There is no rejected message with this id.",
    )
}
