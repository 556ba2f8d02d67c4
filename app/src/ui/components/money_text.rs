//! An amount with its currency.

use leptos::prelude::*;
use maud::{Markup, html};
use orders::Money;

use crate::ui::{format::number::money, language::Locale, reader::locale};

/// `amount` as sent, its currency in small after it. Nothing if there is none.
#[component]
pub fn MoneyText(
    /// The amount.
    amount: Option<Money>,
    /// Its currency; may be empty.
    #[prop(into)]
    currency: String,
) -> impl IntoView {
    amount.map(|amount| {
        view! {
            {money(locale(), &amount)}
            " "
            <span class="currency">{currency}</span>
        }
    })
}

/// The same as HTML.
pub fn money_text(amount: &Money, currency: &str, locale: Locale) -> Markup {
    html! { (money(locale, amount)) " " span class="currency" { (currency) } }
}
