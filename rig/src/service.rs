//! The service under test: the release build as a process, and its answers.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use serde_json::Value;

use super::servers::signal;

/// How long anything may take before the run is given up.
const PATIENCE: Duration = Duration::from_secs(90);

/// How often a question is asked again.
const INTERVAL: Duration = Duration::from_millis(5);

/// Processor time in ticks of Linux, of which there are 100 a second.
const TICKS_PER_SECOND: f64 = 100.0;

/// A service, running or not.
pub struct Service {
    binary: PathBuf,
    environment: Vec<(String, String)>,
    log: PathBuf,
    url: String,
    client: reqwest::Client,
    process: Option<Child>,
}

impl Service {
    /// A service that listens on `port`.
    pub fn new(binary: &Path, port: u16, log: PathBuf, environment: Vec<(String, String)>) -> Self {
        Self {
            binary: binary.to_owned(),
            environment,
            log,
            url: format!("http://127.0.0.1:{port}"),
            client: reqwest::Client::new(),
            process: None,
        }
    }

    /// Starts it with `more` in its environment; does not wait.
    ///
    /// # Errors
    /// When there is no such program.
    pub fn start(&mut self, more: &[(&str, &str)]) -> anyhow::Result<()> {
        let log = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.log)
            .with_context(|| self.log.display().to_string())?;
        let process = Command::new("setpriv")
            .args(["--pdeathsig", "KILL"])
            .arg(&self.binary)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .envs(more.iter().copied())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("setpriv, of util-linux")?;
        self.process = Some(process);
        Ok(())
    }

    /// Kills it.
    ///
    /// # Errors
    /// When it cannot be killed.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        if let Some(mut process) = self.process.take() {
            process.kill()?;
            process.wait()?;
        }
        Ok(())
    }

    /// Stops it in order.
    ///
    /// # Errors
    /// When it does not end with 0.
    pub fn terminate(&mut self) -> anyhow::Result<()> {
        if let Some(mut process) = self.process.take() {
            signal(process.id(), "TERM")?;
            let status = process.wait()?;
            if !status.success() {
                bail!("the service ended with {status} on SIGTERM");
            }
        }
        Ok(())
    }

    /// The bytes of an order; `None` for any other answer, or none.
    pub async fn order(&self, uid: &str) -> Option<Vec<u8>> {
        let response = self
            .client
            .get(format!("{}/api/orders/{uid}", self.url))
            .timeout(Duration::from_secs(10))
            .send()
            .await
            .ok()?;
        if response.status() != 200 {
            return None;
        }
        Some(response.bytes().await.ok()?.to_vec())
    }

    /// Waits until an order is answered; the time since `began`.
    ///
    /// # Errors
    /// When it takes too long.
    pub async fn wait_for_order(&self, uid: &str, began: Instant) -> anyhow::Result<Duration> {
        while self.order(uid).await.is_none() {
            if began.elapsed() > PATIENCE {
                bail!("the order {uid} is not answered within {PATIENCE:?}");
            }
            tokio::time::sleep(INTERVAL).await;
        }
        Ok(began.elapsed())
    }

    /// Waits until `/readyz` says that it serves and ingests.
    ///
    /// # Errors
    /// When it takes too long.
    pub async fn wait_until_ready(&self) -> anyhow::Result<()> {
        let began = Instant::now();
        loop {
            let answer = self.client.get(format!("{}/readyz", self.url)).send().await;
            if answer.is_ok_and(|response| response.status() == 200) {
                return Ok(());
            }
            if began.elapsed() > PATIENCE {
                bail!("the service is not ready within {PATIENCE:?}");
            }
            tokio::time::sleep(INTERVAL).await;
        }
    }

    /// Runs `orderdesk verify --json` and reads what it says.
    ///
    /// # Errors
    /// When it says nothing.
    pub fn verify(&self, with_documents: bool) -> anyhow::Result<(i32, Value)> {
        let output = Command::new(&self.binary)
            .args(["verify", "--json", "--wait", "120s"])
            .args((!with_documents).then_some("--no-documents"))
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .output()
            .context("orderdesk verify")?;
        let report = serde_json::from_slice(&output.stdout)
            .with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
        Ok((output.status.code().unwrap_or(-1), report))
    }

    /// What the process takes of the machine.
    ///
    /// # Errors
    /// When it does not run.
    pub fn footprint(&self) -> anyhow::Result<Footprint> {
        let pid = self.process.as_ref().context("the service runs")?.id();
        Footprint::of(pid)
    }

    /// Where it answers, without a slash at its end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The answer of a `GET` that gives JSON.
    ///
    /// # Errors
    /// When it does not answer with JSON.
    pub async fn json(&self, path: &str) -> anyhow::Result<Value> {
        let answer = self.client.get(format!("{}{path}", self.url)).send().await;
        Ok(answer?.error_for_status()?.json().await?)
    }
}

/// What a process takes of the machine.
#[derive(Clone, Copy, Debug)]
pub struct Footprint {
    /// Resident memory, in bytes.
    pub resident: u64,
    /// Resident memory, in bytes, pages that others share counted in part.
    pub proportional: u64,
    /// Processor time since its start, in seconds.
    pub processor_seconds: f64,
}

impl Footprint {
    /// What the process `pid` takes.
    ///
    /// # Errors
    /// When there is no such process, or none of ours.
    pub fn of(pid: u32) -> anyhow::Result<Self> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
        let fields: Vec<&str> = stat
            .rsplit_once(')')
            .map(|(_, rest)| rest.split_whitespace().collect())
            .unwrap_or_default();
        // utime and stime: fields 14 and 15 of proc(5).
        let ticks: f64 = [11, 12]
            .into_iter()
            .filter_map(|at| fields.get(at)?.parse::<f64>().ok())
            .sum();
        Ok(Self {
            resident: kibibytes(pid, "status", "VmRSS:")?,
            proportional: kibibytes(pid, "smaps_rollup", "Pss:")?,
            processor_seconds: ticks / TICKS_PER_SECOND,
        })
    }
}

/// A line of a file in /proc, in bytes.
fn kibibytes(pid: u32, file: &str, name: &str) -> anyhow::Result<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/{file}"))?;
    let kib: u64 = text
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .with_context(|| format!("/proc/{pid}/{file} has no {name}"))?;
    Ok(kib * 1024)
}

impl Drop for Service {
    fn drop(&mut self) {
        self.kill().ok();
    }
}
