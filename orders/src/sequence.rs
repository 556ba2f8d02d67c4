//! Positions: of a message in its channel, of an order in the store.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! position {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
        )]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// The position as PostgreSQL's `bigint` holds it.
            pub const fn get(self) -> i64 {
                self.0
            }

            /// The position with this number; negative numbers become 0.
            pub const fn new(number: i64) -> Self {
                Self(if number < 0 { 0 } else { number })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }
    };
}

position! {
    /// A message's position in its channel: 1 for the channel's first message.
    ///
    /// It identifies a message only together with the channel and the
    /// message's timestamp: a NATS Streaming server that lost its store counts
    /// from 1 again.
    Sequence
}

position! {
    /// An order's position in the store, in order of arrival. It grows, and it
    /// has gaps.
    RowSeq
}

impl From<u64> for Sequence {
    /// NATS Streaming counts in `uint64`; PostgreSQL has no such type. A
    /// channel that took a million messages a second for 290,000 years would
    /// be held at the largest `i64`.
    fn from(number: u64) -> Self {
        Self(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
