//! Asking NATS Streaming whether it still knows a client: the client itself
//! never does.

use std::{
    io,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use prost::Message as _;

use super::{connection::Health, session::SessionError};

/// How often the server is asked whether it knows this client.
const PING_INTERVAL: Duration = Duration::from_secs(2);

/// How long it may take to answer.
const PING_TIMEOUT: Duration = Duration::from_secs(2);

/// Unanswered pings that end the session.
const PINGS_MISSED: u32 = 2;

/// NATS Streaming's `Ping` and `PingResponse`, of its protocol.proto.
#[derive(Clone, PartialEq, prost::Message)]
struct Ping {
    #[prost(bytes = "vec", tag = "1")]
    conn_id: Vec<u8>,
}

#[derive(Clone, PartialEq, prost::Message)]
struct PingResponse {
    #[prost(string, tag = "1")]
    error: String,
}

/// Starts a thread that pings until the returned sender is dropped, and tells
/// `health` when the server no longer answers, or no longer knows the client.
pub(super) fn start_pinging(
    connection: &nats::Connection,
    client: &stan::Client,
    cluster: &str,
    health: &Arc<Health>,
) -> Result<mpsc::Sender<()>, SessionError> {
    let conn_id = conn_id(&format!("{client:?}"))
        .ok_or_else(|| SessionError::Refused("the client shows no connection id".to_owned()))?;
    let subject = format!("_STAN.discover.{cluster}.pings");
    let (running, stopped) = mpsc::channel::<()>();
    let (connection, health) = (connection.clone(), Arc::clone(health));
    thread::Builder::new()
        .name("stan-ping".to_owned())
        .spawn(move || {
            let mut missed = 0;
            // Ends when the session drops its sender.
            while stopped.recv_timeout(PING_INTERVAL) == Err(mpsc::RecvTimeoutError::Timeout) {
                match ping(&connection, &subject, &conn_id) {
                    Ok(error) if error.is_empty() => missed = 0,
                    Ok(error) => return health.lose(SessionError::Forgotten(error)),
                    Err(_) => missed += 1,
                }
                if missed >= PINGS_MISSED {
                    return health.lose(SessionError::Silent);
                }
            }
        })
        .map_err(|error| SessionError::Refused(format!("no thread for pings: {error}")))?;
    Ok(running)
}

/// Asks whether the server knows the client; the answer is empty or says why
/// not.
fn ping(connection: &nats::Connection, subject: &str, conn_id: &[u8]) -> io::Result<String> {
    let mut request = Vec::new();
    Ping {
        conn_id: conn_id.to_vec(),
    }
    .encode(&mut request)?;
    let reply = connection.request_timeout(subject, request, PING_TIMEOUT)?;
    Ok(PingResponse::decode(reply.data.as_slice())?.error)
}

/// The connection id, which the client makes up and shows only in its `Debug`
/// text.
fn conn_id(client: &str) -> Option<Vec<u8>> {
    let (_, rest) = client.split_once("conn_id: [")?;
    let (bytes, _) = rest.split_once(']')?;
    bytes
        .split(',')
        .map(|byte| byte.trim().parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::conn_id;

    #[test]
    fn the_connection_id_is_read_from_the_debug_text() {
        assert_eq!(
            conn_id("Client { conn_id: [1, 20, 255], x: 1 }"),
            Some(vec![1, 20, 255])
        );
        assert_eq!(conn_id("Client { }"), None);
    }
}
