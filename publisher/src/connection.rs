//! The connection to NATS Streaming: opened with patience, replaced when the
//! server has forgotten it, closed within a bounded time.

use std::{
    io::{self, BufRead as _, BufReader, Read as _},
    net::{TcpStream, ToSocketAddrs as _},
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use serde::Deserialize;

use crate::{args::Args, error::Error, say::say, server_url::ServerUrl, stop::Stop};

/// How long one attempt to connect may take.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(5);

/// The pause between two attempts to connect.
const ATTEMPT_PAUSE: Duration = Duration::from_millis(250);

/// How long closing may take; the client itself waits two seconds.
const CLOSE_TIMEOUT: Duration = Duration::from_millis(2500);

/// What a published message's envelope takes at most, in bytes: client id,
/// subject (both bounded by [`Args`]), message id and connection id.
const ENVELOPE_BYTES: usize = 1024;

/// One session at the NATS Streaming server, on a NATS connection of its own.
///
/// Dropping it tells the server good-bye from a thread of its own, because a
/// server that no longer answers would hold up whoever drops it.
pub struct Session {
    parts: Option<(stan::Client, nats::Connection)>,
}

impl Session {
    /// Publishes one message and waits for the server to acknowledge that it
    /// has stored it, at most a second.
    ///
    /// # Errors
    /// The server refused, or it is unknown whether it has stored the message.
    pub fn publish(&self, channel: &str, payload: &[u8]) -> io::Result<()> {
        match &self.parts {
            Some((client, _)) => client.publish(channel, payload),
            None => Err(io::ErrorKind::NotConnected.into()),
        }
    }

    /// Says good-bye. The receiver hears when it has been said.
    fn close(&mut self) -> mpsc::Receiver<()> {
        let (done, heard) = mpsc::sync_channel(1);
        if let Some((client, connection)) = self.parts.take() {
            thread::spawn(move || {
                drop(client);
                connection.close();
                // Nobody may be listening any more.
                let _ = done.send(());
            });
        }
        heard
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        drop(self.close());
    }
}

/// The session that is in use, and how to open another one.
pub struct Connections {
    url: ServerUrl,
    cluster: String,
    client_id: String,
    max_payload: usize,
    current: Mutex<Current>,
}

struct Current {
    session: Arc<Session>,
    /// Counts the sessions of this run; a new one has a new client id, since
    /// the good-bye of an old one would otherwise end its successor.
    generation: u64,
    /// Someone is opening the next session, or did so a moment ago.
    not_before: Instant,
}

impl Connections {
    /// Opens the first session. A server that is not up yet is waited for, as
    /// long as `args` say.
    ///
    /// # Errors
    /// No server answered in time, or it refused.
    pub fn open(args: &Args, stop: &Stop) -> Result<Self, Error> {
        let (url, cluster) = (args.stan_url.clone(), args.stan_cluster.clone());
        let client_id = args.client_id();
        let deadline = Instant::now() + args.connect_timeout;
        let mut said_so = false;
        let (session, max_payload) = loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let cause = match connect(&url, &cluster, &client_id, left.max(Duration::from_secs(1)))
            {
                Ok(opened) => break opened,
                Err(Failure::Refused(cause)) => {
                    return Err(Error::Refused {
                        url: url.to_string(),
                        cause,
                    });
                }
                Err(Failure::NotNow(cause)) => cause,
            };
            if Instant::now() + ATTEMPT_PAUSE >= deadline {
                return Err(Error::Unreachable {
                    url: url.to_string(),
                    cluster,
                    waited: humantime::format_duration(args.connect_timeout),
                    cause,
                });
            }
            if !said_so {
                say(&format!("waiting for NATS Streaming at {url}: {cause}"));
                said_so = true;
            }
            if !stop.wait_until(Instant::now() + ATTEMPT_PAUSE) {
                return Err(Error::Stopped);
            }
        };
        Ok(Self {
            url,
            cluster,
            client_id,
            max_payload,
            current: Mutex::new(Current {
                session: Arc::new(session),
                generation: 1,
                not_before: Instant::now(),
            }),
        })
    }

    /// Whether messages up to this size can be published at all: a NATS server
    /// cuts the connection for a larger one.
    ///
    /// # Errors
    /// The server takes only smaller ones.
    pub fn admit(&self, largest_bytes: usize) -> Result<(), Error> {
        let most = self.max_payload.saturating_sub(ENVELOPE_BYTES);
        if largest_bytes > most {
            return Err(Error::TooLarge {
                bytes: largest_bytes,
                most,
            });
        }
        Ok(())
    }

    /// The session in use, and its generation for [`Self::renew`].
    pub fn current(&self) -> (Arc<Session>, u64) {
        let current = self.lock();
        (Arc::clone(&current.session), current.generation)
    }

    /// Replaces the session of this generation, which failed, by a new one: a
    /// server that lost its memory takes nothing from a client that it does
    /// not know. At most one caller does so, and at most once a second; where
    /// it does not work the old session stays, which reconnects by itself.
    pub fn renew(&self, failed_generation: u64) {
        {
            let mut current = self.lock();
            let now = Instant::now();
            if current.generation != failed_generation || now < current.not_before {
                return;
            }
            current.not_before = now + ATTEMPT_TIMEOUT;
        }
        let client_id = format!("{}-{}", self.client_id, failed_generation + 1);
        let opened = connect(&self.url, &self.cluster, &client_id, ATTEMPT_TIMEOUT);
        let mut current = self.lock();
        if let Ok((session, _)) = opened {
            current.session = Arc::new(session);
            current.generation += 1;
        }
        current.not_before = Instant::now() + Duration::from_secs(1);
    }

    /// Says good-bye to the server, in a bounded time.
    pub fn close(self) {
        let current = self
            .current
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(mut session) = Arc::into_inner(current.session) {
            // Too late is no harm: the server notices that the client is gone.
            let _ = session.close().recv_timeout(CLOSE_TIMEOUT);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Current> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why an attempt to connect failed.
enum Failure {
    /// It may work in a moment.
    NotNow(String),
    /// The server will say the same again.
    Refused(String),
}

/// One attempt to connect: the session, and the size of the largest message
/// that the server takes.
fn connect(
    url: &ServerUrl,
    cluster: &str,
    client_id: &str,
    within: Duration,
) -> Result<(Session, usize), Failure> {
    let within = within.min(ATTEMPT_TIMEOUT);
    let max_payload =
        server_info(url, within).map_err(|error| Failure::NotNow(error.to_string()))?;
    // The client's own connecting knows no timeout.
    let (sender, receiver) = mpsc::sync_channel(1);
    let (secret, cluster, id) = (
        url.secret().to_owned(),
        cluster.to_owned(),
        client_id.to_owned(),
    );
    thread::spawn(move || {
        // Nobody may be listening any more; the session then closes itself.
        let _ = sender.send(open_session(&secret, &cluster, &id));
    });
    match receiver.recv_timeout(within) {
        Ok(opened) => opened.map(|session| (session, max_payload)),
        Err(_) => Err(Failure::NotNow("it does not answer".to_owned())),
    }
}

fn open_session(url: &str, cluster: &str, client_id: &str) -> Result<Session, Failure> {
    let connection = nats::Options::new()
        .with_name(client_id)
        .max_reconnects(None)
        // A message kept back while there is no connection would be sent long
        // after its publisher has given it up.
        .reconnect_buffer_size(0)
        .connect(url)
        .map_err(|error| match error.kind() {
            io::ErrorKind::PermissionDenied => Failure::Refused(error.to_string()),
            _ => Failure::NotNow(error.to_string()),
        })?;
    match stan::connect(connection.clone(), cluster, client_id) {
        Ok(client) => Ok(Session {
            parts: Some((client, connection)),
        }),
        Err(error) => {
            connection.close();
            Err(match error.kind() {
                // An answer, unlike silence.
                io::ErrorKind::Other => Failure::Refused(error.to_string()),
                _ => Failure::NotNow(format!(
                    "a NATS server answers, but no NATS Streaming server of cluster {cluster} behind it"
                )),
            })
        }
    }
}

/// What a NATS server says of itself when someone connects.
#[derive(Deserialize)]
struct Info {
    max_payload: usize,
}

/// Asks the server for its largest message. The client knows the answer too,
/// but does not tell, and has no timeout for a host that is silent.
fn server_info(url: &ServerUrl, within: Duration) -> io::Result<usize> {
    let address = url
        .address()
        .to_socket_addrs()?
        .next()
        .ok_or(io::ErrorKind::NotFound)?;
    let stream = TcpStream::connect_timeout(&address, within)?;
    stream.set_read_timeout(Some(within))?;
    let mut line = String::new();
    BufReader::new(stream.take(64 * 1024)).read_line(&mut line)?;
    line.strip_prefix("INFO ")
        .and_then(|info| serde_json::from_str::<Info>(info).ok())
        .map(|info| info.max_payload)
        .ok_or_else(|| io::Error::other("what answers there is no NATS server"))
}
