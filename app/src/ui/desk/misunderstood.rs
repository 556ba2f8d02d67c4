//! What of an address of the desk cannot be understood, as a sentence.

use orders::search::{MAX_QUERY_CHARS, MAX_TERMS, Mistake, Problem};

use crate::ui::language::{Locale, td_string};

/// What of an address cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misunderstood {
    /// A part of the query.
    Query(Mistake),
    /// What the list is sorted by.
    Sort,
    /// Where it begins.
    Cursor,
    /// It begins where a list that is sorted otherwise does.
    OtherSort,
}

impl Misunderstood {
    /// What is wrong, and what to do; what stands between backticks is code.
    pub fn sentence(&self, locale: Locale) -> String {
        match self {
            Self::Query(mistake) => problem(&mistake.problem, locale),
            Self::Sort => td_string!(locale, mistakes.sort).to_owned(),
            Self::Cursor => td_string!(locale, mistakes.cursor).to_owned(),
            Self::OtherSort => td_string!(locale, mistakes.other_sort).to_owned(),
        }
    }
}

/// In English it is what the API answers.
fn problem(problem: &Problem, locale: Locale) -> String {
    match problem {
        Problem::UnknownField {
            name,
            meant: Some(meant),
        } => td_string!(locale, mistakes.unknown_field_meant, name, meant),
        Problem::UnknownField { name, meant: None } => {
            td_string!(locale, mistakes.unknown_field, name)
        }
        Problem::NoValue { field } => td_string!(locale, mistakes.no_value, field),
        Problem::NoNumber { field, value } => {
            td_string!(locale, mistakes.no_number, field, value)
        }
        Problem::NoDate { field, value } => td_string!(locale, mistakes.no_date, field, value),
        Problem::NoDigits { value } => td_string!(locale, mistakes.no_digits, value),
        Problem::Backwards { field } => td_string!(locale, mistakes.backwards, field),
        Problem::OpenQuote => td_string!(locale, mistakes.open_quote).to_owned(),
        Problem::NotPrintable => td_string!(locale, mistakes.not_printable).to_owned(),
        Problem::TooLong => td_string!(locale, mistakes.too_long, limit = MAX_QUERY_CHARS),
        Problem::TooManyTerms => td_string!(locale, mistakes.too_many_terms, limit = MAX_TERMS),
    }
}

#[cfg(test)]
mod tests {
    use orders::search::Problem;

    use super::{Locale, problem};

    #[test]
    fn mistakes_are_said_as_the_api_says_them_and_in_russian() {
        let value = || "x".to_owned();
        let field = "amount";
        let problems = [
            Problem::UnknownField {
                name: "amont".to_owned(),
                meant: Some("amount:5".to_owned()),
            },
            Problem::UnknownField {
                name: "abc".to_owned(),
                meant: None,
            },
            Problem::NoValue { field },
            Problem::NoNumber {
                field,
                value: value(),
            },
            Problem::NoDate {
                field,
                value: value(),
            },
            Problem::NoDigits { value: value() },
            Problem::Backwards { field },
            Problem::OpenQuote,
            Problem::NotPrintable,
            Problem::TooLong,
            Problem::TooManyTerms,
        ];
        for said in problems {
            let english = said.to_string();
            assert_eq!(problem(&said, Locale::en), english);
            let russian = problem(&said, Locale::ru);
            assert!(russian.chars().any(|letter| ('а'..='я').contains(&letter)));
            // What is code is the same in both.
            let code = |text: &str| {
                let parts = text.split('`').skip(1).step_by(2);
                parts.map(str::to_owned).collect::<Vec<_>>()
            };
            assert_eq!(code(&russian), code(&english), "{russian}");
        }
    }
}
