//! From the bytes of a message to an order, or to the reason why not.

use serde::{Deserialize, Deserializer, de};
use serde_json::error::Category;

use crate::{
    Order, Reason, Rejection,
    scan::{Objection, scan},
};

/// The largest message that is taken as an order unless configured otherwise,
/// in bytes: 1 MiB.
pub const DEFAULT_MAX_ORDER_BYTES: usize = 1024 * 1024;

/// How deep arrays and objects may nest. It is the limit of `serde_json`, held
/// for the parts of a document that the model does not read as well.
pub const MAX_DEPTH: usize = 127;

/// Reads the bytes of a message as an order.
///
/// The bytes are to be stored as they are, so whatever PostgreSQL's `json`
/// type or its functions could not take is refused here, in unknown fields
/// too.
///
/// # Errors
/// A [`Rejection`] with the kind of fault, its place and a sentence. Time and
/// memory are bounded by a small multiple of `max_bytes`.
pub fn parse(message: &[u8], max_bytes: usize) -> Result<Order, Rejection> {
    if message.is_empty() {
        return Err(Rejection::of_message(
            Reason::Empty,
            "the message has no bytes",
        ));
    }
    if message.len() > max_bytes {
        let detail = format!("{} bytes; at most {max_bytes} are taken", message.len());
        return Err(Rejection::of_message(Reason::TooLarge, detail));
    }
    let text = std::str::from_utf8(message).map_err(|error| {
        let detail = format!("byte {} is not UTF-8", error.valid_up_to());
        Rejection::of_message(Reason::NotUtf8, detail)
    })?;
    match scan(message, MAX_DEPTH) {
        Some(Objection::TooDeep) => {
            let detail = format!("nested deeper than {MAX_DEPTH} levels");
            return Err(Rejection::of_message(Reason::TooDeep, detail));
        }
        Some(Objection::BadText) => return Err(locate_bad_text(text)),
        None => {}
    }
    // The fast way keeps no path; a message that fails goes the slow way once
    // more to learn where.
    let mut json = serde_json::Deserializer::from_str(text);
    let order = Order::deserialize(&mut json).ok();
    match order {
        Some(order) if json.end().is_ok() => Ok(order),
        _ => Err(locate_fault(text)),
    }
}

/// Where and why `text` is no order.
fn locate_fault(text: &str) -> Rejection {
    let mut json = serde_json::Deserializer::from_str(text);
    if let Err(error) = de::IgnoredAny::deserialize(&mut json).and_then(|_| json.end()) {
        return not_json(&error);
    }
    let mut json = serde_json::Deserializer::from_str(text);
    match serde_path_to_error::deserialize::<_, Order>(&mut json) {
        Ok(_) => Rejection::of_message(Reason::NotJson, "more than one JSON value"),
        Err(error) => {
            let path = error.path().to_string();
            model_fault(path, error.inner())
        }
    }
}

fn not_json(error: &serde_json::Error) -> Rejection {
    Rejection::of_message(Reason::NotJson, error.to_string())
}

/// Turns what serde says of a well-formed document into a rejection.
fn model_fault(path: String, error: &serde_json::Error) -> Rejection {
    let message = error.to_string();
    // serde_json appends the position; the path says it better.
    let detail = message
        .split(" at line ")
        .next()
        .unwrap_or(&message)
        .to_owned();
    let path = if path == "." { String::new() } else { path };
    if error.classify() != Category::Data {
        return Rejection {
            reason: Reason::NotJson,
            path,
            detail,
        };
    }
    if let Some(field) = detail
        .strip_prefix("missing field `")
        .and_then(|rest| rest.strip_suffix('`'))
    {
        let path = if path.is_empty() {
            field.to_owned()
        } else {
            format!("{path}.{field}")
        };
        return Rejection {
            reason: Reason::MissingField,
            path,
            detail,
        };
    }
    let reason = if detail.starts_with("invalid type") || detail == "a number was expected" {
        Reason::WrongType
    } else {
        Reason::InvalidValue
    };
    Rejection {
        reason,
        path,
        detail,
    }
}

/// Where the text that PostgreSQL cannot hold stands.
fn locate_bad_text(text: &str) -> Rejection {
    let mut json = serde_json::Deserializer::from_str(text);
    let found = serde_path_to_error::deserialize::<_, Text>(&mut json);
    match found {
        Err(error) => {
            let path = error.path().to_string();
            let inner = error.inner();
            let is_text_fault = inner.classify() == Category::Data
                || inner.to_string().contains("surrogate")
                || inner.to_string().contains("hex escape");
            if is_text_fault {
                Rejection {
                    reason: Reason::BadText,
                    path: if path == "." { String::new() } else { path },
                    detail: "\\u0000 or half of a surrogate pair: PostgreSQL cannot read such text"
                        .to_owned(),
                }
            } else {
                not_json(inner)
            }
        }
        Ok(Text) => match json.end() {
            Err(error) => not_json(&error),
            Ok(()) => Rejection::of_message(
                Reason::BadText,
                "\\u0000 or half of a surrogate pair: PostgreSQL cannot read such text",
            ),
        },
    }
}

/// Any JSON value whose strings are all text that PostgreSQL can hold.
struct Text;

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> de::Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Text, E> {
        Ok(Text)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Text, E> {
        Ok(Text)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Text, E> {
        Ok(Text)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Text, E> {
        Ok(Text)
    }

    fn visit_unit<E>(self) -> Result<Text, E> {
        Ok(Text)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
        if text.contains('\0') {
            Err(E::custom("NUL"))
        } else {
            Ok(Text)
        }
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Text, A::Error> {
        while seq.next_element::<Text>()?.is_some() {}
        Ok(Text)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key.contains('\0') {
                return Err(de::Error::custom("NUL"));
            }
            map.next_value::<Text>()?;
        }
        Ok(Text)
    }
}
