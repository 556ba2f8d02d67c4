//! The order desk: search, the list, what arrives.
//!
//! The server renders every list ([`answer`]), the first one into the page and
//! the others for `GET /desk`. In the browser the search box is an island; it
//! asks for lists ([`state`]), puts them into the page ([`document`], [`rows`]), and
//! follows the stream ([`arrivals`], [`pace`]). Every control is a link or a form field,
//! so that the desk works without a script too.

mod answer;
mod arrivals;
mod attention;
mod chip_words;
mod chips;
mod choices;
mod completion;
mod controls;
mod document;
mod heading;
mod history;
mod misunderstood;
mod more;
mod note;
mod nothing;
mod order_row;
mod orders_table;
mod pace;
mod pager;
mod query_paint;
mod question;
mod results_bar;
mod rows;
mod search_box;
mod state;
mod table_view;
mod trouble;
mod welcome;

#[cfg(feature = "ssr")]
pub use answer::render_answer;
pub use answer::{Answer, AnswerParts};
#[cfg(feature = "ssr")]
pub use pace::render_pace;
pub use question::Question;
pub use search_box::SearchBox;
pub use table_view::TableView;
pub use trouble::Trouble;
#[cfg(feature = "ssr")]
pub(super) use {
    answer::exact_order, chip_words::chip_words, heading::Heading, misunderstood::Misunderstood,
    order_row::marked,
};
