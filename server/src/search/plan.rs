//! A filter, prepared for the columns: texts that rows share become codes.

use memchr::memmem::Finder;
use orders::search::{Filter, NumberBounds, NumberField, Test, TextField, TimeBounds, TimeField};

use super::{
    chunk::{Chunk, Dictionaries},
    dictionary::{Code, Codes, Dictionary},
    text_column::TextColumn,
};

/// A filter, prepared for the columns. It knows the dictionaries as they were
/// when it was made: rows that came later may not be tested by it.
pub(super) struct Plan<'a> {
    /// Cheap tests first.
    pub(super) steps: Vec<Step<'a>>,
}

pub(super) struct Step<'a> {
    pub(super) is_negated: bool,
    /// One of them has to hold.
    pub(super) checks: Vec<Check<'a>>,
}

/// A test on one column.
#[expect(
    clippy::large_enum_variant,
    reason = "there are some dozens at most, made once a search"
)]
pub(super) enum Check<'a> {
    Find(Texts, Finder<'a>),
    Equal(Texts, &'a str),
    Coded(SharedColumn, Codes),
    LineCoded(LineColumn, Codes),
    Amount(NumberBounds),
    Lines(NumberBounds),
    LineNumber(NumberField, NumberBounds),
    Time(TimeField, TimeBounds),
}

/// A column with a text for each row.
#[derive(Clone, Copy)]
pub(super) enum Texts {
    Uid,
    Track,
    Customer,
    Name,
    Phone,
    Email,
}

/// A column with a code for each row.
#[derive(Clone, Copy)]
pub(super) enum SharedColumn {
    City,
    Delivery,
    Bank,
    Currency,
    Provider,
}

/// A column with a code for each line of each row.
#[derive(Clone, Copy)]
pub(super) enum LineColumn {
    Brand,
    Item,
}

/// Where the texts of a field stand.
enum Place {
    Own(&'static [Texts]),
    Shared(SharedColumn),
    Line(LineColumn),
}

const fn place(field: TextField) -> Place {
    match field {
        TextField::Uid => Place::Own(&[Texts::Uid]),
        TextField::Track => Place::Own(&[Texts::Track]),
        TextField::Customer => Place::Own(&[Texts::Customer, Texts::Name]),
        TextField::Name => Place::Own(&[Texts::Name]),
        TextField::Phone => Place::Own(&[Texts::Phone]),
        TextField::Email => Place::Own(&[Texts::Email]),
        TextField::City => Place::Shared(SharedColumn::City),
        TextField::Delivery => Place::Shared(SharedColumn::Delivery),
        TextField::Bank => Place::Shared(SharedColumn::Bank),
        TextField::Currency => Place::Shared(SharedColumn::Currency),
        TextField::Provider => Place::Shared(SharedColumn::Provider),
        TextField::Brand => Place::Line(LineColumn::Brand),
        TextField::Item => Place::Line(LineColumn::Item),
    }
}

impl Texts {
    pub(super) const fn of(self, chunk: &Chunk) -> &TextColumn {
        match self {
            Self::Uid => &chunk.uid,
            Self::Track => &chunk.track,
            Self::Customer => &chunk.customer,
            Self::Name => &chunk.name,
            Self::Phone => &chunk.phone,
            Self::Email => &chunk.email,
        }
    }
}

impl SharedColumn {
    pub(super) fn of(self, chunk: &Chunk) -> &[Code] {
        match self {
            Self::City => &chunk.city,
            Self::Delivery => &chunk.delivery,
            Self::Bank => &chunk.bank,
            Self::Currency => &chunk.currency,
            Self::Provider => &chunk.provider,
        }
    }

    const fn dictionary(self, dictionaries: &Dictionaries) -> &Dictionary {
        match self {
            Self::City => &dictionaries.city,
            Self::Delivery => &dictionaries.delivery,
            Self::Bank => &dictionaries.bank,
            Self::Currency => &dictionaries.currency,
            Self::Provider => &dictionaries.provider,
        }
    }
}

impl LineColumn {
    pub(super) fn of(self, chunk: &Chunk) -> &[Code] {
        match self {
            Self::Brand => &chunk.brand,
            Self::Item => &chunk.item,
        }
    }

    const fn dictionary(self, dictionaries: &Dictionaries) -> &Dictionary {
        match self {
            Self::Brand => &dictionaries.brand,
            Self::Item => &dictionaries.item,
        }
    }
}

/// The dictionary of a field whose texts are shared.
pub(super) const fn dictionary(
    field: TextField,
    dictionaries: &Dictionaries,
) -> Option<&Dictionary> {
    match place(field) {
        Place::Own(_) => None,
        Place::Shared(column) => Some(column.dictionary(dictionaries)),
        Place::Line(column) => Some(column.dictionary(dictionaries)),
    }
}

impl<'a> Plan<'a> {
    pub(super) fn new(filter: &'a Filter, dictionaries: &Dictionaries) -> Self {
        let mut steps: Vec<Step<'a>> = filter
            .terms
            .iter()
            .map(|term| {
                let mut checks = checks(&term.test, dictionaries);
                checks.sort_by_key(Check::cost);
                Step {
                    is_negated: term.is_negated,
                    checks,
                }
            })
            .collect();
        steps.sort_by_key(|step| step.checks.iter().map(Check::cost).sum::<u32>());
        Self { steps }
    }

    /// Whether it is known beforehand that no row is meant.
    pub(super) fn finds_nothing(&self) -> bool {
        self.steps
            .iter()
            .any(|step| !step.is_negated && step.checks.iter().all(Check::never_holds))
    }

    /// Whether a row of `chunk` may be meant; `false` is certain, and known
    /// without looking at the rows.
    pub(super) fn may_find(&self, chunk: &Chunk) -> bool {
        self.steps
            .iter()
            .all(|step| step.is_negated || step.checks.iter().any(|check| check.may_hold(chunk)))
    }
}

fn checks<'a>(test: &'a Test, dictionaries: &Dictionaries) -> Vec<Check<'a>> {
    match test {
        Test::Anywhere(needle) => {
            let phone = needle
                .digits
                .iter()
                .map(|digits| Check::Find(Texts::Phone, Finder::new(digits)));
            let fields = Test::ANYWHERE
                .into_iter()
                .flat_map(|field| containing(field, &needle.text, dictionaries));
            phone.chain(fields).collect()
        }
        Test::Contains(field, wanted) => containing(*field, wanted, dictionaries),
        Test::Is(field, wanted) => match place(*field) {
            Place::Own(columns) => columns
                .iter()
                .map(|&column| Check::Equal(column, wanted))
                .collect(),
            Place::Shared(column) => {
                let codes = column.dictionary(dictionaries).equal(wanted);
                vec![Check::Coded(column, codes)]
            }
            Place::Line(column) => {
                let codes = column.dictionary(dictionaries).equal(wanted);
                vec![Check::LineCoded(column, codes)]
            }
        },
        Test::Number(NumberField::Amount, bounds) => vec![Check::Amount(*bounds)],
        Test::Number(NumberField::Items, bounds) => vec![Check::Lines(*bounds)],
        Test::Number(field, bounds) => vec![Check::LineNumber(*field, *bounds)],
        Test::Time(field, bounds) => vec![Check::Time(*field, *bounds)],
    }
}

fn containing<'a>(field: TextField, text: &'a str, dictionaries: &Dictionaries) -> Vec<Check<'a>> {
    match place(field) {
        Place::Own(columns) => columns
            .iter()
            .map(|&column| Check::Find(column, Finder::new(text)))
            .collect(),
        Place::Shared(column) => {
            let codes = column
                .dictionary(dictionaries)
                .containing(&Finder::new(text));
            vec![Check::Coded(column, codes)]
        }
        Place::Line(column) => {
            let codes = column
                .dictionary(dictionaries)
                .containing(&Finder::new(text));
            vec![Check::LineCoded(column, codes)]
        }
    }
}

impl Check<'_> {
    const fn cost(&self) -> u32 {
        match self {
            Self::Time(..) | Self::Amount(_) | Self::Lines(_) => 1,
            Self::Coded(..) => 2,
            Self::LineCoded(..) | Self::LineNumber(..) => 4,
            Self::Equal(..) => 8,
            Self::Find(..) => 16,
        }
    }

    fn may_hold(&self, chunk: &Chunk) -> bool {
        match self {
            Self::Equal(column, text) => column.of(chunk).could_be(text),
            Self::Find(column, finder) => column.of(chunk).could_hold(finder.needle()),
            _ => !self.never_holds(),
        }
    }

    pub(super) const fn never_holds(&self) -> bool {
        match self {
            Self::Coded(_, codes) | Self::LineCoded(_, codes) => codes.is_empty(),
            _ => false,
        }
    }
}
