//! What frames every page.

mod health;
mod language_switch;
mod local_times;
mod menus;
mod page_actions;
mod rejected_count;
mod settings;
mod shortcuts;
mod topbar;

pub use health::Health;
pub use language_switch::LanguageSwitch;
pub use page_actions::PageActions;
pub use rejected_count::RejectedCount;
pub use settings::Settings;
pub use shortcuts::{SEARCH_BOX, Shortcuts, is_typed_into};
pub use topbar::Topbar;
