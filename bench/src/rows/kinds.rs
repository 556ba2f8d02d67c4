//! The kinds of search that are asked, each with values out of orders.

use std::fmt::Write as _;

use orders::Order;

use crate::site::Site;

/// A kind of search.
pub struct Kind {
    /// Its name among figures.
    pub id: &'static str,
    /// Its name for people.
    pub what: &'static str,
    ask: fn(&Order) -> String,
}

impl Kind {
    /// The path that asks for what the order with this number has.
    pub fn path(&self, route: &str, number: u64) -> String {
        let query = (self.ask)(&Site::corpus().order(number));
        let mut path = format!("{route}?q=");
        for byte in query.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                path.push(char::from(byte));
            } else {
                // Writing to a string cannot fail.
                write!(path, "%{byte:02X}").ok();
            }
        }
        path
    }
}

/// Twelve kinds of search.
pub const KINDS: [Kind; 12] = [
    Kind {
        id: "uid",
        what: "a uid",
        ask: |order| order.order_uid.to_string(),
    },
    Kind {
        id: "uid_prefix",
        what: "the start of a uid",
        ask: |order| format!("uid:{}", start(order.order_uid.as_str(), 5)),
    },
    Kind {
        id: "track",
        what: "a track number",
        ask: |order| order.track_number.clone(),
    },
    Kind {
        id: "customer",
        what: "a customer",
        ask: |order| format!("customer:{}", order.customer_id),
    },
    Kind {
        id: "name",
        what: "a part of a name",
        ask: |order| start(last_word(&order.delivery.name), 5),
    },
    Kind {
        id: "phone",
        what: "seven digits of a phone",
        ask: |order| end(&orders::search::digits(&order.delivery.phone), 7),
    },
    Kind {
        id: "email",
        what: "a part of an e-mail",
        ask: |order| format!("email:{}", first(&order.delivery.email, '@')),
    },
    Kind {
        id: "city_amount",
        what: "a city and a range of amounts",
        ask: city_and_amount,
    },
    Kind {
        id: "brand",
        what: "a brand",
        ask: |order| format!("brand:\"{}\"", brand(order)),
    },
    Kind {
        id: "week",
        what: "a week",
        ask: week,
    },
    Kind {
        id: "three",
        what: "three terms",
        ask: |order| {
            format!(
                "{} brand:\"{}\" amount:>3000",
                first(&order.delivery.city, ' '),
                brand(order)
            )
        },
    },
    Kind {
        id: "nothing",
        what: "what nobody has",
        ask: |order| {
            format!(
                "a{}e",
                order.track_number.chars().rev().take(6).collect::<String>()
            )
        },
    },
];

fn start(text: &str, letters: usize) -> String {
    text.chars().take(letters).collect()
}

fn end(text: &str, digits: usize) -> String {
    text[text.len().saturating_sub(digits)..].to_owned()
}

fn first(text: &str, before: char) -> &str {
    text.split(before).next().unwrap_or_default()
}

fn last_word(text: &str) -> &str {
    text.split(' ').next_back().unwrap_or_default()
}

fn brand(order: &Order) -> &str {
    order.items.first().map_or("", |item| &item.brand)
}

fn city_and_amount(order: &Order) -> String {
    let amount = order
        .payment
        .amount
        .as_ref()
        .map_or("0", |amount| first(amount.as_str(), '.'));
    let amount: u64 = amount.parse().unwrap_or_default();
    format!(
        "city:\"{}\" amount:{amount}..{}",
        order.delivery.city,
        amount + 500
    )
}

fn week(order: &Order) -> String {
    let day = order.date_created.get().date();
    format!("date:{day}..{}", day + time::Duration::days(6))
}
