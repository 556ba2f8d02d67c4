//! Taking in old orders by the thousand: their documents fill a page of memory
//! before anyone sees them, so it can be one of the processor's huge pages.
//!
//! A gigabyte of documents is a quarter of a million ordinary pages. Each has to
//! be asked of the kernel, and is looked up in tables for nearly every read.

use std::ops::Range;

use bytes::Bytes;
use memmap2::MmapMut;

use crate::store::StoredOrder;

/// The size of a page, in bytes: a huge page of x86-64, and of `AArch64` where
/// ordinary pages have 4 KiB.
const PAGE_BYTES: usize = 2 << 20;

/// Longer documents, in bytes, stay where they are: they would leave too much
/// of a page empty.
const MAX_SHARED_BYTES: usize = PAGE_BYTES / 16;

/// Orders whose page is being filled.
#[derive(Debug, Default)]
pub(super) struct Bulk {
    page: Option<MmapMut>,
    used: usize,
    orders: Vec<(StoredOrder, Range<usize>)>,
}

impl Bulk {
    /// Takes an order in. Returns those that can be seen now, each with its
    /// document where it stays: all of a page, when the next one begins.
    pub(super) fn push(&mut self, mut order: StoredOrder) -> Vec<StoredOrder> {
        let length = order.document.len();
        if length > MAX_SHARED_BYTES {
            return vec![order];
        }
        let mut visible = if self.used + length > PAGE_BYTES {
            self.finish()
        } else {
            Vec::new()
        };
        let Some(page) = self.page.take().or_else(new_page) else {
            visible.push(order);
            return visible;
        };
        let page = self.page.insert(page);
        let place = self.used..self.used + length;
        page[place.clone()].copy_from_slice(&order.document);
        self.used = place.end;
        order.document = Bytes::new();
        self.orders.push((order, place));
        visible
    }

    /// The orders that were not returned yet.
    pub(super) fn finish(&mut self) -> Vec<StoredOrder> {
        let page = self.page.take().map_or_else(Bytes::new, Bytes::from_owner);
        self.used = 0;
        self.orders
            .drain(..)
            .map(|(mut order, place)| {
                order.document = page.slice(place);
                order
            })
            .collect()
    }
}

/// A page, huge where the kernel can; none where it has no memory.
fn new_page() -> Option<MmapMut> {
    let page = MmapMut::map_anon(PAGE_BYTES).ok()?;
    // A kernel that does not know huge pages gives ordinary ones.
    #[cfg(target_os = "linux")]
    page.advise(memmap2::Advice::HugePage).ok();
    Some(page)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use orders::{RowSeq, Sequence, Timestamp};

    use super::{Bulk, MAX_SHARED_BYTES, PAGE_BYTES};
    use crate::store::StoredOrder;

    fn order(seq: i64, document: Bytes) -> StoredOrder {
        let moment = Timestamp::from_unix_seconds(0).expect("the epoch is a moment");
        StoredOrder {
            order_uid: seq.to_string().parse().expect("a uid"),
            document,
            seq: RowSeq::new(seq),
            channel: "updates".into(),
            sequence: Sequence::new(1),
            published_at: moment,
            stored_at: moment,
        }
    }

    #[test]
    fn every_order_comes_back_once_with_its_document() {
        let document = |seq: i64| {
            let length = usize::try_from(seq * 37 % 5_000).expect("a length");
            Bytes::from(vec![u8::try_from(seq % 251).expect("below 251"); length])
        };
        let mut bulk = Bulk::default();
        let mut returned = Vec::new();
        for seq in 0..3_000 {
            returned.extend(bulk.push(order(seq, document(seq))));
        }
        assert!(returned.len() > 1_500, "whole pages are returned");
        returned.extend(bulk.finish());
        assert!(bulk.finish().is_empty());
        let seqs: Vec<i64> = returned.iter().map(|order| order.seq.get()).collect();
        assert!(seqs.into_iter().eq(0..3_000));
        for order in returned {
            assert_eq!(order.document, document(order.seq.get()));
        }
    }

    #[test]
    fn a_page_is_filled_and_a_long_document_stays_where_it_is() {
        let mut bulk = Bulk::default();
        let half = Bytes::from(vec![7; MAX_SHARED_BYTES]);
        for seq in 0..16 {
            assert!(bulk.push(order(seq, half.clone())).is_empty());
        }
        let long = Bytes::from(vec![1; MAX_SHARED_BYTES + 1]);
        let returned = bulk.push(order(20, long.clone()));
        assert_eq!(returned[0].document.as_ptr(), long.as_ptr());
        let full = bulk.push(order(16, half));
        assert_eq!(full.len(), PAGE_BYTES / MAX_SHARED_BYTES);
        assert_eq!(bulk.finish().len(), 1);
    }
}
