//! Where a run takes place: PostgreSQL and NATS Streaming of its own, databases
//! that are filled already, and the service on them.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use rig::{Kind, Server, Service, free_port};
use sqlx::{AssertSqlSafe, PgPool, postgres::PgPoolOptions};

use crate::{
    args::Args,
    corpus::Corpus,
    load::ask::Asker,
    seed::{self, SEEDED},
    volume::Volume,
};

/// How long PostgreSQL's own cleaning may keep a database from being forgotten.
const CLEANING_TIMEOUT: Duration = Duration::from_mins(1);

/// How long anything may take before a run gives up.
pub const PATIENCE: Duration = Duration::from_mins(5);

/// NATS Streaming's cluster, as the scripts name it.
pub const CLUSTER: &str = "orderdesk";

/// Where a run takes place.
pub struct Site {
    // Dropped in this order: the service before its servers.
    warm: Option<(Instant, Service)>,
    /// How much of everything.
    pub volume: Volume,
    /// Data and logs.
    pub dir: PathBuf,
    /// What wrk and Vegeta say.
    pub raw: PathBuf,
    /// The service.
    pub orderdesk: PathBuf,
    admin: PgPool,
    /// NATS Streaming.
    pub nats: Server,
    /// PostgreSQL.
    pub postgres: Server,
    serial: u32,
}

impl Site {
    /// Starts both servers. PostgreSQL's data of an earlier run is used again:
    /// filling it takes longer than what is measured.
    pub async fn open(args: &Args, volume: Volume, raw: &Path) -> anyhow::Result<Self> {
        if !args.orderdesk.is_file() {
            bail!("{} is missing: run `make build`", args.orderdesk.display());
        }
        let dir = std::path::absolute(&args.dir)?;
        if args.fresh && dir.exists() {
            fs::remove_dir_all(&dir).with_context(|| dir.display().to_string())?;
        }
        fs::create_dir_all(&dir)?;
        // Channels, and what tools said, are of one run alone.
        let channels = dir.join("nats");
        for folder in [channels.as_path(), raw] {
            if folder.exists() {
                fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
            }
        }
        fs::create_dir_all(raw)?;
        let roles = [("PG_ROLE_OPTIONS", "CREATEDB")];
        let postgres = Server::start_with(Kind::Postgres, &dir.join("postgres"), &roles)?;
        let nats = Server::start(Kind::Nats, &channels)?;
        let admin = PgPoolOptions::new()
            .max_connections(2)
            .connect(&url(postgres.port, "orderdesk"))
            .await?;
        Ok(Self {
            warm: None,
            volume,
            dir,
            raw: raw.to_owned(),
            orderdesk: std::path::absolute(&args.orderdesk)?,
            admin,
            nats,
            postgres,
            serial: 0,
        })
    }

    /// The orders that filled databases hold.
    pub const fn corpus() -> Corpus {
        Corpus::new(SEEDED)
    }

    /// The address of a database.
    pub fn database_url(&self, name: &str) -> String {
        url(self.postgres.port, name)
    }

    /// Connections to a database.
    pub async fn pool(&self, name: &str, connections: u32) -> anyhow::Result<PgPool> {
        let pool = PgPoolOptions::new().max_connections(connections);
        Ok(pool.connect(&self.database_url(name)).await?)
    }

    /// A name that nothing of this run has.
    pub fn unique(&mut self, what: &str) -> String {
        self.serial += 1;
        format!("{what}_{}", self.serial)
    }

    /// The service on a database and a channel; it is not started.
    pub fn service(&mut self, database: &str, channel: &str) -> anyhow::Result<Service> {
        let port = free_port()?;
        let client = self.unique("orderdesk");
        let environment = [
            ("LISTEN_ADDR", format!("127.0.0.1:{port}")),
            ("DATABASE_URL", self.database_url(database)),
            ("STAN_URL", format!("nats://127.0.0.1:{}", self.nats.port)),
            ("STAN_CHANNEL", channel.to_owned()),
            ("STAN_CLIENT_ID", client),
            (
                "STAN_MONITOR_URL",
                format!("http://127.0.0.1:{}", self.nats.monitor_port),
            ),
            ("LOG_FORMAT", "text".to_owned()),
        ];
        let environment = environment.map(|(name, value)| (name.to_owned(), value));
        let log = self.dir.join("orderdesk.log");
        Ok(Service::new(&self.orderdesk, port, log, environment.into()))
    }

    /// A database with the schema and no orders.
    pub async fn empty_database(&mut self) -> anyhow::Result<String> {
        self.seeded(0).await?;
        self.copy_of(0).await
    }

    /// A database with so many orders, to be read only. The same one each time.
    pub async fn seeded(&mut self, orders: u64) -> anyhow::Result<String> {
        let name = format!("seeded_{orders}");
        let known: Option<String> = sqlx::query_scalar(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = $1",
        )
        .bind(&name)
        .fetch_optional(&self.admin)
        .await?
        .flatten();
        if known.as_deref() == Some(seed::WHOLE) {
            return Ok(name);
        }
        eprintln!("filling a database with {orders} orders");
        self.forget(&name).await?;
        self.statement(format!("create database {name}")).await?;
        let mut service = self.service(&name, &format!("none_{orders}"))?;
        service.start(&[])?;
        service.wait_until_ready().await?;
        service.terminate()?;
        let pool = self.pool(&name, 2).await?;
        seed::fill(&pool, Self::corpus(), orders).await?;
        pool.close().await;
        let comment = format!("comment on database {name} is '{}'", seed::WHOLE);
        self.statement(comment).await?;
        Ok(name)
    }

    /// A copy of a filled database, to be written to. Copies of earlier rows
    /// are forgotten first.
    pub async fn copy_of(&mut self, orders: u64) -> anyhow::Result<String> {
        let name = self.unique("copy");
        self.forget(&name).await?;
        self.statement(format!(
            "create database {name} template seeded_{orders} strategy file_copy"
        ))
        .await?;
        Ok(name)
    }

    /// Forgets a database, and ends who is connected to it. PostgreSQL's own
    /// cleaning may be at work there, which only a superuser may end: that is
    /// waited for.
    pub async fn forget(&self, name: &str) -> anyhow::Result<()> {
        let began = Instant::now();
        loop {
            let forgotten = self
                .statement(format!("drop database if exists {name} with (force)"))
                .await;
            if forgotten.is_ok() || began.elapsed() > CLEANING_TIMEOUT {
                return forgotten;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Names that were made here, never a user's text.
    async fn statement(&self, statement: String) -> anyhow::Result<()> {
        let query = sqlx::query(AssertSqlSafe(statement.clone()));
        query.execute(&self.admin).await.context(statement)?;
        Ok(())
    }

    /// What PostgreSQL has for a setting.
    pub async fn setting(&self, name: &str) -> anyhow::Result<String> {
        let query = sqlx::query_scalar("select current_setting($1)").bind(name);
        Ok(query.fetch_one(&self.admin).await?)
    }

    /// The service on the filled database, everything in memory; the one of the
    /// row before, if it is still there.
    pub async fn warm(&mut self) -> anyhow::Result<&Service> {
        let warm = if let Some(warm) = self.warm.take() {
            warm
        } else {
            let database = self.seeded(self.volume.orders).await?;
            let channel = self.unique("quiet");
            let mut service = self.service(&database, &channel)?;
            service.start(&[])?;
            wait_until_whole(&service).await?;
            self.check_sample(&service)?;
            (Instant::now(), service)
        };
        Ok(&self.warm.insert(warm).1)
    }

    /// How long the warm service has had everything in memory.
    pub fn warm_for(&self) -> Duration {
        let warm = self.warm.as_ref();
        warm.map_or(Duration::ZERO, |(since, _)| since.elapsed())
    }

    /// Stops the warm service, if there is one.
    pub fn cool(&mut self) -> anyhow::Result<()> {
        let warm = self.warm.take();
        warm.map_or(Ok(()), |(_, mut service)| service.terminate())
    }

    /// Whether answers are what was put in, byte for byte.
    fn check_sample(&self, service: &Service) -> anyhow::Result<()> {
        let asker = Asker::new(service.url());
        let step = usize::try_from(self.volume.orders / 100)
            .unwrap_or(1)
            .max(1);
        for number in (0..self.volume.orders).step_by(step) {
            check(&asker, Self::corpus(), number)?;
        }
        Ok(())
    }

    /// A file with a path a line for each order of the filled database, in an
    /// order by chance.
    pub async fn paths(&mut self, prefix: &str, name: &str) -> anyhow::Result<PathBuf> {
        let file = self.dir.join(format!("{name}-{}.txt", self.volume.orders));
        let database = self.seeded(self.volume.orders).await?;
        if !file.exists() {
            let pool = self.pool(&database, 1).await?;
            seed::write_paths(&pool, prefix, &file).await?;
            pool.close().await;
        }
        Ok(file)
    }
}

/// Whether the service answers an order with its bytes.
pub fn check(asker: &Asker, corpus: Corpus, number: u64) -> anyhow::Result<()> {
    let (uid, document) = corpus.document(number);
    let answer = asker.get(&format!("/api/orders/{uid}"))?;
    if answer.status != 200 || answer.body != document {
        bail!(
            "{uid} is answered {} with {} bytes that were not published",
            answer.status,
            answer.body.len()
        );
    }
    Ok(())
}

/// Waits until cache and search hold every order.
pub async fn wait_until_whole(service: &Service) -> anyhow::Result<()> {
    let began = Instant::now();
    loop {
        if let Ok(stats) = service.json("/api/stats").await
            && stats["cache"]["complete"] == true
            && stats["search"]["complete"] == true
        {
            return Ok(());
        }
        if began.elapsed() > PATIENCE {
            bail!("cache and search are not whole within {PATIENCE:?}");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn url(port: u16, database: &str) -> String {
    format!("postgres://orderdesk:orderdesk@127.0.0.1:{port}/{database}")
}
