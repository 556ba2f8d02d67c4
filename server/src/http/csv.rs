//! An order as a line of a table (RFC 4180).
//!
//! A spreadsheet takes a text that begins with `=`, `+`, `-`, `@`, a tab or a
//! line break for a formula (OWASP, CSV Injection). Such a text gets an
//! apostrophe in front, which spreadsheets hide, unless it is a plain number or
//! a phone number.

use orders::Money;

use crate::store::StoredOrder;

/// The table's columns. The mark in front lets spreadsheets read UTF-8.
pub const CSV_HEADER: &str = "\u{feff}order_uid,track_number,customer_id,name,phone,email,city,address,zip,\
delivery_service,amount,currency,provider,bank,items,brands,item_names,date_created,stored_at\r\n";

/// How many they are.
const COLUMNS: usize = 19;

/// An order's line; for a document that cannot be read, only what it is known
/// by.
pub fn csv_line(stored: &StoredOrder) -> String {
    let stored_at = stored.stored_at.to_string();
    let Some(order) = stored.order() else {
        // Every line has as many fields as the header.
        let mut fields = [""; COLUMNS];
        fields[0] = stored.order_uid.as_str();
        fields[COLUMNS - 1] = &stored_at;
        return line(&fields);
    };
    let (delivery, payment) = (&order.delivery, &order.payment);
    let joined = |of: fn(&orders::Item) -> &String| {
        let texts: Vec<&str> = order.items.iter().map(|item| of(item).as_str()).collect();
        texts.join("; ")
    };
    line(&[
        order.order_uid.as_str(),
        &order.track_number,
        &order.customer_id,
        &delivery.name,
        &delivery.phone,
        &delivery.email,
        &delivery.city,
        &delivery.address,
        &delivery.zip,
        &order.delivery_service,
        payment.amount.as_ref().map_or("", Money::as_str),
        &payment.currency,
        &payment.provider,
        &payment.bank,
        &order.items.len().to_string(),
        &joined(|item| &item.brand),
        &joined(|item| &item.name),
        &order.date_created.to_string(),
        &stored_at,
    ])
}

fn line(fields: &[&str]) -> String {
    let mut line = String::with_capacity(400);
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            line.push(',');
        }
        push_field(&mut line, field);
    }
    line.push_str("\r\n");
    line
}

fn push_field(line: &mut String, text: &str) {
    let is_formula = is_formula(text);
    let is_quoted = is_formula || text.contains([',', '"', '\r', '\n', '\t', ';']);
    if !is_quoted {
        line.push_str(text);
        return;
    }
    line.push('"');
    if is_formula {
        line.push('\'');
    }
    for letter in text.chars() {
        if letter == '"' {
            line.push('"');
        }
        line.push(letter);
    }
    line.push('"');
}

fn is_formula(text: &str) -> bool {
    let is_dangerous = text
        .trim_start_matches(' ')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let is_number = text.strip_prefix(['+', '-']).is_some_and(|rest| {
        !rest.is_empty()
            && rest.starts_with(|first: char| first.is_ascii_digit() || first == '(')
            && rest
                .chars()
                .all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ' ' | '(' | ')'))
    });
    is_dangerous && !is_number
}

#[cfg(test)]
mod tests {
    use orders::{OrderUid, RowSeq, Sequence, Timestamp};

    use super::{COLUMNS, CSV_HEADER, csv_line, line};
    use crate::store::StoredOrder;

    #[test]
    fn every_line_has_as_many_fields_as_the_header() {
        assert_eq!(CSV_HEADER.split(',').count(), COLUMNS);
        let moment = Timestamp::from_unix_seconds(0).unwrap();
        let stored = |document: &'static str| StoredOrder {
            order_uid: "a".parse::<OrderUid>().unwrap(),
            document: document.into(),
            seq: RowSeq::new(1),
            channel: "updates".into(),
            sequence: Sequence::new(1),
            published_at: moment,
            stored_at: moment,
        };
        let model = include_str!("../../../samples/model-order.json");
        for document in [model, "no order"] {
            let line = csv_line(&stored(document));
            assert_eq!(line.split(',').count(), COLUMNS, "{line}");
            assert!(line.ends_with("1970-01-01T00:00:00Z\r\n"), "{line}");
        }
    }

    #[test]
    fn fields_are_quoted_where_they_have_to_be() {
        assert_eq!(
            line(&["a", "b,c", "say \"x\"", "two\nlines", ""]),
            "a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\",\r\n"
        );
    }

    #[test]
    fn no_field_is_a_formula() {
        let cases = [
            ("=1+1", "\"'=1+1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("+cmd|' /C calc'!A0", "\"'+cmd|' /C calc'!A0\""),
            ("-1+1|x", "\"'-1+1|x\""),
            (" =1", "\"' =1\""),
            ("\t=1", "\"'\t=1\""),
            ("+7 (916) 204", "+7 (916) 204"),
            ("-5.5", "-5.5"),
            ("a=b", "a=b"),
            ("+9720000000", "+9720000000"),
            ("-1-1", "\"'-1-1\""),
        ];
        for (text, expected) in cases {
            assert_eq!(line(&[text]), format!("{expected}\r\n"), "{text:?}");
        }
    }
}
