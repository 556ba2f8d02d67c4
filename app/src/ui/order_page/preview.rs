//! What others show of an order's page: search engines, chats that preview
//! links. A link travels further than the right to read it, so nothing here
//! tells who the customer is or where they live.

use orders::{Order, Timestamp};

use crate::ui::{
    format::{
        moment::{Written, span, write},
        number::money,
    },
    language::{Locale, counted, td_string},
    reader::Reader,
};

/// What a preview says.
#[derive(Clone, Debug)]
pub(super) struct Preview {
    /// Which order it is.
    pub(super) title: String,
    /// What is known of it.
    pub(super) description: String,
}

impl Preview {
    /// The preview of `order`, stored at `stored_at`.
    pub(super) fn of(order: &Order, stored_at: Timestamp, locale: Locale) -> Self {
        Self {
            title: td_string!(locale, beside.preview_title, uid = order.order_uid.as_str()),
            description: describe(order, stored_at, locale),
        }
    }
}

/// How much, how many, when, and that it is stored; in UTC, since programs read
/// it.
fn describe(order: &Order, stored_at: Timestamp, locale: Locale) -> String {
    let in_utc = Reader {
        locale,
        ..Reader::default()
    };
    let amount = order.payment.amount.as_ref().map(|amount| {
        let amount = format!(", {} {}", money(locale, amount), order.payment.currency);
        amount.trim_end().to_owned()
    });
    let at = write(order.date_created, Written::Minute, &in_utc);
    let when = if let Some(span) = span(order.date_created, stored_at, locale) {
        td_string!(locale, beside.stored_later, at = at, span = span)
    } else {
        td_string!(locale, beside.stored, at = at)
    };
    format!(
        "{}{}. {when}",
        counted!(locale, count.items, order.items.len()),
        amount.unwrap_or_default()
    )
}
