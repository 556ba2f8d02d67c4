//! The application: the one place where the parts are put together.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use anyhow::{Context as _, bail};
use leptos::config::{Env, LeptosOptions};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tower::make::Shared;

use crate::{
    cache::{Cache, Finder},
    config::Config,
    desk::{DatabaseHealth, MAX_SEARCHES, ServiceDesk},
    history::History,
    http::{HttpState, router},
    ingest::IngestStatus,
    ingestion::Ingestion,
    lifecycle::Lifecycle,
    live::{LiveFeed, MAX_LISTENERS},
    metrics::Metrics,
    quarantine::{Quarantine, Shown},
    search::SearchIndex,
    store::{Decisions, Presence, Store},
};

/// How long the connections to PostgreSQL may take to close.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// A service that is bound to its address and ready to run.
pub struct Application {
    config: Config,
    lifecycle: Lifecycle,
    listener: TcpListener,
    address: SocketAddr,
    store: Store,
    cache: Arc<Cache>,
    live: Arc<LiveFeed>,
    search: Arc<SearchIndex>,
    history: Arc<History>,
    status: Arc<IngestStatus>,
    database: Arc<DatabaseHealth>,
    presence: Arc<Presence>,
    decisions: Arc<Decisions>,
    quarantine: Arc<Quarantine>,
    metrics: Arc<Metrics>,
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
        let cache = Arc::new(Cache::new(capacity));
        let live = Arc::default();
        let search = Arc::default();
        let database = Arc::default();
        Ok(Self {
            presence: Arc::new(Presence::new(&store)),
            decisions: Arc::new(Decisions::new(&store)),
            quarantine: Arc::new(Quarantine {
                store: store.clone(),
                cache: Arc::clone(&cache),
                live: Arc::clone(&live),
                search: Arc::clone(&search),
                database: Arc::clone(&database),
                max_order_bytes: config.max_order_bytes(),
                shown: Shown::default(),
            }),
            metrics: Arc::new(Metrics::new().context("the metrics could not be registered")?),
            cache,
            live,
            search,
            history: Arc::default(),
            status: Arc::default(),
            database,
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
        let serving = axum::serve(listener, Shared::new(router))
            .with_graceful_shutdown(stop.clone().cancelled_owned());
        let ingestion = Ingestion {
            config: self.config,
            lifecycle: lifecycle.clone(),
            store: self.store,
            cache: self.cache,
            live: self.live,
            search: self.search,
            history: self.history,
            status: self.status,
            database: self.database,
            presence: self.presence,
            decisions: self.decisions,
            quarantine: self.quarantine,
            metrics: self.metrics,
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
            // A connection that waits for an answer does not hold the rest up.
            tokio::time::timeout(CLOSE_TIMEOUT, store.close())
                .await
                .ok();
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
        if let Some(problem) = lifecycle.failure() {
            bail!("{problem}");
        }
        tracing::info!("stopped in order");
        Ok(())
    }

    fn http_state(&self) -> HttpState {
        let finder = Finder::new(
            Arc::clone(&self.cache),
            self.store.clone(),
            Arc::clone(&self.status),
            self.presence.company(),
            self.decisions.heard(),
        );
        let service = Arc::new(ServiceDesk {
            finder: finder.clone(),
            cache: Arc::clone(&self.cache),
            live: Arc::clone(&self.live),
            search: Arc::clone(&self.search),
            searching: Arc::new(Semaphore::new(MAX_SEARCHES)),
            store: self.store.clone(),
            quarantine: Arc::clone(&self.quarantine),
            ingest: Arc::clone(&self.status),
            database: Arc::clone(&self.database),
            history: Arc::clone(&self.history),
            channel: self.config.stan_channel.clone(),
        });
        HttpState {
            finder,
            service,
            live: Arc::clone(&self.live),
            store: self.store.clone(),
            quarantine: Arc::clone(&self.quarantine),
            metrics: Arc::clone(&self.metrics),
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
