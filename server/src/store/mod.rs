//! PostgreSQL: everything that is kept, and all the SQL.

mod announce;
mod batch;
mod columns;
mod copy;
mod error;
mod kept;
mod ledger;
mod lent;
mod orders;
mod outstanding;
mod plan;
mod presence;
mod rejected;
mod repeats;
mod rows;

use std::time::Duration;

use sqlx::{
    ConnectOptions as _, Connection as _, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

pub use announce::{Decisions, News};
pub use batch::{Candidate, Fate, Outcome};
pub use columns::OrderColumns;
pub use error::{Remedy, StoreError, Trouble};
pub use kept::Kept;
pub use ledger::{Account, LedgerPage};
pub use orders::StoredOrder;
pub use outstanding::{ChannelView, Outstanding, Sequences};
pub use presence::{Company, Epoch, Presence};
pub use rejected::{
    Decision, Opening, QuarantineFilter, RejectedMessage, Replay, Replayed, forget_old,
};
pub use rows::OrderRow;

use lent::BatchConnection;

use crate::{config::SecretUrl, metrics::PoolUse};

/// Connections for the service itself: one writes, one reads what was written
/// unseen, one warms the cache, one tells other instances of this one, one asks
/// for signs of life.
const SERVICE_CONNECTIONS: u32 = 5;

/// Connections that answer readers.
const READER_CONNECTIONS: u32 = 8;

/// How long a reader waits for a connection before the answer is "away".
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// How long a connection may take to give a sign of life when it leaves its pool,
/// and when it returns. One that died without a word would be waited for, and
/// missing, for ever; one whose statement was given up is in the middle of a long
/// answer.
const PING_TIMEOUT: Duration = Duration::from_secs(1);

/// The longest a reader's statement may run, in milliseconds.
const STATEMENT_TIMEOUT_MS: &str = "5000";

/// What PostgreSQL itself gives up, so that a connection that was cut without a
/// word does not keep its locks: transactions without a statement, peers that
/// do not answer. In ms, s, and a count.
const SERVER_SIDE_TIMEOUTS: [(&str, &str); 5] = [
    ("idle_in_transaction_session_timeout", "10000"),
    ("tcp_user_timeout", "10000"),
    ("tcp_keepalives_idle", "5"),
    ("tcp_keepalives_interval", "2"),
    ("tcp_keepalives_count", "3"),
];

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations");

/// Whether `connection` answers in time: always `true`.
///
/// # Errors
/// When it does not.
async fn is_alive(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let answer = tokio::time::timeout(PING_TIMEOUT, connection.ping());
    let is_late = |_| sqlx::Error::Io(std::io::ErrorKind::TimedOut.into());
    answer.await.map_err(is_late)?.map(|()| true)
}

/// The store. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    /// For what the service itself does; its statements may take their time.
    pool: PgPool,
    /// For readers; their statements may not.
    readers: PgPool,
    /// The connection over which batches go, between two of them.
    batches: BatchConnection,
}

impl Store {
    /// Prepares a store; connects only when it is first used.
    ///
    /// # Errors
    /// When `url` is no PostgreSQL URL. The message shows no secret.
    pub fn new(url: &SecretUrl) -> Result<Self, StoreError> {
        let options: PgConnectOptions = url
            .expose()
            .parse()
            .map_err(|_| StoreError::Url(url.to_string()))?;
        let options = options
            .application_name("orderdesk")
            .options(SERVER_SIDE_TIMEOUTS)
            .disable_statement_logging();
        let pool = |connections| {
            PgPoolOptions::new()
                .max_connections(connections)
                .min_connections(1)
                .acquire_timeout(ACQUIRE_TIMEOUT)
                // An error closes the connection. The pool itself would ask without a
                // limit, and does so once more after this when one returns.
                .test_before_acquire(false)
                .before_acquire(|connection, _| Box::pin(is_alive(connection)))
                .after_release(|connection, _| Box::pin(is_alive(connection)))
        };
        let hurried = options
            .clone()
            .options([("statement_timeout", STATEMENT_TIMEOUT_MS)]);
        Ok(Self {
            pool: pool(SERVICE_CONNECTIONS).connect_lazy_with(options),
            readers: pool(READER_CONNECTIONS).connect_lazy_with(hurried),
            batches: BatchConnection::default(),
        })
    }

    /// Brings the schema to this release's state.
    ///
    /// # Errors
    /// When PostgreSQL is away (transient), refuses the role or the database,
    /// or a migration fails.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        MIGRATIONS.run(&self.pool).await?;
        Ok(())
    }

    /// Asks PostgreSQL for a sign of life.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("select 1").execute(&self.pool).await?;
        Ok(())
    }

    /// How much of the pools is in use.
    pub fn pools(&self) -> [PoolUse; 2] {
        [("service", &self.pool), ("readers", &self.readers)].map(|(name, pool)| {
            let idle = pool.num_idle();
            let all = usize::try_from(pool.size()).unwrap_or(usize::MAX);
            PoolUse {
                name,
                used: all.saturating_sub(idle),
                idle,
            }
        })
    }

    /// Closes every connection, in order.
    pub async fn close(&self) {
        self.readers.close().await;
        self.batches.release();
        self.pool.close().await;
    }
}
