//! What is not counted as it happens, but looked at when somebody asks.

use app::desk::{DatabaseState, IngestState, Stats};
use prometheus::{IntCounter, IntGauge, IntGaugeVec, Registry, opts};

/// How things stand at one moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// What the pages are told.
    pub stats: Stats,
    /// Lookups that memory answered, since the process began.
    pub hits: u64,
    /// Lookups that PostgreSQL was asked for, since the process began.
    pub misses: u64,
    /// Clients that listen to the live feed.
    pub listeners: usize,
    /// The pools of connections to PostgreSQL.
    pub pools: [PoolUse; 2],
}

/// How much of a pool of connections is in use.
#[derive(Clone, Copy, Debug)]
pub struct PoolUse {
    /// Which pool.
    pub name: &'static str,
    /// Connections that are at work.
    pub used: usize,
    /// Connections that wait for work.
    pub idle: usize,
}

const STATES: [(IngestState, &str); 6] = [
    (IngestState::Connecting, "connecting"),
    (IngestState::Receiving, "receiving"),
    (IngestState::Idle, "idle"),
    (IngestState::Stalled, "stalled"),
    (IngestState::Reconnecting, "reconnecting"),
    (IngestState::Replaced, "replaced"),
];

#[derive(Debug)]
pub(super) struct Gauges {
    state: IntGaugeVec,
    database_up: IntGauge,
    orders: IntGauge,
    in_quarantine: IntGauge,
    lag: IntGauge,
    missing: IntGauge,
    forgotten: IntGauge,
    incarnation: IntGauge,
    cache_entries: IntGauge,
    cache_bytes: IntGauge,
    cache_complete: IntGauge,
    cache_hits: IntCounter,
    cache_misses: IntCounter,
    listeners: IntGauge,
    connections: IntGaugeVec,
}

impl Gauges {
    pub(super) fn new(registry: &Registry) -> Result<Self, prometheus::Error> {
        let gauge = |name: &str, help: &str| {
            let gauge = IntGauge::new(name, help)?;
            registry.register(Box::new(gauge.clone()))?;
            Ok::<_, prometheus::Error>(gauge)
        };
        let gauges = |name: &str, help: &str, labels: &[&str]| {
            let gauges = IntGaugeVec::new(opts!(name, help), labels)?;
            registry.register(Box::new(gauges.clone()))?;
            Ok::<_, prometheus::Error>(gauges)
        };
        let counter = |name: &str, help: &str| {
            let counter = IntCounter::new(name, help)?;
            registry.register(Box::new(counter.clone()))?;
            Ok::<_, prometheus::Error>(counter)
        };
        Ok(Self {
            state: gauges(
                "orderdesk_session_state",
                "1 for the state that ingestion is in, 0 for the others.",
                &["state"],
            )?,
            database_up: gauge("orderdesk_database_up", "Whether PostgreSQL answers.")?,
            orders: gauge("orderdesk_orders", "Orders in the store.")?,
            in_quarantine: gauge(
                "orderdesk_quarantine_open_messages",
                "Messages in quarantine that nobody has decided on.",
            )?,
            lag: gauge(
                "orderdesk_channel_lag_messages",
                "Messages that NATS Streaming holds and that were not dealt with; -1: not known.",
            )?,
            missing: gauge(
                "orderdesk_channel_missing_messages",
                "Messages that the subscription passed and nobody dealt with; -1: not known.",
            )?,
            forgotten: gauge(
                "orderdesk_channel_forgotten_messages",
                "Messages that NATS Streaming dropped before they were dealt with; -1: not known.",
            )?,
            incarnation: gauge(
                "orderdesk_channel_incarnation",
                "1, and one more for each time the channel started over; -1: not known.",
            )?,
            cache_entries: gauge("orderdesk_cache_entries", "Orders in memory.")?,
            cache_bytes: gauge("orderdesk_cache_bytes", "Bytes of the documents in memory.")?,
            cache_complete: gauge(
                "orderdesk_cache_complete",
                "Whether every stored order is in memory.",
            )?,
            cache_hits: counter(
                "orderdesk_cache_hits_total",
                "Lookups of one order that memory answered.",
            )?,
            cache_misses: counter(
                "orderdesk_cache_misses_total",
                "Lookups of one order that PostgreSQL was asked for.",
            )?,
            listeners: gauge(
                "orderdesk_live_listeners",
                "Clients that listen to the live feed.",
            )?,
            connections: gauges(
                "orderdesk_database_connections",
                "Connections to PostgreSQL, by pool and state.",
                &["pool", "state"],
            )?,
        })
    }

    pub(super) fn set(&self, now: &Snapshot) {
        let stats = &now.stats;
        for (state, name) in STATES {
            let is_now = i64::from(stats.ingest == state);
            self.state.with_label_values(&[name]).set(is_now);
        }
        self.database_up
            .set(i64::from(stats.database == DatabaseState::Up));
        self.orders.set(whole(stats.orders));
        self.in_quarantine.set(whole(stats.in_quarantine));
        self.lag.set(stats.lag.map_or(-1, whole));
        self.missing.set(stats.missing.map_or(-1, whole));
        self.forgotten.set(stats.forgotten.map_or(-1, whole));
        self.incarnation
            .set(stats.incarnation.map_or(-1, i64::from));
        self.cache_entries.set(whole(stats.cache.entries));
        self.cache_bytes.set(whole(stats.cache.bytes));
        self.cache_complete.set(i64::from(stats.cache.complete));
        raise(&self.cache_hits, now.hits);
        raise(&self.cache_misses, now.misses);
        self.listeners.set(whole(now.listeners as u64));
        for pool in now.pools {
            for (state, connections) in [("used", pool.used), ("idle", pool.idle)] {
                self.connections
                    .with_label_values(&[pool.name, state])
                    .set(whole(connections as u64));
            }
        }
    }
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Brings a counter up to a count that was kept elsewhere.
fn raise(counter: &IntCounter, total: u64) {
    counter.inc_by(total.saturating_sub(counter.get()));
}
