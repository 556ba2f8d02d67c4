//! From the bytes of a message to an order, or to the reason why not.

use crate::{
    Order, Reason, Rejection, fault,
    object::object,
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
        Some(Objection::BadText) => return Err(fault::in_text(text)),
        None => {}
    }
    // The fast way keeps no path; a message that fails goes the slow way once
    // more to learn where.
    let mut json = serde_json::Deserializer::from_str(text);
    match object(&mut json) {
        Ok(order) if json.end().is_ok() => Ok(order),
        _ => Err(fault::in_model(text)),
    }
}
