//! The order of a list, and a place in it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::RowSeq;

/// What a list is sorted by. Among equals, the newest comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The order that arrived last comes first.
    #[default]
    Arrival,
    /// The order that was placed last comes first.
    Date,
    /// The largest amount comes first; orders without one come last.
    Amount,
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Arrival, Self::Date, Self::Amount];

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arrival => "arrival",
            Self::Date => "date",
            Self::Amount => "amount",
        }
    }
}

/// A text that is no [`Sort`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("lists are sorted by `arrival`, `date` or `amount`")]
pub struct InvalidSort;

impl FromStr for Sort {
    type Err = InvalidSort;

    fn from_str(text: &str) -> Result<Self, InvalidSort> {
        Self::ALL
            .into_iter()
            .find(|sort| sort.name() == text)
            .ok_or(InvalidSort)
    }
}

/// A keyset cursor: the list goes on below this place. Opaque to clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    sort: Sort,
    key: i64,
    seq: RowSeq,
}

impl Cursor {
    /// A list by arrival goes on with rows before `seq`.
    pub const fn before(seq: RowSeq) -> Self {
        Self {
            sort: Sort::Arrival,
            key: 0,
            seq,
        }
    }

    /// A list by `sort` goes on below the row `seq`, which stands there by
    /// `key`: the larger, the earlier.
    pub const fn below(sort: Sort, key: i64, seq: RowSeq) -> Self {
        let key = if matches!(sort, Sort::Arrival) {
            0
        } else {
            key
        };
        Self { sort, key, seq }
    }

    /// The list that it is a place in.
    pub const fn sort(self) -> Sort {
        self.sort
    }

    /// What the row stands there by; 0 in a list by arrival.
    pub const fn key(self) -> i64 {
        self.key
    }

    /// The row below which the list goes on.
    pub const fn seq(self) -> RowSeq {
        self.seq
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (key, seq) = (self.key, self.seq.get());
        match self.sort {
            Sort::Arrival => write!(formatter, "b{seq:x}"),
            Sort::Date => write!(formatter, "d{key:x}.{seq:x}"),
            Sort::Amount => write!(formatter, "a{key:x}.{seq:x}"),
        }
    }
}

/// A text that is no [`Cursor`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this cursor was not given out by Orderdesk; start again without one")]
pub struct InvalidCursor;

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        let read = |text: &str| {
            if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(InvalidCursor);
            }
            u64::from_str_radix(text, 16).map_err(|_| InvalidCursor)
        };
        let read_seq = |text| {
            let seq = i64::try_from(read(text)?).map_err(|_| InvalidCursor)?;
            Ok(RowSeq::new(seq))
        };
        if let Some(seq) = text.strip_prefix('b') {
            return Ok(Self::before(read_seq(seq)?));
        }
        let (sort, rest) = match text.split_at_checked(1) {
            Some(("d", rest)) => (Sort::Date, rest),
            Some(("a", rest)) => (Sort::Amount, rest),
            _ => return Err(InvalidCursor),
        };
        let (key, seq) = rest.split_once('.').ok_or(InvalidCursor)?;
        Ok(Self::below(sort, read(key)?.cast_signed(), read_seq(seq)?))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Cursor {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some(
                "A place in a list. Only what Orderdesk gave out is understood.",
            ))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Cursor {}

impl Serialize for Cursor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, Sort};
    use crate::RowSeq;

    #[test]
    fn a_cursor_reads_back() {
        for number in [0, 1, 255, i64::MAX] {
            let seq = RowSeq::new(number);
            for sort in Sort::ALL {
                for key in [number, -number, i64::MIN] {
                    let cursor = Cursor::below(sort, key, seq);
                    assert_eq!(cursor.to_string().parse(), Ok(cursor));
                }
            }
            assert_eq!(
                Cursor::before(seq).to_string().parse(),
                Ok(Cursor::before(seq))
            );
        }
    }

    #[test]
    fn other_texts_are_no_cursors() {
        for text in [
            "",
            "b",
            "1",
            "b-1",
            "b+1",
            "bxyz",
            "bffffffffffffffffff",
            "bffffffffffffffff",
            "d1",
            "d.1",
            "d1.",
            "a1.1.1",
            "x1.1",
            "ж",
            "d1.ffffffffffffffff",
        ] {
            assert!(text.parse::<Cursor>().is_err(), "{text}");
        }
    }
}
