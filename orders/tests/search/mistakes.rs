//! A mistake is a sentence, and says where it stands.

use orders::search::{MAX_QUERY_CHARS, MAX_TERMS, Parsed, Query};

#[test]
fn a_mistake_is_a_sentence_and_says_where_it_stands() {
    let cases = [
        (
            "amont:>5000",
            "amont",
            "There is no field `amont`. Did you mean `amount:>5000`?",
        ),
        (
            "Anna http://x",
            "http",
            "There is no field `http`. To look for this text itself, put it in quotes.",
        ),
        (
            "x city:",
            "city:",
            "`city:` has no value. Write one after the colon, without a space.",
        ),
        (
            "city:\"\"",
            "city:\"\"",
            "`city:` has no value. Write one after the colon, without a space.",
        ),
        (
            "amount:>",
            "amount:>",
            "`amount:` has no value. Write one after the colon, without a space.",
        ),
        (
            "amount:>many x",
            "amount:>many",
            "`amount:` takes a number, such as `amount:100`, `amount:>100` or `amount:100..200`; “many” is none.",
        ),
        (
            "-date:12.05.2026",
            "date:12.05.2026",
            "`date:` takes a date, such as `date:2026-05-12`, `date:>2026-05`, `date:today` or `date:7d`; “12.05.2026” is none.",
        ),
        (
            "phone:abc",
            "phone:abc",
            "`phone:` takes digits; “abc” has none.",
        ),
        (
            "amount:9..1",
            "amount:9..1",
            "This range of `amount:` ends before it begins. Write the lower end first.",
        ),
        (
            "date:2026..2025",
            "date:2026..2025",
            "This range of `date:` ends before it begins. Write the lower end first.",
        ),
        (
            "city:\"New York",
            "\"New York",
            "This quotation mark is not closed. Write another one after the text.",
        ),
        (
            "a\0b",
            "\0",
            "The search holds a character that no order can hold. Take it out.",
        ),
    ];
    for (typed, place, sentence) in cases {
        let mistake = Query::parse(typed).unwrap_err();
        assert_eq!(&typed[mistake.place.clone()], place, "{typed}");
        assert_eq!(mistake.to_string(), sentence, "{typed}");
    }
}

#[test]
fn a_query_has_bounds() {
    assert!(Query::parse(&"a".repeat(MAX_QUERY_CHARS)).is_ok());
    assert!(Query::parse(&"a".repeat(MAX_QUERY_CHARS + 1)).is_err());
    assert!(Query::parse(&"ж".repeat(MAX_QUERY_CHARS * 2)).is_err());
    assert!(Query::parse(&"a ".repeat(MAX_TERMS)).is_ok());
    assert!(Query::parse(&"a ".repeat(MAX_TERMS + 1)).is_err());
}

#[test]
fn what_is_right_is_understood_beside_what_is_not() {
    let parsed = Parsed::of("city:Moscow amont:5 Anna");
    assert_eq!((parsed.terms.len(), parsed.mistakes.len()), (2, 1));
}
