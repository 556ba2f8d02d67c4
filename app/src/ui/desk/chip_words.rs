//! A term of the query in words: "City is Moscow", "Amount over 5,000".

use orders::search::{
    Condition, Date, Number, NumberField, Period, Range, Term, TextField, TimeField, Unit,
};

use crate::ui::{
    format::number::grouped,
    language::{Locale, counted, td_string},
};

/// One of two keys, by whether the term is negated.
macro_rules! either {
    ($term:expr, $locale:expr, $is:ident, $is_not:ident $(, $more:ident)*) => {
        if $term.is_negated {
            td_string!($locale, chips.$is_not $(, $more)*)
        } else {
            td_string!($locale, chips.$is $(, $more)*)
        }
    };
}

/// A term in words: what is asked of what, and the value.
pub(in crate::ui) fn chip_words(term: &Term, locale: Locale) -> (String, String) {
    match &term.condition {
        Condition::Word(word) => {
            let words = either!(term, locale, with, without);
            (words.to_owned(), word.clone())
        }
        Condition::Contains(field, text) => {
            let field = text_field(*field, locale);
            (either!(term, locale, has, has_not, field), text.clone())
        }
        Condition::Is(field, text) => {
            let field = text_field(*field, locale);
            if text.is_empty() {
                let value = either!(term, locale, empty, not_empty);
                (
                    either!(term, locale, is_empty, is_not_empty, field),
                    value.to_owned(),
                )
            } else {
                (either!(term, locale, is, is_not, field), text.clone())
            }
        }
        Condition::Number(field, range) => number_words(term, *field, range, locale),
        Condition::Time(field, Period::Last(count, unit)) => {
            let field = time_field(*field, locale);
            let value = ago(*unit, *count, locale);
            (either!(term, locale, last, not_last, field), value)
        }
        Condition::Time(field, Period::In(range)) => {
            let field = time_field(*field, locale);
            let words = match range {
                Range::Is(_) => either!(term, locale, on, not_on, field),
                Range::Over(_) => either!(term, locale, after, not_after, field),
                Range::AtLeast(_) | Range::Between(..) => {
                    either!(term, locale, since, not_since, field)
                }
                Range::Under(_) => either!(term, locale, before, not_before, field),
                Range::AtMost(_) => either!(term, locale, until, not_until, field),
            };
            let day = |date: &Date| match date {
                Date::Today => td_string!(locale, chips.today).to_owned(),
                Date::Yesterday => td_string!(locale, chips.yesterday).to_owned(),
                date => date.to_string(),
            };
            (words, value_words(range, locale, day))
        }
    }
}

fn number_words(
    term: &Term,
    field: NumberField,
    range: &Range<Number>,
    locale: Locale,
) -> (String, String) {
    let group = |number: &Number| match field {
        NumberField::Amount | NumberField::Items => grouped(locale, number.as_str()),
        NumberField::NmId | NumberField::Status => number.as_str().to_owned(),
    };
    let field = number_field(field, locale);
    let words = match range {
        Range::Is(_) => either!(term, locale, equals, equals_not, field),
        Range::Over(_) => either!(term, locale, over, not_over, field),
        Range::AtLeast(_) | Range::Between(..) => either!(term, locale, from, not_from, field),
        Range::Under(_) => either!(term, locale, under, not_under, field),
        Range::AtMost(_) => either!(term, locale, up_to, not_up_to, field),
    };
    (words, value_words(range, locale, group))
}

fn value_words<T>(range: &Range<T>, locale: Locale, write: impl Fn(&T) -> String) -> String {
    match range {
        Range::Is(value)
        | Range::Over(value)
        | Range::AtLeast(value)
        | Range::Under(value)
        | Range::AtMost(value) => write(value),
        Range::Between(low, high) => {
            td_string!(locale, chips.between, low = write(low), high = write(high))
        }
    }
}

fn text_field(field: TextField, locale: Locale) -> &'static str {
    match field {
        TextField::Uid => td_string!(locale, fields.uid),
        TextField::Track => td_string!(locale, fields.track),
        TextField::Customer => td_string!(locale, fields.customer),
        TextField::Name => td_string!(locale, fields.name),
        TextField::Phone => td_string!(locale, fields.phone),
        TextField::Email => td_string!(locale, fields.email),
        TextField::City => td_string!(locale, fields.city),
        TextField::Brand => td_string!(locale, fields.brand),
        TextField::Item => td_string!(locale, fields.item),
        TextField::Delivery => td_string!(locale, fields.delivery),
        TextField::Bank => td_string!(locale, fields.bank),
        TextField::Currency => td_string!(locale, fields.currency),
        TextField::Provider => td_string!(locale, fields.provider),
    }
}

fn number_field(field: NumberField, locale: Locale) -> &'static str {
    match field {
        NumberField::Amount => td_string!(locale, fields.amount),
        NumberField::Items => td_string!(locale, fields.items),
        NumberField::NmId => td_string!(locale, fields.nm_id),
        NumberField::Status => td_string!(locale, fields.status),
    }
}

fn time_field(field: TimeField, locale: Locale) -> &'static str {
    match field {
        TimeField::Date => td_string!(locale, fields.placed),
        TimeField::Received => td_string!(locale, fields.stored),
    }
}

fn ago(unit: Unit, count: u32, locale: Locale) -> String {
    match unit {
        Unit::Minutes => counted!(locale, chips.minutes, count),
        Unit::Hours => counted!(locale, chips.hours, count),
        Unit::Days => counted!(locale, chips.days, count),
        Unit::Weeks => counted!(locale, chips.weeks, count),
    }
}

#[cfg(test)]
mod tests {
    use orders::search::Query;

    use super::{Locale, chip_words};

    #[test]
    fn terms_are_said_in_words() {
        let cases = [
            ("anna", "With anna", "Содержит anna"),
            ("-anna", "Without anna", "Без anna"),
            ("city:Moscow", "City has Moscow", "Город Moscow"),
            ("-city:Moscow", "City has not Moscow", "Город без Moscow"),
            ("city:=Moscow", "City is Moscow", "Город ровно Moscow"),
            ("-city:=Moscow", "City is not Moscow", "Город не Moscow"),
            ("city:=\"\"", "City is empty", "Город: пусто"),
            ("-city:=\"\"", "City is not empty", "Город: не пусто"),
            (
                "amount:>5000",
                "Amount over 5,000",
                "Сумма больше 5\u{a0}000",
            ),
            (
                "-amount:>5000",
                "Amount not over 5,000",
                "Сумма не больше 5\u{a0}000",
            ),
            ("-items:1", "Items is not 1", "Товары не 1"),
            (
                "amount:100..2000",
                "Amount from 100 to 2,000",
                "Сумма от 100 до 2\u{a0}000",
            ),
            ("nm_id:2389212", "Article is 2389212", "Артикул 2389212"),
            ("date:2026-05", "Placed on 2026-05", "Оформлен 2026-05"),
            (
                "-date:>today",
                "Placed not after today",
                "Оформлен не после сегодня",
            ),
            (
                "received:7d",
                "Stored in the last 7 days",
                "Сохранён не раньше чем 7 дней назад",
            ),
            (
                "-received:1h",
                "Stored not in the last 1 hour",
                "Сохранён раньше чем 1 час назад",
            ),
        ];
        for (typed, english, russian) in cases {
            let query = Query::parse(typed).unwrap();
            let said = |locale| {
                let (words, value) = chip_words(&query.terms()[0], locale);
                format!("{words} {value}")
            };
            assert_eq!(said(Locale::en), english);
            assert_eq!(said(Locale::ru), russian);
        }
    }
}
