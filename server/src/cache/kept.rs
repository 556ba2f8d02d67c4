//! How an order is kept in memory, and what readers get of it.

use std::sync::{Arc, PoisonError, RwLock};

use app::desk::OrderRecord;
use bytes::Bytes;
use orders::{RowSeq, Sequence, Timestamp};
use time::{Duration, OffsetDateTime};
use xxhash_rust::xxh3::xxh3_64;

use crate::store::StoredOrder;

/// An order in memory. Cloning it copies no document.
#[derive(Clone, Debug)]
pub struct CachedOrder {
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

/// The document of an order in memory, and what tells it from others.
#[derive(Clone, Debug)]
pub struct CachedDocument {
    /// The document, byte for byte as it was published.
    pub document: Bytes,
    /// A sum of it, of 48 bits: it tells the document from any other that its uid
    /// ever stands for.
    pub sum: u64,
}

impl From<CachedOrder> for CachedDocument {
    fn from(order: CachedOrder) -> Self {
        Self {
            sum: Sum::of(&order.document).get(),
            document: order.document,
        }
    }
}

impl From<CachedOrder> for OrderRecord {
    fn from(order: CachedOrder) -> Self {
        Self {
            document: String::from_utf8_lossy(&order.document).into_owned(),
            seq: order.seq,
            channel: order.channel.to_string(),
            sequence: order.sequence,
            published_at: order.published_at,
            stored_at: order.stored_at,
        }
    }
}

/// A document's sum. It is taken when the document comes in: to read it for each
/// answer would cost a tenth of the answer.
#[derive(Clone, Copy, Debug)]
struct Sum([u8; 6]);

impl Sum {
    fn of(document: &[u8]) -> Self {
        let mut sum = [0; 6];
        sum.copy_from_slice(&xxh3_64(document).to_be_bytes()[2..]);
        Self(sum)
    }

    fn get(self) -> u64 {
        let mut bytes = [0; 8];
        bytes[2..].copy_from_slice(&self.0);
        u64::from_be_bytes(bytes)
    }
}

/// The same in as few bytes as possible: there are a million of them.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) document: Bytes,
    pub(super) seq: RowSeq,
    sequence: Sequence,
    published_at: Micros,
    stored_at: Micros,
    sum: Sum,
    channel: u16,
}

impl Kept {
    /// `order` without its uid.
    pub(super) fn new(order: StoredOrder, channels: &Channels) -> Self {
        Self {
            sum: Sum::of(&order.document),
            document: order.document,
            seq: order.seq,
            sequence: order.sequence,
            published_at: Micros::of(order.published_at),
            stored_at: Micros::of(order.stored_at),
            channel: channels.number(&order.channel),
        }
    }

    pub(super) fn document(&self) -> CachedDocument {
        CachedDocument {
            document: self.document.clone(),
            sum: self.sum.get(),
        }
    }

    pub(super) fn order(&self, channels: &Channels) -> CachedOrder {
        CachedOrder {
            document: self.document.clone(),
            seq: self.seq,
            channel: channels.name(self.channel),
            sequence: self.sequence,
            published_at: self.published_at.moment(),
            stored_at: self.stored_at.moment(),
        }
    }
}

/// A moment in microseconds since 1970, as precise as PostgreSQL keeps it.
#[derive(Clone, Copy, Debug)]
struct Micros(i64);

impl Micros {
    fn of(moment: Timestamp) -> Self {
        let micros = moment.get().unix_timestamp_nanos().div_euclid(1_000);
        Self(i64::try_from(micros).expect("the years to 9999 have less than 2^63 microseconds"))
    }

    fn moment(self) -> Timestamp {
        Timestamp::from(OffsetDateTime::UNIX_EPOCH + Duration::microseconds(self.0))
    }
}

/// The names of channels, by number: nearly always there is one.
#[derive(Debug, Default)]
pub(super) struct Channels(RwLock<Vec<Arc<str>>>);

impl Channels {
    fn number(&self, name: &str) -> u16 {
        if let Some(number) = position(&self.read(), name) {
            return number;
        }
        let mut names = self.0.write().unwrap_or_else(PoisonError::into_inner);
        position(&names, name).unwrap_or_else(|| {
            names.push(Arc::from(name));
            u16::try_from(names.len() - 1)
                .expect("a service reads one channel, and a table holds some dozens at most")
        })
    }

    fn name(&self, number: u16) -> Arc<str> {
        Arc::clone(&self.read()[usize::from(number)])
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Vec<Arc<str>>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

fn position(names: &[Arc<str>], name: &str) -> Option<u16> {
    let at = names.iter().position(|known| &**known == name)?;
    u16::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use orders::Timestamp;

    use super::{Channels, Kept, Micros};

    #[test]
    fn moments_are_kept_to_the_microsecond() {
        for text in [
            "2021-11-26T06:22:19.123456Z",
            "1969-12-31T23:59:59.999999Z",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999Z",
        ] {
            let moment = Timestamp::parse(text).expect("a moment");
            assert_eq!(Micros::of(moment).moment(), moment);
        }
    }

    #[test]
    fn channels_keep_their_numbers() {
        let channels = Channels::default();
        let first = channels.number("updates");
        let second = channels.number("others");
        assert_ne!(first, second);
        assert_eq!(channels.number("updates"), first);
        assert_eq!(&*channels.name(second), "others");
    }

    #[test]
    fn an_order_takes_few_bytes() {
        assert!(size_of::<Kept>() <= 72);
    }
}
