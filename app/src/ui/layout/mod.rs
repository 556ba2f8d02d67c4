//! What frames every page.

mod health;
mod settings;
mod topbar;

pub use health::Health;
pub use settings::Settings;
pub use topbar::Topbar;
