//! Orders as the arguments of the statement that stores a batch: an array for
//! each column.

use orders::{Order, Timestamp};
use sqlx::{Arguments as _, error::BoxDynError, postgres::PgArguments};

use super::{Candidate, StoreError};

/// The arguments of the statement.
const COLUMNS: usize = 9;

/// What a row takes beside its document, about, in bytes.
const BYTES_A_ROW: usize = 160;

/// Orders, encoded for the insert of a batch.
#[derive(Debug, Default)]
pub struct OrderColumns(PgArguments);

impl OrderColumns {
    /// Encodes orders and the messages that they were read from, in this order.
    /// All came through `channel` and are stored at `stored_at`.
    ///
    /// # Errors
    /// When an array would be larger than PostgreSQL takes, 2 GiB.
    pub fn encode(
        channel: &str,
        stored_at: Timestamp,
        rows: &[(&Candidate, &Order)],
    ) -> Result<Self, StoreError> {
        let mut columns = Self::default();
        columns
            .add_all(channel, stored_at, rows)
            .map_err(sqlx::Error::Encode)?;
        Ok(columns)
    }

    /// The arguments, in the order in which the statement counts them.
    pub(super) fn into_arguments(self) -> PgArguments {
        self.0
    }

    fn add_all(
        &mut self,
        channel: &str,
        stored_at: Timestamp,
        rows: &[(&Candidate, &Order)],
    ) -> Result<(), BoxDynError> {
        let text = |field: fn(&Order) -> &str| {
            rows.iter()
                .map(|(_, order)| field(order))
                .collect::<Vec<_>>()
        };
        let dates: Vec<_> = rows
            .iter()
            .map(|(_, order)| order.date_created.get())
            .collect();
        let sequences: Vec<_> = rows
            .iter()
            .map(|(candidate, _)| candidate.sequence.get())
            .collect();
        let published: Vec<_> = rows
            .iter()
            .map(|(candidate, _)| candidate.published_at.get())
            .collect();
        let documents: Vec<&str> = rows
            .iter()
            .map(|(candidate, _)| std::str::from_utf8(&candidate.message).unwrap_or_default())
            .collect();
        // At once: growing by and by would copy half a megabyte several times.
        let bytes: usize = rows
            .iter()
            .map(|(candidate, _)| candidate.message.len() + BYTES_A_ROW)
            .sum();
        self.0.reserve(COLUMNS, bytes);
        self.0.add(text(|order| order.order_uid.as_str()))?;
        self.0.add(text(|order| &order.track_number))?;
        self.0.add(text(|order| &order.customer_id))?;
        self.0.add(dates)?;
        self.0.add(sequences)?;
        self.0.add(published)?;
        self.0.add(channel)?;
        self.0.add(stored_at.get())?;
        self.0.add(documents)
    }
}
