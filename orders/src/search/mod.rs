//! The search language: what people type into the box, what stands in an
//! address, what `GET /api/orders` and the exports take.
//!
//! A [`Query`] is a list of terms, all of which an order must meet. A term is
//! a free word, looked for in everything people know an order by, or
//! `field:value`; a `-` in front asks for the orders that do not meet it.
//! `docs/search.md` describes the language for its users; the tests read its
//! examples.
//!
//! [`Query::parse`] and `Display` are each other's inverse. [`Filter`] is a
//! query made ready to be asked: texts folded, dates resolved. [`SearchRow`]
//! is what an order is found by. What a filter means is said by
//! [`Filter::matches`]; every faster way to find orders is tested against it.

mod complete;
mod date;
mod field;
mod filter;
mod fold;
mod marks;
mod mistake;
mod number;
mod parse;
mod phone;
mod print;
mod range;
mod row;

pub use complete::{Suggestion, field_suggestions};
pub use date::{Date, Period, Unit};
pub use field::{Field, Kind, NumberField, TextField, TimeField};
pub use filter::{Filter, FilterTerm, Needle, NumberBounds, Test, TimeBounds};
pub use fold::fold;
pub use marks::{Column, Mark};
pub use mistake::{Mistake, Problem};
pub use number::Number;
pub use parse::{MAX_QUERY_CHARS, MAX_TERMS, Parsed};
pub use phone::digits;
pub use range::Range;
pub use row::{Line, MAX_SEARCH_CHARS, SearchRow};

use serde::{Deserialize, Serialize};

/// What is asked for: orders that meet every term. Without terms, every order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Query {
    terms: Vec<Term>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Whether orders that meet the condition are left out instead.
    pub is_negated: bool,
    /// The condition.
    pub condition: Condition,
}

/// What an order must be like.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// The text stands in one of those fields that people know orders by.
    Word(String),
    /// The text stands in the field.
    Contains(TextField, String),
    /// The field is the text; an empty text asks for an empty field.
    Is(TextField, String),
    /// The number, or one of the item lines' numbers, lies in the range.
    Number(NumberField, Range<Number>),
    /// The moment lies in the range.
    Time(TimeField, Period),
}

impl Query {
    /// A query of these terms.
    pub fn new(terms: Vec<Term>) -> Self {
        Self { terms }
    }

    /// The conditions, in the order in which they were written.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether every order is asked for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// This query without its term number `index`.
    #[must_use]
    pub fn without(&self, index: usize) -> Self {
        let mut terms = self.terms.clone();
        if index < terms.len() {
            terms.remove(index);
        }
        Self { terms }
    }
}

impl TryFrom<String> for Query {
    type Error = Mistake;

    fn try_from(typed: String) -> Result<Self, Mistake> {
        Self::parse(&typed)
    }
}

impl From<Query> for String {
    fn from(query: Query) -> Self {
        query.to_string()
    }
}
