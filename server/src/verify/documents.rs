//! Whether every stored order still parses and is what its columns say.

use futures::TryStreamExt as _;
use serde::Serialize;

use crate::store::{OrderRow, Store, StoreError};

/// The most wrong documents that are listed.
const MAX_WRONG: usize = 1_000;

/// What reading every stored order has shown.
#[derive(Debug, Default, Serialize)]
pub struct Documents {
    /// How many were read.
    pub checked: u64,
    /// Those that are wrong; the first thousand.
    pub wrong: Vec<WrongDocument>,
}

/// A stored order that is not what it should be.
#[derive(Debug, Serialize)]
pub struct WrongDocument {
    /// The uid of its row.
    pub order_uid: String,
    /// What is wrong.
    pub problem: String,
}

/// Reads every stored order, one after the other.
///
/// # Errors
/// When PostgreSQL does not answer.
pub async fn documents(store: &Store) -> Result<Documents, StoreError> {
    let mut found = Documents::default();
    let rows = store.rows();
    futures::pin_mut!(rows);
    while let Some(row) = rows.try_next().await? {
        found.checked += 1;
        if let Some(problem) = problem_of(&row)
            && found.wrong.len() < MAX_WRONG
        {
            found.wrong.push(WrongDocument {
                order_uid: row.order_uid,
                problem,
            });
        }
    }
    Ok(found)
}

fn problem_of(row: &OrderRow) -> Option<String> {
    let order = match orders::parse(row.document.as_bytes(), usize::MAX) {
        Ok(order) => order,
        Err(rejection) => {
            return Some(format!(
                "the document is no valid order: {} at {:?}",
                rejection.reason.as_str(),
                rejection.path
            ));
        }
    };
    let columns = [
        ("order_uid", order.order_uid.as_str() == row.order_uid),
        ("track_number", order.track_number == row.track_number),
        ("customer_id", order.customer_id == row.customer_id),
        ("date_created", order.date_created == row.date_created),
    ];
    let wrong: Vec<&str> = columns
        .iter()
        .filter(|(_, is_same)| !is_same)
        .map(|(name, _)| *name)
        .collect();
    (!wrong.is_empty())
        .then(|| format!("the document differs from its column {}", wrong.join(", ")))
}
