//! What can go wrong for a reader, as far as a reader may know.

use http::StatusCode;
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// What can go wrong for a reader. Causes stay in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Error {
    /// There is no such thing.
    #[error("there is no such order")]
    NotFound,
    /// The request cannot be understood.
    #[error("{field}: {problem}")]
    Invalid {
        /// The name of the field, as in the URL.
        field: String,
        /// What is wrong with it, for people.
        problem: String,
    },
    /// It could not be looked up now; it may be there.
    #[error("the database is away, so this could not be looked up; try again in a moment")]
    Unavailable,
    /// A fault of Orderdesk's own.
    #[error("something broke inside Orderdesk; the log says more")]
    Internal,
}

impl Error {
    /// The HTTP status that says the same.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Invalid { .. } => StatusCode::BAD_REQUEST,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A request whose `field` cannot be understood.
    pub fn invalid(field: &str, problem: impl ToString) -> Self {
        Self::Invalid {
            field: field.to_owned(),
            problem: problem.to_string(),
        }
    }
}

impl FromServerFnError for Error {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(problem) | ServerFnErrorErr::MissingArg(problem) => {
                Self::invalid("arguments", problem)
            }
            // The request did not reach the server.
            ServerFnErrorErr::Request(_) => Self::Unavailable,
            _ => Self::Internal,
        }
    }
}
