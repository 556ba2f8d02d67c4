//! A bare pipeline: a consumer of NATS Streaming, `COPY` in batches, and the
//! acknowledgement. No validation, no ledger, no cache.
//!
//! The consumer also makes the rows, while the batch before is being written;
//! acknowledgements have a thread of their own.

use std::{
    fmt::Write as _,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use clap::Args;
use serde::{Deserialize, Serialize};
use sqlx::{Connection as _, PgConnection};
use tokio::sync::mpsc as queue;

use crate::{seed::escape, site::CLUSTER};

/// Messages that may be in flight at least, as for the service.
const IN_FLIGHT: usize = 1_024;

/// How long a message may stay unacknowledged, in seconds.
const ACK_WAIT: i32 = 60;

/// How long the channel may be silent before something is wrong.
const PATIENCE: Duration = Duration::from_secs(30);

/// From where to where.
#[derive(Clone, Debug, Args)]
pub struct PipelineArgs {
    #[arg(long)]
    stan_port: u16,
    #[arg(long)]
    channel: String,
    #[arg(long)]
    client_id: String,
    #[arg(long)]
    database_url: String,
    /// Messages in all
    #[arg(long)]
    messages: u64,
    /// Messages in one `COPY`
    #[arg(long)]
    batch: usize,
}

/// When how many messages were stored.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Progress {
    /// Seconds since the start, and the number.
    pub samples: Vec<(f64, u64)>,
}

/// What a row needs of a message beside its bytes.
#[derive(Deserialize)]
struct Columns<'a> {
    order_uid: &'a str,
    track_number: &'a str,
    customer_id: &'a str,
    date_created: &'a str,
}

/// Rows in the text of `COPY`, and the messages that they came from.
struct Batch {
    rows: String,
    messages: Vec<stan::Message>,
}

/// Stores the channel's first messages, and prints [`Progress`] as JSON.
pub fn run(args: &PipelineArgs) -> anyhow::Result<()> {
    let began = Instant::now();
    let connection =
        nats::Options::new().connect(&format!("nats://127.0.0.1:{}", args.stan_port))?;
    let client = stan::connect(connection, CLUSTER, &args.client_id)?;
    let configuration = stan::SubscriptionConfig {
        durable_name: Some("bare"),
        start: stan::SubscriptionStart::AllAvailable,
        max_in_flight: i32::try_from(args.batch.saturating_mul(2).max(IN_FLIGHT))?,
        ack_wait_in_secs: ACK_WAIT,
        queue_group: None,
    };
    let subscription = client.subscribe(&args.channel, configuration)?;
    let (batches, to_write) = queue::channel(1);
    let (written, to_acknowledge) = mpsc::channel::<Vec<stan::Message>>();
    let (messages, size) = (args.messages, args.batch);
    let consuming = thread::spawn(move || consume(&subscription, messages, size, &batches));
    let acknowledging = thread::spawn(move || {
        for message in to_acknowledge.iter().flatten() {
            message.ack()?;
        }
        anyhow::Ok(())
    });
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let progress = runtime.block_on(write(&args.database_url, to_write, &written, began))?;
    drop(written);
    let panicked = |_| anyhow::anyhow!("a thread panicked");
    consuming.join().map_err(panicked)??;
    acknowledging.join().map_err(panicked)??;
    println!("{}", serde_json::to_string(&progress)?);
    Ok(())
}

fn consume(
    subscription: &stan::Subscription,
    messages: u64,
    size: usize,
    batches: &queue::Sender<Batch>,
) -> anyhow::Result<()> {
    let mut batch = empty(size);
    let mut seen = 0;
    while seen < messages {
        let patience = if batch.messages.is_empty() {
            PATIENCE
        } else {
            Duration::ZERO
        };
        match subscription.next_timeout(patience) {
            Ok(message) => {
                row(&mut batch.rows, &message)?;
                batch.messages.push(message);
                seen += 1;
                if batch.messages.len() < size && seen < messages {
                    continue;
                }
            }
            Err(_) if !batch.messages.is_empty() => {}
            Err(error) => return Err(error).context("the channel is silent"),
        }
        // While a batch is being written, the next one grows.
        match batches.try_send(batch) {
            Ok(()) => batch = empty(size),
            Err(queue::error::TrySendError::Full(full))
                if full.messages.len() < size && seen < messages =>
            {
                batch = full;
                thread::sleep(Duration::from_micros(50));
            }
            Err(
                queue::error::TrySendError::Full(full) | queue::error::TrySendError::Closed(full),
            ) => {
                batches.blocking_send(full).ok().context("nobody writes")?;
                batch = empty(size);
            }
        }
    }
    Ok(())
}

fn empty(size: usize) -> Batch {
    Batch {
        rows: String::with_capacity(size * 1_400),
        messages: Vec::with_capacity(size),
    }
}

fn row(rows: &mut String, message: &stan::Message) -> anyhow::Result<()> {
    let document = std::str::from_utf8(&message.data)?;
    let columns: Columns = serde_json::from_str(document)?;
    let texts = [
        columns.order_uid,
        columns.track_number,
        columns.customer_id,
        columns.date_created,
    ];
    for text in texts {
        escape(rows, text);
        rows.push('\t');
    }
    write!(rows, "bare\t{}\tnow\tnow\t", message.sequence)?;
    escape(rows, document);
    rows.push('\n');
    Ok(())
}

async fn write(
    database_url: &str,
    mut batches: queue::Receiver<Batch>,
    written: &mpsc::Sender<Vec<stan::Message>>,
    began: Instant,
) -> anyhow::Result<Progress> {
    let mut connection = PgConnection::connect(database_url).await?;
    let mut progress = Progress::default();
    let mut stored = 0;
    while let Some(batch) = batches.recv().await {
        let mut copy = connection
            .copy_in_raw(
                "copy orders (order_uid, track_number, customer_id, date_created, channel,
                              sequence, published_at, stored_at, document) from stdin",
            )
            .await?;
        copy.send(batch.rows.into_bytes()).await?;
        copy.finish().await?;
        stored += batch.messages.len() as u64;
        progress
            .samples
            .push((began.elapsed().as_secs_f64(), stored));
        written.send(batch.messages)?;
    }
    Ok(progress)
}
