//! What an order is found by.

use super::{TextField, date::micros, fold, phone};
use crate::{Order, RowSeq, Timestamp};

/// How much of a text is searched, in characters, once it is folded: a bound on
/// what a hostile order can put into the memory of a search.
pub const MAX_SEARCH_CHARS: usize = 200;

/// What an order is found by: its texts folded, its moments in microseconds
/// since 1970, its numbers as doubles.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchRow {
    /// Its place in the store.
    pub seq: RowSeq,
    /// When it was stored, in microseconds since 1970.
    pub received: i64,
    /// When it was placed, in microseconds since 1970.
    pub date: i64,
    /// What the customer pays; NaN where that is not said.
    pub amount: f64,
    /// Its uid, folded.
    pub uid: String,
    /// Its track number, folded.
    pub track: String,
    /// The customer's identity, folded.
    pub customer: String,
    /// The recipient's name, folded.
    pub name: String,
    /// The digits of the recipient's phone number.
    pub phone: String,
    /// The recipient's e-mail address, folded.
    pub email: String,
    /// The city, folded.
    pub city: String,
    /// The delivery service, folded.
    pub delivery: String,
    /// The payment's bank, folded.
    pub bank: String,
    /// The payment's currency, folded.
    pub currency: String,
    /// The payment's provider, folded.
    pub provider: String,
    /// Its item lines.
    pub lines: Vec<Line>,
}

/// What an item line is found by.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its brand, folded.
    pub brand: String,
    /// Its name, folded.
    pub name: String,
    /// Its article number.
    pub nm_id: Option<i64>,
    /// Its status.
    pub status: Option<i64>,
}

impl SearchRow {
    /// What `order` is found by, stored as row `seq` at `stored_at`.
    pub fn new(order: &Order, seq: RowSeq, stored_at: Timestamp) -> Self {
        let (delivery, payment) = (&order.delivery, &order.payment);
        let amount = payment.amount.as_ref();
        Self {
            seq,
            received: micros(stored_at.get()),
            date: micros(order.date_created.get()),
            amount: amount.map_or(f64::NAN, |amount| {
                amount.as_str().parse().unwrap_or(f64::NAN)
            }),
            uid: fold(order.order_uid.as_str()),
            track: searched(&order.track_number),
            customer: searched(&order.customer_id),
            name: searched(&delivery.name),
            phone: cut(phone::digits(&delivery.phone)),
            email: searched(&delivery.email),
            city: searched(&delivery.city),
            delivery: searched(&order.delivery_service),
            bank: searched(&payment.bank),
            currency: searched(&payment.currency),
            provider: searched(&payment.provider),
            lines: order
                .items
                .iter()
                .map(|item| Line {
                    brand: searched(&item.brand),
                    name: searched(&item.name),
                    nm_id: item.nm_id,
                    status: item.status,
                })
                .collect(),
        }
    }

    /// The texts of a field: several where lines have one each.
    pub fn texts(&self, field: TextField) -> impl Iterator<Item = &str> {
        let (first, second): (Option<&str>, Option<&str>) = match field {
            TextField::Uid => (Some(&self.uid), None),
            TextField::Track => (Some(&self.track), None),
            TextField::Customer => (Some(&self.customer), Some(&self.name)),
            TextField::Name => (Some(&self.name), None),
            TextField::Phone => (Some(&self.phone), None),
            TextField::Email => (Some(&self.email), None),
            TextField::City => (Some(&self.city), None),
            TextField::Delivery => (Some(&self.delivery), None),
            TextField::Bank => (Some(&self.bank), None),
            TextField::Currency => (Some(&self.currency), None),
            TextField::Provider => (Some(&self.provider), None),
            TextField::Brand | TextField::Item => (None, None),
        };
        let of_line: Option<fn(&Line) -> &str> = match field {
            TextField::Brand => Some(|line| &line.brand),
            TextField::Item => Some(|line| &line.name),
            _ => None,
        };
        let lines = of_line.map(|of_line| self.lines.iter().map(of_line));
        first
            .into_iter()
            .chain(second)
            .chain(lines.into_iter().flatten())
    }
}

/// The folded text, as far as it is searched. What is far too long is cut
/// before it is folded too: folding makes no text shorter than a quarter but by
/// what has no width.
fn searched(text: &str) -> String {
    const MAX_BYTES: usize = MAX_SEARCH_CHARS * 32;
    let end = text.floor_char_boundary(MAX_BYTES.min(text.len()));
    cut(fold(&text[..end]))
}

fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_SEARCH_CHARS) {
        text.truncate(end);
    }
    text
}
