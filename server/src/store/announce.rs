//! Telling every instance that an operator has decided something, and hearing
//! of it.
//!
//! A decision may put an order into the table, or another in its place, from
//! any process. An instance that did not hear of it would go on answering from
//! memory, so [`Decisions`] say when nothing was heard for sure.

use std::time::Duration;

use sqlx::{
    PgConnection,
    postgres::{PgListener, PgPoolOptions},
};
use tokio::{
    sync::{mpsc, watch},
    time::{MissedTickBehavior, interval, timeout},
};
use tokio_util::sync::CancellationToken;

use super::{ACQUIRE_TIMEOUT, Store, StoreError};

/// The channel of `NOTIFY`. What it carries is only that there is something.
const CHANNEL: &str = "orderdesk_quarantine";

/// How often the connection is asked for a sign of life, how long it may take,
/// and how long to wait before another is made.
const INTERVAL: Duration = Duration::from_secs(1);

/// Tells every instance, when the transaction commits.
pub(super) async fn tell(connection: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query("select pg_notify($1, '')")
        .bind(CHANNEL)
        .execute(connection)
        .await?;
    Ok(())
}

/// Hears of operators' decisions.
#[derive(Debug)]
pub struct Decisions {
    store: Store,
    heard: watch::Sender<bool>,
}

impl Decisions {
    /// Prepares to listen; nothing is heard yet.
    pub fn new(store: &Store) -> Self {
        Self {
            store: store.clone(),
            heard: watch::Sender::new(false),
        }
    }

    /// Whether every decision is heard of now. While that is not so, what is in
    /// memory may have been decided otherwise.
    pub fn heard(&self) -> watch::Receiver<bool> {
        self.heard.subscribe()
    }

    /// Listens until `stop`. Each time there may be something new, `news` gets a
    /// word; one that waits there already will do. Makes the connection again
    /// when it breaks, and then sends a word too, for what was said meanwhile.
    /// [`Decisions::heard`] becomes true only after that word was taken and
    /// answered.
    pub async fn listen(&self, news: mpsc::Sender<News>, stop: CancellationToken) {
        loop {
            let listening = async {
                let Err(error) = self.listen_once(&news).await;
                self.heard.send_replace(false);
                tracing::debug!(%error, "operators' decisions are not heard of");
                tokio::time::sleep(INTERVAL).await;
            };
            tokio::select! {
                () = stop.cancelled() => break,
                () = listening => {}
            }
        }
        self.heard.send_replace(false);
    }

    async fn listen_once(
        &self,
        news: &mpsc::Sender<News>,
    ) -> Result<std::convert::Infallible, StoreError> {
        // A pool of its own: a listener whose connection died says goodbye over it
        // all the same, and would keep a place of the others until TCP gives up.
        let own = PgPoolOptions::new()
            .max_connections(1)
            .max_lifetime(None)
            .idle_timeout(None)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_lazy_with((*self.store.pool.connect_options()).clone());
        let mut listener = PgListener::connect_with(&own).await?;
        listener.eager_reconnect(false);
        listener.listen(CHANNEL).await?;
        self.caught_up(news).await?;
        self.heard.send_replace(true);
        let mut ticks = interval(INTERVAL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                told = listener.try_recv() => match told? {
                    Some(_) => {
                        // Full means that a word waits to be taken.
                        news.try_send(News::default()).ok();
                    }
                    None => return Err(sqlx::Error::PoolClosed.into()),
                },
                // A connection that was cut without a word says nothing either.
                _ = ticks.tick() => {
                    timeout(INTERVAL, sqlx::query("select 1").execute(&mut listener))
                        .await
                        .map_err(|_| sqlx::Error::PoolTimedOut)??;
                }
            }
        }
    }

    /// Waits until what was said before is known.
    async fn caught_up(&self, news: &mpsc::Sender<News>) -> Result<(), StoreError> {
        let (answer, answered) = tokio::sync::oneshot::channel();
        let asked = news.send(News {
            answer: Some(answer),
        });
        let is_known = asked.await.is_ok() && answered.await.is_ok();
        is_known
            .then_some(())
            .ok_or_else(|| sqlx::Error::PoolTimedOut.into())
    }
}

/// There may be something new.
#[derive(Debug, Default)]
pub struct News {
    answer: Option<tokio::sync::oneshot::Sender<()>>,
}

impl News {
    /// Says that everything up to now is known.
    pub fn answer(self) {
        if let Some(answer) = self.answer {
            // Whoever asked may have stopped waiting.
            answer.send(()).ok();
        }
    }
}
