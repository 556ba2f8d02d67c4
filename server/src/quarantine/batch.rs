//! Replaying all that match, a bounded number at a time.

use std::{fmt, str::FromStr};

use orders::Outcome;
use serde::Serialize;
use utoipa::ToSchema;

use crate::store::{Decision, QuarantineFilter, Replayed, Store, StoreError};

/// The most messages that are replayed at a time.
pub const MAX_BATCH: usize = 500;

/// Where a batch starts. What is displaced meanwhile comes behind its end, so
/// that two conflicting messages do not displace each other for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    after: i64,
    until: i64,
}

/// A text that is no [`Page`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one that Orderdesk gave out")]
pub struct InvalidPage;

impl Page {
    /// The first batch of everything that is in quarantine now.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn first(store: &Store) -> Result<Self, StoreError> {
        Ok(Self {
            after: 0,
            until: store.newest_rejected().await?,
        })
    }
}

impl fmt::Display for Page {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.after, self.until)
    }
}

impl FromStr for Page {
    type Err = InvalidPage;

    fn from_str(text: &str) -> Result<Self, InvalidPage> {
        let number = |text: &str| text.parse().ok().filter(|number: &i64| *number >= 0);
        let (after, until) = text.split_once('-').ok_or(InvalidPage)?;
        Ok(Self {
            after: number(after).ok_or(InvalidPage)?,
            until: number(until).ok_or(InvalidPage)?,
        })
    }
}

/// What became of messages that were replayed together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Counts {
    /// Messages that were replayed.
    pub replayed: u64,
    /// Became an order.
    pub stored: u64,
    /// Became the order in the place of another.
    pub replaced: u64,
    /// Repeat a stored order.
    pub repeats: u64,
    /// Another order has their uid: they stay.
    pub conflicts: u64,
    /// Are still no valid order: they stay.
    pub invalid: u64,
}

impl Counts {
    /// Those that are an order now, or repeat one.
    pub const fn closed(self) -> u64 {
        self.stored + self.replaced + self.repeats
    }

    fn add(&mut self, outcome: Outcome) {
        self.replayed += 1;
        match outcome {
            Outcome::Stored => self.stored += 1,
            Outcome::Replaced => self.replaced += 1,
            Outcome::Repeat => self.repeats += 1,
            Outcome::Conflict => self.conflicts += 1,
            Outcome::Invalid => self.invalid += 1,
            // No replay comes to these.
            Outcome::Displaced | Outcome::Discarded => {}
        }
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.replayed += other.replayed;
        self.stored += other.stored;
        self.replaced += other.replaced;
        self.repeats += other.repeats;
        self.conflicts += other.conflicts;
        self.invalid += other.invalid;
    }
}

/// How far a replay of all that match has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What became of this batch.
    pub counts: Counts,
    /// Where the next one starts; `None` after the last one.
    pub next: Option<Page>,
}

/// Replays the next open messages that match, oldest first, each in a
/// transaction of its own. `on_done` hears of each after its commit.
///
/// # Errors
/// When PostgreSQL does not answer; what was replayed before stays so.
pub async fn replay_page(
    store: &Store,
    filter: QuarantineFilter,
    page: Page,
    replace: bool,
    max_order_bytes: usize,
    mut on_done: impl FnMut(&Replayed),
) -> Result<Progress, StoreError> {
    let ids = store
        .open_rejected(filter, page.after, page.until, MAX_BATCH)
        .await?;
    let mut counts = Counts::default();
    for &id in &ids {
        // Whoever else decided meanwhile has counted it.
        if let Decision::Done(replayed) = store.replay(id, replace, max_order_bytes).await? {
            counts.add(replayed.outcome);
            on_done(&replayed);
        }
    }
    let next = ids
        .last()
        .filter(|_| ids.len() == MAX_BATCH)
        .map(|&last| Page {
            after: last,
            until: page.until,
        });
    Ok(Progress { counts, next })
}

#[cfg(test)]
mod tests {
    use super::Page;

    #[test]
    fn pages_read_back() {
        let page = Page {
            after: 500,
            until: 1_234,
        };
        assert_eq!(page.to_string().parse(), Ok(page));
        for text in ["", "1", "a-b", "-1-2", "1-2-3"] {
            assert!(text.parse::<Page>().is_err(), "{text}");
        }
    }
}
