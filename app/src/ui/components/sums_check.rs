//! Whether the figures of an order add up, as a sentence.

use leptos::{prelude::*, tachys::html::InertElement};
use maud::{Markup, html};
use orders::Order;

use super::markup::picture;
use crate::ui::{format::sums, language::Locale, reader::locale};

/// Whether the figures of an order add up, as a sentence; nothing where they
/// say nothing.
#[component]
pub fn SumsCheck(
    /// The order.
    order: Order,
) -> impl IntoView {
    sums_check(&order, locale()).map(|html| InertElement::new(html.into_string()))
}

/// The same as HTML.
pub fn sums_check(order: &Order, locale: Locale) -> Option<Markup> {
    let check = sums::check(order, locale)?;
    let (class, icon) = if check.adds_up {
        ("check no-print", "check-ring")
    } else {
        ("check check--off no-print", "warning")
    };
    Some(html! {
        p class=(class) {
            (picture(icon))
            span { (check.sentence) }
        }
    })
}
