//! The service under test: the release build as a process, and its answers.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::servers::signal;

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

    /// Resident memory in bytes, and processor time in seconds.
    pub fn footprint(&self) -> anyhow::Result<(u64, f64)> {
        let pid = self.process.as_ref().context("the service runs")?.id();
        let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
        let kib: u64 = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
            .context("/proc says how much memory a process has")?;
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
        Ok((kib * 1024, ticks / TICKS_PER_SECOND))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.kill().ok();
    }
}
