//! PostgreSQL and NATS Streaming as the project's script starts them, and what
//! can be done to them.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
};

use anyhow::{Context as _, bail};

/// Which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// PostgreSQL, synced.
    Postgres,
    /// NATS Streaming, with its file store, synced.
    Nats,
}

/// A server of the run's own. It ends when this is dropped, or this process
/// dies: the script's standard input closes then.
pub struct Server {
    kind: Kind,
    dir: PathBuf,
    /// Where clients connect.
    pub port: u16,
    /// Where NATS Streaming's monitoring is.
    pub monitor_port: u16,
    /// Further settings of the script.
    environment: Vec<(String, String)>,
    script: Option<(Child, ChildStdin)>,
}

/// A port that is free now.
///
/// # Errors
/// When there is none.
pub fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Sends `signal` to the process `pid`.
///
/// # Errors
/// When there is no such process.
pub fn signal(pid: u32, signal: &str) -> anyhow::Result<()> {
    let sent = Command::new("kill")
        .args(["-s", signal, &pid.to_string()])
        .status()
        .context("kill")?;
    if !sent.success() {
        bail!("kill -s {signal} {pid} failed");
    }
    Ok(())
}

impl Server {
    /// Starts it with its data in `dir`.
    ///
    /// # Errors
    /// When it is not ready in time; its log is in `dir`.
    pub fn start(kind: Kind, dir: &Path) -> anyhow::Result<Self> {
        Self::start_with(kind, dir, &[])
    }

    /// The same with further settings of `scripts/services.sh`.
    ///
    /// # Errors
    /// When it is not ready in time; its log is in `dir`.
    pub fn start_with(
        kind: Kind,
        dir: &Path,
        environment: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        let mut server = Self {
            kind,
            dir: dir.to_owned(),
            port: free_port()?,
            monitor_port: free_port()?,
            environment: environment
                .iter()
                .map(|&(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            script: None,
        };
        server.resume()?;
        Ok(server)
    }

    /// Starts it again on the same port with the same data.
    ///
    /// # Errors
    /// When it is not ready in time.
    pub fn resume(&mut self) -> anyhow::Result<()> {
        self.wait_for_script();
        let name = match self.kind {
            Kind::Postgres => "postgres",
            Kind::Nats => "nats",
        };
        let mut script = Command::new("scripts/services.sh")
            .args(["--until-stdin-closes", "--only", name])
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .env("LOCAL_DIR", &self.dir)
            .env("PGPORT", self.port.to_string())
            .env("STAN_PORT", self.port.to_string())
            .env("STAN_MONITOR_PORT", self.monitor_port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(self.log()?)
            .spawn()
            .context("scripts/services.sh: run this from the project's folder")?;
        let stdin = script.stdin.take().context("standard input is piped")?;
        let output = script.stdout.take().context("standard output is piped")?;
        let is_ready = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .any(|line| line.starts_with("ready "));
        self.script = Some((script, stdin));
        if !is_ready {
            bail!("{name} did not start: see {}", self.dir.display());
        }
        Ok(())
    }

    /// Sends a signal to its first process.
    ///
    /// # Errors
    /// When it does not run.
    pub fn signal(&self, name: &str) -> anyhow::Result<()> {
        signal(self.pid()?, name)
    }

    /// Its first process.
    ///
    /// # Errors
    /// When it does not run.
    pub fn pid(&self) -> anyhow::Result<u32> {
        let file = self.dir.join(match self.kind {
            Kind::Postgres => "postgres/postmaster.pid",
            Kind::Nats => "run/nats-streaming.pid",
        });
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let pid = text.split_whitespace().next().unwrap_or_default();
        pid.parse().context("a pid file holds a pid")
    }

    /// Stops it in order.
    pub fn stop(&mut self) {
        if let Some((mut script, stdin)) = self.script.take() {
            drop(stdin);
            script.wait().ok();
        }
    }

    /// The same for NATS Streaming without anything that it stored.
    ///
    /// # Errors
    /// When it is not ready in time.
    pub fn resume_empty(&mut self) -> anyhow::Result<()> {
        self.wait_for_script();
        let store = self.dir.join("nats-streaming");
        fs::remove_dir_all(&store).with_context(|| store.display().to_string())?;
        self.resume()
    }

    /// The script ends by itself when its server was killed.
    fn wait_for_script(&mut self) {
        if let Some((mut script, _stdin)) = self.script.take() {
            script.wait().ok();
        }
    }

    fn log(&self) -> anyhow::Result<fs::File> {
        fs::create_dir_all(&self.dir)?;
        let path = self.dir.join("script.log");
        fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .with_context(|| path.display().to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
