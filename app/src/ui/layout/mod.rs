//! What frames every page.

mod health;
mod language_switch;
mod local_times;
mod menus;
mod page_actions;
mod rejected_count;
mod settings;
#[cfg(feature = "ssr")]
mod topbar;

pub use health::Health;
pub use language_switch::LanguageSwitch;
pub(super) use menus::close_menus;
pub use page_actions::PageActions;
pub use rejected_count::RejectedCount;
pub use settings::Settings;
#[cfg(feature = "ssr")]
pub use topbar::Topbar;

pub use super::keys::is_typed_into;

/// The id of the search box, on the pages that have one.
pub const SEARCH_BOX: &str = "q";
