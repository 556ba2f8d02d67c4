//! Whether this instance is the only one that writes to its database.

use std::time::Duration;

use sqlx::{PgConnection, PgPool, Postgres, pool::PoolConnection};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{Store, StoreError};

/// The advisory lock that every instance holds, shared, while it runs.
const LOCK_KEY: i64 = 0x6F72_6465_7264_6573;

/// How often the holders are counted.
const INTERVAL: Duration = Duration::from_secs(1);

/// A watch over the other instances on the same database.
///
/// An order that another instance stored is not in this one's cache, so "not
/// in the cache" means "does not exist" only for the only instance. An
/// instance that finds itself in company waits for [`Presence::NOTICE`] before
/// it stores anything, so that the others have noticed it by then.
#[derive(Debug)]
pub struct Presence {
    pool: PgPool,
    alone: watch::Sender<bool>,
}

impl Presence {
    /// How long it takes at most until others have noticed an instance.
    pub const NOTICE: Duration = Duration::from_secs(3);

    /// Prepares the watch; it starts out as "not alone".
    pub fn new(store: &Store) -> Self {
        Self {
            pool: store.pool.clone(),
            alone: watch::Sender::new(false),
        }
    }

    /// Whether this instance is known to be alone.
    pub fn alone(&self) -> watch::Receiver<bool> {
        self.alone.subscribe()
    }

    /// Announces this instance and returns the number of instances, itself
    /// included. The announcement lasts as long as the connection.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn announce(&self) -> Result<(PoolConnection<Postgres>, i64), StoreError> {
        let mut connection = self.pool.acquire().await?;
        sqlx::query("select pg_advisory_lock_shared($1)")
            .bind(LOCK_KEY)
            .execute(&mut *connection)
            .await?;
        let instances = count(&mut connection).await?;
        self.alone.send_replace(instances == 1);
        Ok((connection, instances))
    }

    /// Keeps counting until `stop`; while PostgreSQL is away nobody is known
    /// to be alone.
    pub async fn watch(&self, mut announced: PoolConnection<Postgres>, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                () = tokio::time::sleep(INTERVAL) => {}
            }
            let counted = tokio::time::timeout(INTERVAL, count(&mut announced)).await;
            if let Ok(Ok(instances)) = counted {
                self.alone.send_if_modified(|alone| {
                    let now = instances == 1;
                    let changed = *alone != now;
                    *alone = now;
                    changed
                });
                continue;
            }
            self.alone.send_replace(false);
            // The lock went with the connection.
            announced.close().await.ok();
            announced = loop {
                tokio::select! {
                    () = stop.cancelled() => return,
                    again = self.announce() => match again {
                        Ok((connection, _)) => break connection,
                        Err(_) => tokio::time::sleep(INTERVAL).await,
                    },
                }
            };
        }
        self.alone.send_replace(false);
        // Closed, not returned to the pool: the lock goes with it.
        announced.close().await.ok();
    }
}

async fn count(connection: &mut PgConnection) -> Result<i64, StoreError> {
    // A bigint key stands in pg_locks as its two halves.
    Ok(sqlx::query_scalar(
        "select count(*)
         from pg_locks
         where locktype = 'advisory' and objsubid = 1 and granted
           and database = (select oid from pg_database where datname = current_database())
           and classid = ($1::bigint >> 32)::oid and objid = ($1::bigint & 4294967295)::oid",
    )
    .bind(LOCK_KEY)
    .fetch_one(connection)
    .await?)
}
