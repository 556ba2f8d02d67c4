//! The Leptos app: pages, components, server functions, and the port they
//! read through.
#![recursion_limit = "256"]
#![allow(
    clippy::needless_pass_by_value,
    reason = "a component owns its props: the `view!` macro hands them over by value"
)]
#![allow(
    clippy::unused_async,
    reason = "a server function is async in the browser, whatever it does on the server"
)]

pub mod api;
pub mod desk;
pub mod docs;
pub mod error;
pub mod ui;

pub use desk::OrderDesk;
#[cfg(feature = "ssr")]
pub use ui::{
    App, OrderPages,
    context::{provide_desk, provide_docs},
    desk::{render_answer, render_pace},
    peek::render_peek,
    render_palette, shell,
};
