//! The release build on real servers, and what is measured there.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::{
    http::{Load, get},
    plain_server::PlainServer,
    processes::{Servers, Service},
    table::Table,
    turns::{Round, take_turns},
};

/// Orders that wait in the channel when the service starts.
const BACKLOG: u64 = 20_000;
const INGEST_ROUNDS: usize = 3;

/// Rounds of requests.
const HTTP_ROUNDS: usize = 9;

/// Different orders that are asked for.
const ASKED: i64 = 1_000;

/// The servers, the service on them, and what it holds.
pub struct Stage {
    // The service ends before its servers.
    service: Service,
    table: Table,
    servers: Servers,
    publisher: PathBuf,
    dir: PathBuf,
    published: u64,
    seed: u64,
}

impl Stage {
    /// Starts the servers. The service starts with its first orders.
    ///
    /// # Errors
    /// When something is missing or does not start.
    pub fn set(orderdesk: &Path, publisher: &Path, dir: &Path) -> anyhow::Result<Self> {
        for binary in [orderdesk, publisher] {
            if !binary.is_file() {
                bail!("{} is missing: run `make build`", binary.display());
            }
        }
        let dir = std::path::absolute(dir)?;
        if dir.exists() {
            fs::remove_dir_all(&dir).with_context(|| dir.display().to_string())?;
        }
        fs::create_dir_all(&dir).with_context(|| dir.display().to_string())?;
        let servers = Servers::start(&dir)?;
        let log = dir.join("orderdesk.log");
        let url = servers.urls.get("DATABASE_URL");
        Ok(Self {
            service: Service::new(orderdesk, &servers.urls, log),
            table: Table::connect(url.context("the script says where PostgreSQL is")?)?,
            servers,
            publisher: publisher.to_owned(),
            dir,
            published: 0,
            seed: 0,
        })
    }

    /// Publishes a backlog, starts the service on it, and copies the rows that
    /// it made: orders a second of each.
    ///
    /// # Errors
    /// When anything fails.
    pub fn ingest(&mut self) -> anyhow::Result<Vec<Round>> {
        (0..INGEST_ROUNDS)
            .map(|_| {
                let ours = self.take_in_backlog()?;
                let reference = self.table.copy_last(BACKLOG)?;
                Ok(Round { ours, reference })
            })
            .collect()
    }

    /// Orders a second from the first that were stored to the last.
    fn take_in_backlog(&mut self) -> anyhow::Result<f64> {
        self.service.stop()?;
        self.publish()?;
        let before = self.published;
        self.published += BACKLOG;
        let after = self.published;
        self.service.start()?;
        let mut first = 0;
        let began = self.service.wait_for("/api/stats", |stats| {
            first = stored(stats);
            first > before
        })?;
        let ended = self
            .service
            .wait_for("/api/stats", |stats| stored(stats) == after)?;
        let took = ended.duration_since(began).as_secs_f64();
        if first == after {
            bail!("the backlog of {BACKLOG} was stored before it could be watched: make it longer");
        }
        #[expect(clippy::cast_precision_loss, reason = "thousands")]
        Ok((after - first) as f64 / took)
    }

    fn publish(&mut self) -> anyhow::Result<()> {
        self.seed += 1;
        let log = self.dir.join("publisher.log");
        let status = Command::new(&self.publisher)
            .args(["--count", &BACKLOG.to_string()])
            .args(["--seed", &self.seed.to_string()])
            .args(["--connect-timeout", "60s", "--retry-for", "60s"])
            .envs(&self.servers.urls)
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log)?)
            .status()
            .context("the publisher")?;
        if !status.success() {
            bail!("publishing failed: see {}", log.display());
        }
        Ok(())
    }

    /// `GET /api/orders/{uid}`, and a bare handler.
    ///
    /// # Errors
    /// When anything fails.
    pub fn order_json(&mut self) -> anyhow::Result<Vec<Round>> {
        let paths = self.paths("/api/orders/")?;
        let body = get(self.service.address, &paths[0])?;
        let body_file = self.dir.join("body.json");
        fs::write(&body_file, body)?;
        let plain = PlainServer::start(&body_file)?;
        let mut ours = Load::new(self.service.id()?, self.service.address, &paths)?;
        let mut reference = Load::new(plain.id(), plain.address, &paths)?;
        take_turns(HTTP_ROUNDS, &mut ours, &mut reference)
    }

    /// `GET /orders/{uid}`, and its JSON.
    ///
    /// # Errors
    /// When anything fails.
    pub fn order_page(&mut self) -> anyhow::Result<Vec<Round>> {
        let pages = self.paths("/orders/")?;
        let json = self.paths("/api/orders/")?;
        let mut ours = Load::new(self.service.id()?, self.service.address, &pages)?;
        let mut reference = Load::new(self.service.id()?, self.service.address, &json)?;
        take_turns(HTTP_ROUNDS, &mut ours, &mut reference)
    }

    /// The paths of some orders.
    fn paths(&mut self, before: &str) -> anyhow::Result<Vec<String>> {
        if self.published == 0 {
            self.take_in_backlog()?;
        }
        let uids = self.table.last_uids(ASKED)?;
        Ok(uids.iter().map(|uid| format!("{before}{uid}")).collect())
    }

    /// Stops everything in order.
    ///
    /// # Errors
    /// When the service does not end well.
    pub fn strike(mut self) -> anyhow::Result<()> {
        self.service.stop()
    }
}

/// How many orders `/api/stats` says were stored.
fn stored(stats: &[u8]) -> u64 {
    serde_json::from_slice::<Value>(stats)
        .ok()
        .and_then(|stats| stats.get("stored")?.as_u64())
        .unwrap_or_default()
}
