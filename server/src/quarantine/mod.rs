//! What operators decide on messages in quarantine, made visible at once.

mod batch;
mod follow;
mod place;
mod view;

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

pub use batch::{Counts, MAX_BATCH, Page, Progress, replay_page};
pub use follow::follow;
pub(crate) use view::readable;
pub use view::view;

use crate::{
    cache::Cache,
    desk::DatabaseHealth,
    live::{LiveFeed, NewOrder},
    search::SearchIndex,
    store::{
        Decision, Opening, QuarantineFilter, Replayed, Store, StoreError, StoredOrder, forget_old,
    },
};

/// Decides on messages in quarantine, and shows what was decided: here, or by
/// another process on the same database.
pub struct Quarantine {
    /// Where it is stored.
    pub store: Store,
    /// Takes in each order after its commit.
    pub cache: Arc<Cache>,
    /// Is told of each order after its commit.
    pub live: Arc<LiveFeed>,
    /// Takes in each order after its commit.
    pub search: Arc<SearchIndex>,
    /// Is told how many orders there are, and how many messages are open.
    pub database: Arc<DatabaseHealth>,
    /// The largest message that is taken as an order, in bytes.
    pub max_order_bytes: usize,
    /// What is visible already.
    pub shown: Shown,
}

/// The actions whose orders are visible here.
#[derive(Debug, Default)]
pub struct Shown(Mutex<Actions>);

#[derive(Debug, Default)]
struct Actions {
    /// Up to here the store was asked for what others decided.
    newest: i64,
    seen: BTreeSet<i64>,
}

impl Shown {
    /// Starts from what the store held when the process began.
    pub fn start(&self, opening: &Opening) {
        *self.actions() = Actions {
            newest: opening.newest_action,
            seen: opening.replays.iter().copied().collect(),
        };
    }

    fn newest(&self) -> i64 {
        self.actions().newest
    }

    /// Whether `action` is visible already.
    fn has(&self, action: i64) -> bool {
        self.actions().seen.contains(&action)
    }

    /// Notes that `action` is visible from now on; whether it was not before.
    /// What others decided before it may still be unknown here.
    fn add(&self, action: i64) -> bool {
        self.actions().seen.insert(action)
    }

    /// Notes that everything up to `action` that the store knew is visible.
    fn caught_up(&self, action: i64) {
        let mut actions = self.actions();
        if action > actions.newest {
            actions.newest = action;
            forget_old(&mut actions.seen, action);
        }
    }

    fn actions(&self) -> std::sync::MutexGuard<'_, Actions> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Quarantine {
    /// Replays one message, and shows the order that it became.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn replay(&self, id: i64, replace: bool) -> Result<Decision<Replayed>, StoreError> {
        let decision = self.store.replay(id, replace, self.max_order_bytes).await?;
        if let Decision::Done(replayed) = &decision {
            self.note(replayed);
        }
        self.recount().await;
        Ok(decision)
    }

    /// Replays the next open messages that match, oldest first.
    ///
    /// # Errors
    /// When PostgreSQL does not answer; what was replayed before stays so.
    pub async fn replay_page(
        &self,
        filter: QuarantineFilter,
        page: Page,
        replace: bool,
    ) -> Result<Progress, StoreError> {
        let progress = replay_page(
            &self.store,
            filter,
            page,
            replace,
            self.max_order_bytes,
            |replayed| self.note(replayed),
        )
        .await;
        self.recount().await;
        progress
    }

    /// Discards one message.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn discard(&self, id: i64, note: &str) -> Result<Decision<()>, StoreError> {
        let decision = self.store.discard(id, note).await?;
        self.recount().await;
        Ok(decision)
    }

    fn note(&self, replayed: &Replayed) {
        if let Some(order) = &replayed.order {
            let is_new = replayed.outcome == orders::Outcome::Stored;
            self.show(replayed.action, is_new, order.clone());
        }
    }

    /// Makes an order visible: to lookups first, then to listeners. An action
    /// is shown once.
    fn show(&self, action: i64, is_new: bool, order: StoredOrder) {
        let new = NewOrder::of(&order);
        self.cache.replace(order);
        if !self.shown.add(action) {
            return;
        }
        if is_new {
            self.database.add_other_order();
        }
        if let Some(new) = new {
            self.search.replace(&new.order, &new.row);
            self.live.publish_decided(new);
        }
    }

    /// Counts again how many messages are open; an old count is no failure.
    async fn recount(&self) {
        match self.store.count_open().await {
            Ok(open) => self.database.set_open(open),
            Err(error) => tracing::debug!(%error, "the quarantine could not be counted"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shown;
    use crate::store::Opening;

    #[test]
    fn a_decision_made_here_hides_none_that_others_made_before() {
        let shown = Shown::default();
        shown.start(&Opening {
            newest_action: 10,
            replays: vec![9],
            ..Opening::default()
        });
        assert!(shown.add(5_000));
        assert!(!shown.add(5_000), "shown once");
        assert_eq!(shown.newest(), 10, "what lies between was not asked for");
        assert!(shown.has(9));

        shown.caught_up(5_000);
        assert_eq!(shown.newest(), 5_000);
        assert!(!shown.has(9) && shown.has(5_000));
        shown.caught_up(20);
        assert_eq!(shown.newest(), 5_000, "never backwards");
    }
}
