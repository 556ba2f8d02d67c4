//! What can be set from outside, and what is allowed.

mod secret_url;

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use bytesize::ByteSize;
use clap::{Parser, ValueEnum};

pub use secret_url::SecretUrl;

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
        default_value = "nats://127.0.0.1:4222",
        hide_env_values = true,
        value_name = "STAN_URL"
    )]
    pub stan_url: SecretUrl,

    /// The NATS Streaming cluster's id
    #[arg(long, env, default_value = "orderdesk", value_name = "STAN_CLUSTER")]
    pub stan_cluster: String,

    /// The channel that orders come through
    #[arg(long, env, default_value = "updates", value_name = "STAN_CHANNEL")]
    pub stan_channel: String,

    /// This service's name at NATS Streaming; one instance may hold it
    #[arg(
        long,
        env,
        default_value = "orderdesk-server",
        value_name = "STAN_CLIENT_ID"
    )]
    pub stan_client_id: String,

    /// The durable subscription, which keeps the position in the channel
    #[arg(long, env, default_value = "orderdesk", value_name = "STAN_DURABLE")]
    pub stan_durable: String,

    /// NATS Streaming's monitoring, for the lag
    #[arg(
        long,
        env,
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
    #[arg(long, env, default_value = "1MiB", value_name = "MAX_ORDER_BYTES")]
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

/// A setting that cannot be used. Each problem is one sentence that names the
/// variable.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct InvalidConfig(pub Vec<String>);

impl Config {
    /// Checks what a single value's type cannot.
    ///
    /// # Errors
    /// Every problem there is, not only the first.
    pub fn validate(&self) -> Result<(), InvalidConfig> {
        let mut problems = Vec::new();
        if !self.listen_addr.ip().is_loopback() && self.auth != Some(Auth::None) {
            problems.push(format!(
                "LISTEN_ADDR={} would let everyone on that network read customers' data: listen on \
                 127.0.0.1 or [::1], or set AUTH=none to say that this is meant",
                self.listen_addr
            ));
        }
        check_url(
            &mut problems,
            "DATABASE_URL",
            &self.database_url,
            &["postgres", "postgresql"],
        );
        check_url(&mut problems, "STAN_URL", &self.stan_url, &["nats"]);
        check_url(
            &mut problems,
            "STAN_MONITOR_URL",
            &self.stan_monitor_url,
            &["http"],
        );
        for (variable, value) in [
            ("STAN_CLUSTER", &self.stan_cluster),
            ("STAN_CLIENT_ID", &self.stan_client_id),
        ] {
            if value.is_empty()
                || !value
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            {
                problems.push(format!(
                    "{variable}={value:?} cannot be used: letters, digits, - and _ are allowed"
                ));
            }
        }
        if self.stan_durable.is_empty()
            || self
                .stan_durable
                .contains(|c: char| c == ':' || c.is_whitespace())
        {
            problems.push(format!(
                "STAN_DURABLE={:?} cannot be used: it needs a name without white space or colons",
                self.stan_durable
            ));
        }
        if !is_channel_name(&self.stan_channel) {
            problems.push(format!(
                "STAN_CHANNEL={:?} is no channel name: words of printable characters joined by dots, \
                 without white space, * and >",
                self.stan_channel
            ));
        }
        if self.max_order_bytes.as_u64() == 0 || self.max_order_bytes > ByteSize::mib(64) {
            problems.push(format!(
                "MAX_ORDER_BYTES={} cannot be used: 1B to 64MiB is allowed",
                self.max_order_bytes
            ));
        }
        if self.ingest_batch_latency > Duration::from_secs(1) {
            problems.push("INGEST_BATCH_LATENCY cannot be used: 0 to 1s is allowed".to_owned());
        }
        if self.shutdown_timeout < Duration::from_secs(1)
            || self.shutdown_timeout > Duration::from_mins(10)
        {
            problems.push("SHUTDOWN_TIMEOUT cannot be used: 1s to 10m is allowed".to_owned());
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(InvalidConfig(problems))
        }
    }

    /// The largest message that is taken as an order, in bytes.
    pub fn max_order_bytes(&self) -> usize {
        usize::try_from(self.max_order_bytes.as_u64()).unwrap_or(usize::MAX)
    }
}

fn check_url(problems: &mut Vec<String>, variable: &str, url: &SecretUrl, schemes: &[&str]) {
    if let Err(problem) = url.check(schemes) {
        problems.push(format!("{variable} cannot be used: {problem}"));
    }
}

/// The rule of NATS Streaming for channels: a NATS subject without wildcards.
fn is_channel_name(name: &str) -> bool {
    !name.is_empty()
        && name.split('.').all(|word| !word.is_empty())
        && !name.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '*' | '>'))
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::Config;

    fn problems(arguments: &[&str]) -> String {
        let config =
            Config::try_parse_from([&["orderdesk"], arguments].concat()).expect("clap takes it");
        config
            .validate()
            .map_or_else(|invalid| invalid.to_string(), |()| String::new())
    }

    #[test]
    fn defaults_are_valid() {
        assert_eq!(problems(&[]), "");
    }

    #[test]
    fn the_world_needs_asking() {
        assert!(problems(&["--listen-addr", "0.0.0.0:8080"]).contains("AUTH=none"));
        assert_eq!(
            problems(&["--listen-addr", "0.0.0.0:8080", "--auth", "none"]),
            ""
        );
        assert_eq!(problems(&["--listen-addr", "[::1]:0"]), "");
    }

    #[test]
    fn every_problem_names_its_variable_and_hides_secrets() {
        let said = problems(&[
            "--database-url",
            "mysql://u:hunter2@h/d",
            "--stan-channel",
            "a..b",
            "--stan-url",
            "nonsense",
        ]);
        for variable in ["DATABASE_URL", "STAN_CHANNEL", "STAN_URL"] {
            assert!(said.contains(variable), "{said}");
        }
        assert!(!said.contains("hunter2"), "{said}");
    }
}
