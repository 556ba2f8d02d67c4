//! The fields that terms can name.

use std::fmt;

/// What kind of value a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text, or a part of one.
    Text(TextField),
    /// A number, or a range of numbers.
    Number(NumberField),
    /// A date, or a range of dates.
    Time(TimeField),
}

macro_rules! fields {
    ($($(#[$doc:meta])* $kind:ident { $($(#[$field_doc:meta])* $name:ident = $text:literal,)+ })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
            pub enum $kind {
                $($(#[$field_doc])* $name,)+
            }

            impl $kind {
                /// All of them.
                pub const ALL: &[Self] = &[$(Self::$name,)+];

                /// The name as it is written before the colon.
                pub const fn name(self) -> &'static str {
                    match self {
                        $(Self::$name => $text,)+
                    }
                }
            }

            impl fmt::Display for $kind {
                fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                    formatter.write_str(self.name())
                }
            }
        )+
    };
}

fields! {
    /// Fields that hold text.
    TextField {
        /// The order's uid.
        Uid = "uid",
        /// The parcel's number.
        Track = "track",
        /// The customer: identity or name.
        Customer = "customer",
        /// The recipient's name.
        Name = "name",
        /// The recipient's phone number: its digits.
        Phone = "phone",
        /// The recipient's e-mail address.
        Email = "email",
        /// The city.
        City = "city",
        /// The brand of an item line.
        Brand = "brand",
        /// The name of an item line.
        Item = "item",
        /// Who delivers.
        Delivery = "delivery",
        /// The bank that the payment came from.
        Bank = "bank",
        /// The payment's currency.
        Currency = "currency",
        /// The payment's provider.
        Provider = "provider",
    }
    /// Fields that hold numbers.
    NumberField {
        /// What the customer pays.
        Amount = "amount",
        /// The number of item lines.
        Items = "items",
        /// The article number of an item line.
        NmId = "nm_id",
        /// The status of an item line.
        Status = "status",
    }
    /// Fields that hold moments.
    TimeField {
        /// When the order was placed.
        Date = "date",
        /// When the order was stored.
        Received = "received",
    }
}

/// A field by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// What is written before the colon.
    pub name: &'static str,
    /// What may stand after it.
    pub kind: Kind,
}

impl Field {
    /// Every field, those people ask for most first.
    pub fn all() -> impl Iterator<Item = Self> {
        let texts = TextField::ALL.iter().map(|&field| Kind::Text(field));
        let numbers = NumberField::ALL.iter().map(|&field| Kind::Number(field));
        let times = TimeField::ALL.iter().map(|&field| Kind::Time(field));
        texts.chain(numbers).chain(times).map(|kind| Self {
            name: kind.name(),
            kind,
        })
    }

    /// The field with this name, whatever its case.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|field| field.name.eq_ignore_ascii_case(name))
    }
}

impl Kind {
    /// The name as it is written before the colon.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text(field) => field.name(),
            Self::Number(field) => field.name(),
            Self::Time(field) => field.name(),
        }
    }
}
