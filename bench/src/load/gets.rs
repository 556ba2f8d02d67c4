//! GETs at a rate, each when it is due, by one thread: where everything runs at
//! once, whoever asks is to leave the processor to what is asked.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use bytes::Bytes;
use hdrhistogram::Histogram;
use http_body_util::{BodyExt as _, Empty};
use hyper::{Request, StatusCode, client::conn::http1::SendRequest, header::HOST};
use hyper_util::rt::TokioIo;
use orderdesk_publish::pace::Pace;
use tokio::{net::TcpStream, task::JoinSet, time::sleep_until};

use super::visible::{histogram, microseconds};

/// GETs at a constant rate.
#[derive(Clone, Debug)]
pub struct Gets {
    /// The server: host and port.
    pub address: String,
    /// What is asked for, in turn.
    pub paths: Arc<[String]>,
    /// GETs a second.
    pub rate: u32,
    /// Connections that ask.
    pub connections: usize,
}

/// Which GET is next, and when.
struct Turns {
    gets: Gets,
    pace: Pace,
    count: u64,
    next: AtomicU64,
}

impl Gets {
    /// Asks for so long. Times count, in µs, from when a GET was due.
    ///
    /// # Errors
    /// When one is not answered with 200.
    pub fn ask(self, time: Duration) -> anyhow::Result<Histogram<u64>> {
        let connections = self.connections;
        let turns = Arc::new(Turns {
            pace: Pace::new(Instant::now(), f64::from(self.rate)),
            count: u64::from(self.rate) * time.as_secs(),
            next: AtomicU64::new(0),
            gets: self,
        });
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let mut asking: JoinSet<_> = (0..connections)
                .map(|_| Arc::clone(&turns).ask_over_one_connection())
                .collect();
            let mut times = histogram()?;
            while let Some(seen) = asking.join_next().await {
                times.add(seen??)?;
            }
            Ok(times)
        })
    }
}

impl Turns {
    async fn ask_over_one_connection(self: Arc<Self>) -> anyhow::Result<Histogram<u64>> {
        let stream = TcpStream::connect(&self.gets.address).await?;
        stream.set_nodelay(true)?;
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        let connection = tokio::spawn(connection);
        let mut times = histogram()?;
        loop {
            let number = self.next.fetch_add(1, Relaxed);
            if number >= self.count {
                break;
            }
            let due = self.pace.due(number);
            sleep_until(due.into()).await;
            let paths = &self.gets.paths;
            let path = &paths[usize::try_from(number)? % paths.len()];
            let status = self
                .get(&mut sender, path)
                .await
                .with_context(|| format!("GET {path}"))?;
            if status != StatusCode::OK {
                bail!("{path} is answered with {status}");
            }
            times.record(microseconds(due.elapsed()))?;
        }
        connection.abort();
        Ok(times)
    }

    async fn get(
        &self,
        sender: &mut SendRequest<Empty<Bytes>>,
        path: &str,
    ) -> anyhow::Result<StatusCode> {
        sender.ready().await?;
        let request = Request::get(path)
            .header(HOST, &self.gets.address)
            .body(Empty::new())?;
        let answer = sender.send_request(request).await?;
        let status = answer.status();
        answer.into_body().collect().await?;
        Ok(status)
    }
}
