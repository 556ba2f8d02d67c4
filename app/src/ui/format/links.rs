//! Addresses: an order's page, an order's JSON, a search.
//!
//! uids hold any printable character, so everything but letters, digits and
//! `-._~` is percent-encoded, and what comes in is decoded exactly once: the
//! router's own maps of path and query decode twice, and would read the uid
//! `a%41` as `aA`.

use std::fmt::Write as _;

/// The page of the order `uid`.
pub fn order_page(uid: &str) -> String {
    // `/orders/..` would be another place, however it is encoded.
    if matches!(uid, "." | "..") {
        format!("/orders?uid={uid}")
    } else {
        format!("/orders/{}", encode(uid))
    }
}

/// The page of the order `uid`, opened from the list of orders that match
/// `query`, sorted by `sort`.
pub fn order_in_list(uid: &str, query: &str, sort: &str) -> String {
    with_query(order_page(uid), [("q", query), ("sort", sort)])
}

/// The uid of the order whose page is at `path`, or that `query` names.
pub fn order_uid(path: &str, query: &str) -> String {
    path.strip_prefix("/orders/")
        .map(decode)
        .or_else(|| query_value(query, "uid"))
        .unwrap_or_default()
}

/// The value of `rel` on a link to [`order_page`]: the router decodes a path
/// before it shows it in the address bar, where these characters then mean
/// something else. Such a page is loaded by the browser itself.
pub fn order_page_rel(uid: &str) -> Option<&'static str> {
    uid.contains(['%', '\\']).then_some("external")
}

/// The order's document, as published.
pub fn order_json(uid: &str) -> String {
    format!("/api/orders/{}", encode(uid))
}

/// The list of orders that match `query`, sorted by `sort`, below `cursor`.
pub fn search(query: &str, sort: &str, cursor: &str) -> String {
    let values = [("q", query), ("sort", sort), ("cursor", cursor)];
    with_query("/".to_owned(), values)
}

/// `path` with those of `values` that are not empty.
fn with_query<'a>(
    mut path: String,
    values: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> String {
    let mut separator = if path.contains('?') { '&' } else { '?' };
    for (name, value) in values {
        if !value.is_empty() {
            path.push(separator);
            path.push_str(name);
            path.push('=');
            path.push_str(&encode(value));
            separator = '&';
        }
    }
    path
}

/// The value of `name` in a query such as `q=a%20b&cursor=b1`.
pub fn query_value(query: &str, name: &str) -> Option<String> {
    query
        .trim_start_matches('?')
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| decode(&value.replace('+', " ")))
}

/// `text` as a part of an address.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Undoes [`encode`]; a `%` that starts no escape stays, and what is not UTF-8
/// becomes U+FFFD.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = (byte == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| {
                let high = char::from(digits[0]).to_digit(16)?;
                let low = char::from(digits[1]).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()
            });
        if let Some(value) = escaped {
            decoded.push(value);
            at += 3;
        } else {
            decoded.push(byte);
            at += 1;
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{order_in_list, order_page, order_uid, query_value, search};

    const UIDS: [&str; 9] = [
        "b563feb7b2b84b6test",
        "a/b?c#d",
        "100%25",
        "a b+c&d=e",
        "заказ №1",
        "\"quoted\" <b>'",
        "\\",
        "\u{1F4E6}",
        "%",
    ];

    #[test]
    fn every_uid_comes_back() {
        for uid in UIDS {
            assert_eq!(order_uid(&order_page(uid), ""), uid);
            let path = search(uid, "", "b1f");
            let (_, query) = path.split_once('?').unwrap();
            assert_eq!(query_value(query, "q").as_deref(), Some(uid));
            assert_eq!(query_value(query, "cursor").as_deref(), Some("b1f"));
            let path = order_in_list(uid, "city:a b", "date");
            let (path, query) = path.split_once('?').unwrap();
            assert_eq!(order_uid(path, query), uid);
            assert_eq!(query_value(query, "q").as_deref(), Some("city:a b"));
            assert_eq!(query_value(query, "sort").as_deref(), Some("date"));
        }
    }

    #[test]
    fn addresses_hold_no_character_with_a_meaning() {
        assert_eq!(order_page("a/b?c#d%"), "/orders/a%2Fb%3Fc%23d%25");
        assert_eq!(order_page(".."), "/orders?uid=..");
        assert_eq!(order_uid("/orders", "uid=.."), "..");
        assert_eq!(order_uid("/orders/a%2541", ""), "a%41");
        assert_eq!(search("", "", ""), "/");
        assert_eq!(search("", "date", "b1"), "/?sort=date&cursor=b1");
    }

    #[test]
    fn forms_write_spaces_as_plus() {
        assert_eq!(query_value("?q=a+b%2B&x", "q").as_deref(), Some("a b+"));
        assert_eq!(query_value("q=100%", "q").as_deref(), Some("100%"));
        assert_eq!(query_value("q=%ff", "q").as_deref(), Some("\u{fffd}"));
        assert_eq!(query_value("qq=1", "q"), None);
    }
}
