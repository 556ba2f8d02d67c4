//! Vegeta: a constant rate, whether or not the answers keep up.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, bail};
use serde::Deserialize;
use std::collections::BTreeMap;

use crate::tool::run;

/// Connections that it may open.
const CONNECTIONS: u32 = 256;

/// A rate, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Attack {
    /// Requests a second.
    pub rate: u32,
    /// For how long.
    pub time: Duration,
}

#[derive(Deserialize)]
struct Report {
    requests: u64,
    rate: f64,
    latencies: Latencies,
    status_codes: BTreeMap<String, u64>,
    errors: Vec<String>,
}

#[derive(Deserialize)]
struct Latencies {
    #[serde(rename = "50th")]
    p50: f64,
    #[serde(rename = "99th")]
    p99: f64,
    max: f64,
}

/// What Vegeta has seen, in ms.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Requests a second that it brought about.
    pub rate: f64,
    /// The median.
    pub p50: f64,
    /// The 99th percentile.
    pub p99: f64,
    /// The longest.
    pub max: f64,
}

/// Vegeta with one list of addresses.
pub struct Vegeta {
    targets: PathBuf,
    results: PathBuf,
    raw: PathBuf,
}

impl Vegeta {
    /// Asks for the paths of the file `paths`, in turn. What Vegeta says is
    /// added to the file `raw`.
    pub fn new(dir: &Path, url: &str, paths: &Path, raw: PathBuf) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(paths)?;
        let mut targets = String::with_capacity(text.len() * 2);
        for path in text.lines().take(100_000) {
            targets += &format!("GET {url}{path}\n");
        }
        let name = url.rsplit(':').next().unwrap_or_default();
        let file = dir.join(format!("targets-{name}.txt"));
        std::fs::write(&file, targets)?;
        Ok(Self {
            targets: file,
            results: dir.join(format!("vegeta-{name}.bin")),
            raw,
        })
    }

    /// Asks at a constant rate; every answer has to have the status `status`.
    ///
    /// # Errors
    /// When an answer had another one, or did not come, or when Vegeta itself
    /// could not keep up with nine tenths of the rate.
    pub async fn run(&self, attack: Attack, status: &str) -> anyhow::Result<Seen> {
        let strings = |words: &[&str]| {
            words
                .iter()
                .map(|&word| word.to_owned())
                .collect::<Vec<_>>()
        };
        let results = self.results.display().to_string();
        let arguments = strings(&[
            "attack",
            &format!("-targets={}", self.targets.display()),
            &format!("-rate={}/1s", attack.rate),
            &format!("-duration={}s", attack.time.as_secs_f64()),
            &format!("-connections={CONNECTIONS}"),
            &format!("-workers={CONNECTIONS}"),
            "-max-body=0",
            "-timeout=10s",
            &format!("-output={results}"),
        ]);
        let patience = attack.time + Duration::from_secs(60);
        run("vegeta", &arguments, patience, &self.raw).await?;
        run(
            "vegeta",
            &strings(&["report", "-type=text", &results]),
            patience,
            &self.raw,
        )
        .await?;
        let json = strings(&["report", "-type=json", &results]);
        let json = run("vegeta", &json, patience, &self.raw).await?;
        std::fs::remove_file(&self.results).ok();
        let report: Report = serde_json::from_slice(&json).context("Vegeta's report")?;
        let right = report.status_codes.get(status).copied().unwrap_or_default();
        if right != report.requests || report.requests == 0 {
            bail!(
                "Vegeta: {right} of {} answers had the status {status}: {:?} {:?}",
                report.requests,
                report.status_codes,
                report.errors
            );
        }
        if report.rate < 0.9 * f64::from(attack.rate) {
            bail!(
                "Vegeta itself reached {:.0} of {} requests/s",
                report.rate,
                attack.rate
            );
        }
        let milliseconds = |nanoseconds: f64| nanoseconds / 1e6;
        Ok(Seen {
            rate: report.rate,
            p50: milliseconds(report.latencies.p50),
            p99: milliseconds(report.latencies.p99),
            max: milliseconds(report.latencies.max),
        })
    }
}
