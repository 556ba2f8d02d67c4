//! Writing a query, so that it reads back as the same.

use std::fmt;

use super::{Condition, Field, Query, Term, phone};

impl fmt::Display for Query {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, term) in self.terms.iter().enumerate() {
            if index > 0 {
                formatter.write_str(" ")?;
            }
            let next = self.terms.get(index + 1);
            match &term.condition {
                // Without quotes both would be read as one phone number.
                Condition::Word(word)
                    if could_be_phone(word) && next.is_some_and(Term::continues_phone) =>
                {
                    formatter.write_str(if term.is_negated { "-" } else { "" })?;
                    write_text(formatter, word, true)?;
                }
                _ => write!(formatter, "{term}")?,
            }
        }
        Ok(())
    }
}

impl Term {
    fn continues_phone(&self) -> bool {
        matches!(&self.condition, Condition::Word(word) if !self.is_negated && could_be_phone(word))
    }
}

fn could_be_phone(word: &str) -> bool {
    word.chars().all(phone::is_phone_character)
}

impl fmt::Display for Term {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_negated {
            formatter.write_str("-")?;
        }
        self.condition.fmt(formatter)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => {
                let reads_otherwise = word.starts_with('-') || names_field(word).is_some();
                write_text(formatter, word, reads_otherwise)
            }
            Self::Contains(field, text) => {
                write!(formatter, "{field}:")?;
                write_text(formatter, text, text.starts_with('='))
            }
            Self::Is(field, text) => {
                write!(formatter, "{field}:=")?;
                write_text(formatter, text, false)
            }
            Self::Number(field, range) => write!(formatter, "{field}:{range}"),
            Self::Time(field, period) => write!(formatter, "{field}:{period}"),
        }
    }
}

/// What stands before the colon of `field:value`, known or not.
pub(super) fn names_field(word: &str) -> Option<&str> {
    let (name, _) = word.split_once(':')?;
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|letter| letter.is_alphabetic() || letter == '_');
    (is_name || Field::named(name).is_some()).then_some(name)
}

fn write_text(
    formatter: &mut fmt::Formatter<'_>,
    text: &str,
    reads_otherwise: bool,
) -> fmt::Result {
    let is_plain = !text.is_empty()
        && !text.starts_with('"')
        && !text.contains(char::is_whitespace)
        && !reads_otherwise;
    if is_plain {
        return formatter.write_str(text);
    }
    formatter.write_str("\"")?;
    for letter in text.chars() {
        if matches!(letter, '"' | '\\') {
            formatter.write_str("\\")?;
        }
        write!(formatter, "{letter}")?;
    }
    formatter.write_str("\"")
}
