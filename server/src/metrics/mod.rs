//! What operators' tools watch: counters, gauges and histograms in the text
//! format of Prometheus, by its conventions for names and units
//! (<https://prometheus.io/docs/practices/naming/>).

mod http;
mod ingest;
mod snapshot;

use prometheus::{Encoder as _, Registry, TextEncoder};

pub use http::{HttpMetrics, Lookups};
pub use ingest::IngestMetrics;
pub use snapshot::{PoolUse, Snapshot};

/// Everything that is measured.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    /// What ingestion counts.
    pub ingest: IngestMetrics,
    /// What HTTP counts.
    pub http: HttpMetrics,
    gauges: snapshot::Gauges,
}

impl Metrics {
    /// Registers everything, once a process's part.
    ///
    /// # Errors
    /// When two metrics have one name, which is a mistake in this module.
    pub fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        // Memory, processor time, open files; only where there is /proc.
        #[cfg(target_os = "linux")]
        registry.register(Box::new(
            prometheus::process_collector::ProcessCollector::for_self(),
        ))?;
        Ok(Self {
            ingest: IngestMetrics::new(&registry)?,
            http: HttpMetrics::new(&registry)?,
            gauges: snapshot::Gauges::new(&registry)?,
            registry,
        })
    }

    /// The text of `GET /metrics`, with `now` for what is only looked at.
    ///
    /// # Errors
    /// When a metric cannot be written, which is a mistake in this module.
    pub fn render(&self, now: &Snapshot) -> Result<String, prometheus::Error> {
        self.gauges.set(now);
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        String::from_utf8(text).map_err(|error| prometheus::Error::Msg(error.to_string()))
    }
}
