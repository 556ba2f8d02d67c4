//! Reading and writing a query are each other's inverse.

use orders::search::{
    Condition, Date, Filter, Number, NumberField, Parsed, Period, Query, Range, Term, TextField,
    TimeField, Unit, fold,
};
use proptest::{collection::vec, prelude::*, sample::select};
use time::{Month, OffsetDateTime};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,8}",
        "[0-9+() .-]{1,12}",
        "[\"\\\\:=<>.a-z -]{1,10}",
        "\\PC{1,10}",
        select(vec![
            "-", "--", "city:x", "=x", "..", "\"", "\\", " ", "a b"
        ])
        .prop_map(String::from),
    ]
}

fn number() -> impl Strategy<Value = Number> {
    prop_oneof!["-?[0-9]{1,9}", "[0-9]{1,6}\\.[0-9]{1,4}"]
        .prop_map(|text| Number::parse(&text).unwrap())
}

fn date() -> impl Strategy<Value = Date> {
    let day = (1_i32..=9999, 1_u16..=365)
        .prop_map(|(year, day)| time::Date::from_ordinal_date(year, day).unwrap());
    let clock = (0_u8..24, 0_u8..60, 0_u8..60);
    prop_oneof![
        Just(Date::Today),
        Just(Date::Yesterday),
        (1_i32..=9999).prop_map(Date::Year),
        (1_i32..=9999, 1_u8..=12)
            .prop_map(|(year, month)| Date::Month(year, Month::try_from(month).unwrap())),
        day.clone().prop_map(Date::Day),
        (day.clone(), clock.clone()).prop_map(|(day, (hour, minute, _))| Date::Minute(
            day,
            time::Time::from_hms(hour, minute, 0).unwrap()
        )),
        (day, clock).prop_map(|(day, (hour, minute, second))| Date::Second(
            day,
            time::Time::from_hms(hour, minute, second).unwrap()
        )),
    ]
}

fn range<T: Clone + std::fmt::Debug + 'static>(
    value: impl Strategy<Value = T> + Clone + 'static,
) -> impl Strategy<Value = Range<T>> {
    prop_oneof![
        value.clone().prop_map(Range::Is),
        value.clone().prop_map(Range::Over),
        value.clone().prop_map(Range::AtLeast),
        value.clone().prop_map(Range::Under),
        value.clone().prop_map(Range::AtMost),
        (value.clone(), value).prop_map(|(low, high)| Range::Between(low, high)),
    ]
}

/// A range that ends before it begins is a mistake.
fn is_forwards(condition: &Condition) -> bool {
    match condition {
        Condition::Number(_, Range::Between(low, high)) => low.value() <= high.value(),
        Condition::Time(_, Period::In(Range::Between(low, high))) => {
            low.to_string() == high.to_string()
        }
        _ => true,
    }
}

fn condition() -> impl Strategy<Value = Condition> {
    let text_field = select(TextField::ALL);
    let has_digits = |field: TextField, text: &str| {
        field != TextField::Phone || text.bytes().any(|byte| byte.is_ascii_digit())
    };
    prop_oneof![
        4 => text().prop_map(Condition::Word),
        2 => (text_field.clone(), text())
            .prop_filter("digits", move |(field, text)| has_digits(*field, text))
            .prop_map(|(field, text)| Condition::Contains(field, text)),
        2 => (text_field, prop_oneof![text(), Just(String::new())])
            .prop_filter("digits", move |(field, text)| text.is_empty() || has_digits(*field, text))
            .prop_map(|(field, text)| Condition::Is(field, text)),
        2 => (select(NumberField::ALL), range(number().boxed()))
            .prop_map(|(field, range)| Condition::Number(field, range)),
        2 => (select(TimeField::ALL), range(date().boxed()))
            .prop_map(|(field, range)| Condition::Time(field, Period::In(range))),
        1 => (select(TimeField::ALL), 1_u32..=99_999, select(&Unit::ALL[..]))
            .prop_map(|(field, count, unit)| Condition::Time(field, Period::Last(count, unit))),
    ]
    .prop_filter("forwards", is_forwards)
}

fn query() -> impl Strategy<Value = Query> {
    let term = (any::<bool>(), condition()).prop_map(|(is_negated, condition)| Term {
        is_negated,
        condition,
    });
    vec(term, 0..6).prop_map(Query::new)
}

/// What a hand on a keyboard makes: terms, halves of terms, anything.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,6}",
        "[a-z_]{1,8}:[<>=.0-9a-z\"-]{0,8}",
        "[0-9+() -]{1,12}",
        select(vec![
            " ", "  ", "\t", "-", "\"", "\\", "city:", "amount:>", "date:", "..", "ж"
        ])
        .prop_map(String::from),
    ];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn what_is_written_reads_back(query in query()) {
        let written = query.to_string();
        prop_assume!(written.chars().count() <= orders::search::MAX_QUERY_CHARS);
        prop_assert_eq!(Query::parse(&written), Ok(query), "{}", written);
    }

    #[test]
    fn what_was_understood_reads_back(typed in typed()) {
        let parsed = Parsed::of(&typed);
        for (place, _) in &parsed.terms {
            prop_assert!(typed.get(place.clone()).is_some());
        }
        for mistake in &parsed.mistakes {
            prop_assert!(typed.get(mistake.place.clone()).is_some());
            prop_assert!(mistake.to_string().ends_with(['.', '?']));
        }
        if let Ok(query) = Query::parse(&typed) {
            let written = query.to_string();
            prop_assume!(written.chars().count() <= orders::search::MAX_QUERY_CHARS);
            prop_assert_eq!(Query::parse(&written), Ok(query.clone()), "{}", written);
            Filter::new(&query, OffsetDateTime::UNIX_EPOCH);
        }
    }

    #[test]
    fn folding_twice_is_folding_once(text in "\\PC{0,20}") {
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded.clone());
    }
}
