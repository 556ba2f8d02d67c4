//! Finding one order: in memory, else in the store, asked once for all who
//! wait for the same uid.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use futures::{
    FutureExt as _,
    future::{BoxFuture, Shared},
};
use orders::OrderUid;
use tokio::sync::watch;

use super::{Cache, CachedDocument, CachedOrder};
use crate::{
    ingest::IngestStatus,
    store::{Company, Store},
};

/// The order could not be looked up; it may be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the order could not be looked up")]
pub struct LookupError;

type Answer = Result<Option<CachedOrder>, LookupError>;
type Asking = Shared<BoxFuture<'static, Answer>>;

/// Finds orders by uid.
#[derive(Clone)]
pub struct Finder {
    cache: Arc<Cache>,
    store: Store,
    ingest: Arc<IngestStatus>,
    company: watch::Receiver<Company>,
    heard: watch::Receiver<bool>,
    asking: Arc<Mutex<HashMap<OrderUid, Asking>>>,
    hits: Arc<AtomicU64>,
    misses: Arc<AtomicU64>,
}

impl Finder {
    /// A finder over `cache` and `store`. `company` tells whether this is the
    /// only instance that writes, `heard` whether operators' decisions, which
    /// any process may write, are heard of.
    pub fn new(
        cache: Arc<Cache>,
        store: Store,
        ingest: Arc<IngestStatus>,
        company: watch::Receiver<Company>,
        heard: watch::Receiver<bool>,
    ) -> Self {
        Self {
            cache,
            store,
            ingest,
            company,
            heard,
            asking: Arc::default(),
            hits: Arc::default(),
            misses: Arc::default(),
        }
    }

    /// The order with this uid, if it is in memory.
    pub fn cached(&self, uid: &str) -> Option<CachedOrder> {
        let found = self.cache.get(uid);
        if found.is_some() {
            self.hits.fetch_add(1, Relaxed);
        }
        found
    }

    /// The document of the order with this uid, if it is in memory.
    pub fn cached_document(&self, uid: &str) -> Option<CachedDocument> {
        let found = self.cache.document(uid);
        if found.is_some() {
            self.hits.fetch_add(1, Relaxed);
        }
        found
    }

    /// The order with this uid; `None` only when it is known that there is none.
    ///
    /// # Errors
    /// When it is not in memory and PostgreSQL does not answer.
    pub async fn order(&self, uid: &OrderUid) -> Answer {
        if let Some(order) = self.cached(uid.as_str()) {
            return Ok(Some(order));
        }
        if self.miss_is_final() {
            // The order may have come between the two looks.
            return Ok(self.cache.get(uid.as_str()));
        }
        self.ask(uid).await
    }

    /// Whether it is known, without asking anyone, that there is no order with
    /// this uid.
    pub fn knows_none(&self, uid: &str) -> bool {
        // In this order: what was stored before the miss was final is in memory.
        self.miss_is_final() && self.cache.get(uid).is_none()
    }

    /// Whether an order that is not in memory does not exist: all that was
    /// stored is here, nobody but this instance, which is at work, stores, and
    /// what an operator makes an order is heard of.
    fn miss_is_final(&self) -> bool {
        let company = *self.company.borrow();
        company.alone
            && self.cache.is_complete_for(company.epoch)
            && *self.heard.borrow()
            && self.ingest.is_healthy()
    }

    /// How many lookups memory answered.
    pub fn hits(&self) -> u64 {
        self.hits.load(Relaxed)
    }

    /// How many times PostgreSQL was asked for an order.
    pub fn misses(&self) -> u64 {
        self.misses.load(Relaxed)
    }

    /// Asks PostgreSQL, together with all who ask for the same uid now. The
    /// question goes on if the one who waits for it goes away.
    fn ask(&self, uid: &OrderUid) -> Asking {
        let mut asking = self.asking.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = asking.get(uid) {
            return answer.clone();
        }
        self.misses.fetch_add(1, Relaxed);
        let question = tokio::spawn(self.clone().read_through(uid.clone()));
        let answer = question
            .map(|joined| joined.unwrap_or(Err(LookupError)))
            .boxed()
            .shared();
        asking.insert(uid.clone(), answer.clone());
        answer
    }

    async fn read_through(self, uid: OrderUid) -> Answer {
        let found = self.store.order(&uid).await;
        let answer = match found {
            Ok(Some(order)) => {
                self.cache.insert(order.clone());
                // A bounded cache may have let go of it at once.
                Ok(Some(self.cache.get(uid.as_str()).unwrap_or_else(|| {
                    CachedOrder {
                        document: order.document,
                        seq: order.seq,
                        channel: order.channel,
                        sequence: order.sequence,
                        published_at: order.published_at,
                        stored_at: order.stored_at,
                    }
                })))
            }
            Ok(None) => Ok(None),
            Err(error) => {
                tracing::warn!(%error, "an order could not be looked up");
                Err(LookupError)
            }
        };
        self.asking
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&uid);
        answer
    }
}
