//! A client that costs little: it keeps several connections busy from one
//! thread, and looks at no more of an answer than it has to.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use memchr::memmem;

use crate::{processes::processor_time, turns::Runner};

/// Connections that are kept busy.
const CONNECTIONS: usize = 16;

/// How long a turn takes.
const TURN: Duration = Duration::from_millis(200);

/// How long one answer may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A connection, and what has been read of an answer.
struct Connection {
    stream: TcpStream,
    answer: Vec<u8>,
}

impl Connection {
    fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(TIMEOUT))?;
        Ok(Self {
            stream,
            answer: Vec::with_capacity(64 * 1024),
        })
    }

    fn ask(&mut self, request: &[u8]) -> anyhow::Result<()> {
        self.stream.write_all(request).context("sending a request")
    }

    /// Reads the answer to the end; its body, as it came.
    ///
    /// # Errors
    /// When it is not 200.
    fn read(&mut self) -> anyhow::Result<&[u8]> {
        self.answer.clear();
        let mut part = [0; 16 * 1024];
        let mut head = None;
        loop {
            let count = self.stream.read(&mut part).context("reading an answer")?;
            if count == 0 {
                bail!("the connection was closed in the middle of an answer");
            }
            self.answer.extend_from_slice(&part[..count]);
            if head.is_none() {
                head = Head::of(&self.answer)?;
            }
            if let Some(head) = head
                && head.is_whole(&self.answer)
            {
                return Ok(&self.answer[head.length..]);
            }
        }
    }
}

/// What has to be known of an answer's head.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Head {
    length: usize,
    /// Bytes of the body; `None` when it comes in chunks.
    body: Option<usize>,
}

impl Head {
    /// The head, once all of it is there.
    fn of(answer: &[u8]) -> anyhow::Result<Option<Self>> {
        let Some(end) = memmem::find(answer, b"\r\n\r\n") else {
            return Ok(None);
        };
        let head = &answer[..end];
        if !head.starts_with(b"HTTP/1.1 200") {
            bail!("the answer is {}", String::from_utf8_lossy(head));
        }
        // The names that hyper writes are in small letters.
        let body = memmem::find(head, b"content-length: ").and_then(|at| {
            let digits = &head[at + b"content-length: ".len()..];
            let digits = digits.split(|byte| *byte == b'\r').next()?;
            std::str::from_utf8(digits).ok()?.parse().ok()
        });
        Ok(Some(Self {
            length: end + 4,
            body,
        }))
    }

    fn is_whole(self, answer: &[u8]) -> bool {
        match self.body {
            Some(body) => answer.len() >= self.length + body,
            None => answer.ends_with(b"\r\n0\r\n\r\n"),
        }
    }
}

fn request(address: SocketAddr, path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: {address}\r\naccept: */*\r\n\r\n").into_bytes()
}

/// The body that a path has; in chunks, if that is how it comes.
///
/// # Errors
/// When the answer is not 200.
pub fn get(address: SocketAddr, path: &str) -> anyhow::Result<Vec<u8>> {
    let mut connection = Connection::open(address)?;
    connection.ask(&request(address, path))?;
    Ok(connection.read()?.to_vec())
}

/// Asks one server for paths, over and over.
pub struct Load {
    server: u32,
    connections: Vec<Connection>,
    requests: Vec<Vec<u8>>,
    next: usize,
}

impl Load {
    /// Connects to the process `server`, which listens at `address`.
    ///
    /// # Errors
    /// When nobody listens there.
    pub fn new(server: u32, address: SocketAddr, paths: &[String]) -> anyhow::Result<Self> {
        if paths.is_empty() {
            bail!("there is nothing to ask for");
        }
        let connections = (0..CONNECTIONS).map(|_| Connection::open(address));
        Ok(Self {
            server,
            connections: connections.collect::<anyhow::Result<_>>()?,
            requests: paths.iter().map(|path| request(address, path)).collect(),
            next: 0,
        })
    }
}

impl Runner for Load {
    /// Answers in a second of the server's processor time, which is the same
    /// whether it has the processor alone or not.
    fn turn(&mut self) -> anyhow::Result<f64> {
        let before = processor_time(self.server)?;
        let began = Instant::now();
        let mut answers = 0_u32;
        while began.elapsed() < TURN {
            for connection in &mut self.connections {
                connection.ask(&self.requests[self.next])?;
                self.next = (self.next + 1) % self.requests.len();
            }
            for connection in &mut self.connections {
                connection.read()?;
                answers += 1;
            }
        }
        let took = processor_time(self.server)?.saturating_sub(before);
        Ok(f64::from(answers) / took.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::Head;

    #[test]
    fn an_answer_ends_where_its_length_says() {
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbody";
        let head = Head::of(answer).unwrap().unwrap();
        assert_eq!(head.body, Some(4));
        assert!(head.is_whole(answer));
        assert!(!head.is_whole(&answer[..answer.len() - 1]));
        assert_eq!(Head::of(&answer[..20]).unwrap(), None);
    }

    #[test]
    fn an_answer_in_chunks_ends_with_an_empty_one() {
        let answer = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n";
        let head = Head::of(answer).unwrap().unwrap();
        assert!(head.is_whole(answer));
        assert!(!head.is_whole(&answer[..answer.len() - 5]));
    }

    #[test]
    fn another_status_is_an_error() {
        assert!(Head::of(b"HTTP/1.1 503 Service Unavailable\r\n\r\n").is_err());
    }
}
