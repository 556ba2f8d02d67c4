//! The command palette: one box that leads to orders, filters, pages and
//! commands, from anywhere, by keyboard.
//!
//! The server renders its frame into every page ([`Palette`]) and what it
//! offers for a text at `GET /palette` ([`answer`]). The browser opens it, asks
//! as one types, adds what it keeps itself, and chooses ([`combobox`],
//! [`kept`]).

#[cfg(feature = "ssr")]
mod answer;
mod combobox;
#[cfg(feature = "ssr")]
mod findings;
#[cfg(feature = "ssr")]
mod frame;
mod kept;
#[cfg(feature = "ssr")]
mod line;
#[cfg(feature = "ssr")]
mod places;
mod press;

#[cfg(feature = "ssr")]
pub use answer::render_palette;
#[cfg(feature = "ssr")]
pub use frame::Palette;
pub(super) use {
    combobox::{on_input, on_key, open, toggle},
    press::on_click,
};

/// The id of the dialog.
pub(super) const PALETTE: &str = "palette";

/// The id of its box.
const BOX: &str = "palette-input";

/// The id of what holds the answer.
const BODY: &str = "palette-body";

/// The id of the list in it.
const LIST: &str = "palette-list";

/// The id of the region that is read out.
const SAYS: &str = "palette-says";
