//! Everything that a scenario plays on: servers, proxies, the service, and
//! what is published meanwhile.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use rand::{SeedableRng as _, rngs::StdRng};
use rig::{Kind, Server, Service, free_port};
use serde_json::Value;
use sqlx::{PgPool, postgres::PgPoolOptions};

use crate::{
    Args,
    faults::Fault,
    load::{Acknowledged, Load, Volume},
    proxy::Proxy,
    report::Row,
    verdict::{Census, Verdict, census, judge},
};

/// How long orders flow before a fault.
const BEFORE: Duration = Duration::from_secs(1);

/// How long anything may take before a run gives up.
const PATIENCE: Duration = Duration::from_secs(90);

/// How often PostgreSQL is asked meanwhile.
const INTERVAL: Duration = Duration::from_millis(10);

/// Orders that follow each fault.
const AFTER: u64 = 500;

/// Everything that a scenario plays on.
pub struct Stage {
    // Dropped in this order: the service before its servers.
    /// The service.
    pub service: Service,
    /// Between the service and PostgreSQL.
    pub postgres_network: Proxy,
    /// Between the service and NATS Streaming.
    pub nats_network: Proxy,
    /// PostgreSQL.
    pub postgres: Server,
    /// NATS Streaming.
    pub nats: Server,
    /// Chance.
    pub rng: StdRng,
    /// Whether everything is to be brief.
    pub quick: bool,
    /// The folder of the run.
    pub dir: PathBuf,
    publisher: PathBuf,
    pool: PgPool,
    rate: u32,
    next_seed: u64,
    /// What single orders, published to see whether they arrive, have added.
    probes: Acknowledged,
    /// The uid of an order that is stored.
    pub known: String,
}

impl Stage {
    /// Starts everything, and publishes a first order.
    pub async fn set(args: &Args, seed: u64) -> anyhow::Result<Self> {
        for binary in [&args.orderdesk, &args.publisher] {
            if !binary.is_file() {
                bail!("{} is missing: run `make build`", binary.display());
            }
        }
        let dir = std::path::absolute(&args.dir)?;
        if dir.exists() {
            fs::remove_dir_all(&dir).with_context(|| dir.display().to_string())?;
        }
        fs::create_dir_all(&dir)?;
        let postgres = Server::start(Kind::Postgres, &dir.join("postgres"))?;
        let nats = Server::start(Kind::Nats, &dir.join("nats"))?;
        let postgres_network = Proxy::before(postgres.port).await?;
        let nats_network = Proxy::before(nats.port).await?;
        let database =
            |port: u16| format!("postgres://orderdesk:orderdesk@127.0.0.1:{port}/orderdesk");
        let port = free_port()?;
        let environment = [
            ("LISTEN_ADDR", format!("127.0.0.1:{port}")),
            ("DATABASE_URL", database(postgres_network.port)),
            (
                "STAN_URL",
                format!("nats://127.0.0.1:{}", nats_network.port),
            ),
            (
                "STAN_MONITOR_URL",
                format!("http://127.0.0.1:{}", nats.monitor_port),
            ),
            ("LOG_FORMAT", "text".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value));
        let mut stage = Self {
            service: Service::new(
                &args.orderdesk,
                port,
                dir.join("orderdesk.log"),
                environment.into(),
            ),
            pool: PgPoolOptions::new()
                .max_connections(2)
                .connect_lazy(&database(postgres.port))?,
            postgres_network,
            nats_network,
            postgres,
            nats,
            rng: StdRng::seed_from_u64(seed),
            quick: args.quick,
            publisher: args.publisher.clone(),
            rate: args.rate,
            next_seed: seed.wrapping_mul(1_000_003),
            probes: Acknowledged::default(),
            known: String::new(),
            dir,
        };
        stage.service.start(&[])?;
        stage.service.wait_until_ready().await?;
        stage.known = stage.publish_one()?;
        stage
            .service
            .wait_for_order(&stage.known, Instant::now())
            .await?;
        Ok(stage)
    }

    /// Plays a scenario while orders flow.
    pub async fn play(&mut self, fault: Fault) -> anyhow::Result<Row> {
        if let Some(why) = fault.hindrance() {
            return Ok(Row::not_run(&fault.to_string(), why));
        }
        let before = census(&self.pool).await?;
        let mut row = Row::new(&fault.to_string());
        let messages = u64::from(self.rate) * fault.seconds(self.quick);
        let load = self.publish(messages, fault.poison())?;
        let mut acknowledged = if fault == Fault::NatsEmptied {
            // What the server forgets must have been dealt with.
            let acknowledged = load.finish()?;
            self.settled()?;
            fault.cause(self, &mut row).await?;
            acknowledged
        } else {
            tokio::time::sleep(BEFORE).await;
            fault.cause(self, &mut row).await?;
            load.finish()?
        };
        let after = self.publish(AFTER, 0.0)?.finish()?;
        acknowledged.orders.extend(after.orders);
        self.conclude(row, acknowledged, before).await
    }

    /// Publishes without any fault.
    pub async fn play_calm(&mut self, messages: u64) -> anyhow::Result<Row> {
        let before = census(&self.pool).await?;
        let row = Row::new("no fault");
        let acknowledged = self.publish(messages, 0.0)?.finish()?;
        self.conclude(row, acknowledged, before).await
    }

    async fn conclude(
        &mut self,
        mut row: Row,
        mut acknowledged: Acknowledged,
        before: Census,
    ) -> anyhow::Result<Row> {
        let (code, account) = self.settled()?;
        acknowledged
            .orders
            .extend(std::mem::take(&mut self.probes).orders);
        let verdict: Verdict = judge(&self.pool, &self.service, &acknowledged, before).await?;
        if code != 0 {
            row.problems.push(format!("orderdesk verify: {account}"));
        }
        row.published = acknowledged.orders.len() as u64 + acknowledged.poison;
        let now = census(&self.pool).await?;
        row.stored = (now.orders - before.orders).unsigned_abs();
        row.judge(verdict);
        Ok(row)
    }

    /// Starts to publish so many messages.
    pub fn publish(&mut self, messages: u64, poison: f64) -> anyhow::Result<Load> {
        self.next_seed = self.next_seed.wrapping_add(1);
        let volume = Volume {
            seed: self.next_seed,
            messages,
            rate: self.rate,
            poison,
        };
        // Not through the proxy: the publisher's network is fair.
        let url = format!("nats://127.0.0.1:{}", self.nats.port);
        Load::start(&self.publisher, &self.dir.join("published"), &url, volume)
    }

    /// Publishes one order and gives its uid.
    pub fn publish_one(&mut self) -> anyhow::Result<String> {
        let one = self.publish(1, 0.0)?.finish()?;
        let uid = one.orders.keys().next().cloned();
        self.probes.orders.extend(one.orders);
        uid.context("one order was acknowledged")
    }

    /// The time from `fault_ended` until an order that is published now is
    /// answered.
    pub async fn recovery(&mut self, fault_ended: Instant) -> anyhow::Result<Duration> {
        let uid = self.publish_one()?;
        self.service.wait_for_order(&uid, fault_ended).await
    }

    /// The time from `fault_ended` until messages are stored again, and until an
    /// order that is published now is answered, which waits behind all others.
    pub async fn storing_again(
        &mut self,
        fault_ended: Instant,
    ) -> anyhow::Result<(Duration, Duration)> {
        let before = self.settled_beyond(-1, fault_ended).await?;
        let uid = self.publish_one()?;
        self.settled_beyond(before, fault_ended).await?;
        let storing = fault_ended.elapsed();
        let caught_up = self.service.wait_for_order(&uid, fault_ended).await?;
        Ok((storing, caught_up))
    }

    /// Waits until the ledger knows more than `before` messages, and says how
    /// many.
    async fn settled_beyond(&self, before: i64, began: Instant) -> anyhow::Result<i64> {
        loop {
            let settled = sqlx::query_scalar(
                "select coalesce(sum(stored + repeats + conflicts + rejected), 0)::bigint
                 from ledger",
            );
            // What PostgreSQL cannot say yet is asked again.
            match settled.fetch_one(&self.pool).await {
                Ok(settled) if settled > before => return Ok(settled),
                _ if began.elapsed() > PATIENCE => bail!("nothing is stored within {PATIENCE:?}"),
                _ => tokio::time::sleep(INTERVAL).await,
            }
        }
    }

    /// Terminates the service's connections to PostgreSQL from the inside.
    pub async fn terminate_backends(&self) -> anyhow::Result<()> {
        sqlx::query(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'orderdesk'",
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Waits until nothing of the channel is on its way, and gives the exit code
    /// and the account of `orderdesk verify`.
    fn settled(&self) -> anyhow::Result<(i32, Value)> {
        let (code, account) = self.service.verify(false)?;
        if account["waiting"] != 0 {
            bail!("the channel is not drained: {account}");
        }
        Ok((code, account))
    }

    /// Stops everything in order, after a last look at every stored order.
    pub async fn strike(mut self) -> anyhow::Result<()> {
        let (code, account) = self.service.verify(true)?;
        if code != 0 {
            bail!("orderdesk verify: {account}");
        }
        self.service.terminate()?;
        self.pool.close().await;
        self.nats.stop();
        self.postgres.stop();
        Ok(())
    }
}
