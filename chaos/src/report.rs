//! What a run has shown: a table for people, JSON for programs.

use std::{fmt, time::Duration};

use anyhow::Context as _;
use serde::Serialize;

use crate::verdict::Verdict;

/// One scenario.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// What happened.
    pub fault: String,
    /// Messages whose publisher was told that they are safe.
    pub published: u64,
    /// Orders stored by the scenario.
    pub stored: u64,
    /// Acknowledged, and nowhere.
    pub lost: u64,
    /// There, with other bytes.
    pub altered: u64,
    /// There more than once.
    pub double: u64,
    /// The longest recovery, in seconds.
    pub recovery: Option<f64>,
    /// What it may be, in seconds.
    pub limit: Option<f64>,
    /// What else is to be said.
    pub note: String,
    /// What is wrong.
    pub problems: Vec<String>,
}

impl Row {
    /// A scenario that is about to be played.
    pub fn new(fault: &str) -> Self {
        Self {
            fault: fault.to_owned(),
            published: 0,
            stored: 0,
            lost: 0,
            altered: 0,
            double: 0,
            recovery: None,
            limit: None,
            note: String::new(),
            problems: Vec::new(),
        }
    }

    /// A scenario that could not be played here, and why.
    pub fn not_run(fault: &str, why: &str) -> Self {
        Self {
            note: format!("NOT RUN: {why}"),
            ..Self::new(fault)
        }
    }

    /// Takes in what became of the messages.
    pub fn judge(&mut self, verdict: Verdict) {
        self.lost = verdict.lost;
        self.altered = verdict.altered;
        self.double = verdict.double;
        self.problems.extend(verdict.examples);
    }

    /// Takes in how long recovering took, and how long it may.
    pub fn recovered(&mut self, took: Duration, limit: Duration) {
        self.recovery = Some(took.as_secs_f64());
        self.limit = Some(limit.as_secs_f64());
        if took > limit {
            self.problems.push(format!(
                "recovery took {:.2} s, more than {} s",
                took.as_secs_f64(),
                limit.as_secs_f64()
            ));
        }
    }

    fn is_good(&self) -> bool {
        self.lost == 0 && self.altered == 0 && self.double == 0 && self.problems.is_empty()
    }
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = |value: Option<f64>| value.map_or_else(String::new, |s| format!("{s:.2} s"));
        write!(
            formatter,
            "{:<44}{:>10}{:>9}{:>6}{:>9}{:>8}{:>10}{:>9}  {}",
            self.fault,
            self.published,
            self.stored,
            self.lost,
            self.altered,
            self.double,
            seconds(self.recovery),
            seconds(self.limit),
            self.note
        )?;
        for problem in &self.problems {
            write!(formatter, "\n    {problem}")?;
        }
        Ok(())
    }
}

/// A whole run.
#[derive(Debug, Serialize)]
pub struct Report {
    seed: u64,
    quick: bool,
    rows: Vec<Row>,
}

impl Report {
    /// Nothing happened yet.
    pub fn new(seed: u64, quick: bool) -> Self {
        Self {
            seed,
            quick,
            rows: Vec::new(),
        }
    }

    /// The names of the columns.
    pub fn head() -> String {
        format!(
            "{:<44}{:>10}{:>9}{:>6}{:>9}{:>8}{:>10}{:>9}",
            "fault", "published", "stored", "lost", "altered", "double", "recovery", "limit"
        )
    }

    /// Adds a scenario.
    pub fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Messages that were acknowledged so far.
    pub fn published(&self) -> u64 {
        self.rows.iter().map(|row| row.published).sum()
    }

    /// Whether nothing was lost, altered or double, and no limit was missed.
    pub fn is_good(&self) -> bool {
        self.rows.iter().all(Row::is_good)
    }

    /// The run in one sentence.
    pub fn verdict(&self) -> String {
        let sum = |count: fn(&Row) -> u64| self.rows.iter().map(count).sum::<u64>();
        format!(
            "{}: {} messages acknowledged, {} lost, {} altered, {} double",
            if self.is_good() { "good" } else { "NOT GOOD" },
            self.published(),
            sum(|row| row.lost),
            sum(|row| row.altered),
            sum(|row| row.double),
        )
    }

    /// The run for programs.
    pub fn json(&self) -> anyhow::Result<String> {
        serde_json::to_string_pretty(self).context("the report is no JSON")
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Report, Row};
    use crate::verdict::Verdict;

    #[test]
    fn a_loss_or_a_missed_limit_is_not_good() {
        let good = Row::new("calm");
        let mut lossy = good.clone();
        lossy.judge(Verdict {
            lost: 1,
            ..Verdict::default()
        });
        let mut slow = good.clone();
        slow.recovered(Duration::from_secs(6), Duration::from_secs(5));
        for (row, is_good) in [(good, true), (lossy, false), (slow, false)] {
            let mut report = Report::new(1, true);
            report.add(row);
            assert_eq!(report.is_good(), is_good, "{}", report.verdict());
        }
    }
}
