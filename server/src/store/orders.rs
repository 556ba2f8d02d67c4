//! Reading orders.

use std::sync::Arc;

use bytes::Bytes;
use orders::{Order, OrderSummary, OrderUid, RowSeq, Sequence, Timestamp};
use sqlx::{Row as _, postgres::PgRow};
use time::OffsetDateTime;

use super::{Store, StoreError};

/// An order as it is kept: its document, and how it came.
#[derive(Clone, Debug)]
pub struct StoredOrder {
    /// Its uid.
    pub order_uid: OrderUid,
    /// The document, byte for byte as it was published.
    pub document: Bytes,
    /// Its place in order of arrival.
    pub seq: RowSeq,
    /// The channel through which it came.
    pub channel: Arc<str>,
    /// Its message's position there.
    pub sequence: Sequence,
    /// When NATS Streaming took it.
    pub published_at: Timestamp,
    /// When it was stored.
    pub stored_at: Timestamp,
}

/// The columns of a [`StoredOrder`], as a macro because SQL is written in
/// literals: a literal cannot be put together from user text.
macro_rules! select_orders {
    ($rest:literal) => {
        concat!(
            "select seq, order_uid, channel, sequence, published_at, stored_at, ",
            "document::text as document from orders ",
            $rest
        )
    };
}

impl StoredOrder {
    /// The order that the document describes; `None` for one that today's
    /// validation would refuse.
    pub fn order(&self) -> Option<Order> {
        orders::parse(&self.document, usize::MAX).ok()
    }

    /// What a list shows of it; `None` for a document that today's validation
    /// would refuse.
    pub fn summary(&self) -> Option<OrderSummary> {
        Some(OrderSummary::new(&self.order()?, self.seq, self.stored_at))
    }
}

impl Store {
    /// The order with this uid.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn order(&self, uid: &OrderUid) -> Result<Option<StoredOrder>, StoreError> {
        let row = sqlx::query(select_orders!("where order_uid = $1"))
            .bind(uid.as_str())
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(read_order).transpose()
    }

    /// At most `limit` orders, newest first, below row `before`.
    ///
    /// # Errors
    /// When PostgreSQL does not answer, or not in time.
    pub async fn newest_orders(
        &self,
        before: Option<RowSeq>,
        limit: usize,
    ) -> Result<Vec<StoredOrder>, StoreError> {
        let rows = sqlx::query(select_orders!("where seq < $1 order by seq desc limit $2"))
            .bind(before.map_or(i64::MAX, RowSeq::get))
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(read_order).collect()
    }

    /// The orders with these uids, oldest first.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn orders_with(&self, uids: &[&str]) -> Result<Vec<StoredOrder>, StoreError> {
        let rows = sqlx::query(select_orders!("where order_uid = any($1) order by seq"))
            .bind(uids)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(read_order).collect()
    }

    /// At most `limit` orders stored after row `seq`, oldest first.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn orders_after(
        &self,
        seq: RowSeq,
        limit: usize,
    ) -> Result<Vec<StoredOrder>, StoreError> {
        let rows = sqlx::query(select_orders!("where seq > $1 order by seq limit $2"))
            .bind(seq.get())
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(read_order).collect()
    }

    /// How many orders there are.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn count_orders(&self) -> Result<u64, StoreError> {
        let count: i64 = sqlx::query_scalar("select count(*) from orders")
            .fetch_one(&self.pool)
            .await?;
        Ok(count.unsigned_abs())
    }
}

fn read_order(row: &PgRow) -> Result<StoredOrder, StoreError> {
    let moment = |column| {
        row.try_get::<OffsetDateTime, _>(column)
            .map(Timestamp::from)
    };
    let document: &str = row.try_get("document")?;
    Ok(StoredOrder {
        order_uid: row
            .try_get::<&str, _>("order_uid")?
            .parse()
            .map_err(|_| StoreError::Corrupt("an order_uid"))?,
        document: Bytes::copy_from_slice(document.as_bytes()),
        seq: RowSeq::new(row.try_get("seq")?),
        channel: row.try_get::<&str, _>("channel")?.into(),
        sequence: Sequence::new(row.try_get("sequence")?),
        published_at: moment("published_at")?,
        stored_at: moment("stored_at")?,
    })
}
