//! The peek: on wide screens the chosen row's order beside the list.
//!
//! A press on a row chooses it, a second one opens the page; so does a press
//! with Ctrl, or in the middle. Anything else that chooses calls [`choose`], or
//! sends the row a bubbling event [`CHOOSE`]. The server renders the order
//! ([`render_peek`]). Without a script there is no peek: a row leads to its page.

mod choose;
#[cfg(feature = "ssr")]
mod view;

pub use choose::{CHOOSE, choose, close, follow, keep, may_choose};
#[cfg(feature = "ssr")]
pub use view::{Peek, render_peek};

/// The peek's id.
const PEEK: &str = "peek";

/// The id of the element that holds the order.
const CONTENT: &str = "peek-order";
