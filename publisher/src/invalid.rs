//! Ways in which a message can fail to be an order.

use orders::{Order, Reason};
use serde_json::{Value, json};

use crate::generate;

/// A way in which a message can fail to be an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidKind {
    /// No bytes at all.
    Empty,
    /// A byte that UTF-8 does not know.
    NotUtf8,
    /// Words.
    NotJson,
    /// An order that ends in the middle.
    CutOff,
    /// An order twice in one message.
    TwoValues,
    /// A byte order mark before an order.
    ByteOrderMark,
    /// A number alone.
    BareNumber,
    /// An array of one order.
    Array,
    /// A number where the uid belongs.
    NumericUid,
    /// An object where the items belong.
    ItemsNoArray,
    /// A string where a price belongs.
    PriceAsText,
    /// No uid.
    NoUid,
    /// No items, not even none.
    NoItems,
    /// An empty uid.
    EmptyUid,
    /// A uid of 129 characters.
    LongUid,
    /// A date that is none.
    BadDate,
    /// An amount below zero.
    NegativeAmount,
    /// The same field twice.
    FieldTwice,
    /// `\u0000` in a name.
    Nul,
    /// Half of a surrogate pair in a field that the model does not know.
    LoneSurrogate,
    /// 10,000 arrays, one in the other.
    TooDeep,
}

impl InvalidKind {
    /// Every kind, in the order in which a run goes through them.
    pub const ALL: [Self; 21] = [
        Self::Empty,
        Self::NoUid,
        Self::NotJson,
        Self::BareNumber,
        Self::NotUtf8,
        Self::TwoValues,
        Self::NumericUid,
        Self::Nul,
        Self::TooDeep,
        Self::NegativeAmount,
        Self::CutOff,
        Self::ByteOrderMark,
        Self::Array,
        Self::ItemsNoArray,
        Self::PriceAsText,
        Self::NoItems,
        Self::EmptyUid,
        Self::LongUid,
        Self::BadDate,
        Self::FieldTwice,
        Self::LoneSurrogate,
    ];

    /// Why Orderdesk rejects it.
    pub const fn reason(self) -> Reason {
        match self {
            Self::Empty => Reason::Empty,
            Self::NotUtf8 => Reason::NotUtf8,
            Self::NotJson | Self::CutOff | Self::TwoValues | Self::ByteOrderMark => Reason::NotJson,
            Self::BareNumber
            | Self::Array
            | Self::NumericUid
            | Self::ItemsNoArray
            | Self::PriceAsText => Reason::WrongType,
            Self::NoUid | Self::NoItems => Reason::MissingField,
            Self::EmptyUid
            | Self::LongUid
            | Self::BadDate
            | Self::NegativeAmount
            | Self::FieldTwice => Reason::InvalidValue,
            Self::Nul | Self::LoneSurrogate => Reason::BadText,
            Self::TooDeep => Reason::TooDeep,
        }
    }

    /// Makes such a message out of a good order.
    pub fn spoil(self, order: &Order) -> Vec<u8> {
        let mut good = generate::bytes(order);
        match self {
            Self::Empty => Vec::new(),
            Self::NotUtf8 => {
                let middle = good.len() / 2;
                good.insert(middle, 0xFF);
                good
            }
            Self::NotJson => b"this is no order".to_vec(),
            Self::CutOff => {
                good.truncate(
                    good.iter()
                        .rposition(|&byte| byte == b',')
                        .unwrap_or_default(),
                );
                good
            }
            Self::TwoValues => good.repeat(2),
            Self::ByteOrderMark => [b"\xEF\xBB\xBF", &good[..]].concat(),
            Self::BareNumber => b"17".to_vec(),
            Self::Array => [b"[", &good[..], b"]"].concat(),
            Self::NumericUid => changed(order, |value| value["order_uid"] = json!(42)),
            Self::ItemsNoArray => changed(order, |value| value["items"] = json!({"0": {}})),
            Self::PriceAsText => changed(order, |value| value["items"][0]["price"] = json!("453")),
            Self::NoUid => without(order, "order_uid"),
            Self::NoItems => without(order, "items"),
            Self::EmptyUid => changed(order, |value| value["order_uid"] = json!("")),
            Self::LongUid => changed(order, |value| value["order_uid"] = json!("f".repeat(129))),
            Self::BadDate => changed(order, |value| value["date_created"] = json!("26.11.2021")),
            Self::NegativeAmount => changed(order, |value| value["payment"]["amount"] = json!(-1)),
            Self::FieldTwice => with(&good, r#""entry":"WBIL","#),
            Self::Nul => with(&good, r#""note":"a\u0000b","#),
            Self::LoneSurrogate => with(&good, r#""note":{"half":"\ud83d"},"#),
            Self::TooDeep => {
                let deep = format!(r#""note":{}{},"#, "[".repeat(10_000), "]".repeat(10_000));
                with(&good, &deep)
            }
        }
    }
}

fn changed(order: &Order, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut value = serde_json::to_value(order).unwrap_or_default();
    change(&mut value);
    value.to_string().into_bytes()
}

fn without(order: &Order, field: &str) -> Vec<u8> {
    changed(order, |value| {
        if let Some(fields) = value.as_object_mut() {
            fields.remove(field);
        }
    })
}

/// `good` with a field, and the comma behind it, put first.
fn with(good: &[u8], field: &str) -> Vec<u8> {
    let (brace, rest) = good.split_at(1.min(good.len()));
    [brace, field.as_bytes(), rest].concat()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use orders::{DEFAULT_MAX_ORDER_BYTES, Reason};

    use super::InvalidKind;
    use crate::generate::{self, MAX_BYTES};

    #[test]
    fn every_kind_is_rejected_for_its_reason() {
        for index in 0..50 {
            let order = generate::order(3, index);
            for kind in InvalidKind::ALL {
                let message = kind.spoil(&order);
                let rejection = orders::parse(&message, DEFAULT_MAX_ORDER_BYTES)
                    .err()
                    .unwrap_or_else(|| panic!("{kind:?} of {index} was accepted"));
                assert_eq!(rejection.reason, kind.reason(), "{kind:?}: {rejection}");
                assert!(message.len() < MAX_BYTES, "{kind:?}");
            }
        }
    }

    #[test]
    fn every_reason_that_a_message_can_have_is_there() {
        let reasons: HashSet<_> = InvalidKind::ALL.map(InvalidKind::reason).into();
        // A message of that size could be more than the server takes; the
        // other two are not the message's own fault.
        let others = [Reason::TooLarge, Reason::Conflict, Reason::Storage];
        for reason in Reason::ALL {
            assert_ne!(
                reasons.contains(&reason),
                others.contains(&reason),
                "{reason}"
            );
        }
    }

    #[test]
    fn no_kind_is_listed_twice() {
        let names: HashSet<_> = InvalidKind::ALL.map(|kind| format!("{kind:?}")).into();
        assert_eq!(names.len(), InvalidKind::ALL.len());
    }
}
