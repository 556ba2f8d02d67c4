//! What people see: the document, its pages, their parts.

#[cfg(feature = "ssr")]
pub mod app;
pub mod board;
pub mod components;
pub mod context;
mod cookies;
pub mod desk;
pub mod format;
#[cfg(feature = "ssr")]
mod hydration;
pub mod keys;
pub mod language;
pub mod layout;
pub mod live;
#[cfg(feature = "ssr")]
mod order_page;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod palette;
pub mod peek;
pub mod rail;
pub mod reader;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod status;
pub mod theme;
pub mod zone;

#[cfg(feature = "ssr")]
pub use app::App;
#[cfg(feature = "ssr")]
pub use order_page::OrderPages;
#[cfg(feature = "ssr")]
pub use palette::render_palette;
#[cfg(feature = "ssr")]
pub use shell::shell;
