//! What a query that is being typed may go on with.

use std::ops::Range as Place;

use super::{Field, Kind, TextField};

/// How many letters a name may differ by and still be taken for a field's.
const MAX_DISTANCE: usize = 2;

/// The part of a query at which a person is typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suggestion {
    /// The beginning of a field's name.
    Field {
        /// Where it stands, in bytes.
        place: Place<usize>,
        /// What there is of it.
        prefix: String,
    },
    /// The beginning of a field's value.
    Value {
        /// Where the value stands, in bytes.
        place: Place<usize>,
        /// The field.
        field: TextField,
        /// What there is of it.
        prefix: String,
    },
}

impl Suggestion {
    /// What could be completed where the caret stands, in bytes; `None` where
    /// there is nothing.
    pub fn at(typed: &str, caret: usize) -> Option<Self> {
        let before = typed.get(..caret)?;
        let start = term_start(before);
        let term = &before[start..];
        let sign = term.len() - term.trim_start_matches('-').len();
        let term = &term[sign..];
        let start = start + sign;
        let Some((name, value)) = term.split_once(':') else {
            let is_name = term
                .chars()
                .all(|letter| letter.is_alphabetic() || letter == '_');
            return is_name.then(|| Self::Field {
                place: start..caret,
                prefix: term.to_owned(),
            });
        };
        let Kind::Text(field) = Field::named(name)?.kind else {
            return None;
        };
        Some(Self::Value {
            place: start + name.len() + 1..caret,
            field,
            prefix: value.trim_start_matches('=').trim_matches('"').to_owned(),
        })
    }
}

/// Where the term begins that `before` ends in: behind the last white space
/// that is not in quotes.
fn term_start(before: &str) -> usize {
    let mut start = 0;
    let mut is_quoted = false;
    for (at, letter) in before.char_indices() {
        if letter == '"' {
            is_quoted = !is_quoted;
        } else if letter.is_whitespace() && !is_quoted {
            start = at + letter.len_utf8();
        }
    }
    start
}

/// The fields whose names begin with `prefix`.
pub fn field_suggestions(prefix: &str) -> impl Iterator<Item = Field> + '_ {
    Field::all().filter(move |field| {
        field
            .name
            .get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    })
}

/// The field that `name` is most like, with its colon.
pub(super) fn meant(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let distance = |field: &Field| strsim::damerau_levenshtein(field.name, &name);
    let starts_so = |field: &Field| name.len() >= 3 && field.name.starts_with(&name);
    Field::all()
        .map(|field| {
            let distance = if starts_so(&field) {
                1
            } else {
                distance(&field)
            };
            (distance, field.name)
        })
        .filter(|&(distance, field)| distance <= MAX_DISTANCE && distance < field.len())
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, field)| format!("{field}:"))
}

#[cfg(test)]
mod tests {
    use super::{Suggestion, field_suggestions, meant};
    use crate::search::TextField;

    #[test]
    fn a_name_is_completed_and_so_is_a_value() {
        let field = |place, prefix: &str| Suggestion::Field {
            place,
            prefix: prefix.to_owned(),
        };
        let value = |place, prefix: &str| Suggestion::Value {
            place,
            field: TextField::City,
            prefix: prefix.to_owned(),
        };
        let cases = [
            ("ci", 2, Some(field(0..2, "ci"))),
            ("x -am", 5, Some(field(3..5, "am"))),
            ("city:Mo", 7, Some(value(5..7, "Mo"))),
            ("a city:\"New Y", 13, Some(value(7..13, "New Y"))),
            ("city:=Mo", 8, Some(value(5..8, "Mo"))),
            ("amount:5", 8, None),
            ("b563", 4, None),
            ("мос", 6, Some(field(0..6, "мос"))),
            ("мос", 1, None),
        ];
        for (typed, caret, expected) in cases {
            assert_eq!(Suggestion::at(typed, caret), expected, "{typed}");
        }
        let names: Vec<_> = field_suggestions("c").map(|field| field.name).collect();
        assert_eq!(names, ["customer", "city", "currency"]);
        assert_eq!(field_suggestions("мо").count(), 0);
    }

    #[test]
    fn a_slip_of_the_hand_is_understood() {
        assert_eq!(meant("amont").as_deref(), Some("amount:"));
        assert_eq!(meant("Ctiy").as_deref(), Some("city:"));
        assert_eq!(meant("deliv").as_deref(), Some("delivery:"));
        assert_eq!(meant("http"), None);
    }
}
