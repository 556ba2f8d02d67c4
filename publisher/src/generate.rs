//! Makes up orders. The order of a seed and an index is always the same, and
//! its uid is its own among all orders of that seed.

use orders::{Delivery, Item, Money, Order, OrderUid, Payment, Timestamp};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};

use crate::words::{COUNTRIES, Country, PRODUCTS, PROVIDERS, STATUSES};

/// No order made here, and nothing made from one, is longer, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// The days on which orders are placed: a year from 2025-09-01T00:00:00Z, the
/// same for ever, because the same seed must give the same bytes.
const FIRST_SECOND: i64 = 1_756_684_800;
const SECONDS: i64 = 365 * 86_400;

/// Seconds from one order to the next.
const SECONDS_BETWEEN: i64 = 11;

/// What chance is drawn for, so that one draw does not shape another.
#[derive(Clone, Copy, Debug)]
pub enum Stream {
    /// What an order contains.
    Order = 1,
    /// Which message is of which class.
    Plan = 2,
    /// Which order a duplicate repeats.
    Original = 3,
}

/// Chance that depends on these three numbers only.
pub fn rng(seed: u64, stream: Stream, index: u64) -> StdRng {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..16].copy_from_slice(&index.to_le_bytes());
    bytes[16] = stream as u8;
    StdRng::from_seed(bytes)
}

/// The order's document: compact JSON.
pub fn bytes(order: &Order) -> Vec<u8> {
    // Strings, integers and numbers that were parsed: nothing that could fail.
    serde_json::to_vec(order).unwrap_or_default()
}

/// The order that `seed` has at `index`.
pub fn order(seed: u64, index: u64) -> Order {
    let mut rng = rng(seed, Stream::Order, index);
    let uid = uid(seed, index);
    let placed_at = placed_at(seed, index, &mut rng);
    let country = country(&mut rng);
    let track_number = format!("WBIL{}", letters(&mut rng, 10));
    let in_cents = rng.random_ratio(1, 12);
    let items = items(&mut rng, country, &track_number, in_cents);
    let customer = format!(
        "{}{}",
        letters(&mut rng, 3).to_lowercase(),
        rng.random_range(1..90_000)
    );
    Order {
        delivery: delivery(&mut rng, country, &customer),
        payment: payment(&mut rng, country, &uid, &items, placed_at),
        items: items.into_iter().map(|line| line.item).collect(),
        order_uid: uid,
        track_number,
        entry: "WBIL".to_owned(),
        locale: country.locale.to_owned(),
        internal_signature: String::new(),
        customer_id: customer,
        delivery_service: pick(&mut rng, country.delivery_services).to_owned(),
        shardkey: rng.random_range(0..10).to_string(),
        sm_id: Some(rng.random_range(1..100)),
        date_created: timestamp(placed_at),
        oof_shard: rng.random_range(1..3).to_string(),
    }
}

/// 15 hexadecimal digits and `test`, as in the model. Index → digits is one to
/// one: adding, multiplying by an odd number and folding the high half onto
/// the low one can each be undone within 60 bits.
fn uid(seed: u64, index: u64) -> OrderUid {
    const MASK: u64 = (1 << 60) - 1;
    let start: u64 = rng(seed, Stream::Plan, u64::MAX).random();
    let mut digits = start.wrapping_add(index) & MASK;
    for factor in [0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9] {
        digits = digits.wrapping_mul(factor) & MASK;
        digits ^= digits >> 30;
    }
    let text = format!("{digits:015x}test");
    text.parse().expect("hexadecimal digits make a uid")
}

fn placed_at(seed: u64, index: u64, rng: &mut StdRng) -> i64 {
    let start = self::rng(seed, Stream::Plan, u64::MAX - 1).random_range(0..SECONDS);
    let index = i64::try_from(index % 1_000_000_000).unwrap_or_default();
    let after = start + index * SECONDS_BETWEEN + rng.random_range(0..SECONDS_BETWEEN);
    FIRST_SECOND + after % SECONDS
}

/// The first countries of the list come up most.
fn country(rng: &mut StdRng) -> &'static Country {
    let last = rng.random_range(1..=COUNTRIES.len());
    &COUNTRIES[rng.random_range(0..last)]
}

fn delivery(rng: &mut StdRng, country: &Country, customer: &str) -> Delivery {
    let given = pick(rng, country.given_names);
    let family = pick(rng, country.family_names);
    let (city, region, zip) = *country.cities.choose(rng).unwrap_or(&("", "", ""));
    let flat = if rng.random_ratio(1, 2) {
        format!("-{}", rng.random_range(1..200))
    } else {
        String::new()
    };
    Delivery {
        name: format!("{given} {family}"),
        phone: format!("{}{:04}", country.phone_prefix, rng.random_range(0..10_000)),
        zip: format!("{zip}{:03}", rng.random_range(0..1000)),
        city: city.to_owned(),
        address: format!(
            "{} {}{flat}",
            pick(rng, country.streets),
            rng.random_range(1..150)
        ),
        region: region.to_owned(),
        email: format!("{customer}@example.{}", pick(rng, &["com", "org", "net"])),
    }
}

/// A line of an order and its price in hundredths.
struct Line {
    item: Item,
    total_cents: i64,
}

fn items(rng: &mut StdRng, country: &Country, track_number: &str, in_cents: bool) -> Vec<Line> {
    // One to six, a little over two on average.
    let number = *[1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 5, 6]
        .choose(rng)
        .unwrap_or(&1);
    (0..number)
        .map(|_| item(rng, country, track_number, in_cents))
        .collect()
}

fn item(rng: &mut StdRng, country: &Country, track_number: &str, in_cents: bool) -> Line {
    let product = PRODUCTS.choose(rng).unwrap_or(&PRODUCTS[0]);
    let usual_cents = product.dollars * country.price_factor * 100;
    let mut price_cents = usual_cents * rng.random_range(80..=125) / 100;
    let sale = *[0, 0, 0, 5, 10, 15, 20, 30, 50, 70]
        .choose(rng)
        .unwrap_or(&0);
    let mut total_cents = price_cents * (100 - sale) / 100;
    if !in_cents {
        price_cents -= price_cents % 100;
        total_cents -= total_cents % 100;
    }
    let item = Item {
        chrt_id: Some(rng.random_range(1_000_000..10_000_000)),
        track_number: track_number.to_owned(),
        price: Some(money(price_cents)),
        rid: format!("{:016x}btest", rng.random::<u64>()),
        name: product.name.to_owned(),
        sale: Some(money(sale * 100)),
        size: pick(rng, product.sizes).to_owned(),
        total_price: Some(money(total_cents)),
        nm_id: Some(rng.random_range(1_000_000..10_000_000)),
        brand: product.brand.to_owned(),
        status: Some(*STATUSES.choose(rng).unwrap_or(&202)),
    };
    Line { item, total_cents }
}

fn payment(
    rng: &mut StdRng,
    country: &Country,
    uid: &OrderUid,
    items: &[Line],
    placed_at: i64,
) -> Payment {
    let goods_cents: i64 = items.iter().map(|line| line.total_cents).sum();
    let delivery_cents =
        *[0, 0, 3, 5, 10, 15].choose(rng).unwrap_or(&0) * country.price_factor * 100;
    let fee_cents = if rng.random_ratio(1, 8) {
        goods_cents / 1000 * 100
    } else {
        0
    };
    // Real publishers send orders whose sums do not add up; so does this one.
    let slip_cents = if rng.random_ratio(1, 40) { 100 } else { 0 };
    Payment {
        transaction: uid.to_string(),
        request_id: String::new(),
        currency: country.currency.to_owned(),
        provider: pick(rng, PROVIDERS).to_owned(),
        amount: Some(money(goods_cents + delivery_cents + fee_cents + slip_cents)),
        payment_dt: Some(placed_at + rng.random_range(0..600)),
        bank: pick(rng, country.banks).to_owned(),
        delivery_cost: Some(money(delivery_cents)),
        goods_total: Some(money(goods_cents)),
        custom_fee: Some(money(fee_cents)),
    }
}

/// Hundredths as people write them: `317`, `317.50`.
fn money(cents: i64) -> Money {
    let text = match cents % 100 {
        0 => (cents / 100).to_string(),
        rest => format!("{}.{rest:02}", cents / 100),
    };
    Money::parse(&text).expect("digits and a point are money")
}

fn timestamp(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds).expect("the days of orders lie in our time")
}

fn pick(rng: &mut StdRng, words: &[&'static str]) -> &'static str {
    words.choose(rng).copied().unwrap_or_default()
}

fn letters(rng: &mut StdRng, number: usize) -> String {
    (0..number)
        .map(|_| char::from(rng.random_range(b'A'..=b'Z')))
        .collect()
}

#[cfg(test)]
mod tests;
