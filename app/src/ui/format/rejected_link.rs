//! The address of the list of rejected messages.

use std::fmt;

use orders::{QuarantineState, Reason, Timestamp};
use serde::{Deserialize, Serialize};

use super::links::{encode, query_value};
use crate::{
    desk::RejectedFilter,
    ui::language::{Locale, td_string},
};

/// The state of an address that asks for every state; one that names none asks
/// for what is open.
pub const ALL_STATES: &str = "all";

/// What an address of the list asks for, as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedLink {
    /// Only with this reason.
    pub reason: String,
    /// Only in this state.
    pub state: String,
    /// Only what was set aside at this time or later.
    pub from: String,
    /// Only what was set aside before this time.
    pub to: String,
    /// Only ids below.
    pub cursor: String,
    /// How many messages were just replayed.
    pub replayed: String,
    /// How many of them are closed.
    pub closed: String,
    /// Where the next batch to replay starts.
    pub start: String,
    /// Whether something could not be done.
    pub failed: String,
}

/// What of an address cannot be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnknownFilter {
    /// The reason.
    Reason,
    /// The state.
    State,
    /// A time.
    Time,
    /// Where the page starts.
    Cursor,
}

impl UnknownFilter {
    /// What is wrong, and what to do.
    pub fn sentence(self, locale: Locale) -> &'static str {
        match self {
            Self::Reason => td_string!(locale, mistakes.no_reason),
            Self::State => td_string!(locale, mistakes.no_state),
            Self::Time => td_string!(locale, mistakes.no_time),
            Self::Cursor => td_string!(locale, mistakes.cursor),
        }
    }
}

impl RejectedLink {
    /// Reads the query of an address.
    pub fn from_query(query: &str) -> Self {
        let mut link = Self::default();
        for (name, value) in link.fields_mut() {
            *value = query_value(query, name).unwrap_or_default();
        }
        link
    }

    /// The filter that it names.
    ///
    /// # Errors
    /// What cannot be understood.
    pub fn filter(&self) -> Result<RejectedFilter, UnknownFilter> {
        let reason = match self.reason.as_str() {
            "" => None,
            name => Some(Reason::from_name(name).ok_or(UnknownFilter::Reason)?),
        };
        let state = match self.state.as_str() {
            "" => Some(QuarantineState::Open),
            ALL_STATES => None,
            name => Some(QuarantineState::from_name(name).ok_or(UnknownFilter::State)?),
        };
        Ok(RejectedFilter {
            reason,
            state,
            from: read_moment(&self.from)?,
            to: read_moment(&self.to)?,
        })
    }

    /// Where the page starts.
    ///
    /// # Errors
    /// For a cursor that is none.
    pub fn before(&self) -> Result<Option<i64>, UnknownFilter> {
        match self.cursor.as_str() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| UnknownFilter::Cursor),
        }
    }

    /// The same filter, from its first page, and nothing to say.
    #[must_use]
    pub fn plain(&self) -> Self {
        Self {
            reason: self.reason.clone(),
            state: self.state.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            ..Self::default()
        }
    }

    fn fields_mut(&mut self) -> [(&'static str, &mut String); 9] {
        [
            ("reason", &mut self.reason),
            ("state", &mut self.state),
            ("from", &mut self.from),
            ("to", &mut self.to),
            ("cursor", &mut self.cursor),
            ("replayed", &mut self.replayed),
            ("closed", &mut self.closed),
            ("start", &mut self.start),
            ("failed", &mut self.failed),
        ]
    }
}

impl fmt::Display for RejectedLink {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("/rejected")?;
        let mut separator = '?';
        for (name, value) in self.clone().fields_mut() {
            if !value.is_empty() {
                write!(formatter, "{separator}{name}={}", encode(value))?;
                separator = '&';
            }
        }
        Ok(())
    }
}

/// A moment as the API takes it, or as a form's field gives it: in UTC, with or
/// without seconds.
fn read_moment(text: &str) -> Result<Option<Timestamp>, UnknownFilter> {
    if text.is_empty() {
        return Ok(None);
    }
    [text.to_owned(), format!("{text}Z"), format!("{text}:00Z")]
        .iter()
        .find_map(|text| Timestamp::parse(text).ok())
        .map(Some)
        .ok_or(UnknownFilter::Time)
}

#[cfg(test)]
mod tests {
    use orders::Timestamp;

    use super::RejectedLink;

    #[test]
    fn addresses_read_back() {
        let link = RejectedLink {
            reason: "not_json".to_owned(),
            from: "2026-05-12T14:32".to_owned(),
            cursor: "17".to_owned(),
            ..RejectedLink::default()
        };
        let address = link.to_string();
        assert_eq!(
            address,
            "/rejected?reason=not_json&from=2026-05-12T14%3A32&cursor=17"
        );
        let (_, query) = address.split_once('?').unwrap();
        assert_eq!(RejectedLink::from_query(query), link);
        assert_eq!(link.before(), Ok(Some(17)));
        assert_eq!(RejectedLink::default().to_string(), "/rejected");
    }

    #[test]
    fn times_come_from_forms_and_programs() {
        let filter = |query: &str| RejectedLink::from_query(query).filter();
        let times = [
            "from=2026-05-12T14:32",
            "from=2026-05-12T14:32:00",
            "from=2026-05-12T17:32:00%2B03:00",
        ];
        let expected = Timestamp::parse("2026-05-12T14:32:00Z").ok();
        for query in times {
            assert_eq!(filter(query).unwrap().from, expected, "{query}");
        }
        for query in ["to=yesterday", "reason=x", "state=x"] {
            assert!(filter(query).is_err(), "{query}");
        }
        assert_eq!(filter("state=all").unwrap().state, None);
    }
}
