//! What can be set from outside, and what is allowed.

mod secret_url;
mod validation;

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use bytesize::ByteSize;
use clap::{Parser, ValueEnum};

pub use secret_url::SecretUrl;
pub use validation::InvalidConfig;

/// Takes orders from a NATS Streaming channel, stores them in PostgreSQL,
/// keeps them in memory, and shows them.
///
/// Every setting can be given as a flag or as an environment variable.
#[allow(clippy::doc_markdown, reason = "these comments are the text of --help")]
#[derive(Clone, Debug, Parser)]
#[command(name = "orderdesk", version)]
pub struct Config {
    /// Where to listen for HTTP. Other than loopback needs AUTH=none
    #[arg(
        long,
        env,
        default_value = "127.0.0.1:8080",
        value_name = "LISTEN_ADDR"
    )]
    pub listen_addr: SocketAddr,

    /// Who may read. `none`: everyone who reaches LISTEN_ADDR may read
    /// customers' data. Unset: LISTEN_ADDR must be loopback
    #[arg(long, env, value_enum, value_name = "AUTH")]
    pub auth: Option<Auth>,

    /// The database, and the role that owns its tables
    #[arg(
        long,
        env,
        global = true,
        default_value = "postgres://orderdesk:orderdesk@127.0.0.1:5432/orderdesk",
        hide_env_values = true,
        value_name = "DATABASE_URL"
    )]
    pub database_url: SecretUrl,

    /// The NATS Streaming server. Keep it on loopback or a private network:
    /// the client's TLS is not to be trusted
    #[arg(
        long,
        env,
        global = true,
        default_value = "nats://127.0.0.1:4222",
        hide_env_values = true,
        value_name = "STAN_URL"
    )]
    pub stan_url: SecretUrl,

    /// The NATS Streaming cluster's id
    #[arg(
        long,
        env,
        global = true,
        default_value = "orderdesk",
        value_name = "STAN_CLUSTER"
    )]
    pub stan_cluster: String,

    /// The channel that orders come through
    #[arg(
        long,
        env,
        global = true,
        default_value = "updates",
        value_name = "STAN_CHANNEL"
    )]
    pub stan_channel: String,

    /// This service's name at NATS Streaming; one instance may hold it
    #[arg(
        long,
        env,
        global = true,
        default_value = "orderdesk-server",
        value_name = "STAN_CLIENT_ID"
    )]
    pub stan_client_id: String,

    /// The durable subscription, which keeps the position in the channel
    #[arg(
        long,
        env,
        global = true,
        default_value = "orderdesk",
        value_name = "STAN_DURABLE"
    )]
    pub stan_durable: String,

    /// NATS Streaming's monitoring, for the lag
    #[arg(
        long,
        env,
        global = true,
        default_value = "http://127.0.0.1:8222",
        hide_env_values = true,
        value_name = "STAN_MONITOR_URL"
    )]
    pub stan_monitor_url: SecretUrl,

    /// The most messages that one transaction stores
    #[arg(long, env, default_value_t = 500, value_name = "INGEST_BATCH_SIZE",
          value_parser = clap::value_parser!(u16).range(1..=10_000))]
    pub ingest_batch_size: u16,

    /// How long the first message of a batch may wait while more are arriving
    #[arg(long, env, default_value = "2ms", value_parser = humantime::parse_duration, value_name = "INGEST_BATCH_LATENCY")]
    pub ingest_batch_latency: Duration,

    /// The largest message that is taken as an order
    #[arg(
        long,
        env,
        global = true,
        default_value = "1MiB",
        value_name = "MAX_ORDER_BYTES"
    )]
    pub max_order_bytes: ByteSize,

    /// The most bytes of documents to keep in memory. Unset: all of them
    #[arg(long, env, value_name = "CACHE_CAPACITY")]
    pub cache_capacity: Option<ByteSize>,

    /// How long a shutdown may take before it is forced
    #[arg(long, env, default_value = "10s", value_parser = humantime::parse_duration, value_name = "SHUTDOWN_TIMEOUT")]
    pub shutdown_timeout: Duration,

    /// The folder of the built site. Unset: `site` beside the executable's folder
    #[arg(long, env, value_name = "SITE_ROOT")]
    pub site_root: Option<PathBuf>,

    /// How to write the log. Unset: `text` on a terminal, `json` otherwise
    #[arg(long, env, value_enum, value_name = "LOG_FORMAT")]
    pub log_format: Option<LogFormat>,

    /// What to log, e.g. `debug` or `info,orderdesk::ingest=debug`
    #[arg(long, env, default_value = "info", value_name = "LOG")]
    pub log: String,
}

/// Who may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Auth {
    /// Everyone who reaches the address.
    None,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Config {
    /// The largest message that is taken as an order, in bytes.
    pub fn max_order_bytes(&self) -> usize {
        usize::try_from(self.max_order_bytes.as_u64()).unwrap_or(usize::MAX)
    }
}
