//! What starts once PostgreSQL is there: the schema, the watchers, the
//! pipeline from the channel to the cache.

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use sqlx::{Postgres, pool::PoolConnection};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::{
    cache::{Cache, keep_filled},
    config::Config,
    desk::DatabaseHealth,
    history::History,
    ingest::{
        Acknowledger, IngestStatus, Limits, Source, StanSource, StreamServer, Visible, Writer,
        gather, monitor,
    },
    lifecycle::Lifecycle,
    live::LiveFeed,
    metrics::Metrics,
    quarantine::{Quarantine, follow},
    search::{SearchIndex, fill, filler},
    store::{Decisions, Presence, Store, StoreError},
};

/// How often PostgreSQL is asked for a sign of life, and how long to wait
/// before the next try when it is not there at start.
const DATABASE_INTERVAL: Duration = Duration::from_secs(1);

/// Batches that may be on their way: one is delivered, one gathers, one is being
/// stored, one is shown and acknowledged.
const BATCHES_IN_FLIGHT: u16 = 4;

/// Committed parts of batches that may wait to be shown.
const COMMITTED_PARTS: usize = 2;

/// Bytes of messages that one batch may hold beyond its first message.
const MAX_BATCH_BYTES: usize = 16 * 1024 * 1024;

/// What starts once PostgreSQL is there.
pub(crate) struct Ingestion {
    pub(crate) config: Config,
    pub(crate) lifecycle: Lifecycle,
    pub(crate) store: Store,
    pub(crate) cache: Arc<Cache>,
    pub(crate) live: Arc<LiveFeed>,
    pub(crate) search: Arc<SearchIndex>,
    pub(crate) history: Arc<History>,
    pub(crate) status: Arc<IngestStatus>,
    pub(crate) database: Arc<DatabaseHealth>,
    pub(crate) presence: Arc<Presence>,
    pub(crate) decisions: Arc<Decisions>,
    pub(crate) quarantine: Arc<Quarantine>,
    pub(crate) metrics: Arc<Metrics>,
}

impl Ingestion {
    /// Waits for PostgreSQL, then starts warming and ingesting.
    ///
    /// # Errors
    /// When PostgreSQL refuses for good.
    pub(crate) async fn start(self) -> anyhow::Result<()> {
        let stop = self.lifecycle.stop();
        let announced = tokio::select! {
            () = stop.cancelled() => return Ok(()),
            prepared = self.prepare_store() => prepared?,
        };
        self.watch_database();
        self.follow_decisions();
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
            let (company, stop) = (self.presence.company(), stop.clone());
            let (filler, portions) = filler(self.config.cache_capacity.is_none());
            self.lifecycle.spawn(
                "search",
                fill(Arc::clone(&self.search), portions, stop.clone()),
            );
            self.lifecycle.spawn("warm-up", async move {
                keep_filled(&store, &cache, &live, filler, company, &stop).await;
            });
        }
        {
            let (history, status) = (Arc::clone(&self.history), Arc::clone(&self.status));
            let stop = stop.clone();
            self.lifecycle.spawn(
                "history",
                async move { history.record(&status, stop).await },
            );
        }
        let server = StreamServer::new(
            &self.config.stan_monitor_url,
            &self.config.stan_channel,
            &self.config.stan_client_id,
            &self.config.stan_durable,
        )?;
        self.lifecycle.spawn(
            "monitor",
            monitor(
                server,
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
    async fn prepare_store(&self) -> anyhow::Result<PoolConnection<Postgres>> {
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

    async fn try_prepare(&self) -> Result<PoolConnection<Postgres>, StoreError> {
        self.store.migrate().await?;
        let opening = self.store.opening(&self.config.stan_channel).await?;
        self.status.set_account(opening.account);
        self.database
            .set_other_orders(opening.orders.saturating_sub(opening.account.stored));
        self.database.set_open(opening.open);
        self.quarantine.shown.start(&opening);
        self.cache.expect(opening.orders);
        let (mut announced, instances) = self.presence.announce().await?;
        if instances > 1 {
            tracing::info!(
                instances,
                "other instances use this database; giving them time to notice this one"
            );
            self.presence.wait_for_notice(&mut announced).await?;
        }
        self.database.set_up(true);
        Ok(announced)
    }

    /// Source → gather → writer → visible → acknowledgement.
    fn start_pipeline(&self, stop: CancellationToken) -> anyhow::Result<()> {
        let config = &self.config;
        let max_in_flight = config
            .ingest_batch_size
            .saturating_mul(BATCHES_IN_FLIGHT)
            .max(1_024);
        let source: Box<dyn Source> = Box::new(StanSource {
            url: config.stan_url.clone(),
            cluster: config.stan_cluster.clone(),
            channel: config.stan_channel.clone(),
            client_id: config.stan_client_id.clone(),
            durable: config.stan_durable.clone(),
            max_in_flight,
            status: Arc::clone(&self.status),
            metrics: Arc::clone(&self.metrics),
        });
        let (committed, parts) = mpsc::channel(COMMITTED_PARTS);
        let writer = Writer {
            channel: config.stan_channel.clone(),
            store: self.store.clone(),
            cache: Arc::clone(&self.cache),
            status: Arc::clone(&self.status),
            metrics: Arc::clone(&self.metrics),
            committed,
            stop: stop.clone(),
            grace: self.lifecycle.timeout() / 3,
        };
        let visible = Visible {
            channel: config.stan_channel.as_str().into(),
            cache: Arc::clone(&self.cache),
            search: Arc::clone(&self.search),
            live: Arc::clone(&self.live),
            history: Arc::clone(&self.history),
            status: Arc::clone(&self.status),
            metrics: Arc::clone(&self.metrics),
            acknowledger: Acknowledger::start().context("no thread to acknowledge from")?,
        };
        let limits = Limits {
            messages: usize::from(config.ingest_batch_size),
            latency: config.ingest_batch_latency,
            bytes: MAX_BATCH_BYTES,
            max_order_bytes: config.max_order_bytes(),
        };
        // Room for all that may be in flight: the server is the one who waits.
        let (deliveries, delivered) = mpsc::channel(usize::from(max_in_flight));
        let (batches, gathered) = mpsc::channel(1);
        let drained = CancellationToken::new();
        self.lifecycle
            .spawn("gather", gather(delivered, batches, limits));
        self.lifecycle.spawn("writer", writer.run(gathered));
        {
            let drained = drained.clone();
            self.lifecycle.spawn("visible", async move {
                // Also when it panics: the session must not wait for ever.
                let _drained = drained.drop_guard();
                visible.run(parts).await;
            });
        }
        let lifecycle = self.lifecycle.clone();
        self.lifecycle.spawn("source", async move {
            if let Err(error) = source.run(deliveries, stop, drained).await {
                lifecycle.fail(format!("ingestion ended: {error}"));
            }
        });
        Ok(())
    }

    /// Shows what operators decide in other processes.
    fn follow_decisions(&self) {
        // One word that waits says as much as many.
        let (news, told) = mpsc::channel(1);
        let (decisions, stop) = (Arc::clone(&self.decisions), self.lifecycle.stop());
        self.lifecycle.spawn(
            "decisions",
            async move { decisions.listen(news, stop).await },
        );
        self.lifecycle.spawn(
            "quarantine",
            follow(
                Arc::clone(&self.quarantine),
                Arc::clone(&self.status),
                told,
                self.lifecycle.stop(),
            ),
        );
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
                let answer = tokio::time::timeout(DATABASE_INTERVAL * 2, store.ping());
                tokio::select! {
                    () = stop.cancelled() => return,
                    answer = answer => database.set_up(matches!(answer, Ok(Ok(())))),
                }
            }
        });
    }
}
