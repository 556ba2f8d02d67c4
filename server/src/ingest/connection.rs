//! A connection to a NATS server that lives as long as one session and never
//! comes back.

use std::{
    borrow::Cow,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering::SeqCst},
        mpsc,
    },
    thread,
    time::Duration,
};

use url::Url;

use super::session::SessionError;

/// How long closing may take before it goes on behind our back.
const CLOSE_PATIENCE: Duration = Duration::from_millis(500);

/// What ended a session, told by the connection's callbacks and by the pinging
/// thread.
#[derive(Debug, Default)]
pub(super) struct Health {
    problem: OnceLock<SessionError>,
    closing: AtomicBool,
}

impl Health {
    /// Ends the session with `problem`, unless it is being closed anyway.
    pub(super) fn lose(&self, problem: SessionError) {
        if !self.closing.load(SeqCst) {
            // Only the first problem counts.
            self.problem.set(problem).ok();
        }
    }

    /// From now on nothing is a problem any more.
    pub(super) fn close(&self) {
        self.closing.store(true, SeqCst);
    }

    /// What ended the session, if anything did.
    pub(super) fn problem(&self) -> Option<&SessionError> {
        self.problem.get()
    }
}

/// Connects to `url`. Blocks for as long as a frozen peer likes.
pub(super) fn connect(url: &str, health: &Arc<Health>) -> Result<nats::Connection, SessionError> {
    let unreachable = |error: &dyn std::fmt::Display| SessionError::Unreachable(error.to_string());
    let url = Url::parse(url).map_err(|error| unreachable(&error))?;
    let options = match (url.username(), url.password()) {
        ("", _) => nats::Options::new(),
        (token, None) => nats::Options::with_token(&decoded(token)),
        (user, Some(password)) => nats::Options::with_user_pass(&decoded(user), &decoded(password)),
    };
    let host = url.host_str().unwrap_or("127.0.0.1");
    let address = format!("{host}:{}", url.port().unwrap_or(4222));
    let (lost, closed) = (Arc::clone(health), Arc::clone(health));
    options
        .with_name("orderdesk")
        // A connection that comes back would revive an old client. It is
        // allowed to try, because one that gave up hangs in every call, but
        // the session is over with the first loss.
        .max_reconnects(None)
        .reconnect_delay_callback(|_| Duration::from_millis(500))
        // An acknowledgement while disconnected must fail, not wait to be sent
        // into a later session.
        .reconnect_buffer_size(0)
        .disconnect_callback(move || lost.lose(SessionError::Disconnected))
        .close_callback(move || closed.lose(SessionError::Disconnected))
        .connect(&address)
        .map_err(|error| unreachable(&error))
}

/// What a URL has to write as `%40` is `@`.
fn decoded(part: &str) -> Cow<'_, str> {
    percent_encoding::percent_decode_str(part).decode_utf8_lossy()
}

/// Closes `connection` and only then drops what used it: a client that is
/// dropped while its connection lives says goodbye in the name of its
/// successor, and the server would close that one. Closing hangs on a frozen
/// peer, so it happens on a thread of its own; this waits a moment for it.
pub(super) fn leave<T: Send + 'static>(connection: nats::Connection, users: T) {
    let (done, closed) = mpsc::channel();
    let spawned = thread::Builder::new()
        .name("stan-leave".to_owned())
        .spawn(move || {
            connection.close();
            drop(users);
            done.send(()).ok();
        });
    match spawned {
        Ok(_) => {
            closed.recv_timeout(CLOSE_PATIENCE).ok();
        }
        Err(error) => tracing::error!(%error, "no thread to close an old connection from"),
    }
}
