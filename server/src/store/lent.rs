//! The connection over which batches are stored, kept from one to the next:
//! asking the pool for one costs a way to PostgreSQL and back, and so does
//! returning it.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use sqlx::{PgConnection, PgPool, Postgres, pool::PoolConnection};

use super::{StoreError, is_alive};

/// One that has been quiet for longer is asked for a sign of life first, as the
/// pool does: PostgreSQL may have restarted meanwhile.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

/// Where the connection waits for the next batch.
#[derive(Clone, Debug, Default)]
pub(super) struct BatchConnection(Arc<Mutex<Option<Kept>>>);

#[derive(Debug)]
struct Kept {
    connection: PoolConnection<Postgres>,
    since: Instant,
}

impl BatchConnection {
    /// The connection, or one of `pool` if it is lent to another batch, or dead.
    ///
    /// # Errors
    /// When the pool has none.
    pub(super) async fn lend(&self, pool: &PgPool) -> Result<Lent<'_>, StoreError> {
        if let Some(kept) = self.take() {
            let is_trusted = kept.since.elapsed() <= TRUSTED_FOR;
            let mut lent = self.lent(kept.connection);
            if is_trusted || is_alive(lent.connection()).await.is_ok() {
                return Ok(lent);
            }
        }
        Ok(self.lent(pool.acquire().await?))
    }

    fn lent(&self, connection: PoolConnection<Postgres>) -> Lent<'_> {
        Lent {
            home: self,
            connection: Some(connection),
        }
    }

    /// Returns the connection to its pool.
    pub(super) fn release(&self) {
        self.take();
    }

    fn take(&self) -> Option<Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A connection in the middle of a batch. Dropped so, it is closed: in the pool
/// it would wait for its answer, perhaps for ever, and be missing.
pub(super) struct Lent<'a> {
    home: &'a BatchConnection,
    connection: Option<PoolConnection<Postgres>>,
}

impl Lent<'_> {
    pub(super) fn connection(&mut self) -> &mut PgConnection {
        self.connection
            .as_mut()
            .expect("a connection is there until it is given back")
    }

    /// Keeps the connection for the next batch. Nothing may be on its way.
    pub(super) fn give_back(mut self) {
        let mut home = self.home.0.lock().unwrap_or_else(PoisonError::into_inner);
        *home = self.connection.take().map(|connection| Kept {
            connection,
            since: Instant::now(),
        });
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            drop(connection.detach());
        }
    }
}
