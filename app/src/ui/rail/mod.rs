//! The rail beside the desk: views that were saved, and orders opened lately.
//! Both are kept in the browser and nowhere else.

mod kept;
mod remember;
mod views;

pub use kept::{KeptOrder, KeptView, save_view};
pub(super) use kept::{orders as kept_orders, views as kept_views};
pub use remember::Remember;
#[cfg(feature = "ssr")]
pub(super) use remember::remember_html;
pub use views::Views;
#[cfg(feature = "ssr")]
pub(super) use views::recent;
