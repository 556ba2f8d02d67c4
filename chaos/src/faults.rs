//! The faults: their names, and how long orders flow around each.

use std::{fmt, path::PathBuf};

use clap::ValueEnum;

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Fault {
    /// SIGKILL for the service, again and again
    ServiceKilled,
    /// SIGTERM for the service, again and again
    ServiceTerminated,
    /// SIGKILL for PostgreSQL
    PostgresKilled,
    /// PostgreSQL's immediate shutdown
    PostgresStopped,
    /// PostgreSQL is not there for a minute
    PostgresAway,
    /// PostgreSQL ends the service's connections
    BackendsTerminated,
    /// SIGKILL for NATS Streaming
    NatsKilled,
    /// NATS Streaming stands still
    NatsFrozen,
    /// NATS Streaming comes back empty
    NatsEmptied,
    /// The network breaks
    NetworkCut,
    /// The network holds everything back
    NetworkStalled,
    /// The network is slow
    NetworkSlow,
    /// The network forgets connections and tells nobody
    NetworkHalfOpen,
    /// The service's clock jumps
    ClockStep,
    /// A tenth of the messages are no orders
    Poison,
    /// Several of these at once, by chance
    Mixed,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::ServiceKilled => "service: SIGKILL, repeatedly",
            Self::ServiceTerminated => "service: SIGTERM, repeatedly",
            Self::PostgresKilled => "PostgreSQL: SIGKILL",
            Self::PostgresStopped => "PostgreSQL: immediate stop",
            Self::PostgresAway => "PostgreSQL: away",
            Self::BackendsTerminated => "PostgreSQL: backends terminated",
            Self::NatsKilled => "NATS Streaming: SIGKILL",
            Self::NatsFrozen => "NATS Streaming: frozen",
            Self::NatsEmptied => "NATS Streaming: store emptied",
            Self::NetworkCut => "network: cut",
            Self::NetworkStalled => "network: stalled",
            Self::NetworkSlow => "network: 20 ms slower",
            Self::NetworkHalfOpen => "network: half-open",
            Self::ClockStep => "clock: an hour forth and back",
            Self::Poison => "a tenth of the messages is poison",
            Self::Mixed => "several at once, by chance",
        })
    }
}

impl Fault {
    /// Every fault, in the order of a run.
    pub fn all() -> Vec<Self> {
        Self::value_variants().to_vec()
    }

    /// How long orders flow, in seconds: the fault, and a little around it.
    pub fn seconds(self, quick: bool) -> u64 {
        let (full, brief) = match self {
            Self::ServiceKilled => (12, 4),
            Self::ServiceTerminated => (9, 4),
            Self::PostgresAway => (62, 5),
            Self::NatsFrozen => (8, 3),
            Self::NetworkCut | Self::NetworkStalled | Self::NetworkSlow => (8, 4),
            Self::NetworkHalfOpen => (10, 4),
            Self::Mixed => (30, 5),
            _ => (5, 3),
        };
        if quick { brief } else { full }
    }

    /// The share of messages that are no orders.
    pub fn poison(self) -> f64 {
        match self {
            Self::Poison | Self::Mixed => 0.1,
            _ => 0.0,
        }
    }

    /// Why this fault cannot be caused on this machine, if it cannot.
    pub fn hindrance(self) -> Option<&'static str> {
        (self == Self::ClockStep && libfaketime().is_none())
            .then_some("libfaketime is not here, and the machine's own clock is not ours to set")
    }
}

/// The library that gives a process another clock.
pub fn libfaketime() -> Option<PathBuf> {
    let folders = [
        "/usr/lib/x86_64-linux-gnu",
        "/usr/lib/aarch64-linux-gnu",
        "/usr/lib64",
    ];
    folders
        .iter()
        .map(|folder| PathBuf::from(folder).join("faketime/libfaketime.so.1"))
        .find(|path| path.is_file())
}
