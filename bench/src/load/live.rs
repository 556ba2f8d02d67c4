//! Listeners of the live feed.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::Relaxed},
};

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
};

/// What an event of an order begins with.
const ORDER: &[u8] = b"event: order";

/// Listeners of the live feed; they end when this is dropped.
pub struct Listeners {
    tasks: JoinSet<anyhow::Result<()>>,
    heard: Arc<AtomicU64>,
    bytes: Arc<AtomicU64>,
}

impl Listeners {
    /// So many listeners at `address`. The first counts the orders that it
    /// hears of; all count bytes.
    pub async fn listen(address: &str, count: usize) -> anyhow::Result<Self> {
        let mut listeners = Self {
            tasks: JoinSet::new(),
            heard: Arc::default(),
            bytes: Arc::default(),
        };
        for number in 0..count {
            let mut stream = TcpStream::connect(address).await?;
            let request = format!(
                "GET /api/live HTTP/1.1\r\nHost: {address}\r\nAccept: text/event-stream\r\n\r\n"
            );
            stream.write_all(request.as_bytes()).await?;
            let heard = (number == 0).then(|| Arc::clone(&listeners.heard));
            let bytes = Arc::clone(&listeners.bytes);
            listeners.tasks.spawn(read(stream, heard, bytes));
        }
        Ok(listeners)
    }

    /// Ends listening: events of orders that one listener heard, and bytes that
    /// all were sent.
    ///
    /// # Errors
    /// When a listener was cut off before.
    pub fn end(mut self) -> anyhow::Result<(u64, u64)> {
        while let Some(ended) = self.tasks.try_join_next() {
            ended?.context("a listener of the live feed")?;
        }
        Ok((self.heard.load(Relaxed), self.bytes.load(Relaxed)))
    }
}

async fn read(
    mut stream: TcpStream,
    heard: Option<Arc<AtomicU64>>,
    bytes: Arc<AtomicU64>,
) -> anyhow::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    let mut kept = 0;
    let mut is_first = true;
    loop {
        let read = stream.read(&mut buffer[kept..]).await?;
        if read == 0 {
            bail!("the feed ended");
        }
        bytes.fetch_add(read as u64, Relaxed);
        let filled = kept + read;
        if std::mem::take(&mut is_first) && !buffer[..filled].starts_with(b"HTTP/1.1 200") {
            bail!("the feed is refused");
        }
        let Some(heard) = &heard else { continue };
        let events = buffer[..filled]
            .windows(ORDER.len())
            .filter(|part| *part == ORDER);
        heard.fetch_add(events.count() as u64, Relaxed);
        // An event may begin in one piece and go on in the next.
        kept = filled.min(ORDER.len() - 1);
        buffer.copy_within(filled - kept..filled, 0);
    }
}
