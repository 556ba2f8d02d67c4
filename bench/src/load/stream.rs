//! Publishing to NATS Streaming without waiting for each acknowledgement.
//!
//! The project's publisher waits on a thread for each message; at thousands a
//! second those threads would be what is measured. This speaks the protocols of
//! NATS (text) and of NATS Streaming (protobuf) over one socket: one thread
//! writes each message at once, another reads acknowledgements.

use std::{
    fmt::Write as _,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{Shutdown, TcpStream},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use prost::Message as _;

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Subscriptions of a connection, by number.
const HEARTBEATS: &str = "1";
const ACKS: &str = "2";
const REPLIES: &str = "3";

/// Where an answer goes that nobody waits for.
const NOBODY: &str = "_INBOX.nobody";

#[derive(Clone, PartialEq, prost::Message)]
struct ConnectRequest {
    #[prost(string, tag = "1")]
    client_id: String,
    #[prost(string, tag = "2")]
    heartbeat_inbox: String,
}

#[derive(Clone, PartialEq, prost::Message)]
struct ConnectResponse {
    #[prost(string, tag = "1")]
    pub_prefix: String,
    #[prost(string, tag = "4")]
    close_requests: String,
    #[prost(string, tag = "5")]
    error: String,
}

#[derive(Clone, PartialEq, prost::Message)]
struct PubMsg {
    #[prost(string, tag = "1")]
    client_id: String,
    #[prost(string, tag = "2")]
    guid: String,
    #[prost(string, tag = "3")]
    subject: String,
    #[prost(bytes = "vec", tag = "5")]
    data: Vec<u8>,
}

#[derive(Clone, PartialEq, prost::Message)]
struct PubAck {
    #[prost(string, tag = "1")]
    guid: String,
    #[prost(string, tag = "2")]
    error: String,
}

#[derive(Clone, PartialEq, prost::Message)]
struct CloseRequest {
    #[prost(string, tag = "1")]
    client_id: String,
}

/// An acknowledgement.
#[derive(Clone, Copy, Debug)]
pub struct Acked {
    /// The number that the message was given.
    pub number: u64,
    /// When it was read from the socket.
    pub at: Instant,
}

/// A connection that publishes to one channel.
pub struct Stream {
    socket: Arc<Mutex<TcpStream>>,
    client_id: String,
    channel: String,
    subject: String,
    acks: String,
    close_requests: String,
}

impl Stream {
    /// Connects as `client_id` to the server on `port`. Each acknowledgement is
    /// given to `acked`, on a thread of its own.
    ///
    /// # Errors
    /// When the server does not answer or refuses.
    pub fn connect(
        port: u16,
        cluster: &str,
        client_id: &str,
        channel: &str,
        acked: impl FnMut(Acked) + Send + 'static,
    ) -> anyhow::Result<Self> {
        let socket = TcpStream::connect(("127.0.0.1", port))?;
        socket.set_nodelay(true)?;
        let mut reader = BufReader::new(socket.try_clone()?);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if !line.starts_with("INFO ") {
            bail!("what answers on port {port} is no NATS server");
        }
        let inbox = |what: &str| format!("_INBOX.{client_id}.{what}");
        let mut greeting = "CONNECT {\"verbose\":false,\"pedantic\":false}\r\n".to_owned();
        for (what, number) in [("beats", HEARTBEATS), ("acks", ACKS), ("replies", REPLIES)] {
            // Writing to a string cannot fail.
            write!(greeting, "SUB {} {number}\r\n", inbox(what)).ok();
        }
        (&socket).write_all(greeting.as_bytes())?;
        let socket = Arc::new(Mutex::new(socket));
        let (replied, reply) = mpsc::channel();
        let listener = Listener {
            reader,
            socket: Arc::clone(&socket),
            replied,
            acked,
        };
        thread::Builder::new()
            .name("stream".to_owned())
            .spawn(move || listener.listen())?;
        let request = ConnectRequest {
            client_id: client_id.to_owned(),
            heartbeat_inbox: inbox("beats"),
        };
        let discover = format!("_STAN.discover.{cluster}");
        send(&socket, &discover, &inbox("replies"), &encoded(&request))?;
        let answer = reply
            .recv_timeout(PATIENCE)
            .context("no NATS Streaming server answers")?;
        let answer = ConnectResponse::decode(answer.as_slice())?;
        if !answer.error.is_empty() {
            bail!("NATS Streaming refused {client_id}: {}", answer.error);
        }
        Ok(Self {
            socket,
            client_id: client_id.to_owned(),
            channel: channel.to_owned(),
            subject: format!("{}.{channel}", answer.pub_prefix),
            acks: inbox("acks"),
            close_requests: answer.close_requests,
        })
    }

    /// Sends a message; its acknowledgement will have this number.
    ///
    /// # Errors
    /// When the connection is lost.
    pub fn publish(&self, number: u64, data: Vec<u8>) -> anyhow::Result<()> {
        let message = PubMsg {
            client_id: self.client_id.clone(),
            guid: number.to_string(),
            subject: self.channel.clone(),
            data,
        };
        send(&self.socket, &self.subject, &self.acks, &encoded(&message))
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let goodbye = CloseRequest {
            client_id: self.client_id.clone(),
        };
        // A server that is gone needs no goodbye.
        send(
            &self.socket,
            &self.close_requests,
            NOBODY,
            &encoded(&goodbye),
        )
        .ok();
        let socket = self.socket.lock().unwrap_or_else(PoisonError::into_inner);
        socket.shutdown(Shutdown::Both).ok();
    }
}

fn encoded(message: &impl prost::Message) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(message.encoded_len());
    // A vector grows; there is nothing else that could fail.
    message.encode(&mut bytes).ok();
    bytes
}

fn send(
    socket: &Mutex<TcpStream>,
    subject: &str,
    reply: &str,
    payload: &[u8],
) -> anyhow::Result<()> {
    let mut bytes = format!("PUB {subject} {reply} {}\r\n", payload.len()).into_bytes();
    bytes.extend_from_slice(payload);
    bytes.extend_from_slice(b"\r\n");
    let mut socket = socket.lock().unwrap_or_else(PoisonError::into_inner);
    socket.write_all(&bytes).context("NATS Streaming is gone")
}

struct Listener<A> {
    reader: BufReader<TcpStream>,
    socket: Arc<Mutex<TcpStream>>,
    replied: mpsc::Sender<Vec<u8>>,
    acked: A,
}

impl<A: FnMut(Acked)> Listener<A> {
    /// Reads until the connection ends.
    fn listen(mut self) {
        if let Err(error) = self.read()
            && error.downcast_ref::<std::io::Error>().is_none()
        {
            eprintln!("publishing: {error:#}");
        }
    }

    fn read(&mut self) -> anyhow::Result<()> {
        let mut line = String::new();
        let mut payload = Vec::new();
        loop {
            line.clear();
            if self.reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let mut words = line.split_whitespace();
            match words.next() {
                Some("PING") => {
                    let mut socket = self.socket.lock().unwrap_or_else(PoisonError::into_inner);
                    socket.write_all(b"PONG\r\n")?;
                }
                Some("MSG") => {
                    let words: Vec<&str> = words.collect();
                    let length: usize = words.last().context("a length")?.parse()?;
                    payload.resize(length + 2, 0);
                    self.reader.read_exact(&mut payload)?;
                    payload.truncate(length);
                    self.message(&words, &payload)?;
                }
                Some("-ERR") => bail!("NATS says {}", line.trim()),
                _ => {}
            }
        }
    }

    fn message(&mut self, words: &[&str], payload: &[u8]) -> anyhow::Result<()> {
        let at = Instant::now();
        match words {
            [_, ACKS, _] => {
                let ack = PubAck::decode(payload)?;
                if !ack.error.is_empty() {
                    bail!("a message was refused: {}", ack.error);
                }
                let number = ack.guid.parse()?;
                (self.acked)(Acked { number, at });
            }
            [_, REPLIES, _] => {
                self.replied.send(payload.to_vec()).ok();
            }
            [_, HEARTBEATS, reply, _] => send(&self.socket, reply, NOBODY, b"")?,
            _ => {}
        }
        Ok(())
    }
}
