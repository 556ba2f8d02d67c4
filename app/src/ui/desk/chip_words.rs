//! A term of the query in words: "City is Moscow", "Amount over 5,000".

use orders::search::{Condition, NumberField, Period, Range, Term, TextField, TimeField, Unit};

use crate::ui::format::number::grouped;

/// A term in words: what is asked of what, and the value.
pub(in crate::ui) fn chip_words(term: &Term) -> (String, String) {
    let not = if term.is_negated { " not" } else { "" };
    match &term.condition {
        Condition::Word(word) if term.is_negated => ("Without".to_owned(), word.clone()),
        Condition::Word(word) => ("With".to_owned(), word.clone()),
        Condition::Contains(field, text) => {
            let verb = if term.is_negated { "has not" } else { "has" };
            (format!("{} {verb}", text_field(*field)), text.clone())
        }
        Condition::Is(field, text) if text.is_empty() => (
            format!("{} is{not}", text_field(*field)),
            "empty".to_owned(),
        ),
        Condition::Is(field, text) => (format!("{} is{not}", text_field(*field)), text.clone()),
        Condition::Number(field, range) => {
            let group = |number: &orders::search::Number| match field {
                NumberField::Amount | NumberField::Items => grouped(number.as_str()),
                NumberField::NmId | NumberField::Status => number.as_str().to_owned(),
            };
            let (words, value) = range_words(range, ("over", "from", "under", "up to"), group);
            (
                format!(
                    "{} {}",
                    number_field(*field),
                    negated(words, term.is_negated)
                ),
                value,
            )
        }
        Condition::Time(field, Period::Last(count, unit)) => (
            format!("{}{not} in the last", time_field(*field)),
            format!("{} {}", grouped(count), unit_word(*unit, *count)),
        ),
        Condition::Time(field, Period::In(range)) => {
            let words = ("after", "since", "before", "until");
            let (words, value) = range_words(range, words, ToString::to_string);
            let words = if words == "is" { "on" } else { words };
            (
                format!("{} {}", time_field(*field), negated(words, term.is_negated)),
                value,
            )
        }
    }
}

/// `is not`, but `not over`.
fn negated(words: &str, is_negated: bool) -> String {
    match (is_negated, words) {
        (false, _) => words.to_owned(),
        (true, "is") => "is not".to_owned(),
        (true, _) => format!("not {words}"),
    }
}

fn range_words<T>(
    range: &Range<T>,
    (over, at_least, under, at_most): (&'static str, &'static str, &'static str, &'static str),
    write: impl Fn(&T) -> String,
) -> (&'static str, String) {
    match range {
        Range::Is(value) => ("is", write(value)),
        Range::Over(value) => (over, write(value)),
        Range::AtLeast(value) => (at_least, write(value)),
        Range::Under(value) => (under, write(value)),
        Range::AtMost(value) => (at_most, write(value)),
        Range::Between(low, high) => (at_least, format!("{} to {}", write(low), write(high))),
    }
}

const fn text_field(field: TextField) -> &'static str {
    match field {
        TextField::Uid => "Order number",
        TextField::Track => "Track number",
        TextField::Customer => "Customer",
        TextField::Name => "Name",
        TextField::Phone => "Phone",
        TextField::Email => "E-mail",
        TextField::City => "City",
        TextField::Brand => "Brand",
        TextField::Item => "Item",
        TextField::Delivery => "Delivery",
        TextField::Bank => "Bank",
        TextField::Currency => "Currency",
        TextField::Provider => "Provider",
    }
}

const fn number_field(field: NumberField) -> &'static str {
    match field {
        NumberField::Amount => "Amount",
        NumberField::Items => "Items",
        NumberField::NmId => "Article",
        NumberField::Status => "Status",
    }
}

const fn time_field(field: TimeField) -> &'static str {
    match field {
        TimeField::Date => "Placed",
        TimeField::Received => "Stored",
    }
}

const fn unit_word(unit: Unit, count: u32) -> &'static str {
    match (unit, count) {
        (Unit::Minutes, 1) => "minute",
        (Unit::Minutes, _) => "minutes",
        (Unit::Hours, 1) => "hour",
        (Unit::Hours, _) => "hours",
        (Unit::Days, 1) => "day",
        (Unit::Days, _) => "days",
        (Unit::Weeks, 1) => "week",
        (Unit::Weeks, _) => "weeks",
    }
}

#[cfg(test)]
mod tests {
    use orders::search::Query;

    use super::chip_words;

    #[test]
    fn terms_are_said_in_words() {
        let cases = [
            ("anna", "With anna"),
            ("-anna", "Without anna"),
            ("city:Moscow", "City has Moscow"),
            ("city:=Moscow", "City is Moscow"),
            ("-city:=Moscow", "City is not Moscow"),
            ("city:=\"\"", "City is empty"),
            ("amount:>5000", "Amount over 5,000"),
            ("-amount:>5000", "Amount not over 5,000"),
            ("-items:1", "Items is not 1"),
            ("amount:100..2000", "Amount from 100 to 2,000"),
            ("nm_id:2389212", "Article is 2389212"),
            ("date:2026-05", "Placed on 2026-05"),
            ("-date:>today", "Placed not after today"),
            ("received:7d", "Stored in the last 7 days"),
        ];
        for (typed, expected) in cases {
            let query = Query::parse(typed).unwrap();
            let (words, value) = chip_words(&query.terms()[0]);
            assert_eq!(format!("{words} {value}"), expected);
        }
    }
}
