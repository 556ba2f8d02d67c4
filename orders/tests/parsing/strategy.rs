//! Valid orders by chance, and ways to write them down.

use orders::{Delivery, Item, Money, Order, OrderUid, Payment, Timestamp};
use proptest::{collection::vec, option, prelude::*};

/// Text that PostgreSQL can hold; often empty.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-zA-Zа-яё0-9 .,'\"\\\\/-]{1,20}",
        "[^\\x00]{0,12}",
    ]
}

fn uid() -> impl Strategy<Value = OrderUid> {
    prop_oneof!["[0-9a-f]{15}test", "\\PC{1,128}"]
        .prop_filter_map("rules of a uid", |text| text.parse().ok())
}

pub(crate) fn money() -> impl Strategy<Value = Money> {
    prop_oneof![
        "0|[1-9][0-9]{0,6}",
        "(0|[1-9][0-9]{0,6})\\.[0-9]{1,4}",
        "(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?[eE][+-]?0{0,3}[0-9]{1,2}",
        "-0(\\.0{1,3})?",
        "[1-9][0-9]{55,63}\\.[0-9]{55,63}",
    ]
    .prop_filter_map("size of money", |text| Money::parse(&text).ok())
}

fn timestamp() -> impl Strategy<Value = Timestamp> {
    let date = (1_u16..=9999, 1_u8..=12, 1_u8..=31);
    let time = (0_u8..24, 0_u8..60, 0_u8..=60, option::of("[0-9]{1,12}"));
    let offset = prop_oneof![
        Just("Z".to_owned()),
        ("[+-]", 0_u8..24, 0_u8..60)
            .prop_map(|(sign, hour, minute)| format!("{sign}{hour:02}:{minute:02}")),
    ];
    (date, time, offset).prop_filter_map("calendar", |((year, month, day), time, offset)| {
        let (hour, minute, second, fraction) = time;
        let fraction = fraction
            .map(|digits| format!(".{digits}"))
            .unwrap_or_default();
        let text = format!(
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{offset}"
        );
        Timestamp::parse(&text).ok()
    })
}

fn integer() -> impl Strategy<Value = Option<i64>> {
    option::of(prop_oneof![0_i64..1_000_000_000, any::<i64>()])
}

fn delivery() -> impl Strategy<Value = Delivery> {
    [text(), text(), text(), text(), text(), text(), text()].prop_map(
        |[name, phone, zip, city, address, region, email]| Delivery {
            name,
            phone,
            zip,
            city,
            address,
            region,
            email,
        },
    )
}

fn payment() -> impl Strategy<Value = Payment> {
    let texts = [text(), text(), text(), text(), text()];
    let amounts = [
        option::of(money()),
        option::of(money()),
        option::of(money()),
        option::of(money()),
    ];
    (texts, amounts, integer()).prop_map(|(texts, amounts, payment_dt)| {
        let [transaction, request_id, currency, provider, bank] = texts;
        let [amount, delivery_cost, goods_total, custom_fee] = amounts;
        Payment {
            transaction,
            request_id,
            currency,
            provider,
            amount,
            payment_dt,
            bank,
            delivery_cost,
            goods_total,
            custom_fee,
        }
    })
}

fn item() -> impl Strategy<Value = Item> {
    let texts = [text(), text(), text(), text(), text()];
    let amounts = [
        option::of(money()),
        option::of(money()),
        option::of(money()),
    ];
    let integers = [integer().boxed(), integer().boxed(), integer().boxed()];
    (texts, amounts, integers).prop_map(|(texts, amounts, integers)| {
        let [track_number, rid, name, size, brand] = texts;
        let [price, sale, total_price] = amounts;
        let [chrt_id, nm_id, status] = integers;
        Item {
            chrt_id,
            track_number,
            price,
            rid,
            name,
            sale,
            size,
            total_price,
            nm_id,
            brand,
            status,
        }
    })
}

/// Any valid order.
pub(crate) fn order() -> impl Strategy<Value = Order> {
    let texts = [
        text(),
        text(),
        text(),
        text(),
        text(),
        text(),
        text(),
        text(),
    ];
    let parts = (
        uid(),
        delivery(),
        payment(),
        vec(item(), 0..4),
        integer(),
        timestamp(),
    );
    (texts, parts).prop_map(|(texts, parts)| {
        let [
            track_number,
            entry,
            locale,
            internal_signature,
            customer_id,
            delivery_service,
            shardkey,
            oof_shard,
        ] = texts;
        let (order_uid, delivery, payment, items, sm_id, date_created) = parts;
        Order {
            order_uid,
            track_number,
            entry,
            delivery,
            payment,
            items,
            locale,
            internal_signature,
            customer_id,
            delivery_service,
            shardkey,
            sm_id,
            date_created,
            oof_shard,
        }
    })
}

/// An unknown field: its name, and its value as JSON.
fn unknown_field() -> impl Strategy<Value = (String, String)> {
    let value = prop_oneof![
        Just("null".to_owned()),
        "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,9})?([eE][+-]?[0-9]{1,9})?",
        text().prop_map(|text| quote(&text, true)),
    ]
    .prop_recursive(4, 20, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(|values| format!("[{}]", values.join(" ,"))),
            vec((text(), inner), 0..4).prop_map(|fields| {
                let fields: Vec<_> = fields
                    .iter()
                    .map(|(name, value)| format!("{} :{value}", quote(name, false)))
                    .collect();
                format!("{{ {}}}", fields.join(","))
            }),
        ]
    });
    // No field of the model has such a name.
    (text().prop_map(|name| format!("?{name}")), value)
}

/// How a document is written down.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    escape: bool,
    leave_out: bool,
    space: &'static str,
    unknown: Vec<(String, String)>,
    rotation: usize,
}

/// Any way to write a document down.
pub(crate) fn style() -> impl Strategy<Value = Style> {
    let space = proptest::sample::select(vec!["", " ", "\n  ", "\r\n\t"]);
    (
        any::<bool>(),
        any::<bool>(),
        space,
        vec(unknown_field(), 0..3),
        0_usize..20,
    )
        .prop_map(|(escape, leave_out, space, unknown, rotation)| Style {
            escape,
            leave_out,
            space,
            unknown,
            rotation,
        })
}

/// Writes `order` as JSON in this style.
pub(crate) fn write(order: &Order, style: &Style) -> String {
    // Money goes through as raw text: `Value` would make a float of it.
    let json = serde_json::to_string(order).expect("an order is JSON");
    write_object(&json, style, &["track_number"])
}

fn write_object(json: &str, style: &Style, required: &[&str]) -> String {
    let fields: Fields = serde_json::from_str(json).expect("an object");
    let mut written: Vec<(String, String)> = Vec::new();
    for (name, value) in fields.0 {
        let value = value.get();
        let is_empty = value == "null" || (value == "\"\"" && !required.contains(&&*name));
        if is_empty && style.leave_out {
            continue;
        }
        let value = match value.as_bytes().first() {
            Some(b'{') => write_object(value, style, &[]),
            Some(b'[') => {
                let items: Vec<&serde_json::value::RawValue> =
                    serde_json::from_str(value).expect("an array");
                let items: Vec<_> = items
                    .iter()
                    .map(|item| write_object(item.get(), style, &[]))
                    .collect();
                format!("[{}{}]", items.join(","), style.space)
            }
            Some(b'"') if is_empty && style.escape => "null".to_owned(),
            Some(b'"') => quote(
                &serde_json::from_str::<String>(value).expect("a string"),
                style.escape,
            ),
            _ => value.to_owned(),
        };
        written.push((name, value));
    }
    written.extend(style.unknown.iter().cloned());
    let middle = style.rotation % written.len().max(1);
    written.rotate_left(middle);
    let space = style.space;
    let fields: Vec<_> = written
        .iter()
        .map(|(name, value)| format!("{space}{}:{space}{value}", quote(name, style.escape)))
        .collect();
    format!("{{{}{space}}}", fields.join(","))
}

/// A JSON string, every character escaped or only those that must be.
fn quote(text: &str, escape: bool) -> String {
    if !escape {
        return serde_json::to_string(text).expect("text is JSON");
    }
    let units: Vec<_> = text
        .encode_utf16()
        .map(|unit| format!("\\u{unit:04x}"))
        .collect();
    format!("\"{}\"", units.concat())
}

/// An object's fields in their order, as they are written.
struct Fields(Vec<(String, Box<serde_json::value::RawValue>)>);

impl<'de> serde::Deserialize<'de> for Fields {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Fields;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}
