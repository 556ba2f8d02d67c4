//! The parts of pages. They take plain values.

mod copy_button;
mod docs_parts;
mod fact;
mod icon;
mod markup;
mod moment;
mod money_text;
mod page_title;
mod reason_chips;
mod rejected_decisions;
mod rejected_facts;
mod rejected_filter_form;
mod rejected_foot;
mod rejected_history;
mod rejected_rows;
mod rejected_source;
mod search_form;
mod stream_notice;
#[cfg(feature = "ssr")]
mod sums_check;
mod unavailable;

pub use copy_button::{Copied, CopyButton, CopyText, copy};
pub use docs_parts::{DocsAnswers, DocsFields, DocsText, DocsWords};
pub use fact::{Fact, FactText};
pub use icon::Icon;
pub use markup::{Exact, ExactText, Picture, picture};
pub use moment::{Moment, Utc, moment, utc};
pub use money_text::{MoneyText, money_text};
pub use page_title::PageTitle;
pub use reason_chips::ReasonChips;
pub use rejected_decisions::RejectedDecisions;
pub use rejected_facts::RejectedFacts;
pub use rejected_filter_form::RejectedFilterForm;
pub use rejected_foot::RejectedFoot;
pub use rejected_history::RejectedHistory;
pub use rejected_rows::RejectedRows;
pub use rejected_source::RejectedSource;
pub use search_form::SearchForm;
pub use stream_notice::StreamNotice;
#[cfg(feature = "ssr")]
pub use sums_check::{SumsCheck, sums_check};
pub use unavailable::Unavailable;
