//! The port's implementation: what pages ask for, out of cache, columns and
//! store.

mod beside;
mod find;

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
};

use app::{
    desk::{
        CacheStats, DEFAULT_PAGE, DatabaseState, Decided, FieldValue, LastOrder, Neighbours,
        OrderDesk, OrderPage, OrderRecord, Pace, PageRequest, RejectedFilter, RejectedPage,
        RejectedView, Related, ReplayedAll, SearchStats, Stats,
    },
    error::Error,
};
use orders::{
    OrderUid, Outcome, Sort,
    search::{Query, SearchRow, TextField},
};
use tokio::sync::Semaphore;

pub use find::MAX_SEARCHES;

use crate::{
    cache::{Cache, Finder, LookupError},
    history::History,
    ingest::IngestStatus,
    live::LiveFeed,
    quarantine::{Page, Quarantine, view},
    search::SearchIndex,
    store::{Decision, QuarantineFilter, Store, StoreError},
};

/// Values that one completion offers at most.
const MAX_VALUES: usize = 8;

/// What pages and the API ask for.
pub struct ServiceDesk {
    /// Finds single orders.
    pub finder: Finder,
    /// Orders in memory.
    pub cache: Arc<Cache>,
    /// The newest orders.
    pub live: Arc<LiveFeed>,
    /// What orders are found by.
    pub search: Arc<SearchIndex>,
    /// Bounds the searches that run at once.
    pub searching: Arc<Semaphore>,
    /// What is not in memory.
    pub store: Store,
    /// What is no order.
    pub quarantine: Arc<Quarantine>,
    /// How ingestion goes.
    pub ingest: Arc<IngestStatus>,
    /// How PostgreSQL is.
    pub database: Arc<DatabaseHealth>,
    /// What happened over the last hour.
    pub history: Arc<History>,
    /// The channel's name.
    pub channel: String,
}

/// Whether PostgreSQL answers, and what it held when this process began.
#[derive(Debug, Default)]
pub struct DatabaseHealth {
    up: AtomicBool,
    /// Orders of other channels, stored before the ledger of this one, or made
    /// of a message in quarantine.
    other_orders: AtomicU64,
    /// Messages in quarantine that nobody has decided on.
    open: AtomicU64,
}

impl DatabaseHealth {
    /// Notes whether PostgreSQL answers.
    pub fn set_up(&self, up: bool) {
        if self.up.swap(up, Relaxed) != up {
            if up {
                tracing::info!("PostgreSQL answers");
            } else {
                tracing::warn!("PostgreSQL does not answer; reads go on from memory");
            }
        }
    }

    /// Notes orders that are in the store beside those of this channel.
    pub fn set_other_orders(&self, orders: u64) {
        self.other_orders.store(orders, Relaxed);
    }

    /// Notes that an operator made an order of a message.
    pub fn add_other_order(&self) {
        self.other_orders.fetch_add(1, Relaxed);
    }

    /// Notes how many messages in quarantine wait for a decision.
    pub fn set_open(&self, open: u64) {
        self.open.store(open, Relaxed);
    }

    fn state(&self) -> DatabaseState {
        if self.up.load(Relaxed) {
            DatabaseState::Up
        } else {
            DatabaseState::Away
        }
    }
}

#[async_trait::async_trait]
impl OrderDesk for ServiceDesk {
    async fn order(&self, uid: &OrderUid) -> Result<Option<OrderRecord>, Error> {
        let order = self
            .finder
            .order(uid)
            .await
            .map_err(|LookupError| Error::Unavailable)?;
        Ok(order.map(OrderRecord::from))
    }

    async fn search(&self, query: &Query, page: PageRequest) -> Result<OrderPage, Error> {
        self.find_orders(query, page).await
    }

    async fn neighbours(&self, row: &SearchRow, query: &Query, sort: Sort) -> Neighbours {
        self.find_neighbours(row, query, sort).await
    }

    async fn related(&self, to: &OrderUid, query: &Query, limit: usize) -> Related {
        self.find_related(to, query, limit).await
    }

    fn values(&self, field: TextField, part: &str) -> Vec<FieldValue> {
        let values = self.search.values(field, part, MAX_VALUES);
        values
            .into_iter()
            .map(|(value, count)| FieldValue { value, count })
            .collect()
    }

    async fn rejected(
        &self,
        filter: RejectedFilter,
        before: Option<i64>,
    ) -> Result<RejectedPage, Error> {
        let filter = read_filter(filter);
        // One more than asked for tells whether there is a next page.
        let (rejected, counts) = tokio::try_join!(
            self.store.rejected(filter, before, DEFAULT_PAGE + 1),
            self.store.count_rejected(filter)
        )
        .map_err(|error| unavailable(&error))?;
        let has_more = rejected.len() > DEFAULT_PAGE;
        let mut rejected = rejected;
        rejected.truncate(DEFAULT_PAGE);
        Ok(RejectedPage {
            next: rejected.last().filter(|_| has_more).map(|last| last.id),
            rejected,
            counts,
        })
    }

    async fn rejected_message(&self, id: i64) -> Result<Option<RejectedView>, Error> {
        let (message, actions) = tokio::try_join!(
            self.store.rejected_message(id),
            self.store.rejected_actions(id)
        )
        .map_err(|error| unavailable(&error))?;
        Ok(message.map(|message| view(message, actions.unwrap_or_default())))
    }

    async fn replay(&self, id: i64, replace: bool) -> Result<Decided, Error> {
        let decision = self.quarantine.replay(id, replace).await;
        decided(decision.map_err(|error| unavailable(&error))?, |replayed| {
            replayed.outcome
        })
    }

    async fn replay_all(&self, filter: RejectedFilter, start: &str) -> Result<ReplayedAll, Error> {
        let page = if start.is_empty() {
            Page::first(&self.store)
                .await
                .map_err(|error| unavailable(&error))?
        } else {
            start
                .parse()
                .map_err(|problem| Error::invalid("start", problem))?
        };
        let progress = self
            .quarantine
            .replay_page(read_filter(filter), page, false)
            .await
            .map_err(|error| unavailable(&error))?;
        Ok(ReplayedAll {
            replayed: progress.counts.replayed,
            closed: progress.counts.closed(),
            next: progress.next.map(|page| page.to_string()),
        })
    }

    async fn discard(&self, id: i64, note: &str) -> Result<Decided, Error> {
        let decision = self.quarantine.discard(id, note).await;
        decided(decision.map_err(|error| unavailable(&error))?, |()| {
            Outcome::Discarded
        })
    }

    fn history(&self) -> app::desk::History {
        self.history.answer()
    }

    fn pace(&self) -> Pace {
        self.ingest.pace()
    }

    fn stats(&self) -> Stats {
        let account = self.ingest.account();
        let channel = self.ingest.channel();
        Stats {
            orders: account.stored + self.database.other_orders.load(Relaxed),
            received: account.received(),
            stored: account.stored,
            repeats: account.repeats,
            conflicts: account.conflicts,
            rejected: account.rejected,
            in_quarantine: self.database.open.load(Relaxed),
            redelivered: self.ingest.redelivered(),
            rate_per_second: self.ingest.rate_per_second(),
            lag: channel.map(|channel| channel.lag),
            missing: channel.map(|channel| channel.missing),
            forgotten: channel.map(|channel| channel.forgotten),
            incarnation: channel.map(|channel| channel.incarnation),
            trouble: self
                .ingest
                .trouble()
                .map(|trouble| trouble.sentence().to_owned()),
            channel: self.channel.clone(),
            ingest: self.ingest.state(),
            database: self.database.state(),
            cache: CacheStats {
                entries: self.cache.entries(),
                bytes: self.cache.bytes(),
                complete: self.cache.is_complete(),
            },
            search: {
                let progress = self.search.progress();
                SearchStats {
                    entries: progress.rows as u64,
                    complete: progress.is_complete,
                }
            },
            last_order: self.live.last().map(|last| LastOrder {
                order_uid: last.order.order_uid.clone(),
                seq: last.seq(),
                stored_at: last.stored_at(),
            }),
        }
    }
}

const fn read_filter(filter: RejectedFilter) -> QuarantineFilter {
    QuarantineFilter {
        reason: filter.reason,
        state: filter.state,
        from: filter.from,
        to: filter.to,
    }
}

fn decided<T>(decision: Decision<T>, outcome: impl Fn(T) -> Outcome) -> Result<Decided, Error> {
    match decision {
        Decision::NoSuchMessage => Err(Error::NotFound),
        Decision::Closed(state) => Ok(Decided::Closed(state)),
        Decision::Done(done) => Ok(Decided::Done(outcome(done))),
    }
}

fn unavailable(error: &StoreError) -> Error {
    // What PostgreSQL says may quote a message; its code does not.
    tracing::warn!(
        sqlstate = error.sqlstate(),
        trouble = error.trouble().sentence(),
        "the quarantine could not be asked"
    );
    match error {
        StoreError::Corrupt(_) => Error::Internal,
        _ => Error::Unavailable,
    }
}
