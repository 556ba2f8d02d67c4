//! The page of an order, which is asked for more than any other: its text is
//! written at once, and set into a frame that is kept ([ADR 10]).
//!
//! [`OrderPages`] answers requests. [`opened`] asks the desk for what the page
//! shows, [`content`] and the modules of its parts write it, [`frame`] has what
//! surrounds it, made by the same views as every other page, and [`kept`] keeps
//! that for a moment.
//!
//! [ADR 10]: ../../../../docs/adr/0010-the-page-of-an-order-is-text.md

mod answer;
mod content;
mod delivery;
mod fields;
mod frame;
mod items;
mod kept;
mod opened;
mod payment;
mod preview;
mod related;
mod source;
mod summary;
mod view;
mod walk;
mod way;

pub use answer::OrderPages;
pub(super) use view::OrderPage;
