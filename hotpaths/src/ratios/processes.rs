//! The processes that are measured: PostgreSQL and NATS Streaming as the
//! project's script starts them, and the release build of the service.

use std::{
    collections::HashMap,
    fs,
    io::{BufRead as _, BufReader},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};

use crate::http::get;

/// How long anything may take before the run is given up.
const PATIENCE: Duration = Duration::from_secs(90);

const INTERVAL: Duration = Duration::from_millis(5);

/// Servers of the run's own. They end when this is dropped, or this process
/// dies: the script's standard input closes then.
pub struct Servers {
    /// `DATABASE_URL`, `STAN_URL` and `STAN_MONITOR_URL`.
    pub urls: HashMap<String, String>,
    script: Child,
    stdin: Option<ChildStdin>,
}

fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// A file that is added to.
fn log(path: &Path) -> anyhow::Result<fs::File> {
    fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .with_context(|| path.display().to_string())
}

/// The processor time that the threads of a process have had so far, as the
/// kernel's scheduler counts it.
///
/// # Errors
/// When there is no such process, or the kernel does not count.
pub fn processor_time(process: u32) -> anyhow::Result<Duration> {
    let tasks = format!("/proc/{process}/task");
    let mut nanoseconds = 0;
    for task in fs::read_dir(&tasks).with_context(|| tasks.clone())? {
        // A thread that ended meanwhile had little to do.
        let Ok(said) = fs::read_to_string(task?.path().join("schedstat")) else {
            continue;
        };
        let first = said.split_whitespace().next();
        nanoseconds += first
            .and_then(|number| number.parse::<u64>().ok())
            .context("schedstat holds numbers")?;
    }
    if nanoseconds == 0 {
        bail!("{tasks}: this kernel has no schedstat");
    }
    Ok(Duration::from_nanos(nanoseconds))
}

impl Servers {
    /// Starts both, synced, with their data in `dir`.
    ///
    /// # Errors
    /// When one of them does not start.
    pub fn start(dir: &Path) -> anyhow::Result<Self> {
        let mut script = Command::new("scripts/services.sh")
            .arg("--until-stdin-closes")
            .env("LOCAL_DIR", dir)
            .env("PGPORT", free_port()?.to_string())
            .env("STAN_PORT", free_port()?.to_string())
            .env("STAN_MONITOR_PORT", free_port()?.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log(&dir.join("services.log"))?)
            .spawn()
            .context("scripts/services.sh: run this from the project's folder")?;
        let stdin = script.stdin.take();
        let output = script.stdout.take().context("standard output is piped")?;
        let ready = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .find(|line| line.starts_with("ready "));
        let urls = ready
            .iter()
            .flat_map(|line| line.split_whitespace())
            .filter_map(|word| word.split_once('='))
            .map(|(name, url)| (name.to_owned(), url.to_owned()))
            .collect();
        let servers = Self {
            urls,
            script,
            stdin,
        };
        if ready.is_none() {
            bail!("the servers did not start: see {}", dir.display());
        }
        Ok(servers)
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        drop(self.stdin.take());
        self.script.wait().ok();
    }
}

/// The service. It ends when this is dropped.
pub struct Service {
    binary: PathBuf,
    urls: HashMap<String, String>,
    log: PathBuf,
    /// Where it listens.
    pub address: SocketAddr,
    process: Option<Child>,
}

impl Service {
    /// A service, not yet started.
    pub fn new(binary: &Path, urls: &HashMap<String, String>, log: PathBuf) -> Self {
        Self {
            binary: binary.to_owned(),
            urls: urls.clone(),
            log,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            process: None,
        }
    }

    /// Starts it on a port that is free, and waits until it listens.
    ///
    /// # Errors
    /// When it cannot be run, or ends.
    pub fn start(&mut self) -> anyhow::Result<()> {
        let said_before = log(&self.log)?.metadata()?.len();
        let process = Command::new("setpriv")
            .args(["--pdeathsig", "KILL"])
            .arg(&self.binary)
            .envs(&self.urls)
            .env("LISTEN_ADDR", "127.0.0.1:0")
            .env("LOG", "info")
            .env("LOG_FORMAT", "text")
            .stdin(Stdio::null())
            .stdout(log(&self.log)?)
            .stderr(log(&self.log)?)
            .spawn()
            .context("setpriv, of util-linux")?;
        self.process = Some(process);
        let began = Instant::now();
        loop {
            let said = fs::read_to_string(&self.log)?;
            let said = said
                .get(usize::try_from(said_before)?..)
                .unwrap_or_default();
            if let Some(address) = listens_on(said) {
                self.address = address;
                return Ok(());
            }
            self.check_that_it_runs(began)?;
            thread::sleep(INTERVAL);
        }
    }

    /// Its process.
    ///
    /// # Errors
    /// When it does not run.
    pub fn id(&self) -> anyhow::Result<u32> {
        let process = self.process.as_ref().context("the service was started")?;
        Ok(process.id())
    }

    fn check_that_it_runs(&mut self, since: Instant) -> anyhow::Result<()> {
        let process = self.process.as_mut().context("the service was started")?;
        if let Some(status) = process.try_wait()? {
            bail!(
                "the service ended with {status}: see {}",
                self.log.display()
            );
        }
        if since.elapsed() > PATIENCE {
            bail!(
                "the service is not where it should be within {PATIENCE:?}: see {}",
                self.log.display()
            );
        }
        Ok(())
    }

    /// Stops it in order, if it runs.
    ///
    /// # Errors
    /// When it does not end with 0.
    pub fn stop(&mut self) -> anyhow::Result<()> {
        let Some(mut process) = self.process.take() else {
            return Ok(());
        };
        let told = Command::new("kill").arg(process.id().to_string()).status();
        if !told.context("kill")?.success() {
            process.kill().ok();
        }
        let status = process.wait()?;
        if !status.success() {
            bail!(
                "the service ended with {status}: see {}",
                self.log.display()
            );
        }
        Ok(())
    }

    /// Asks for `path` until `is_it` likes the answer's body. The moment it did.
    ///
    /// # Errors
    /// When that takes too long, or the service ended.
    pub fn wait_for(
        &mut self,
        path: &str,
        mut is_it: impl FnMut(&[u8]) -> bool,
    ) -> anyhow::Result<Instant> {
        let began = Instant::now();
        loop {
            if get(self.address, path).is_ok_and(|body| is_it(&body)) {
                return Ok(Instant::now());
            }
            self.check_that_it_runs(began)?;
            thread::sleep(INTERVAL);
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().ok();
            process.wait().ok();
        }
    }
}

/// The address in the line that says where the service listens.
fn listens_on(log: &str) -> Option<SocketAddr> {
    let (_, rest) = log.split_once("listening on http://")?;
    let (address, _) = rest.split_once(char::is_whitespace)?;
    address.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::listens_on;

    #[test]
    fn the_address_is_read_when_the_line_is_whole() {
        let line = "2026 INFO listening on http://127.0.0.1:41439 address=127.0.0.1:41439";
        assert_eq!(listens_on(line), "127.0.0.1:41439".parse().ok());
        assert_eq!(listens_on("INFO listening on http://127.0.0.1:41"), None);
        assert_eq!(listens_on(""), None);
    }
}
