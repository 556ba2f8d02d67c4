//! The port: what the pages need from whoever keeps the orders.
//!
//! The server implements [`OrderDesk`] over its cache and its store and gives
//! it to pages and server functions through Leptos context. Nothing in this
//! crate knows what lies behind it.

mod beside;
mod history;
mod rejected;

use orders::{
    Cursor, OrderSummary, OrderUid, RowSeq, Sequence, Sort, Timestamp,
    search::{Query, SearchRow, TextField},
};
use serde::{Deserialize, Serialize};

pub use beside::{Neighbours, Related};
pub use history::{History, Pace, Sample};
pub use rejected::{
    Decided, HexRow, Line, Marked, Place, RejectedFilter, RejectedPage, RejectedView, ReplayedAll,
};

use crate::error::Error;

/// The largest number of orders that one page of a list holds.
pub const MAX_PAGE: usize = 200;

/// The number of orders on a page of a list when nothing else is asked for.
pub const DEFAULT_PAGE: usize = 50;

/// What the pages need from whoever keeps the orders.
#[async_trait::async_trait]
pub trait OrderDesk: Send + Sync + 'static {
    /// The order with this uid; `None` only when it is known that there is none.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it could not be looked up.
    async fn order(&self, uid: &OrderUid) -> Result<Option<OrderRecord>, Error>;

    /// A page of the orders that match `query`.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a cursor of a list that is sorted otherwise,
    /// [`Error::Unavailable`] when they could not be looked up.
    async fn search(&self, query: &Query, page: PageRequest) -> Result<OrderPage, Error>;

    /// What stands beside the order that is found by `row` in the list of all
    /// that match, sorted by `sort`. Waits a fraction of a second at most; what
    /// is not known by then is left out.
    async fn neighbours(&self, row: &SearchRow, query: &Query, sort: Sort) -> Neighbours;

    /// The newest orders that match, `limit` of them, but for the order `to`,
    /// which matches too. Waits a fraction of a second at most; what is not known
    /// by then is left out.
    async fn related(&self, to: &OrderUid, query: &Query, limit: usize) -> Related;

    /// Values that orders have in `field` and that contain `part`, the likeliest
    /// first; none for a field whose values are nearly all different.
    fn values(&self, field: TextField, part: &str) -> Vec<FieldValue>;

    /// Messages of the quarantine that match `filter`, newest first, with ids
    /// below `before`, at most a page of them.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when they could not be looked up.
    async fn rejected(
        &self,
        filter: RejectedFilter,
        before: Option<i64>,
    ) -> Result<RejectedPage, Error>;

    /// One message of the quarantine; `None` when there is none with this id.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it could not be looked up.
    async fn rejected_message(&self, id: i64) -> Result<Option<RejectedView>, Error>;

    /// Reads a message of the quarantine again, and stores it if it is an order
    /// now; with `replace` in the place of another order with its uid.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such message,
    /// [`Error::Unavailable`] when nothing could be done.
    async fn replay(&self, id: i64, replace: bool) -> Result<Decided, Error>;

    /// Replays the next open messages that match, oldest first. `start` is what
    /// an earlier answer gave, or empty. The filter's state is not looked at.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a start that was not given out,
    /// [`Error::Unavailable`] when not all could be done.
    async fn replay_all(&self, filter: RejectedFilter, start: &str) -> Result<ReplayedAll, Error>;

    /// Discards a message of the quarantine.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such message,
    /// [`Error::Unavailable`] when nothing could be done.
    async fn discard(&self, id: i64, note: &str) -> Result<Decided, Error>;

    /// How things stand now. Never waits.
    fn stats(&self) -> Stats;

    /// Orders stored in each second of the last minute. Never waits.
    fn pace(&self) -> Pace;

    /// What happened over the last hour. Never waits.
    fn history(&self) -> History;
}

/// An order as it was published, and how it came here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRecord {
    /// The document, byte for byte as it was published.
    pub document: String,
    /// Its place in the store, in order of arrival.
    pub seq: RowSeq,
    /// The channel through which it came.
    pub channel: String,
    /// Its message's position in that channel.
    pub sequence: Sequence,
    /// When NATS Streaming took it.
    pub published_at: Timestamp,
    /// When it was stored.
    pub stored_at: Timestamp,
}

/// Which page of a list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// What the list is sorted by.
    pub sort: Sort,
    /// The page is what stands below; `None` for the first one.
    pub cursor: Option<Cursor>,
    /// The most orders, 1 to [`MAX_PAGE`]; other numbers are brought into this
    /// range.
    pub limit: usize,
}

impl Default for PageRequest {
    fn default() -> Self {
        Self {
            sort: Sort::default(),
            cursor: None,
            limit: DEFAULT_PAGE,
        }
    }
}

/// A page of a list: the answer of `GET /api/orders`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OrderPage {
    /// The orders, in the order of the list.
    pub orders: Vec<OrderSummary>,
    /// Where the next page starts; `null` after the last one.
    pub next: Option<Cursor>,
    /// How many orders there are on all pages.
    #[serde(default)]
    pub found: Found,
    /// The newest order there was when the list was read.
    #[serde(default)]
    pub as_of: RowSeq,
}

/// How many orders were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Found {
    /// So many, or more.
    pub orders: u64,
    /// Whether it is exactly so many.
    pub is_exact: bool,
    /// The orders that could be searched, while the search is being filled
    /// after a start; `null` once it is every stored order.
    pub searched: Option<u64>,
}

/// A value of a field, and how many orders, or lines of orders, have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldValue {
    /// The value, as it was sent.
    pub value: String,
    /// How many have it.
    pub count: u64,
}

/// How things stand: the answer of `GET /api/stats`, and the live feed's
/// `stats` event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Stats {
    /// Orders in the store.
    pub orders: u64,
    /// Messages of the channel that were dealt with, once each:
    /// `stored + repeats + conflicts + rejected`.
    pub received: u64,
    /// Messages that became an order.
    pub stored: u64,
    /// Messages that repeated a stored order.
    pub repeats: u64,
    /// Messages with the uid of a stored order, but other content.
    pub conflicts: u64,
    /// Messages that are no valid order.
    pub rejected: u64,
    /// Messages in quarantine that nobody has decided on, of whatever channel;
    /// up to a second old.
    pub in_quarantine: u64,
    /// Messages that came again after they had been dealt with, since start.
    pub redelivered: u64,
    /// Orders stored a second, over the last ten seconds.
    pub rate_per_second: f64,
    /// Messages that NATS Streaming holds and that were not yet dealt with;
    /// `null` when its monitoring, or PostgreSQL, does not answer.
    pub lag: Option<u64>,
    /// Of these, messages that the durable subscription has passed without
    /// their being dealt with: they will not come by themselves.
    pub missing: Option<u64>,
    /// Messages that NATS Streaming dropped before they were dealt with.
    pub forgotten: Option<u64>,
    /// 1, and one more for each time the channel was seen to start over; 0
    /// before its first message.
    pub incarnation: Option<i32>,
    /// The channel's name.
    pub channel: String,
    /// What ingestion is doing.
    pub ingest: IngestState,
    /// Why messages in hand cannot be stored, as a sentence, while they cannot.
    pub trouble: Option<String>,
    /// Whether PostgreSQL answers.
    pub database: DatabaseState,
    /// The cache.
    pub cache: CacheStats,
    /// What can be searched.
    #[serde(default)]
    pub search: SearchStats,
    /// The newest order.
    pub last_order: Option<LastOrder>,
}

/// What ingestion is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum IngestState {
    /// The first connection to NATS Streaming is being made.
    #[default]
    Connecting,
    /// Messages are coming in.
    Receiving,
    /// Connected; nothing is waiting.
    Idle,
    /// Connected, but messages in hand cannot be stored.
    Stalled,
    /// The connection was lost and is being made again.
    Reconnecting,
    /// Another client took over the subscription.
    Replaced,
}

/// Whether PostgreSQL answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DatabaseState {
    /// It answers.
    Up,
    /// It does not, or not yet.
    #[default]
    Away,
}

/// How much of the store the cache holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct CacheStats {
    /// Orders in the cache.
    pub entries: u64,
    /// Bytes of their documents.
    pub bytes: u64,
    /// Whether every stored order is in the cache.
    pub complete: bool,
}

/// How much of the store can be searched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SearchStats {
    /// Orders that can be searched.
    pub entries: u64,
    /// Whether that is every stored order.
    pub complete: bool,
}

/// The newest order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LastOrder {
    /// Its uid.
    pub order_uid: OrderUid,
    /// Its place in the store.
    pub seq: RowSeq,
    /// When it was stored.
    pub stored_at: Timestamp,
}
