//! What a list shows of an order.

use serde::{Deserialize, Serialize};

use crate::{Money, Order, OrderUid, RowSeq, Timestamp, search::Mark};

/// The most characters of a free text that a summary carries: enough for any
/// row of a list, and a bound on what a hostile order can put into one.
const MAX_TEXT_CHARS: usize = 200;

/// What a list shows of an order: one row of the desk, one event of the live
/// feed, one entry of `GET /api/orders`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderSummary {
    /// The order's place in the store, in order of arrival.
    pub seq: RowSeq,
    /// The order's identity.
    pub order_uid: OrderUid,
    /// The parcel's number.
    pub track_number: String,
    /// The customer's identity.
    pub customer_id: String,
    /// The recipient's name.
    pub name: String,
    /// The city.
    pub city: String,
    /// What the customer pays, as sent.
    pub amount: Option<Money>,
    /// Its currency.
    pub currency: String,
    /// Number of item lines.
    pub items: usize,
    /// Brand of the first item.
    pub brand: String,
    /// Name of the first item.
    pub item: String,
    /// Who delivers.
    pub delivery_service: String,
    /// When the order was placed.
    pub date_created: Timestamp,
    /// When it was stored.
    pub stored_at: Timestamp,
    /// The parts of these texts that a search asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

impl OrderSummary {
    /// Sums up `order`, stored as row `seq` at `stored_at`. Free texts are cut
    /// after 200 characters.
    pub fn new(order: &Order, seq: RowSeq, stored_at: Timestamp) -> Self {
        let first = order.items.first();
        Self {
            seq,
            order_uid: order.order_uid.clone(),
            track_number: cut(&order.track_number),
            customer_id: cut(&order.customer_id),
            name: cut(&order.delivery.name),
            city: cut(&order.delivery.city),
            amount: order.payment.amount.clone(),
            currency: cut(&order.payment.currency),
            items: order.items.len(),
            brand: first.map(|item| cut(&item.brand)).unwrap_or_default(),
            item: first.map(|item| cut(&item.name)).unwrap_or_default(),
            delivery_service: cut(&order.delivery_service),
            date_created: order.date_created,
            stored_at,
            marks: Vec::new(),
        }
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT_CHARS) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
