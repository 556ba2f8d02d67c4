//! Reading every order with its columns, to check one against the other.

use futures::{Stream, StreamExt as _};
use orders::Timestamp;
use sqlx::{Row as _, postgres::PgRow};
use time::OffsetDateTime;

use super::{Store, StoreError};

/// A row of `orders` as it is, unchecked.
#[derive(Clone, Debug)]
pub struct OrderRow {
    /// The column `order_uid`.
    pub order_uid: String,
    /// The column `track_number`.
    pub track_number: String,
    /// The column `customer_id`.
    pub customer_id: String,
    /// The column `date_created`.
    pub date_created: Timestamp,
    /// The column `document`.
    pub document: String,
}

impl Store {
    /// Every order, in order of arrival, a row at a time.
    pub fn rows(&self) -> impl Stream<Item = Result<OrderRow, StoreError>> {
        sqlx::query(
            "select order_uid, track_number, customer_id, date_created, document::text as document
             from orders
             order by seq",
        )
        .fetch(&self.pool)
        .map(|row| Ok(read(&row?)?))
    }
}

fn read(row: &PgRow) -> Result<OrderRow, sqlx::Error> {
    Ok(OrderRow {
        order_uid: row.try_get("order_uid")?,
        track_number: row.try_get("track_number")?,
        customer_id: row.try_get("customer_id")?,
        date_created: Timestamp::from(row.try_get::<OffsetDateTime, _>("date_created")?),
        document: row.try_get("document")?,
    })
}
