//! The orders that are measured with: the publisher's, from a seed.

use std::sync::Arc;

use app::desk::{Found, OrderPage};
use bytes::Bytes;
use orderdesk::store::{Candidate, StoredOrder};
use orderdesk_publish::generate;
use orders::{Order, OrderSummary, RowSeq, Sequence, Timestamp};

const SEED: u64 = 7;

/// 2026-05-12T14:32:00Z, when all of them were stored.
const STORED_AT: i64 = 1_778_596_320;

/// Orders and their documents. Cloning copies none.
#[derive(Clone)]
pub struct Orders(Arc<[(Order, Bytes)]>);

impl Orders {
    /// The first `count` orders of the seed.
    pub fn made(count: usize) -> Self {
        let made = (0..count as u64).map(|index| {
            let order = generate::order(SEED, index);
            let document = Bytes::from(generate::bytes(&order));
            (order, document)
        });
        Self(made.collect())
    }

    /// The orders, each with its row.
    pub fn rows(&self) -> impl Iterator<Item = (RowSeq, &Order)> {
        self.0
            .iter()
            .zip(1..)
            .map(|((order, _), seq)| (RowSeq::new(seq), order))
    }

    /// Their documents.
    pub fn documents(&self) -> impl Iterator<Item = &Bytes> {
        self.0.iter().map(|(_, document)| document)
    }

    /// `count` uids from all over them.
    pub fn some_uids(&self, count: usize) -> Vec<String> {
        // Without a common factor, the steps reach everywhere.
        let step = self.0.len() * 5 / 8 + 1;
        (0..count)
            .map(|n| &self.0[n * step % self.0.len()].0)
            .map(|order| order.order_uid.to_string())
            .collect()
    }

    /// The orders as the store gives them.
    pub fn stored(&self) -> Vec<StoredOrder> {
        self.0
            .iter()
            .zip(1..)
            .map(|((order, document), seq)| StoredOrder {
                order_uid: order.order_uid.clone(),
                document: document.clone(),
                seq: RowSeq::new(seq),
                channel: "updates".into(),
                sequence: Sequence::new(seq),
                published_at: stored_at(),
                stored_at: stored_at(),
            })
            .collect()
    }

    /// The first `count` as messages that were read.
    pub fn candidates(&self, count: usize) -> Vec<Candidate> {
        self.0[..count]
            .iter()
            .zip(1..)
            .map(|((order, document), sequence)| Candidate {
                sequence: Sequence::new(sequence),
                published_at: stored_at(),
                message: document.clone(),
                order: Ok(Arc::new(order.clone())),
            })
            .collect()
    }

    /// The page of a list that has the first `count` of them.
    pub fn page(&self, count: usize) -> OrderPage {
        let orders: Vec<_> = self
            .rows()
            .take(count)
            .map(|(seq, order)| OrderSummary::new(order, seq, stored_at()))
            .collect();
        OrderPage {
            next: None,
            found: Found {
                orders: orders.len() as u64,
                is_exact: true,
                searched: None,
            },
            as_of: RowSeq::new(1),
            orders,
        }
    }
}

/// When all of them were stored.
pub(crate) fn stored_at() -> Timestamp {
    Timestamp::from_unix_seconds(STORED_AT).expect("a moment of this century")
}
