//! What people see: the document, its pages, their parts.

pub mod app;
pub mod board;
pub mod components;
pub mod context;
pub mod desk;
pub mod format;
mod hydration;
pub mod layout;
pub mod live;
pub mod pages;
pub mod rail;
pub mod shell;
pub mod status;
pub mod theme;

pub use app::App;
pub use shell::shell;
