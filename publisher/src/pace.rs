//! When each message is due, so that a rate is kept evenly and not in bursts.

use std::time::{Duration, Instant};

/// When each message is due.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    start: Instant,
    seconds_between: f64,
}

impl Pace {
    /// `per_second` messages a second from `start` on; 0 sets no limit.
    pub fn new(start: Instant, per_second: f64) -> Self {
        let seconds_between = if per_second > 0.0 {
            per_second.recip()
        } else {
            0.0
        };
        Self {
            start,
            seconds_between,
        }
    }

    /// When the message with this index (from 0) is due. A publisher that fell
    /// behind catches up, so that the rate holds over the whole run.
    pub fn due(&self, index: u64) -> Instant {
        #[expect(
            clippy::cast_precision_loss,
            reason = "beyond 2^53 messages nobody counts"
        )]
        let after = Duration::try_from_secs_f64(self.seconds_between * index as f64);
        after
            .ok()
            .and_then(|after| self.start.checked_add(after))
            .unwrap_or(self.start)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Pace;

    #[test]
    fn spreads_messages_evenly() {
        let start = Instant::now();
        let pace = Pace::new(start, 200.0);
        for index in [0, 1, 100, 1000] {
            assert_eq!(
                pace.due(index),
                start + Duration::from_millis(5) * u32::try_from(index).unwrap()
            );
        }
    }

    #[test]
    fn without_a_rate_everything_is_due_at_once() {
        let start = Instant::now();
        assert_eq!(Pace::new(start, 0.0).due(1_000_000), start);
    }
}
