//! The pages. They own what is loaded and hand plain values to components.

mod desk;
mod docs;
mod failure;
mod keys;
mod not_found;
mod rejected;
mod rejected_message;
mod status;

pub use desk::DeskPage;
pub use docs::DocsPage;
pub use failure::Failure;
pub use keys::KeysPage;
pub use not_found::{NoSuchPage, NotFound, NothingHere};
pub use rejected::RejectedPage;
pub use rejected_message::RejectedMessagePage;
pub use status::StatusPage;
