//! What happened over the last hour: one sample every ten seconds, in memory.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use app::desk::{History as Answer, Sample};
use hdrhistogram::Histogram;
use time::OffsetDateTime;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::ingest::IngestStatus;

/// How often a sample is taken.
const INTERVAL: Duration = Duration::from_secs(10);

/// Samples that are kept: an hour of them.
const KEPT: usize = 360;

/// The longest time from published to visible that is told apart, in
/// microseconds: a day.
const LONGEST_MICROS: u64 = 86_400_000_000;

/// What happened over the last hour.
#[derive(Debug)]
pub struct History {
    began: Instant,
    samples: Mutex<VecDeque<Sample>>,
    /// Microseconds from published to visible, since the last sample.
    visible: Mutex<Histogram<u32>>,
}

impl Default for History {
    fn default() -> Self {
        Self {
            began: Instant::now(),
            samples: Mutex::default(),
            visible: Mutex::new(
                Histogram::new_with_bounds(1, LONGEST_MICROS, 2)
                    .expect("the bounds are in order and two digits are few"),
            ),
        }
    }
}

impl History {
    /// Notes that an order became visible so long after it was published.
    /// Clocks of two machines may differ: what looks negative counts as none.
    pub fn saw_visible(&self, took: time::Duration) {
        let micros = u64::try_from(took.whole_microseconds().max(1)).unwrap_or(LONGEST_MICROS);
        self.visible
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .saturating_record(micros);
    }

    /// The samples, oldest first.
    pub fn answer(&self) -> Answer {
        let samples = self.samples.lock().unwrap_or_else(PoisonError::into_inner);
        Answer {
            interval_seconds: INTERVAL.as_secs(),
            up_seconds: self.began.elapsed().as_secs(),
            samples: samples.iter().copied().collect(),
        }
    }

    /// Takes samples until `stop`.
    pub async fn record(&self, status: &IngestStatus, stop: CancellationToken) {
        let mut ticks = interval(INTERVAL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut before = status.account();
        // The first tick comes at once.
        ticks.tick().await;
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {}
            }
            let account = status.account();
            let stored = account.stored.saturating_sub(before.stored);
            before = account;
            self.push(stored, status.channel().map(|channel| channel.lag));
        }
    }

    fn push(&self, stored: u64, waiting: Option<u64>) {
        let mut visible = self.visible.lock().unwrap_or_else(PoisonError::into_inner);
        let quantile = |part: f64| {
            #[expect(clippy::cast_precision_loss, reason = "microseconds of a day")]
            let millis = visible.value_at_quantile(part) as f64 / 1_000.0;
            (!visible.is_empty()).then_some(millis)
        };
        #[expect(clippy::cast_precision_loss, reason = "orders of ten seconds")]
        let sample = Sample {
            at: OffsetDateTime::now_utc().unix_timestamp(),
            stored_per_second: stored as f64 / INTERVAL.as_secs_f64(),
            visible_p50_ms: quantile(0.5),
            visible_p99_ms: quantile(0.99),
            waiting,
        };
        visible.reset();
        drop(visible);
        let mut samples = self.samples.lock().unwrap_or_else(PoisonError::into_inner);
        if samples.len() == KEPT {
            samples.pop_front();
        }
        samples.push_back(sample);
    }
}

#[cfg(test)]
mod tests {
    use super::{History, KEPT};

    #[test]
    fn an_hour_is_kept_and_each_sample_is_of_its_own_time() {
        let history = History::default();
        for millis in 1..=100 {
            history.saw_visible(time::Duration::milliseconds(millis));
        }
        history.saw_visible(time::Duration::milliseconds(-5));
        history.push(50, Some(3));
        for _ in 0..KEPT {
            history.push(0, None);
        }
        history.push(10, None);
        let samples = history.answer().samples;
        assert_eq!(samples.len(), KEPT);
        let last = samples[KEPT - 1];
        assert!((last.stored_per_second - 1.0).abs() < 1e-9);
        assert_eq!((last.visible_p50_ms, last.visible_p99_ms), (None, None));
    }

    #[test]
    fn percentiles_are_of_what_was_seen() {
        let history = History::default();
        for millis in 1..=100 {
            history.saw_visible(time::Duration::milliseconds(millis));
        }
        history.push(100, Some(0));
        let sample = history.answer().samples[0];
        let near = |found: Option<f64>, expected: f64| {
            found.is_some_and(|found| (found - expected).abs() / expected < 0.02)
        };
        assert!(near(sample.visible_p50_ms, 50.0), "{sample:?}");
        assert!(near(sample.visible_p99_ms, 99.0), "{sample:?}");
    }
}
