//! What ingestion counts.

use std::time::Duration;

use prometheus::{
    Histogram, HistogramOpts, IntCounter, IntCounterVec, Registry, exponential_buckets, opts,
};

/// What became of messages, since the process began, and how long it took.
#[derive(Debug)]
pub struct IngestMetrics {
    /// Deliveries, each time a message came.
    pub received: IntCounter,
    /// Messages that became an order.
    pub stored: IntCounter,
    /// Messages that repeated a stored order.
    pub repeats: IntCounter,
    /// Messages with the uid of a stored order and other content.
    pub conflicts: IntCounter,
    /// Messages that are no valid order, by reason.
    pub rejected: IntCounterVec,
    /// Messages that came again after they had been dealt with.
    pub redelivered: IntCounter,
    /// Sessions with NATS Streaming that were opened.
    pub sessions: IntCounter,
    /// Commits that failed or took too long, and were tried again.
    pub retries: IntCounter,
    batch: Histogram,
    commit: Histogram,
    visible: Histogram,
}

impl IngestMetrics {
    pub(super) fn new(registry: &Registry) -> Result<Self, prometheus::Error> {
        let counter = |name: &str, help: &str| {
            let counter = IntCounter::new(name, help)?;
            registry.register(Box::new(counter.clone()))?;
            Ok::<_, prometheus::Error>(counter)
        };
        let histogram = |name: &str, help: &str, buckets: Vec<f64>| {
            let histogram =
                Histogram::with_opts(HistogramOpts::from(opts!(name, help)).buckets(buckets))?;
            registry.register(Box::new(histogram.clone()))?;
            Ok::<_, prometheus::Error>(histogram)
        };
        let rejected = IntCounterVec::new(
            opts!(
                "orderdesk_rejected_total",
                "Messages set aside because they are no valid order."
            ),
            &["reason"],
        )?;
        registry.register(Box::new(rejected.clone()))?;
        for reason in orders::Reason::ALL {
            // Shown as 0 before the first: a rate needs a beginning.
            if reason != orders::Reason::Conflict {
                rejected.with_label_values(&[reason.as_str()]);
            }
        }
        Ok(Self {
            received: counter(
                "orderdesk_messages_received_total",
                "Messages delivered by NATS Streaming, redeliveries included.",
            )?,
            stored: counter(
                "orderdesk_orders_stored_total",
                "Messages that became an order.",
            )?,
            repeats: counter(
                "orderdesk_repeats_total",
                "Messages that repeated a stored order.",
            )?,
            conflicts: counter(
                "orderdesk_conflicts_total",
                "Messages set aside because another order has their uid.",
            )?,
            rejected,
            redelivered: counter(
                "orderdesk_redeliveries_total",
                "Messages that came again after they had been dealt with.",
            )?,
            sessions: counter(
                "orderdesk_sessions_total",
                "Sessions with NATS Streaming that were opened.",
            )?,
            retries: counter(
                "orderdesk_commit_retries_total",
                "Commits that did not succeed and were tried again.",
            )?,
            batch: histogram(
                "orderdesk_batch_messages",
                "Messages stored by one transaction.",
                exponential_buckets(1.0, 2.0, 14)?,
            )?,
            commit: histogram(
                "orderdesk_commit_duration_seconds",
                "Time from the begin of a transaction to its commit.",
                exponential_buckets(0.000_5, 2.0, 16)?,
            )?,
            visible: histogram(
                "orderdesk_publish_to_visible_seconds",
                "Time from NATS Streaming's taking an order to its being answered here.",
                exponential_buckets(0.000_5, 2.0, 20)?,
            )?,
        })
    }

    /// Notes a committed batch of so many messages.
    pub fn committed(&self, messages: usize, took: Duration) {
        // A batch has 10,000 messages at most.
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        self.batch.observe(messages as f64);
        self.commit.observe(took.as_secs_f64());
    }

    /// Notes that an order is visible so many seconds after it was published;
    /// less than none where the clocks of two machines differ.
    pub fn visible_after(&self, seconds: f64) {
        self.visible.observe(seconds.max(0.0));
    }
}
