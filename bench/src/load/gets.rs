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

/// Connections that ask.
const CONNECTIONS: usize = 32;

/// Which GETs.
struct Gets {
    address: String,
    paths: Vec<String>,
    pace: Pace,
    count: u64,
    next: AtomicU64,
}

/// Asks the server at `address` (host and port) for `paths` in turn, `rate` a
/// second for so long. Times count, in µs, from when a GET was due.
///
/// # Errors
/// When one is not answered with 200.
pub fn ask(
    address: &str,
    paths: Vec<String>,
    rate: u32,
    time: Duration,
) -> anyhow::Result<Histogram<u64>> {
    let gets = Arc::new(Gets {
        address: address.to_owned(),
        paths,
        pace: Pace::new(Instant::now(), f64::from(rate)),
        count: u64::from(rate) * time.as_secs(),
        next: AtomicU64::new(0),
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut asking: JoinSet<_> = (0..CONNECTIONS)
            .map(|_| Arc::clone(&gets).ask_over_one_connection())
            .collect();
        let mut times = histogram()?;
        while let Some(seen) = asking.join_next().await {
            times.add(seen??)?;
        }
        Ok(times)
    })
}

impl Gets {
    async fn ask_over_one_connection(self: Arc<Self>) -> anyhow::Result<Histogram<u64>> {
        let stream = TcpStream::connect(&self.address).await?;
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
            let path = &self.paths[usize::try_from(number)? % self.paths.len()];
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
            .header(HOST, &self.address)
            .body(Empty::new())?;
        let answer = sender.send_request(request).await?;
        let status = answer.status();
        answer.into_body().collect().await?;
        Ok(status)
    }
}
