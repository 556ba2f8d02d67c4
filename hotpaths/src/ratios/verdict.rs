//! Whether a ratio has fallen.

/// How much of the recorded ratio has to be there. Generous: machines differ,
/// and a busy one is uneven.
const ENOUGH: f64 = 0.5;

/// From so many times the recorded ratio on, the record is out of date: half of
/// it would let everything pass that was gained.
const OUTGROWN: f64 = 2.0;

/// How often a figure is measured before it counts as fallen.
pub const ATTEMPTS: usize = 3;

/// What came of measuring one figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// The ratio of each measurement.
    pub tried: Vec<f64>,
    /// Whether the last one was enough.
    pub holds: bool,
}

impl Settled {
    /// Measures until the ratio is enough, at most [`ATTEMPTS`] times. What is
    /// not recorded never holds.
    ///
    /// # Errors
    /// When a measurement fails.
    pub fn of(
        recorded: Option<f64>,
        mut measure: impl FnMut() -> anyhow::Result<f64>,
    ) -> anyhow::Result<Self> {
        let mut tried = Vec::new();
        loop {
            let ratio = measure()?;
            tried.push(ratio);
            let holds = recorded.is_some_and(|recorded| ratio > recorded * ENOUGH);
            if holds || recorded.is_none() || tried.len() == ATTEMPTS {
                return Ok(Self { tried, holds });
            }
        }
    }

    /// The last ratio, which decided.
    pub fn ratio(&self) -> f64 {
        self.tried.last().copied().unwrap_or(f64::NAN)
    }

    /// What has to be said of it, if anything.
    pub fn remark(&self, recorded: Option<f64>) -> String {
        let Some(recorded) = recorded else {
            return " · NOT RECORDED: make ratios ARGS=--record".to_owned();
        };
        let tried = format!("{:.3?}", self.tried);
        match (self.holds, self.tried.len()) {
            (false, _) => format!(" · FALLEN to half or less: {tried}"),
            (true, 1) if self.ratio() >= recorded * OUTGROWN => {
                " · much better than recorded: record it anew, so that it is kept".to_owned()
            }
            (true, 1) => String::new(),
            (true, times) => format!(" · holds, measured {times} times: {tried}"),
        }
    }
}

/// The middle of `values`, which it sorts; of an even number, the lower one.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len().saturating_sub(1) / 2;
    values.get(middle).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settle(recorded: Option<f64>, ratios: &[f64]) -> Settled {
        let mut ratios = ratios.iter().copied();
        Settled::of(recorded, || Ok(ratios.next().expect("not so often"))).unwrap()
    }

    #[test]
    fn enough_is_measured_once() {
        let settled = settle(Some(2.0), &[1.01]);
        assert!(settled.holds);
        assert_eq!(settled.remark(Some(2.0)), "");
    }

    #[test]
    fn half_has_fallen_after_three_measurements() {
        let settled = settle(Some(2.0), &[1.0, 0.3, 0.99]);
        assert!(!settled.holds);
        assert_eq!(settled.tried.len(), ATTEMPTS);
        assert_eq!(
            settled.remark(Some(2.0)),
            " · FALLEN to half or less: [1.000, 0.300, 0.990]"
        );
    }

    #[test]
    fn one_good_measurement_of_three_is_enough_and_said() {
        let settled = settle(Some(2.0), &[0.4, 0.5, 1.8]);
        assert!(settled.holds);
        assert!(settled.remark(Some(2.0)).contains("measured 3 times"));
    }

    #[test]
    fn what_is_no_number_has_fallen() {
        assert!(!settle(Some(2.0), &[f64::NAN; 3]).holds);
    }

    #[test]
    fn what_is_not_recorded_does_not_hold() {
        let settled = settle(None, &[5.0]);
        assert!(!settled.holds);
        assert!(settled.remark(None).contains("NOT RECORDED"));
    }

    #[test]
    fn a_failed_measurement_fails_the_run() {
        assert!(Settled::of(Some(1.0), || anyhow::bail!("no server")).is_err());
    }

    #[test]
    fn twice_as_good_asks_for_a_new_record() {
        let settled = settle(Some(2.0), &[4.0]);
        assert!(settled.holds);
        assert!(settled.remark(Some(2.0)).contains("record it anew"));
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert!((median(&mut [3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median(&mut [4.0, 1.0, 2.0, 3.0]) - 2.0).abs() < f64::EPSILON);
        assert!(median(&mut []).is_nan());
    }
}
