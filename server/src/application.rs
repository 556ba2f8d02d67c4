//! The application: the one place where the parts are put together.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use anyhow::{Context as _, bail};
use leptos::config::{Env, LeptosOptions};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc},
};
use tokio_util::sync::CancellationToken;

use crate::{
    cache::{Cache, Desk, warm_up},
    config::Config,
    desk::{DatabaseHealth, ServiceDesk},
    http::{HttpState, router},
    ingest::{Acknowledger, IngestStatus, Limits, Source, StanSource, Writer, gather, monitor},
    lifecycle::Lifecycle,
    live::LiveFeed,
    store::{Presence, Store},
};

/// How often PostgreSQL is asked for a sign of life, and for how long to wait
/// before the next try when it is not there at start.
const DATABASE_INTERVAL: Duration = Duration::from_secs(1);

/// Listeners of the live feed at most.
const MAX_LISTENERS: usize = 1_000;

/// Bytes of messages that one batch may hold beyond its first message.
const MAX_BATCH_BYTES: usize = 16 * 1024 * 1024;

/// A service that is bound to its address and ready to run.
pub struct Application {
    config: Config,
    lifecycle: Lifecycle,
    listener: TcpListener,
    address: SocketAddr,
    store: Store,
    cache: Arc<Cache>,
    live: Arc<LiveFeed>,
    status: Arc<IngestStatus>,
    database: Arc<DatabaseHealth>,
    presence: Arc<Presence>,
}

impl Application {
    /// Binds the address and prepares every part. Nothing runs yet.
    ///
    /// # Errors
    /// When the address is in use, or a setting cannot be used.
    pub async fn build(config: Config, lifecycle: Lifecycle) -> anyhow::Result<Self> {
        config.validate()?;
        let listener = TcpListener::bind(config.listen_addr).await.with_context(|| {
            format!(
                "LISTEN_ADDR={} cannot be listened on: is it in use? Choose another, or stop what uses it",
                config.listen_addr
            )
        })?;
        let address = listener
            .local_addr()
            .context("the listening address is not known")?;
        let store = Store::new(&config.database_url)?;
        let capacity = config.cache_capacity.map(|capacity| capacity.as_u64());
        Ok(Self {
            presence: Arc::new(Presence::new(&store)),
            cache: Arc::new(Cache::new(capacity)),
            live: Arc::default(),
            status: Arc::default(),
            database: Arc::default(),
            config,
            lifecycle,
            listener,
            address,
            store,
        })
    }

    /// The address it listens on: with port 0, the port it was given.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves and ingests until the lifecycle says stop, then finishes what is
    /// in hand: batch, commit, acknowledgements, streams, requests.
    ///
    /// # Errors
    /// When PostgreSQL can never work with this configuration, or when the
    /// shutdown took too long.
    pub async fn run(self) -> anyhow::Result<()> {
        let lifecycle = self.lifecycle.clone();
        let stop = lifecycle.stop();
        let store = self.store.clone();
        tracing::info!(address = %self.address, "listening on http://{}", self.address);
        let router = router(self.http_state());
        let listener = NoDelay(self.listener);
        let serving =
            axum::serve(listener, router).with_graceful_shutdown(stop.clone().cancelled_owned());
        let ingestion = Ingestion {
            config: self.config,
            lifecycle: lifecycle.clone(),
            store: self.store,
            cache: self.cache,
            live: self.live,
            status: self.status,
            database: self.database,
            presence: self.presence,
        };
        let serve = tokio::spawn(serving.into_future());
        let failed = ingestion.start().await;
        if failed.is_err() {
            stop.cancel();
        }
        stop.cancelled().await;
        let in_order = async {
            lifecycle.finished().await;
            serve.await.context("HTTP died")?.context("HTTP failed")?;
            store.close().await;
            anyhow::Ok(())
        };
        let outcome = tokio::time::timeout(lifecycle.timeout(), in_order).await;
        failed?;
        match outcome {
            Ok(outcome) => outcome?,
            Err(_) => bail!(
                "the shutdown took longer than SHUTDOWN_TIMEOUT={}: stopped all the same; what was \
                 not acknowledged is delivered again",
                humantime::format_duration(lifecycle.timeout())
            ),
        }
        tracing::info!("stopped in order");
        Ok(())
    }

    fn http_state(&self) -> HttpState {
        let desk = Desk::new(
            Arc::clone(&self.cache),
            self.store.clone(),
            Arc::clone(&self.status),
            self.presence.alone(),
        );
        let service = Arc::new(ServiceDesk {
            desk: desk.clone(),
            cache: Arc::clone(&self.cache),
            live: Arc::clone(&self.live),
            store: self.store.clone(),
            ingest: Arc::clone(&self.status),
            database: Arc::clone(&self.database),
            channel: self.config.stan_channel.clone(),
        });
        HttpState {
            desk,
            service,
            live: Arc::clone(&self.live),
            store: self.store.clone(),
            leptos: leptos_options(&self.config, self.address),
            listeners: Arc::new(Semaphore::new(MAX_LISTENERS)),
            stop: self.lifecycle.stop(),
        }
    }
}

/// A listener whose sockets send at once: without `TCP_NODELAY` a page that is
/// written in pieces waits 40 ms for a delayed acknowledgement.
struct NoDelay(TcpListener);

impl axum::serve::Listener for NoDelay {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        let (stream, address) = axum::serve::Listener::accept(&mut self.0).await;
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY could not be set");
        }
        (stream, address)
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

fn leptos_options(config: &Config, address: SocketAddr) -> LeptosOptions {
    let site_root = config.site_root.clone().unwrap_or_else(default_site_root);
    // The names that the build gave to the site's files.
    let hash_files =
        site_root.join("hash.txt").is_file() || beside_executable("hash.txt").is_file();
    LeptosOptions::builder()
        .output_name("orderdesk")
        .site_root(site_root.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .site_addr(address)
        .hash_files(hash_files)
        .env(if cfg!(debug_assertions) {
            Env::DEV
        } else {
            Env::PROD
        })
        .build()
}

/// `target/release/orderdesk` and `target/site` are built together.
fn default_site_root() -> PathBuf {
    beside_executable("../site")
}

fn beside_executable(name: &str) -> PathBuf {
    std::env::current_exe()
        .ok()
        .and_then(|executable| Some(executable.parent()?.join(name)))
        .unwrap_or_else(|| PathBuf::from(name))
}

/// What starts once PostgreSQL is there.
struct Ingestion {
    config: Config,
    lifecycle: Lifecycle,
    store: Store,
    cache: Arc<Cache>,
    live: Arc<LiveFeed>,
    status: Arc<IngestStatus>,
    database: Arc<DatabaseHealth>,
    presence: Arc<Presence>,
}

impl Ingestion {
    /// Waits for PostgreSQL, then starts warming and ingesting.
    ///
    /// # Errors
    /// When PostgreSQL refuses for good.
    async fn start(self) -> anyhow::Result<()> {
        let stop = self.lifecycle.stop();
        let announced = tokio::select! {
            () = stop.cancelled() => return Ok(()),
            prepared = self.prepare_store() => prepared?,
        };
        self.watch_database();
        {
            let (presence, stop) = (Arc::clone(&self.presence), stop.clone());
            self.lifecycle.spawn(
                "presence",
                async move { presence.watch(announced, stop).await },
            );
        }
        {
            let (store, cache, live) = (
                self.store.clone(),
                Arc::clone(&self.cache),
                Arc::clone(&self.live),
            );
            let stop = stop.clone();
            self.lifecycle.spawn("warm-up", async move {
                warm_up(&store, &cache, &live, &stop).await;
            });
        }
        self.lifecycle.spawn(
            "monitor",
            monitor(
                self.config.stan_monitor_url.clone(),
                self.config.stan_channel.clone(),
                self.store.clone(),
                Arc::clone(&self.status),
                stop.clone(),
            ),
        );
        self.start_pipeline(stop)
    }

    /// Brings the schema up to date, reads the account, and announces this
    /// instance; waits for PostgreSQL as long as it takes.
    async fn prepare_store(&self) -> anyhow::Result<sqlx::pool::PoolConnection<sqlx::Postgres>> {
        let mut tries = 0_u32;
        loop {
            let error = match self.try_prepare().await {
                Ok(announced) => return Ok(announced),
                Err(error) if error.is_transient() => error,
                Err(error) => {
                    return Err(anyhow::Error::new(error).context(format!(
                        "PostgreSQL at DATABASE_URL={} cannot be used: check role, password and database",
                        self.config.database_url
                    )));
                }
            };
            if tries.is_power_of_two() || tries == 0 {
                tracing::warn!(
                    url = %self.config.database_url, %error, tries,
                    "waiting for PostgreSQL at DATABASE_URL; trying again until it is there"
                );
            }
            tries = tries.saturating_add(1);
            tokio::time::sleep(DATABASE_INTERVAL).await;
        }
    }

    async fn try_prepare(
        &self,
    ) -> Result<sqlx::pool::PoolConnection<sqlx::Postgres>, crate::store::StoreError> {
        self.store.migrate().await?;
        let account = self.store.account(&self.config.stan_channel).await?;
        let orders = self.store.count_orders().await?;
        self.status.set_account(account);
        self.database
            .set_other_orders(orders.saturating_sub(account.stored));
        let (announced, instances) = self.presence.announce().await?;
        if instances > 1 {
            tracing::info!(
                instances,
                "other instances use this database; giving them time to notice this one"
            );
            tokio::time::sleep(Presence::NOTICE).await;
        }
        self.database.set_up(true);
        Ok(announced)
    }

    /// Source → gather → writer → acknowledgement.
    fn start_pipeline(&self, stop: CancellationToken) -> anyhow::Result<()> {
        let config = &self.config;
        let max_in_flight = config.ingest_batch_size.saturating_mul(2).max(1_024);
        let source: Box<dyn Source> = Box::new(StanSource {
            url: config.stan_url.clone(),
            cluster: config.stan_cluster.clone(),
            channel: config.stan_channel.clone(),
            client_id: config.stan_client_id.clone(),
            durable: config.stan_durable.clone(),
            max_in_flight,
            status: Arc::clone(&self.status),
        });
        let writer = Writer {
            channel: config.stan_channel.clone(),
            store: self.store.clone(),
            cache: Arc::clone(&self.cache),
            live: Arc::clone(&self.live),
            status: Arc::clone(&self.status),
            acknowledger: Acknowledger::start().context("no thread to acknowledge from")?,
        };
        let limits = Limits {
            messages: usize::from(config.ingest_batch_size),
            latency: config.ingest_batch_latency,
            bytes: MAX_BATCH_BYTES,
            max_order_bytes: config.max_order_bytes(),
        };
        let (deliveries, delivered) = mpsc::channel(usize::from(config.ingest_batch_size));
        let (batches, gathered) = mpsc::channel(1);
        let drained = CancellationToken::new();
        self.lifecycle
            .spawn("gather", gather(delivered, batches, limits));
        {
            let drained = drained.clone();
            self.lifecycle.spawn("writer", async move {
                // Also when the writer panics: the session must not wait for ever.
                let _drained = drained.drop_guard();
                writer.run(gathered).await;
            });
        }
        let halt = stop.clone();
        self.lifecycle.spawn("source", async move {
            if let Err(error) = source.run(deliveries, stop, drained).await {
                tracing::error!(%error, "ingestion ended; stopping");
                halt.cancel();
            }
        });
        Ok(())
    }

    fn watch_database(&self) {
        let (store, database, stop) = (
            self.store.clone(),
            Arc::clone(&self.database),
            self.lifecycle.stop(),
        );
        self.lifecycle.spawn("database", async move {
            loop {
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(DATABASE_INTERVAL) => {}
                }
                database.set_up(store.ping().await.is_ok());
            }
        });
    }
}
