//! Waiting for a client id that another instance holds, or for a NATS Streaming
//! that is not there yet, over one connection.
//!
//! Each connection of the client leaves a thread behind for good, so trying to
//! open a session again and again would fill the process with them. The server
//! is asked by hand instead. It asks the holder in its turn, so one that died
//! without a word is found out.

use std::{io, sync::Arc, thread, time::Duration};

use prost::Message as _;
use tokio_util::sync::CancellationToken;

use super::{
    StanSource,
    connection::{Health, connect, leave},
};

/// How often the server is asked.
const INTERVAL: Duration = Duration::from_secs(1);

/// How long it may take to answer; it gives the holder half a second.
const TIMEOUT: Duration = Duration::from_secs(3);

/// How often the one who waits looks whether it should stop.
const LOOK_AROUND: Duration = Duration::from_millis(20);

/// NATS Streaming's `ConnectRequest` and `ConnectResponse`, of its
/// protocol.proto.
#[derive(Clone, PartialEq, prost::Message)]
struct ConnectRequest {
    #[prost(string, tag = "1")]
    client_id: String,
    #[prost(string, tag = "2")]
    heartbeat_inbox: String,
}

#[derive(Clone, PartialEq, prost::Message)]
struct ConnectResponse {
    #[prost(string, tag = "5")]
    error: String,
}

/// Returns when a session can be tried: the client id is free, or the
/// connection that was waited on is gone, or it is time to stop.
pub(super) fn wait(source: &StanSource, stop: &CancellationToken) {
    let health = Arc::new(Health::default());
    let Ok(connection) = connect(source.url.expose(), &health) else {
        return;
    };
    while !stop.is_cancelled() && health.problem().is_none() {
        match ask(&connection, source) {
            Ok(refusal) if refusal.is_empty() => break,
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::TimedOut => {}
            Err(_) => break,
        }
        pause(stop);
    }
    health.close();
    leave(connection, ());
}

/// Asks for the client id; the answer is empty where it was given. It was given
/// to an inbox that nobody reads, so the session that is opened next takes it
/// over.
fn ask(connection: &nats::Connection, source: &StanSource) -> io::Result<String> {
    let request = ConnectRequest {
        client_id: source.client_id.clone(),
        heartbeat_inbox: connection.new_inbox(),
    };
    let mut bytes = Vec::new();
    request.encode(&mut bytes)?;
    let subject = format!("_STAN.discover.{}", source.cluster);
    let reply = connection.request_timeout(&subject, bytes, TIMEOUT)?;
    Ok(ConnectResponse::decode(reply.data.as_slice())?.error)
}

fn pause(stop: &CancellationToken) {
    let mut waited = Duration::ZERO;
    while waited < INTERVAL && !stop.is_cancelled() {
        thread::sleep(LOOK_AROUND);
        waited += LOOK_AROUND;
    }
}
