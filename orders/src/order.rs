//! The model of an order, as in the task's `model.json`.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    Money, OrderUid, Timestamp,
    object::{object, objects},
};

/// An order. Required: `order_uid`, `track_number`, `delivery`, `payment`,
/// `items`, `date_created`. A missing or null string reads as empty, a missing
/// or null number as `None`. Unknown fields are not read; they stay in the
/// stored document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The order's identity.
    pub order_uid: OrderUid,
    /// The parcel's number.
    pub track_number: String,
    /// The system through which the order came in.
    #[serde(default, deserialize_with = "or_default")]
    pub entry: String,
    /// To whom and where.
    #[serde(deserialize_with = "object")]
    pub delivery: Delivery,
    /// What is paid, and how.
    #[serde(deserialize_with = "object")]
    pub payment: Payment,
    /// What was ordered; may be empty.
    #[serde(deserialize_with = "objects")]
    pub items: Vec<Item>,
    /// The customer's language.
    #[serde(default, deserialize_with = "or_default")]
    pub locale: String,
    /// The publisher's own signature.
    #[serde(default, deserialize_with = "or_default")]
    pub internal_signature: String,
    /// The customer's identity.
    #[serde(default, deserialize_with = "or_default")]
    pub customer_id: String,
    /// Who delivers.
    #[serde(default, deserialize_with = "or_default")]
    pub delivery_service: String,
    /// The publisher's shard.
    #[serde(default, deserialize_with = "or_default")]
    pub shardkey: String,
    /// The publisher's `sm_id`.
    #[serde(default)]
    pub sm_id: Option<i64>,
    /// When the order was placed.
    pub date_created: Timestamp,
    /// The publisher's shard of "out of stock" handling.
    #[serde(default, deserialize_with = "or_default")]
    pub oof_shard: String,
}

/// To whom an order goes, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Delivery {
    /// The recipient's name.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Telephone, as written by the customer.
    #[serde(deserialize_with = "or_default")]
    pub phone: String,
    /// Postal code.
    #[serde(deserialize_with = "or_default")]
    pub zip: String,
    /// City.
    #[serde(deserialize_with = "or_default")]
    pub city: String,
    /// Street, house, flat.
    #[serde(deserialize_with = "or_default")]
    pub address: String,
    /// Region.
    #[serde(deserialize_with = "or_default")]
    pub region: String,
    /// E-mail.
    #[serde(deserialize_with = "or_default")]
    pub email: String,
}

/// What is paid, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Payment {
    /// The payment's identity; in practice the order's uid.
    #[serde(deserialize_with = "or_default")]
    pub transaction: String,
    /// The request's identity; in practice empty.
    #[serde(deserialize_with = "or_default")]
    pub request_id: String,
    /// ISO 4217 code, in practice.
    #[serde(deserialize_with = "or_default")]
    pub currency: String,
    /// Payment provider.
    #[serde(deserialize_with = "or_default")]
    pub provider: String,
    /// What the customer pays in all.
    pub amount: Option<Money>,
    /// When it was paid, seconds since 1970-01-01T00:00:00Z.
    pub payment_dt: Option<i64>,
    /// The bank.
    #[serde(deserialize_with = "or_default")]
    pub bank: String,
    /// What delivery costs.
    pub delivery_cost: Option<Money>,
    /// What the goods cost.
    pub goods_total: Option<Money>,
    /// Duty.
    pub custom_fee: Option<Money>,
}

/// One line of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    /// The variant's number.
    pub chrt_id: Option<i64>,
    /// The parcel's number.
    #[serde(deserialize_with = "or_default")]
    pub track_number: String,
    /// Price before the sale.
    pub price: Option<Money>,
    /// The line's identity.
    #[serde(deserialize_with = "or_default")]
    pub rid: String,
    /// What it is.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
    /// Reduction, in percent.
    pub sale: Option<Money>,
    /// Size.
    #[serde(deserialize_with = "or_default")]
    pub size: String,
    /// What the line costs.
    pub total_price: Option<Money>,
    /// The article's number.
    pub nm_id: Option<i64>,
    /// The brand.
    #[serde(deserialize_with = "or_default")]
    pub brand: String,
    /// The line's status code.
    pub status: Option<i64>,
}

/// Reads `null` as the type's default.
fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
