//! The service's table, and one like it that rows are copied into.

use std::time::Instant;

use anyhow::{Context as _, bail};
use futures::TryStreamExt as _;
use sqlx::{Connection as _, PgConnection};
use tokio::runtime::Runtime;

/// The columns that a batch fills.
const COLUMNS: &str = "order_uid, track_number, customer_id, date_created, channel, sequence, \
                       published_at, stored_at, document";

/// A connection to the service's database.
pub struct Table {
    runtime: Runtime,
    connection: PgConnection,
}

impl Table {
    /// Connects.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub fn connect(url: &str) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let connection = runtime
            .block_on(PgConnection::connect(url))
            .context("PostgreSQL")?;
        Ok(Self {
            runtime,
            connection,
        })
    }

    /// Copies the last `count` orders into a table with the same columns and
    /// indexes, in one `COPY`: rows a second.
    ///
    /// # Errors
    /// When PostgreSQL refuses, or there are not so many.
    pub fn copy_last(&mut self, count: u64) -> anyhow::Result<f64> {
        let Self {
            runtime,
            connection,
        } = self;
        runtime.block_on(async {
            sqlx::query("create table if not exists copied (like orders including all)")
                .execute(&mut *connection)
                .await?;
            let rows: Vec<_> = connection
                .copy_out_raw(&format!(
                    "copy (select {COLUMNS} from orders order by seq desc limit {count}) to stdout"
                ))
                .await?
                .try_collect()
                .await?;
            let began = Instant::now();
            let mut copy = connection
                .copy_in_raw(&format!("copy copied ({COLUMNS}) from stdin"))
                .await?;
            for part in rows {
                copy.send(part).await?;
            }
            let copied = copy.finish().await?;
            let took = began.elapsed().as_secs_f64();
            if copied != count {
                bail!("{copied} rows were copied, not {count}");
            }
            #[expect(clippy::cast_precision_loss, reason = "thousands")]
            Ok(copied as f64 / took)
        })
    }

    /// The uids of the last orders.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub fn last_uids(&mut self, count: i64) -> anyhow::Result<Vec<String>> {
        let uids = sqlx::query_scalar("select order_uid from orders order by seq desc limit $1")
            .bind(count)
            .fetch_all(&mut self.connection);
        Ok(self.runtime.block_on(uids)?)
    }
}
