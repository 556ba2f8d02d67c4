//! The Leptos app: pages, components, server functions, and the port they
//! read through.
#![allow(
    clippy::needless_pass_by_value,
    reason = "a component owns its props: the `view!` macro hands them over by value"
)]

pub mod api;
pub mod desk;
pub mod error;
pub mod ui;

pub use desk::OrderDesk;
#[cfg(feature = "ssr")]
pub use ui::context::provide_desk;
pub use ui::{App, shell};
