//! Why a message is no order, and where.

use orders::{Reason, Rejection};

use crate::{MODEL, parse, with};

#[track_caller]
fn check(message: impl AsRef<[u8]>, reason: Reason, path: &str) -> Rejection {
    let message = message.as_ref();
    let shown = String::from_utf8_lossy(&message[..message.len().min(2000)]).into_owned();
    let rejection = parse(message).expect_err(&shown);
    assert_eq!(
        (rejection.reason, rejection.path.as_str()),
        (reason, path),
        "{rejection}\n{shown}"
    );
    assert!(!rejection.detail.is_empty(), "{shown}");
    rejection
}

#[test]
fn faults_of_the_whole_message() {
    check("", Reason::Empty, "");
    check(b"\xff", Reason::NotUtf8, "");
    check(
        [b"{\"a\":\"", &b"\xc3\x28"[..], b"\"}"].concat(),
        Reason::NotUtf8,
        "",
    );
    check(b"\xed\xa0\x80", Reason::NotUtf8, "");
    let large = "x".repeat(orders::DEFAULT_MAX_ORDER_BYTES + 1);
    check(large, Reason::TooLarge, "");
    assert_eq!(
        orders::parse(b"{}", 1).unwrap_err().reason,
        Reason::TooLarge
    );
    assert!(orders::parse(MODEL.as_bytes(), MODEL.len()).is_ok());
}

#[test]
fn not_one_json_value() {
    for message in [
        " ",
        "\n",
        "nonsense",
        "{",
        "{\"order_uid\":\"a\"",
        "{\"order_uid\":\"a\",}",
        "{'order_uid':1}",
        "{} {}",
        "1 2",
        "[]]",
        "{}x",
        "\0",
        "{}\0",
        "\"a\0b\"",
        "\"a\nb\"",
        "NaN",
        "01",
        "\"\\x\"",
        "\"\\u12\"",
        // Broken, and holds a bad text: not JSON comes first.
        "{\"a\":\"\\u0000\"",
    ] {
        check(message, Reason::NotJson, "");
    }
    check(format!("\u{feff}{MODEL}"), Reason::NotJson, "");
    check(format!("{MODEL}{MODEL}"), Reason::NotJson, "");
    check(format!("{MODEL},"), Reason::NotJson, "");
    check(&MODEL[..MODEL.len() / 2], Reason::NotJson, "");
}

#[test]
fn json_that_is_no_object() {
    for message in [
        "17", "-1e5", "1e999", "\"text\"", "null", "true", "[]", "[{}]",
    ] {
        check(message, Reason::WrongType, "");
    }
    // What serde derives would take an array of an object's values.
    let values = r#"["u","t","",{},{},[],"","","","","",1,"2021-11-26T06:22:19Z",""]"#;
    check(values, Reason::WrongType, "");
}

#[test]
fn missing_fields() {
    check("{}", Reason::MissingField, "order_uid");
    for (part, path) in [
        ("\"order_uid\"", "order_uid"),
        ("\"delivery\"", "delivery"),
        ("\"payment\"", "payment"),
        ("\"items\"", "items"),
        ("\"date_created\"", "date_created"),
    ] {
        check(with(part, "\"other\""), Reason::MissingField, path);
    }
    check(
        with("\"WBILMTESTTRACK\",\n  \"entry\"", "0, \"entry\"").replacen(
            "track_number",
            "other",
            1,
        ),
        Reason::MissingField,
        "track_number",
    );
}

#[test]
fn wrong_types() {
    for (part, replacement, path) in [
        (
            "\"b563feb7b2b84b6test\",\n  \"track",
            "1,\"track",
            "order_uid",
        ),
        (
            "\"b563feb7b2b84b6test\",\n  \"track",
            "null,\"track",
            "order_uid",
        ),
        ("\"Test Testov\"", "7", "delivery.name"),
        ("\"Test Testov\"", "[\"a\"]", "delivery.name"),
        ("\"WBIL\"", "{}", "entry"),
        ("1817", "\"1817\"", "payment.amount"),
        ("1817", "[1817]", "payment.amount"),
        ("1817", "{}", "payment.amount"),
        ("1817", "true", "payment.amount"),
        ("453", "\"453\"", "items[0].price"),
        ("1637907727", "\"1637907727\"", "payment.payment_dt"),
        ("1637907727", "1.5", "payment.payment_dt"),
        ("1637907727", "1e5", "payment.payment_dt"),
        ("1637907727", "-0", "payment.payment_dt"),
        (
            "1637907727",
            "123456789012345678901234567890",
            "payment.payment_dt",
        ),
        ("9934930", "true", "items[0].chrt_id"),
        ("\"2021-11-26T06:22:19Z\"", "1637907727", "date_created"),
        ("\"2021-11-26T06:22:19Z\"", "null", "date_created"),
    ] {
        check(with(part, replacement), Reason::WrongType, path);
    }
    let renamed = |field: &str, value: &str| {
        with(
            &format!("\"{field}\""),
            &format!("\"{field}\": {value}, \"other\""),
        )
    };
    for field in ["delivery", "payment", "items"] {
        for value in ["null", "1", "\"text\"", "false"] {
            check(renamed(field, value), Reason::WrongType, field);
        }
    }
    check(
        renamed("delivery", "[\"name\"]"),
        Reason::WrongType,
        "delivery",
    );
    check(renamed("payment", "[]"), Reason::WrongType, "payment");
    check(renamed("items", "{}"), Reason::WrongType, "items");
    check(renamed("items", "[null]"), Reason::WrongType, "items[0]");
    check(
        renamed("items", "[{}, {}, [1]]"),
        Reason::WrongType,
        "items[2]",
    );
}

#[test]
fn values_that_cannot_be() {
    let long = format!("\"{}\",\"track", "f".repeat(129));
    let uid = "\"b563feb7b2b84b6test\",\n  \"track";
    for (part, replacement, path) in [
        (uid, "\"\",\"track", "order_uid"),
        (uid, long.as_str(), "order_uid"),
        (uid, "\" a\",\"track", "order_uid"),
        (uid, "\"a\\n\",\"track", "order_uid"),
        ("1817", "-1", "payment.amount"),
        ("1817", "-0.01", "payment.amount"),
        ("1817", "1e999999999", "payment.amount"),
        ("1817", "1e-9223372036854775808", "payment.amount"),
        ("453", "-453", "items[0].price"),
        ("1637907727", "9223372036854775808", "payment.payment_dt"),
        ("1637907727", "1e999", "payment.payment_dt"),
        ("2021-11-26T06:22:19Z", "26.11.2021", "date_created"),
        ("2021-11-26T06:22:19Z", "2021-11-26 06:22", "date_created"),
        ("2021-11-26T06:22:19Z", "", "date_created"),
        ("\"entry\"", "\"entry\": \"\", \"entry\"", "entry"),
        ("\"city\"", "\"city\": null, \"city\"", "delivery.city"),
        ("\"entry\"", "\"order_uid\": \"b\", \"entry\"", "order_uid"),
        (
            "\"entry\"",
            "\"order\\u005fuid\": \"b\", \"entry\"",
            "order_uid",
        ),
    ] {
        check(with(part, replacement), Reason::InvalidValue, path);
    }
}

#[test]
fn text_that_postgresql_cannot_hold() {
    for bad in [
        r"\u0000",
        r"\ud83d",
        r"\ude00",
        r"\ude00\ud83d",
        r"\ud83d\u0041",
        r"a\ud83d\n",
    ] {
        for (part, replacement, path) in [
            ("Test Testov", bad.to_owned(), "delivery.name"),
            ("Mascaras", bad.to_owned(), "items[0].name"),
            (
                "\"entry\"",
                format!("\"x\": [1, {{\"y\": \"{bad}\"}}], \"entry\""),
                "x[1].y",
            ),
        ] {
            check(with(part, &replacement), Reason::BadText, path);
        }
        // In the name of a field.
        let message = with("\"city\"", &format!("\"{bad}\": 1, \"city\""));
        let rejection = parse(message).unwrap_err();
        assert_eq!(rejection.reason, Reason::BadText);
        assert!(rejection.path.starts_with("delivery"), "{rejection}");
    }
    for value in [r#""\u0000""#, r#"["\ud83d"]"#, r#"{"\u0000": 1}"#] {
        assert_eq!(parse(value).unwrap_err().reason, Reason::BadText, "{value}");
    }
}

#[test]
fn too_deep() {
    for message in [
        "[".repeat(10_000),
        format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)),
        with(
            "\"entry\"",
            &format!(
                "\"x\": {}{}, \"entry\"",
                "{\"a\":[".repeat(70),
                "]}".repeat(70)
            ),
        ),
    ] {
        check(message, Reason::TooDeep, "");
    }
}

/// A rejection is stored as text and shown to people: it has no NUL, and it is
/// short even where serde quotes the message.
#[test]
fn a_rejection_is_short_and_printable() {
    let megabyte = "x".repeat(1_000_000);
    let quoted = check(
        with("1637907727", &format!("\"{megabyte}\"")),
        Reason::WrongType,
        "payment.payment_dt",
    );
    assert!(
        quoted.detail.starts_with("invalid type: string \"xxx"),
        "{}",
        quoted.detail
    );
    for message in [
        with("1637907727", &format!("\"{megabyte}\"")),
        with(
            "1637907727",
            "\"\\u0001\\t at line 7 \\\" missing field `order_uid`\"",
        ),
        with(
            "\"entry\"",
            &format!("\"{megabyte}\": \"\\u0000\", \"entry\""),
        ),
        with("\"entry\"", "\"a\\u0000b\": \"\\ud83d\", \"entry\""),
        with(
            "\"entry\"",
            "\"a\\u0001\\n\": {\"c\": \"\\ud83d\"}, \"entry\"",
        ),
        with("\"entry\"", "\"\\u0000\": 1, \"entry\""),
        format!("\"{megabyte}\""),
        megabyte,
    ] {
        let rejection = parse(message).unwrap_err();
        for text in [&rejection.path, &rejection.detail] {
            assert!(text.chars().count() <= 301, "{}", text.len());
            assert!(!text.chars().any(char::is_control), "{text:?}");
        }
    }
}

#[test]
fn a_rejection_reads_as_a_sentence() {
    let rejection = check("{}", Reason::MissingField, "order_uid");
    assert_eq!(
        rejection.to_string(),
        "missing_field at order_uid: missing field `order_uid`"
    );
    let rejection = check("", Reason::Empty, "");
    assert_eq!(rejection.to_string(), "empty: the message has no bytes");
}

#[test]
fn the_message_cannot_choose_its_reason() {
    // Words of the rejection's own, quoted from the message.
    for text in [
        "missing field `order_uid`",
        "invalid type: ",
        "a number was expected",
    ] {
        check(
            with("1637907727", &format!("\"{text}\"")),
            Reason::WrongType,
            "payment.payment_dt",
        );
        check(
            with("2021-11-26T06:22:19Z", text),
            Reason::InvalidValue,
            "date_created",
        );
    }
}

#[test]
fn every_reason_has_one_name() {
    for reason in Reason::ALL {
        assert_eq!(Reason::from_name(reason.as_str()), Some(reason));
        assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
    }
    assert_eq!(Reason::from_name("other"), None);
}
