//! Which parts of a list's row were asked for.

use serde::{Deserialize, Serialize};

use super::{Filter, Test, TextField, fold::fold_with_places};
use crate::OrderSummary;

/// A text of [`OrderSummary`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// `order_uid`
    OrderUid,
    /// `track_number`
    TrackNumber,
    /// `customer_id`
    CustomerId,
    /// `name`
    Name,
    /// `city`
    City,
    /// `brand`
    Brand,
    /// `item`
    Item,
    /// `delivery_service`
    DeliveryService,
    /// `currency`
    Currency,
}

/// A part of a text that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mark {
    /// Which text.
    pub column: Column,
    /// Where the part begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
}

impl Column {
    const ALL: [Self; 9] = [
        Self::OrderUid,
        Self::TrackNumber,
        Self::CustomerId,
        Self::Name,
        Self::City,
        Self::Brand,
        Self::Item,
        Self::DeliveryService,
        Self::Currency,
    ];

    fn text(self, summary: &OrderSummary) -> &str {
        match self {
            Self::OrderUid => summary.order_uid.as_str(),
            Self::TrackNumber => &summary.track_number,
            Self::CustomerId => &summary.customer_id,
            Self::Name => &summary.name,
            Self::City => &summary.city,
            Self::Brand => &summary.brand,
            Self::Item => &summary.item,
            Self::DeliveryService => &summary.delivery_service,
            Self::Currency => &summary.currency,
        }
    }

    /// Whether the column shows what the field holds.
    fn shows(self, field: TextField) -> bool {
        match self {
            Self::OrderUid => field == TextField::Uid,
            Self::TrackNumber => field == TextField::Track,
            Self::CustomerId => field == TextField::Customer,
            Self::Name => matches!(field, TextField::Name | TextField::Customer),
            Self::City => field == TextField::City,
            Self::Brand => field == TextField::Brand,
            Self::Item => field == TextField::Item,
            Self::DeliveryService => field == TextField::Delivery,
            Self::Currency => field == TextField::Currency,
        }
    }
}

impl Filter {
    /// The parts of a row that were asked for, in order, none over another.
    pub fn marks(&self, summary: &OrderSummary) -> Vec<Mark> {
        let mut marks = Vec::new();
        if self.terms.is_empty() {
            return marks;
        }
        for column in Column::ALL {
            let wanted = self.wanted_in(column);
            if wanted.is_empty() {
                continue;
            }
            let text = column.text(summary);
            let mut found = places(text, &wanted);
            found.sort_unstable();
            let mut last_end = 0;
            for (start, end) in found {
                let start = start.max(last_end);
                if start < end {
                    marks.push(Mark { column, start, end });
                    last_end = end;
                }
            }
        }
        marks
    }

    /// The folded texts that are asked for in a column.
    fn wanted_in(&self, column: Column) -> Vec<&str> {
        self.terms
            .iter()
            .filter(|term| !term.is_negated)
            .filter_map(|term| match &term.test {
                Test::Anywhere(needle) => Test::ANYWHERE
                    .into_iter()
                    .any(|field| column.shows(field))
                    .then_some(needle.text.as_str()),
                Test::Contains(field, text) | Test::Is(field, text) => {
                    column.shows(*field).then_some(text.as_str())
                }
                Test::Number(..) | Test::Time(..) => None,
            })
            .filter(|text| !text.is_empty())
            .collect()
    }
}

/// Where each of the folded texts stands in `text`, in bytes.
fn places(text: &str, wanted: &[&str]) -> Vec<(usize, usize)> {
    let (folded, letters) = fold_with_places(text);
    // The letter of `text` that made the folded text's byte `at`.
    let letter = |at: usize| letters.partition_point(|&(folded_at, _)| folded_at <= at) - 1;
    let mut found = Vec::new();
    for wanted in wanted {
        for (at, part) in folded.match_indices(wanted) {
            let start = letters[letter(at)].1;
            let after = letter(at + part.len() - 1) + 1;
            let end = letters.get(after).map_or(text.len(), |&(_, at)| at);
            // White space that was taken off the end is not part of it.
            let end = start + text[start..end].trim_end().len();
            found.push((start, end));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn what_was_asked_for_is_found_in_the_text_as_it_was_sent() {
        let cases = [
            ("Cabaret Première mascara", "premiere", vec!["Première"]),
            ("Заказ МОСКВА", "москва", vec!["МОСКВА"]),
            ("и\u{306}од", "йо", vec!["и\u{306}о"]),
            ("  Anna   Maria  ", "anna maria", vec!["Anna   Maria"]),
            ("aXaxA", "ax", vec!["aX", "ax"]),
            ("ﬁn", "i", vec!["ﬁ"]),
            ("abc", "d", vec![]),
        ];
        for (text, wanted, expected) in cases {
            let found: Vec<_> = places(text, &[wanted])
                .into_iter()
                .map(|(start, end)| &text[start..end])
                .collect();
            assert_eq!(found, expected, "{wanted} in {text}");
        }
    }
}
