//! Reading every order at once, by `COPY` in PostgreSQL's binary format: with
//! a million rows, what is done for each counts.
//!
//! The format is described with the command
//! (<https://www.postgresql.org/docs/current/sql-copy.html>, "Binary Format").

use std::sync::Arc;

use bytes::{Buf as _, Bytes, BytesMut};
use futures::{Stream, StreamExt as _, TryStreamExt as _};
use orders::{RowSeq, Sequence, Timestamp};
use sqlx::postgres::PgPoolCopyExt as _;
use time::{Duration, OffsetDateTime, macros::datetime};

use super::{Store, StoreError, StoredOrder};

/// What a binary copy begins with.
const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0";

/// The bytes behind it: flags, and the length of an extension, which is 0.
const REST_OF_HEADER: usize = 8;

/// The number of fields that says that there are no more rows.
const END: i16 = -1;

/// The columns of [`ALL_ORDERS`].
const COLUMNS: usize = 7;

/// PostgreSQL counts microseconds from here.
const POSTGRES_EPOCH: OffsetDateTime = datetime!(2000-01-01 00:00 UTC);

/// Orders that are handed on together, at most: few, so that the memory into which
/// they were received is used again while it is warm.
const PORTION: usize = 32;

/// As it is written into `COPY`, in the order of [`Decoder::read_order`].
const ALL_ORDERS: &str = "copy (select seq, order_uid, channel, sequence, published_at, stored_at, \
                          document from orders order by seq desc) to stdout (format binary)";

impl Store {
    /// Every order, newest first, some at a time: memory does not grow
    /// with the table. The stream sees the table as it was when it began.
    pub fn all_orders(
        &self,
    ) -> impl Stream<Item = Result<Vec<StoredOrder>, StoreError>> + Send + '_ {
        let rows = async {
            let bytes = self.pool.copy_out_raw(ALL_ORDERS).await?;
            let mut decoder = Decoder::default();
            Ok::<_, StoreError>(
                bytes
                    .ready_chunks(PORTION)
                    .map(move |chunks| decoder.take(chunks)),
            )
        };
        futures::stream::once(rows).try_flatten()
    }
}

/// Turns the bytes of a copy into rows, wherever they are cut.
#[derive(Debug, Default)]
struct Decoder {
    has_begun: bool,
    has_ended: bool,
    rest: BytesMut,
    /// The channel of the order that was read last.
    channel: Arc<str>,
}

impl Decoder {
    fn take(
        &mut self,
        chunks: Vec<Result<Bytes, sqlx::Error>>,
    ) -> Result<Vec<StoredOrder>, StoreError> {
        let mut orders = Vec::with_capacity(chunks.len());
        for chunk in chunks {
            let chunk = chunk?;
            // PostgreSQL sends a row a message, though it does not promise to.
            let mut bytes = if self.rest.is_empty() {
                chunk
            } else {
                self.rest.extend_from_slice(&chunk);
                self.rest.split().freeze()
            };
            while let Some(order) = self.next(&mut bytes)? {
                orders.push(order);
            }
            self.rest.extend_from_slice(&bytes);
        }
        Ok(orders)
    }

    /// The next whole row of `bytes`, which then begin behind it.
    fn next(&mut self, bytes: &mut Bytes) -> Result<Option<StoredOrder>, StoreError> {
        if !self.has_begun {
            let header = SIGNATURE.len() + REST_OF_HEADER;
            if bytes.len() < header {
                return Ok(None);
            }
            if !bytes.starts_with(SIGNATURE) {
                return Err(StoreError::Corrupt("a copy of the orders"));
            }
            bytes.advance(header);
            self.has_begun = true;
        }
        let mut rest: &[u8] = bytes;
        let Ok(columns) = rest.try_get_i16() else {
            return Ok(None);
        };
        if self.has_ended || columns == END {
            self.has_ended = true;
            bytes.clear();
            return Ok(None);
        }
        if usize::try_from(columns) != Ok(COLUMNS) {
            return Err(StoreError::Corrupt("the number of an order's columns"));
        }
        let mut values: [&[u8]; COLUMNS] = Default::default();
        for value in &mut values {
            let Ok(length) = rest.try_get_i32() else {
                return Ok(None);
            };
            // No column may be null, which a negative length would mean.
            let length =
                usize::try_from(length).map_err(|_| StoreError::Corrupt("an order's column"))?;
            let Some((column, behind)) = rest.split_at_checked(length) else {
                return Ok(None);
            };
            (*value, rest) = (column, behind);
        }
        let order = self
            .read_order(values, |document| bytes.slice_ref(document))
            .map_err(StoreError::Corrupt)?;
        let behind = bytes.len() - rest.len();
        bytes.advance(behind);
        Ok(Some(order))
    }

    fn read_order(
        &mut self,
        values: [&[u8]; COLUMNS],
        share: impl FnOnce(&[u8]) -> Bytes,
    ) -> Result<StoredOrder, &'static str> {
        let [
            seq,
            order_uid,
            channel,
            sequence,
            published_at,
            stored_at,
            document,
        ] = values;
        // Nearly always that of the order before.
        if self.channel.as_bytes() != channel {
            self.channel = text(channel, "a channel")?.into();
        }
        Ok(StoredOrder {
            order_uid: text(order_uid, "an order_uid")?
                .parse()
                .map_err(|_| "an order_uid")?,
            document: share(document),
            seq: RowSeq::new(integer(seq)?),
            channel: Arc::clone(&self.channel),
            sequence: Sequence::new(integer(sequence)?),
            published_at: moment(published_at)?,
            stored_at: moment(stored_at)?,
        })
    }
}

fn text<'a>(bytes: &'a [u8], what: &'static str) -> Result<&'a str, &'static str> {
    std::str::from_utf8(bytes).map_err(|_| what)
}

fn integer(mut bytes: &[u8]) -> Result<i64, &'static str> {
    bytes.try_get_i64().map_err(|_| "a number of an order")
}

fn moment(bytes: &[u8]) -> Result<Timestamp, &'static str> {
    let micros = Duration::microseconds(integer(bytes)?);
    POSTGRES_EPOCH
        .checked_add(micros)
        .map(Timestamp::from)
        .ok_or("a moment of an order")
}

#[cfg(test)]
mod tests {
    use bytes::{BufMut as _, Bytes, BytesMut};

    use super::{Decoder, END, REST_OF_HEADER, SIGNATURE};

    fn row(bytes: &mut BytesMut, seq: i64, uid: &str, document: &str) {
        bytes.put_i16(7);
        let number = |bytes: &mut BytesMut, value: i64| {
            bytes.put_i32(8);
            bytes.put_i64(value);
        };
        let text = |bytes: &mut BytesMut, value: &str| {
            bytes.put_i32(i32::try_from(value.len()).expect("a short text"));
            bytes.put(value.as_bytes());
        };
        number(bytes, seq);
        text(bytes, uid);
        text(bytes, "updates");
        number(bytes, seq * 10);
        number(bytes, 0);
        number(bytes, -1);
        text(bytes, document);
    }

    fn copied() -> BytesMut {
        let mut bytes = BytesMut::from(SIGNATURE);
        bytes.put_bytes(0, REST_OF_HEADER);
        row(&mut bytes, 2, "b", "{\"ключ\": 1}");
        row(&mut bytes, 1, "a", "");
        bytes.put_i16(END);
        bytes
    }

    #[test]
    fn rows_are_read_wherever_the_bytes_are_cut() {
        let copied = copied().freeze();
        for length in [1, 2, 3, 7, 19, 50, copied.len()] {
            let mut decoder = Decoder::default();
            let orders: Vec<_> = copied
                .chunks(length)
                .flat_map(|part| {
                    decoder
                        .take(vec![Ok(Bytes::copy_from_slice(part))])
                        .expect("whole rows")
                })
                .collect();
            assert_eq!(orders.len(), 2, "{length}");
            assert_eq!(orders[0].document, "{\"ключ\": 1}");
            assert_eq!(orders[0].order_uid.as_str(), "b");
            assert_eq!((orders[1].seq.get(), orders[1].sequence.get()), (1, 10));
            assert_eq!(orders[1].published_at.to_string(), "2000-01-01T00:00:00Z");
            assert_eq!(
                orders[1].stored_at.to_string(),
                "1999-12-31T23:59:59.999999Z"
            );
        }
    }

    #[test]
    fn what_is_no_copy_of_orders_is_an_error() {
        let mut other = copied();
        other[0] = b'X';
        let mut null = BytesMut::from(SIGNATURE);
        null.put_bytes(0, REST_OF_HEADER);
        null.put_i16(7);
        null.put_i32(-1);
        let mut fewer = BytesMut::from(SIGNATURE);
        fewer.put_bytes(0, REST_OF_HEADER);
        fewer.put_i16(6);
        for bytes in [other, null, fewer] {
            let mut decoder = Decoder::default();
            assert!(decoder.take(vec![Ok(bytes.freeze())]).is_err());
        }
    }
}
