//! A query made ready to be asked, and what it means.

use time::OffsetDateTime;

use super::{
    Condition, Number, NumberField, Query, Range, SearchRow, TextField, TimeField, fold, phone,
};

/// A query made ready to be asked: texts folded, dates resolved to this moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// What an order must meet, all of it.
    pub terms: Vec<FilterTerm>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq)]
pub struct FilterTerm {
    /// Whether orders that pass the test are left out instead.
    pub is_negated: bool,
    /// The test.
    pub test: Test,
}

/// What is looked at.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The text stands in one of [`Test::ANYWHERE`], or its digits in the phone
    /// number.
    Anywhere(Needle),
    /// The folded text, or the digits, stand in the field.
    Contains(TextField, String),
    /// The folded text, or the digits, are the field.
    Is(TextField, String),
    /// The number lies within.
    Number(NumberField, NumberBounds),
    /// The moment lies within.
    Time(TimeField, TimeBounds),
}

/// A free word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    /// The word, folded.
    pub text: String,
    /// The digits to look for in phone numbers, if it may be a part of one.
    pub digits: Option<String>,
}

/// Which numbers are meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberBounds {
    /// The lowest, or where the range begins.
    pub low: f64,
    /// Whether `low` itself is meant.
    pub has_low: bool,
    /// The highest, or where the range ends.
    pub high: f64,
    /// Whether `high` itself is meant.
    pub has_high: bool,
}

/// Which moments are meant, in microseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeBounds {
    /// The first.
    pub from: i64,
    /// The first after them.
    pub until: i64,
}

impl NumberBounds {
    /// The lowest and the highest number that are meant: a number is meant if it
    /// is none below the one and none above the other.
    pub const fn closed(&self) -> (f64, f64) {
        let low = if self.has_low {
            self.low
        } else {
            self.low.next_up()
        };
        let high = if self.has_high {
            self.high
        } else {
            self.high.next_down()
        };
        (low, high)
    }

    /// Whether `number` is meant. NaN never is.
    pub fn contain(&self, number: f64) -> bool {
        let is_above = number > self.low || (self.has_low && number >= self.low);
        let is_below = number < self.high || (self.has_high && number <= self.high);
        is_above && is_below
    }
}

impl TimeBounds {
    /// Whether `moment` is meant.
    pub const fn contain(&self, moment: i64) -> bool {
        self.from <= moment && moment < self.until
    }
}

pub(super) fn bounds_of(range: &Range<Number>) -> NumberBounds {
    let (low, has_low, high, has_high) = match range {
        Range::Is(number) => (number.value(), true, number.value(), true),
        Range::Over(number) => (number.value(), false, f64::INFINITY, true),
        Range::AtLeast(number) => (number.value(), true, f64::INFINITY, true),
        Range::Under(number) => (f64::NEG_INFINITY, true, number.value(), false),
        Range::AtMost(number) => (f64::NEG_INFINITY, true, number.value(), true),
        Range::Between(low, high) => (low.value(), true, high.value(), true),
    };
    NumberBounds {
        low,
        has_low,
        high,
        has_high,
    }
}

impl Test {
    /// The fields in which a free word is looked for.
    pub const ANYWHERE: [TextField; 7] = [
        TextField::Uid,
        TextField::Track,
        TextField::Customer,
        TextField::Email,
        TextField::City,
        TextField::Brand,
        TextField::Item,
    ];

    fn of(condition: &Condition, now: OffsetDateTime) -> Self {
        match condition {
            Condition::Word(word) => Self::Anywhere(Needle {
                text: fold(word),
                digits: phone::wanted(word),
            }),
            Condition::Contains(TextField::Phone, text) => Self::Contains(
                TextField::Phone,
                phone::wanted(text).unwrap_or_else(|| phone::digits(text)),
            ),
            Condition::Is(TextField::Phone, text) => {
                Self::Is(TextField::Phone, phone::digits(text))
            }
            Condition::Contains(field, text) => Self::Contains(*field, fold(text)),
            Condition::Is(field, text) => Self::Is(*field, fold(text)),
            Condition::Number(field, range) => Self::Number(*field, bounds_of(range)),
            Condition::Time(field, period) => Self::Time(*field, period.bounds(now)),
        }
    }

    /// Whether an order passes.
    pub fn passes(&self, row: &SearchRow) -> bool {
        match self {
            Self::Anywhere(needle) => {
                let stands = |text: &str| text.contains(&needle.text);
                let in_phone = needle
                    .digits
                    .as_ref()
                    .is_some_and(|digits| row.phone.contains(digits));
                in_phone
                    || Self::ANYWHERE
                        .into_iter()
                        .any(|field| row.texts(field).any(stands))
            }
            Self::Contains(field, wanted) => row.texts(*field).any(|text| text.contains(wanted)),
            Self::Is(field, wanted) => row.texts(*field).any(|text| text == wanted),
            Self::Number(field, bounds) => numbers(row, *field, |number| bounds.contain(number)),
            Self::Time(TimeField::Date, bounds) => bounds.contain(row.date),
            Self::Time(TimeField::Received, bounds) => bounds.contain(row.received),
        }
    }
}

/// Whether one of the field's numbers is meant.
#[expect(
    clippy::cast_precision_loss,
    reason = "numbers are compared as doubles, as `Number` says"
)]
fn numbers(row: &SearchRow, field: NumberField, is_meant: impl Fn(f64) -> bool) -> bool {
    let lines = || row.lines.iter();
    match field {
        NumberField::Amount => is_meant(row.amount),
        NumberField::Items => is_meant(row.lines.len() as f64),
        NumberField::NmId => lines()
            .filter_map(|line| line.nm_id)
            .any(|number| is_meant(number as f64)),
        NumberField::Status => lines()
            .filter_map(|line| line.status)
            .any(|number| is_meant(number as f64)),
    }
}

impl Filter {
    /// `query` as it is meant at `now`.
    pub fn new(query: &Query, now: OffsetDateTime) -> Self {
        let terms = query.terms().iter().map(|term| FilterTerm {
            is_negated: term.is_negated,
            test: Test::of(&term.condition, now),
        });
        Self {
            terms: terms.collect(),
        }
    }

    /// Whether every order is asked for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether an order is asked for.
    pub fn matches(&self, row: &SearchRow) -> bool {
        self.terms
            .iter()
            .all(|term| term.test.passes(row) != term.is_negated)
    }
}
