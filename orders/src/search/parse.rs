//! Reading a query.

use std::ops::Range as Place;

use super::{
    Condition, Field, Kind, Mistake, Number, NumberField, Problem, Query, Range, Term, TextField,
    TimeField,
    complete::meant,
    date::{Date, Period},
    filter::bounds_of,
    phone,
    print::names_field,
    range::NoRange,
};

/// The longest query, in characters.
pub const MAX_QUERY_CHARS: usize = 500;

/// The most terms of a query.
pub const MAX_TERMS: usize = 24;

/// The fewest digits that make numbers with spaces between them one phone
/// number.
const MIN_PHONE_DIGITS: usize = 7;

/// The most digits that a phone number has (ITU-T E.164), and a prefix.
const MAX_PHONE_DIGITS: usize = 17;

/// A query as it was typed: what was understood, and what was not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The terms, each with its place in the typed text, in bytes.
    pub terms: Vec<(Place<usize>, Term)>,
    /// What was not understood.
    pub mistakes: Vec<Mistake>,
}

impl Query {
    /// Reads what a person typed.
    ///
    /// # Errors
    /// The first part that cannot be understood.
    pub fn parse(typed: &str) -> Result<Self, Mistake> {
        let parsed = Parsed::of(typed);
        match parsed.mistakes.into_iter().next() {
            Some(mistake) => Err(mistake),
            None => Ok(Self {
                terms: parsed.terms.into_iter().map(|(_, term)| term).collect(),
            }),
        }
    }
}

impl Parsed {
    /// Reads what a person typed, as far as it can be understood.
    pub fn of(typed: &str) -> Self {
        let mut parsed = Self::default();
        if typed.len() > MAX_QUERY_CHARS * 4 || typed.chars().count() > MAX_QUERY_CHARS {
            parsed.refuse(0..typed.len(), Problem::TooLong);
            return parsed;
        }
        let is_strange = |letter: char| letter.is_control() && !letter.is_whitespace();
        if let Some((at, letter)) = typed.char_indices().find(|&(_, letter)| is_strange(letter)) {
            parsed.refuse(at..at + letter.len_utf8(), Problem::NotPrintable);
            return parsed;
        }
        let mut reader = Reader { typed, at: 0 };
        while let Some((place, term)) = reader.term() {
            match term {
                Ok(term) => parsed.terms.push((place, term)),
                Err(mistake) => parsed.mistakes.push(mistake),
            }
        }
        if let Some((place, _)) = parsed.terms.get(MAX_TERMS) {
            parsed.refuse(place.start..typed.len(), Problem::TooManyTerms);
        }
        parsed
    }

    fn refuse(&mut self, place: Place<usize>, problem: Problem) {
        self.mistakes.push(Mistake { place, problem });
    }
}

struct Reader<'a> {
    typed: &'a str,
    at: usize,
}

/// A text as it stood in the query.
struct Text {
    text: String,
    is_quoted: bool,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.typed[self.at..]
    }

    /// Goes on behind `text` if it stands here.
    fn take(&mut self, text: &str) -> bool {
        let is_here = self.rest().starts_with(text);
        if is_here {
            self.at += text.len();
        }
        is_here
    }

    fn skip_space(&mut self) {
        self.at = self.typed.len() - self.rest().trim_start().len();
    }

    /// The text up to the next white space.
    fn bare(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// The next term and its place.
    fn term(&mut self) -> Option<(Place<usize>, Result<Term, Mistake>)> {
        self.skip_space();
        let start = self.at;
        if self.rest().is_empty() {
            return None;
        }
        let is_negated = self
            .rest()
            .strip_prefix('-')
            .is_some_and(|rest| rest.starts_with(|letter: char| !letter.is_whitespace()))
            && self.take("-");
        let condition = self.condition();
        let place = start..self.at;
        Some((
            place,
            condition.map(|condition| Term {
                is_negated,
                condition,
            }),
        ))
    }

    fn condition(&mut self) -> Result<Condition, Mistake> {
        let start = self.at;
        let word = self.rest().split(char::is_whitespace).next().unwrap_or("");
        let Some(name) = names_field(word).filter(|_| !word.starts_with('"')) else {
            let text = self.text()?;
            return Ok(if text.is_quoted {
                Condition::Word(text.text)
            } else {
                Condition::Word(self.whole_phone(start, text.text))
            });
        };
        let Some(field) = Field::named(name) else {
            let value = self.bare();
            return Err(Mistake {
                place: start..start + name.len(),
                problem: Problem::UnknownField {
                    name: name.to_owned(),
                    meant: meant(name).map(|field| format!("{field}{}", &value[name.len() + 1..])),
                },
            });
        };
        self.at += name.len() + 1;
        match field.kind {
            Kind::Text(field) => self.text_condition(start, field),
            Kind::Number(field) => self.number_condition(start, field),
            Kind::Time(field) => self.time_condition(start, field),
        }
    }

    /// A quoted text, or one up to the next white space.
    fn text(&mut self) -> Result<Text, Mistake> {
        let start = self.at;
        if !self.take("\"") {
            return Ok(Text {
                text: self.bare().to_owned(),
                is_quoted: false,
            });
        }
        let mut text = String::new();
        let mut letters = self.rest().char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => {
                    self.at += at + 1;
                    return Ok(Text {
                        text,
                        is_quoted: true,
                    });
                }
                '\\' => text.extend(letters.next().map(|(_, escaped)| escaped)),
                _ => text.push(letter),
            }
        }
        self.at = self.typed.len();
        Err(Mistake {
            place: start..self.at,
            problem: Problem::OpenQuote,
        })
    }

    /// A phone number goes on behind a space.
    fn whole_phone(&mut self, start: usize, first: String) -> String {
        let is_start = first.starts_with(['+', '(']) || first.len() <= 4;
        if !is_start || !first.chars().all(phone::is_phone_character) {
            return first;
        }
        let mut end = self.at;
        loop {
            let rest = &self.typed[end..];
            let next = rest.trim_start();
            let skipped = rest.len() - next.len();
            let word = next.split(char::is_whitespace).next().unwrap_or("");
            let goes_on = !word.is_empty() && !word.starts_with('-');
            if !goes_on || !word.chars().all(phone::is_phone_character) {
                break;
            }
            end += skipped + word.len();
        }
        let whole = &self.typed[start..end];
        let digits = phone::digits(whole).len();
        if end == self.at || !(MIN_PHONE_DIGITS..=MAX_PHONE_DIGITS).contains(&digits) {
            return first;
        }
        self.at = end;
        whole.to_owned()
    }

    fn text_condition(&mut self, start: usize, field: TextField) -> Result<Condition, Mistake> {
        let is_whole = self.take("=");
        let text = self.text()?;
        let problem = if text.text.is_empty() && !(is_whole && text.is_quoted) {
            Problem::NoValue {
                field: field.name(),
            }
        } else if field == TextField::Phone
            && !text.text.is_empty()
            && phone::digits(&text.text).is_empty()
        {
            Problem::NoDigits { value: text.text }
        } else if is_whole {
            return Ok(Condition::Is(field, text.text));
        } else {
            return Ok(Condition::Contains(field, text.text));
        };
        Err(self.mistake(start, problem))
    }

    fn number_condition(&mut self, start: usize, field: NumberField) -> Result<Condition, Mistake> {
        let field_name = field.name();
        let value = self.bare();
        let range = match Range::read(value, Number::parse) {
            Ok(range) => range,
            Err(no_range) => {
                let problem = unreadable(no_range, field_name, |value| Problem::NoNumber {
                    field: field_name,
                    value,
                });
                return Err(self.mistake(start, problem));
            }
        };
        let bounds = bounds_of(&range);
        if bounds.low > bounds.high {
            return Err(self.mistake(start, Problem::Backwards { field: field_name }));
        }
        Ok(Condition::Number(field, range))
    }

    fn time_condition(&mut self, start: usize, field: TimeField) -> Result<Condition, Mistake> {
        let field_name = field.name();
        let value = self.bare();
        if let Some(last) = Period::last(value) {
            return Ok(Condition::Time(field, last));
        }
        let range = match Range::read(value, Date::parse) {
            Ok(range) => range,
            Err(no_range) => {
                let problem = unreadable(no_range, field_name, |value| Problem::NoDate {
                    field: field_name,
                    value,
                });
                return Err(self.mistake(start, problem));
            }
        };
        let bounds = Period::In(range).bounds(time::OffsetDateTime::UNIX_EPOCH);
        let is_relative = |date| matches!(date, Date::Today | Date::Yesterday);
        let is_backwards = match range {
            Range::Between(low, high) => {
                is_relative(low) == is_relative(high) && bounds.from >= bounds.until
            }
            _ => false,
        };
        if is_backwards {
            return Err(self.mistake(start, Problem::Backwards { field: field_name }));
        }
        Ok(Condition::Time(field, Period::In(range)))
    }

    fn mistake(&self, start: usize, problem: Problem) -> Mistake {
        Mistake {
            place: start..self.at,
            problem,
        }
    }
}

fn unreadable(
    no_range: NoRange<'_>,
    field: &'static str,
    no_value: impl FnOnce(String) -> Problem,
) -> Problem {
    match no_range {
        NoRange::Empty | NoRange::Value("") => Problem::NoValue { field },
        NoRange::Value(value) => no_value(value.to_owned()),
    }
}
