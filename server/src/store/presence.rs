//! Whether this instance is the only one that writes to its database.

use std::time::{Duration, Instant};

use sqlx::{PgConnection, PgPool, Postgres, pool::PoolConnection};
use tokio::{sync::watch, time::timeout};
use tokio_util::sync::CancellationToken;

use super::{ACQUIRE_TIMEOUT, Store, StoreError};

/// The advisory lock that every instance holds, shared, while it runs.
const LOCK_KEY: i64 = 0x6F72_6465_7264_6573;

/// How often the holders are counted.
const INTERVAL: Duration = Duration::from_secs(1);

/// How often they are counted while somebody waits for it.
const LOOK_AROUND: Duration = Duration::from_millis(50);

/// Counts the times at which this instance became the only one. What it knows
/// of the store from one epoch says nothing of the next: others wrote between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Epoch(u64);

impl Epoch {
    /// 1 for the first; 0 before.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The one that follows.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// Whether this instance has company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Company {
    /// Whether it is known to be the only one.
    pub alone: bool,
    /// Since when it is, or was last.
    pub epoch: Epoch,
}

impl Company {
    /// Notes whether this instance is alone; says whether that is news.
    fn note(&mut self, alone: bool) -> bool {
        if self.alone == alone {
            return false;
        }
        self.alone = alone;
        if alone {
            self.epoch = self.epoch.next();
        }
        true
    }
}

/// A watch over the other instances on the same database.
///
/// An order that another instance stored is not in this one's cache, so "not
/// in the cache" means "does not exist" only for the only instance. An
/// instance that finds itself in company waits for [`Presence::NOTICE`] before
/// it stores anything, so that the others have noticed it by then.
#[derive(Debug)]
pub struct Presence {
    pool: PgPool,
    company: watch::Sender<Company>,
}

impl Presence {
    /// How long it takes at most until others have noticed an instance.
    pub const NOTICE: Duration = Duration::from_secs(3);

    /// Prepares the watch; it starts out as "not alone".
    pub fn new(store: &Store) -> Self {
        Self {
            pool: store.pool.clone(),
            company: watch::Sender::default(),
        }
    }

    /// Whether this instance is known to be alone, and since when.
    pub fn company(&self) -> watch::Receiver<Company> {
        self.company.subscribe()
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
        self.note(instances == 1);
        Ok((connection, instances))
    }

    /// Waits until every other instance has noticed this one, or there is none
    /// any more: an instance that was killed is still counted for a moment.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn wait_for_notice(&self, announced: &mut PgConnection) -> Result<(), StoreError> {
        let began = Instant::now();
        while began.elapsed() < Self::NOTICE {
            tokio::time::sleep(LOOK_AROUND).await;
            if count(announced).await? == 1 {
                self.note(true);
                return Ok(());
            }
        }
        Ok(())
    }

    fn note(&self, alone: bool) {
        self.company.send_if_modified(|company| company.note(alone));
    }

    /// Keeps counting until `stop`; while PostgreSQL is away nobody is known
    /// to be alone.
    pub async fn watch(&self, mut announced: PoolConnection<Postgres>, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                () = tokio::time::sleep(INTERVAL) => {}
            }
            let counted = timeout(INTERVAL, count(&mut announced)).await;
            if let Ok(Ok(instances)) = counted {
                self.note(instances == 1);
                continue;
            }
            self.note(false);
            // The lock went with the connection.
            announced.close().await.ok();
            announced = loop {
                tokio::select! {
                    () = stop.cancelled() => return,
                    again = timeout(ACQUIRE_TIMEOUT * 2, self.announce()) => match again {
                        Ok(Ok((connection, _))) => break connection,
                        Ok(Err(_)) | Err(_) => tokio::time::sleep(INTERVAL).await,
                    },
                }
            };
        }
        self.note(false);
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

#[cfg(test)]
mod tests {
    use super::Company;

    #[test]
    fn an_epoch_begins_with_being_alone() {
        let mut company = Company::default();
        assert!(company.note(true) && company.epoch.get() == 1);
        assert!(!company.note(true) && company.epoch.get() == 1);
        assert!(company.note(false) && company.epoch.get() == 1);
        assert!(company.note(true) && company.epoch.get() == 2);
    }
}
