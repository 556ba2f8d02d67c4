//! Vegeta: a constant rate, whether or not the answers keep up.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, bail};
use serde::Deserialize;
use std::collections::BTreeMap;

use crate::tool::run;

/// The share of the rate that has to be reached.
const KEPT: f64 = 0.95;

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
}

/// What Vegeta has seen, in ms; a request that had no answer in time counts
/// with the time that it was waited for.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The median.
    pub p50: f64,
    /// The 99th percentile.
    pub p99: f64,
    /// Why these are not times of the rate that was asked for.
    pub shortfall: Option<String>,
}

impl Seen {
    /// The first shortfall of some rounds.
    pub fn shortfall(rounds: &[Self]) -> Option<&str> {
        rounds.iter().find_map(|seen| seen.shortfall.as_deref())
    }
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
            // Writing to a string cannot fail.
            writeln!(targets, "GET {url}{path}").ok();
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

    /// How many requests a second Vegeta has answered when it asks over a few
    /// connections, each as soon as it was answered.
    ///
    /// # Errors
    /// When Vegeta fails.
    pub async fn saturation(&self, connections: u32, time: Duration) -> anyhow::Result<f64> {
        let pace = ["-rate=0".to_owned(), format!("-max-workers={connections}")];
        Ok(self.attack(pace, time).await?.rate)
    }

    /// Asks at a constant rate; every answer has to have the status `status`.
    ///
    /// # Errors
    /// When an answer had another one.
    pub async fn run(&self, attack: Attack, status: &str) -> anyhow::Result<Seen> {
        let pace = [
            format!("-rate={}/1s", attack.rate),
            format!("-workers={CONNECTIONS}"),
        ];
        let report = self.attack(pace, attack.time).await?;
        seen(&report, attack.rate, status)
    }

    async fn attack(&self, pace: [String; 2], time: Duration) -> anyhow::Result<Report> {
        let results = self.results.display().to_string();
        let mut arguments = vec![
            "attack".to_owned(),
            format!("-targets={}", self.targets.display()),
            format!("-duration={}s", time.as_secs_f64()),
            format!("-connections={CONNECTIONS}"),
            "-max-body=0".to_owned(),
            // It would ask for gzip by itself, and unpack it.
            "-header=Accept-Encoding: identity".to_owned(),
            "-timeout=10s".to_owned(),
            format!("-output={results}"),
        ];
        arguments.extend(pace);
        let patience = time + Duration::from_mins(1);
        run("vegeta", &arguments, patience, &self.raw).await?;
        let report = |form: &str| {
            [
                "report".to_owned(),
                format!("-type={form}"),
                results.clone(),
            ]
        };
        run("vegeta", &report("text"), patience, &self.raw).await?;
        let json = run("vegeta", &report("json"), patience, &self.raw).await?;
        std::fs::remove_file(&self.results).ok();
        serde_json::from_slice(&json).context("Vegeta's report")
    }
}

/// What a report says of a constant rate.
fn seen(report: &Report, rate: u32, status: &str) -> anyhow::Result<Seen> {
    let of = |code: &str| report.status_codes.get(code).copied().unwrap_or_default();
    // 0 is Vegeta's status for no answer.
    let (right, none) = (of(status), of("0"));
    if right + none != report.requests || right == 0 {
        bail!(
            "Vegeta: {right} of {} answers had the status {status}: {:?} {:?}",
            report.requests,
            report.status_codes,
            report.errors.first()
        );
    }
    let kept = report.rate / f64::from(rate);
    let shortfall = if none > 0 {
        Some(format!(
            "{none} of {} requests had no answer",
            report.requests
        ))
    } else if kept < KEPT {
        Some(format!(
            "Vegeta itself reached {:.0} of {} requests/s",
            report.rate, rate
        ))
    } else {
        None
    };
    let milliseconds = |nanoseconds: f64| nanoseconds / 1e6;
    Ok(Seen {
        p50: milliseconds(report.latencies.p50),
        p99: milliseconds(report.latencies.p99),
        shortfall,
    })
}
