//! Rounds in which Orderdesk and a reference take turns, so that what slows
//! the machine down slows both.

use std::time::{Duration, Instant};

use hotpaths::{HotPath, Orders, Work};

/// How long a turn of a path takes, about.
const TURN: Duration = Duration::from_millis(10);

/// What one round measured: how fast each was, in whatever unit.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    /// Orderdesk.
    pub ours: f64,
    /// What it is compared with.
    pub reference: f64,
}

/// Something that is measured for a short while at a time.
pub trait Runner {
    /// How fast it was.
    ///
    /// # Errors
    /// When it did not do what it should.
    fn turn(&mut self) -> anyhow::Result<f64>;
}

/// Lets the two take turns; who is first changes from round to round.
///
/// # Errors
/// When one of them fails.
pub fn take_turns(
    rounds: usize,
    ours: &mut impl Runner,
    reference: &mut impl Runner,
) -> anyhow::Result<Vec<Round>> {
    ours.turn()?;
    reference.turn()?;
    (0..rounds)
        .map(|round| {
            if round.is_multiple_of(2) {
                let ours = ours.turn()?;
                let reference = reference.turn()?;
                Ok(Round { ours, reference })
            } else {
                let reference = reference.turn()?;
                let ours = ours.turn()?;
                Ok(Round { ours, reference })
            }
        })
        .collect()
}

/// A path, which is run until its turn is over.
pub struct PathRunner {
    work: Work,
    pieces: f64,
    times: u32,
}

impl PathRunner {
    /// Prepares the path and finds out how often it fits into a turn.
    pub fn new(path: HotPath, orders: &Orders) -> Self {
        let mut work = (path.prepare)(orders);
        work();
        let began = Instant::now();
        work();
        let once = began.elapsed().max(Duration::from_nanos(1));
        let times = (TURN.as_nanos() / once.as_nanos()).clamp(1, 1_000_000);
        Self {
            work,
            #[expect(clippy::cast_precision_loss, reason = "thousands")]
            pieces: path.pieces as f64,
            times: u32::try_from(times).unwrap_or(1),
        }
    }
}

impl Runner for PathRunner {
    /// Orders, or searches, a second.
    fn turn(&mut self) -> anyhow::Result<f64> {
        let began = Instant::now();
        for _ in 0..self.times {
            (self.work)();
        }
        Ok(f64::from(self.times) * self.pieces / began.elapsed().as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Notes whose turn it is.
    struct Noting<'a>(char, &'a std::cell::RefCell<String>);

    impl Runner for Noting<'_> {
        fn turn(&mut self) -> anyhow::Result<f64> {
            self.1.borrow_mut().push(self.0);
            Ok(1.0)
        }
    }

    #[test]
    fn who_is_first_changes() {
        let turns = std::cell::RefCell::default();
        let rounds = take_turns(3, &mut Noting('a', &turns), &mut Noting('b', &turns));
        assert_eq!(rounds.unwrap().len(), 3);
        assert_eq!(turns.into_inner(), "abab".to_owned() + "ba" + "ab");
    }
}
