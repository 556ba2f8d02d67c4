//! The search language, from the outside.
#![allow(
    clippy::unwrap_used,
    reason = "what is read here is written for the test"
)]

mod examples;
mod meaning;
mod mistakes;
mod properties;
