//! Opening a session. Every step can hang on a frozen peer, so all of it happens
//! on a thread of its own, of which there is one at most.

use std::{
    io,
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use tokio_util::sync::CancellationToken;

use super::{
    StanSource,
    connection::{Health, connect, leave},
    ping::start_pinging,
    session::{ACK_WAIT_SECONDS, Parts, Session, SessionError},
};

/// How long opening a session may take before somebody is told.
pub(super) const OPEN_TIMEOUT: Duration = Duration::from_secs(10);

/// How often the one who waits looks whether it should stop.
const LOOK_AROUND: Duration = Duration::from_millis(50);

/// Opens sessions, one at a time.
#[derive(Default)]
pub(super) struct Opener {
    /// An opening that was not waited for to its end. Another one beside it
    /// would hang as well, and each keeps a thread and a socket.
    opening: Option<mpsc::Receiver<Result<Session, SessionError>>>,
}

impl Opener {
    /// Connects, and resumes the durable subscription or begins it with the
    /// channel's first message. Gives up after ten seconds, or at `stop`; the
    /// next call waits on.
    ///
    /// # Errors
    /// Why there is no session. Everything opened is closed again.
    pub(super) fn open(
        &mut self,
        source: &StanSource,
        stop: &CancellationToken,
    ) -> Result<Session, SessionError> {
        let opening = match self.opening.take() {
            Some(opening) => opening,
            None => start(source.clone())?,
        };
        let began = Instant::now();
        loop {
            match opening.recv_timeout(LOOK_AROUND) {
                Ok(session) => return session,
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    return Err(SessionError::Disconnected);
                }
                Err(mpsc::RecvTimeoutError::Timeout) if stop.is_cancelled() => {
                    return Err(SessionError::Stopped);
                }
                Err(mpsc::RecvTimeoutError::Timeout) if began.elapsed() > OPEN_TIMEOUT => {
                    self.opening = Some(opening);
                    return Err(SessionError::Frozen);
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

fn start(
    source: StanSource,
) -> Result<mpsc::Receiver<Result<Session, SessionError>>, SessionError> {
    let (opened, opening) = mpsc::channel();
    thread::Builder::new()
        .name("stan-open".to_owned())
        // Where nobody waits any more, the session is dropped: abandoned.
        .spawn(move || opened.send(open(&source)).ok())
        .map_err(|error| SessionError::Refused(format!("no thread: {error}")))?;
    Ok(opening)
}

fn open(source: &StanSource) -> Result<Session, SessionError> {
    let health = Arc::new(Health::default());
    let connection = connect(source.url.expose(), &health)?;
    let client = match stan::connect(connection.clone(), &source.cluster, &source.client_id) {
        Ok(client) => client,
        Err(error) => {
            leave(connection, ());
            return Err(client_error(&error));
        }
    };
    let subscription = client.subscribe(
        &source.channel,
        stan::SubscriptionConfig {
            durable_name: Some(&source.durable),
            start: stan::SubscriptionStart::AllAvailable,
            max_in_flight: i32::from(source.max_in_flight),
            ack_wait_in_secs: ACK_WAIT_SECONDS,
            queue_group: None,
        },
    );
    let subscription = match subscription {
        Ok(subscription) => subscription,
        Err(error) => {
            leave(connection, client);
            return Err(SessionError::Refused(error.to_string()));
        }
    };
    match start_pinging(&connection, &client, &source.cluster, &health) {
        Ok(pinging) => Ok(Session::new(
            health,
            Parts {
                subscription,
                client,
                connection,
                _pinging: pinging,
            },
        )),
        Err(error) => {
            leave(connection, (subscription, client));
            Err(error)
        }
    }
}

fn client_error(error: &io::Error) -> SessionError {
    let text = error.to_string();
    if text.contains("clientID already registered") {
        SessionError::ClientIdTaken
    } else if error.kind() == io::ErrorKind::TimedOut || text.contains("no responders") {
        SessionError::NoStreaming
    } else {
        SessionError::Refused(text)
    }
}
