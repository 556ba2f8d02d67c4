//! The pages as the server renders them, read from a desk made for the test.
#![allow(
    clippy::unwrap_used,
    reason = "what makes a page here is made for the test"
)]

mod desk;
mod failures;
mod languages;
mod order;
mod palette;
mod rejected;
mod test_desk;
