//! What a run has found: figures beside their references, and whether they are
//! what they should be.

use serde::{Deserialize, Serialize};

/// A figure over the rounds of a run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Spread {
    /// The middle one; of an even number the mean of the two in the middle.
    pub median: f64,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
    /// Each round's, in their order.
    pub rounds: Vec<f64>,
}

impl Spread {
    /// The spread of `rounds`, of which there has to be one at least.
    pub fn of(rounds: Vec<f64>) -> Self {
        let mut sorted = rounds.clone();
        sorted.sort_by(f64::total_cmp);
        let (low, high) = (sorted.len().saturating_sub(1) / 2, sorted.len() / 2);
        let at = |place: usize| sorted.get(place).copied().unwrap_or(f64::NAN);
        Self {
            median: f64::midpoint(at(low), at(high)),
            min: at(0),
            max: sorted.last().copied().unwrap_or(f64::NAN),
            rounds,
        }
    }
}

/// What the machine could do at most, measured in the same run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reference {
    /// What was measured.
    pub what: String,
    /// In the unit of the figure.
    pub measured: Spread,
    /// Figure by reference, round by round.
    pub ratio: Spread,
}

/// Which side of a bound is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The bound or more.
    AtLeast,
    /// The bound or less.
    AtMost,
}

/// What a figure should be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Goal {
    /// Whether the bound is one of the ratio, or of the figure itself.
    pub of_ratio: bool,
    /// Which side of the bound is good.
    pub side: Side,
    /// The bound.
    pub bound: f64,
    /// The median that is compared; `None` where it could not be measured.
    pub value: Option<f64>,
}

impl Goal {
    /// Whether it is reached.
    pub fn is_met(&self) -> bool {
        self.value.is_some_and(|value| match self.side {
            Side::AtLeast => value >= self.bound,
            Side::AtMost => value <= self.bound,
        })
    }

    /// By how much of the bound it is missed: 0 when it is met, `None` when
    /// nobody can say.
    pub fn missed_by(&self) -> Option<f64> {
        if self.is_met() {
            return Some(0.0);
        }
        let missed = (self.value? - self.bound).abs() / self.bound;
        missed.is_finite().then_some(missed)
    }
}

/// One figure.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// Its name among all figures; the same in every run.
    pub id: String,
    /// What it is, for people.
    pub what: String,
    /// Its unit.
    pub unit: String,
    /// What was measured.
    pub measured: Spread,
    /// What the machine could do.
    pub reference: Option<Reference>,
    /// What it should be.
    pub goals: Vec<Goal>,
}

impl Figure {
    /// A figure of the rounds of a run.
    pub fn new(id: &str, what: &str, unit: &str, rounds: Vec<f64>) -> Self {
        Self {
            id: id.to_owned(),
            what: what.to_owned(),
            unit: unit.to_owned(),
            measured: Spread::of(rounds),
            reference: None,
            goals: Vec::new(),
        }
    }

    /// Beside what the machine could do in the same rounds.
    #[must_use]
    pub fn beside(mut self, what: &str, rounds: Vec<f64>) -> Self {
        let own = &self.measured.rounds;
        let ratio = own
            .iter()
            .zip(&rounds)
            .map(|(own, other)| own / other)
            .collect();
        self.reference = Some(Reference {
            what: what.to_owned(),
            measured: Spread::of(rounds),
            ratio: Spread::of(ratio),
        });
        self
    }

    /// The figure should be `bound` or more.
    #[must_use]
    pub fn at_least(self, bound: f64) -> Self {
        let value = self.measured.median;
        self.with(false, Side::AtLeast, bound, value)
    }

    /// The figure should be `bound` or less.
    #[must_use]
    pub fn at_most(self, bound: f64) -> Self {
        let value = self.measured.median;
        self.with(false, Side::AtMost, bound, value)
    }

    /// Its ratio to the reference should be `bound` or more.
    #[must_use]
    pub fn ratio_at_least(self, bound: f64) -> Self {
        let value = self.ratio().unwrap_or(f64::NAN);
        self.with(true, Side::AtLeast, bound, value)
    }

    /// Its ratio to the reference should be `bound` or less.
    #[must_use]
    pub fn ratio_at_most(self, bound: f64) -> Self {
        let value = self.ratio().unwrap_or(f64::NAN);
        self.with(true, Side::AtMost, bound, value)
    }

    /// The median of the ratios of the rounds.
    pub fn ratio(&self) -> Option<f64> {
        Some(self.reference.as_ref()?.ratio.median)
    }

    fn with(mut self, of_ratio: bool, side: Side, bound: f64, value: f64) -> Self {
        self.goals.push(Goal {
            of_ratio,
            side,
            bound,
            value: value.is_finite().then_some(value),
        });
        self
    }

    /// Not what was to be measured: no goal of it is met.
    #[must_use]
    pub fn spoilt_if(mut self, is_spoilt: bool) -> Self {
        if is_spoilt {
            self.goals.iter_mut().for_each(|goal| goal.value = None);
        }
        self
    }
}

/// A line of a plot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Curve {
    /// The plot it belongs to.
    pub plot: String,
    /// Its name in the legend.
    pub name: String,
    /// Whether it is a reference.
    pub is_reference: bool,
    /// Its points.
    pub points: Vec<(f64, f64)>,
}

/// One row of the report.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Row {
    /// Its name, as `--only` takes it.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// How it was measured.
    pub method: String,
    /// What was found.
    pub figures: Vec<Figure>,
    /// What was looked at besides, and held.
    pub checks: Vec<String>,
    /// Lines of plots.
    pub curves: Vec<Curve>,
    /// How long measuring took, in seconds.
    pub took_seconds: f64,
}

impl Row {
    /// A row without figures yet.
    pub fn new(title: &str, method: &str) -> Self {
        Self {
            name: String::new(),
            title: title.to_owned(),
            method: method.to_owned(),
            figures: Vec::new(),
            checks: Vec::new(),
            curves: Vec::new(),
            took_seconds: 0.0,
        }
    }

    /// A row that could not be measured, and why.
    pub fn not_measured(name: &str, why: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::new(name, &format!("**Not measured**: {why}"))
        }
    }
}

/// Everything that a run has found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Results {
    /// When it began, RFC 3339.
    pub date: String,
    /// How long it took, in seconds.
    pub took_seconds: f64,
    /// Whether it was a brief one.
    pub quick: bool,
    /// Machine, versions and settings, by name.
    pub facts: Vec<(String, String)>,
    /// The rows.
    pub rows: Vec<Row>,
}

#[cfg(test)]
mod tests {
    use super::{Figure, Spread};

    #[test]
    fn the_median_lies_in_the_middle() {
        for (rounds, median) in [
            (vec![3.0], 3.0),
            (vec![5.0, 1.0, 2.0], 2.0),
            (vec![4.0, 1.0, 2.0, 3.0], 2.5),
        ] {
            let spread = Spread::of(rounds);
            assert!((spread.median - median).abs() < 1e-9, "{spread:?}");
        }
    }

    #[test]
    fn goals_are_met_or_missed() {
        let figure = Figure::new("a", "a", "1/s", vec![80.0, 90.0, 100.0])
            .beside("limit", vec![100.0, 100.0, 100.0])
            .ratio_at_least(0.9)
            .at_least(100.0)
            .at_most(90.0);
        let met: Vec<bool> = figure.goals.iter().map(super::Goal::is_met).collect();
        assert_eq!(met, [true, false, true]);
        let missed = figure.goals[1].missed_by().unwrap_or_default();
        assert!((missed - 0.1).abs() < 1e-9);
        let spoilt = figure.spoilt_if(true);
        assert!(!spoilt.goals.iter().any(super::Goal::is_met));
    }

    #[test]
    fn nothing_measured_meets_no_goal() {
        let figure = Figure::new("a", "a", "1/s", Vec::new()).at_least(0.0);
        assert!(!figure.goals[0].is_met());
    }
}
