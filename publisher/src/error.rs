//! What keeps the publisher from starting, in words that say what to do.

use std::{io, process::ExitCode};

use crate::split::SplitError;

/// What kept the publisher from starting.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Flags that do not go together.
    #[error("{0}")]
    Usage(String),
    /// The file could not be read.
    #[error("{path} cannot be read: {source}")]
    Unreadable {
        /// The file as it was named.
        path: String,
        /// What the operating system says.
        source: io::Error,
    },
    /// The file holds something other than JSON values.
    #[error(
        "{path}: {source}; to publish the whole file as one message, whatever it is, add --raw"
    )]
    NoValues {
        /// The file as it was named.
        path: String,
        /// What it holds instead.
        source: SplitError,
    },
    /// Signals could not be caught.
    #[error("signals cannot be caught: {0}")]
    Signals(io::Error),
    /// No server answered in time.
    #[error(
        "no NATS Streaming server of cluster {cluster} answers at {url} within {waited}: {cause}; \
         start one with `make services`, or set STAN_URL and STAN_CLUSTER"
    )]
    Unreachable {
        /// Where it was looked for, without a password.
        url: String,
        /// The cluster that was asked for.
        cluster: String,
        /// How long it was waited for.
        waited: humantime::FormattedDuration,
        /// The last thing that went wrong.
        cause: String,
    },
    /// The server answered and refused.
    #[error("the NATS Streaming server at {url} refused the connection: {cause}")]
    Refused {
        /// Which server, without a password.
        url: String,
        /// Its words.
        cause: String,
    },
    /// A message that the server would cut the connection for.
    #[error(
        "a message of {bytes} bytes is more than the NATS server takes ({most} bytes); \
         nothing was published; raise the server's `max_payload`"
    )]
    TooLarge {
        /// The largest message of this run.
        bytes: usize,
        /// What the server takes.
        most: usize,
    },
    /// Ctrl-C before there was a connection.
    #[error("stopped while waiting for the server; nothing was published")]
    Stopped,
}

impl Error {
    /// 2 for what the caller can mend in the command, 130 for Ctrl-C, 1 for
    /// the rest.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Usage(_) | Self::Unreadable { .. } | Self::NoValues { .. } => 2,
            Self::Stopped => 130,
            Self::Signals(_)
            | Self::Unreachable { .. }
            | Self::Refused { .. }
            | Self::TooLarge { .. } => 1,
        })
    }
}
