//! What the address of the desk asks for.

use orders::{
    Cursor, Sort,
    search::{Mistake, Parsed, Query},
};
use serde::{Deserialize, Serialize};

use super::misunderstood::Misunderstood;
use crate::ui::{
    format::links::{self, query_value},
    language::{Locale, td_string},
};

/// What the address asks for, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The text of the search box.
    pub typed: String,
    /// What the list is sorted by, as it was written; empty for the usual.
    pub sort: String,
    /// Where the list begins, as it was written; empty for its top.
    pub cursor: String,
}

impl Question {
    /// The top of the list of all that matches `typed`.
    pub fn of(typed: &str) -> Self {
        Self {
            typed: typed.to_owned(),
            ..Self::default()
        }
    }

    /// Reads the query of an address.
    pub fn from_query(query: &str) -> Self {
        let value = |name| query_value(query, name).unwrap_or_default();
        Self {
            typed: value("q"),
            sort: value("sort"),
            cursor: value("cursor"),
        }
    }

    /// The address that asks it.
    pub fn address(&self) -> String {
        links::search(self.typed.trim(), &self.sort, &self.cursor)
    }

    /// The same from the top of the list.
    #[must_use]
    pub fn from_top(&self) -> Self {
        Self {
            cursor: String::new(),
            ..self.clone()
        }
    }

    /// The same, sorted by `sort`, from the top.
    #[must_use]
    pub fn sorted_by(&self, sort: Sort) -> Self {
        let name = if sort == Sort::default() {
            ""
        } else {
            sort.name()
        };
        Self {
            typed: self.typed.clone(),
            sort: name.to_owned(),
            cursor: String::new(),
        }
    }

    /// The same without the term number `index` of its query, from the top.
    #[must_use]
    pub fn without(&self, index: usize) -> Self {
        let query = Query::parse(&self.typed).unwrap_or_default();
        Self {
            typed: query.without(index).to_string(),
            ..self.from_top()
        }
    }

    /// The list that the page of an order was opened from; every order where
    /// its address names none, or none that can be understood.
    pub fn behind(query: &str) -> Self {
        let list = Self::from_query(query).from_top();
        if list.mistake().is_none() {
            list
        } else {
            Self::default()
        }
    }

    /// The address of an order of the list. It holds the list, so that the page
    /// knows what comes before and after.
    pub fn order_address(&self, uid: &str) -> String {
        let list = self.sorted_by(self.sort());
        links::order_in_list(uid, list.typed.trim(), &list.sort)
    }

    /// Whether the top of the list is on another page.
    pub fn is_further_down(&self) -> bool {
        !self.cursor.is_empty()
    }

    /// What the list is sorted by; the usual where that cannot be understood.
    pub fn sort(&self) -> Sort {
        self.sort.parse().unwrap_or_default()
    }

    /// Whether new orders belong at the top of the list.
    pub fn is_live(&self) -> bool {
        self.mistake().is_none() && self.sort() == Sort::Arrival && !self.is_further_down()
    }

    /// What is asked for, and what of it cannot be understood.
    pub fn parsed(&self) -> Parsed {
        Parsed::of(&self.typed)
    }

    /// Whether every order is asked for.
    pub fn is_of_everything(&self) -> bool {
        self.typed.trim().is_empty()
    }

    /// What is asked for.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(&self) -> Result<(Query, Sort, Option<Cursor>), Misunderstood> {
        match self.mistake() {
            Some(mistake) => Err(mistake),
            None => Ok((
                Query::parse(&self.typed).unwrap_or_default(),
                self.sort(),
                self.cursor.parse().ok(),
            )),
        }
    }

    /// What is wrong with the query.
    pub fn query_mistake(&self) -> Option<Mistake> {
        self.parsed().mistakes.into_iter().next()
    }

    /// What is wrong with it.
    pub fn mistake(&self) -> Option<Misunderstood> {
        if let Some(mistake) = self.query_mistake() {
            return Some(Misunderstood::Query(mistake));
        }
        let sort = match self.sort.as_str() {
            "" => Ok(Sort::default()),
            text => text.parse().map_err(|_| Misunderstood::Sort),
        };
        let cursor = match self.cursor.as_str() {
            "" => Ok(None),
            text => text
                .parse::<Cursor>()
                .map(Some)
                .map_err(|_| Misunderstood::Cursor),
        };
        match (sort, cursor) {
            (Err(problem), _) | (_, Err(problem)) => Some(problem),
            (Ok(sort), Ok(Some(cursor))) if cursor.sort() != sort => Some(Misunderstood::OtherSort),
            _ => None,
        }
    }

    /// The title of the page that answers it.
    pub fn title(&self, locale: Locale) -> String {
        let asked = self.typed.trim();
        if self.mistake().is_some() {
            td_string!(locale, desk.title_mistake).to_owned()
        } else if asked.is_empty() {
            td_string!(locale, desk.title).to_owned()
        } else {
            td_string!(locale, desk.title_asked, asked)
        }
    }
}

#[cfg(test)]
mod tests {
    use orders::Sort;

    use super::{Locale, Question};

    #[test]
    fn a_mistake_is_a_sentence() {
        let cases = [
            ("q=abc&cursor=b1f", None),
            ("", None),
            ("q=amount%3A%3E5&sort=amount&cursor=a1.1", None),
            (
                "q=amont%3A5",
                Some("There is no field `amont`. Did you mean `amount:5`?"),
            ),
            (
                "q=a%00b",
                Some("The search holds a character that no order can hold. Take it out."),
            ),
            (
                "cursor=nonsense",
                Some("This cursor was not given out by Orderdesk; start again without one."),
            ),
            (
                "sort=price",
                Some("Lists are sorted by `arrival`, `date` or `amount`."),
            ),
            (
                "sort=date&cursor=b1",
                Some(
                    "This page belongs to a list that is sorted otherwise. Start again from the top.",
                ),
            ),
        ];
        for (query, expected) in cases {
            let question = Question::from_query(query);
            let said = question
                .mistake()
                .map(|mistake| mistake.sentence(Locale::en));
            assert_eq!(said.as_deref(), expected, "{query}");
        }
    }

    #[test]
    fn an_address_asks_the_same() {
        let question = Question {
            typed: "city:\"New York\" amount:>5".to_owned(),
            sort: "amount".to_owned(),
            cursor: "a1.1".to_owned(),
        };
        let address = question.address();
        let (_, query) = address.split_once('?').unwrap();
        assert_eq!(Question::from_query(query), question);
        assert_eq!(Question::behind(query), question.from_top());
        assert_eq!(Question::behind("q=amont:5"), Question::default());
        assert_eq!(
            question.order_address("a b"),
            "/orders/a%20b?q=city%3A%22New%20York%22%20amount%3A%3E5&sort=amount"
        );
        let usual = Question::from_query("sort=arrival&cursor=b1");
        assert_eq!(usual.order_address("a"), "/orders/a");
        assert_eq!(Question::default().address(), "/");
        assert_eq!(question.without(0).typed, "amount:>5");
        assert_eq!(
            question.sorted_by(Sort::Arrival).address(),
            "/?q=city%3A%22New%20York%22%20amount%3A%3E5"
        );
    }
}
