//! What was ordered, as a table with totals.

use std::collections::BTreeSet;

use maud::{Markup, html};
use orders::{Item, Order};

use crate::ui::{
    components::copy,
    format::{
        number::{grouped, money, sum},
        sums,
    },
    language::{Locale, counted, td_string},
};

/// The most items that are shown unless all are asked for: a page of thousands
/// of rows is slow to open, and few read it.
const MAX_SHOWN: usize = 200;

/// What was ordered. `all_href` is the address of this page with every item, if
/// some are left out; with `show_all` none are.
pub(super) fn items(order: &Order, all_href: &str, show_all: bool, locale: Locale) -> Markup {
    let items = &order.items;
    let number = items.len();
    let brands = brand_words(items, locale);
    let separator = if brands.is_empty() { "" } else { ", " };
    let shown = if show_all {
        number
    } else {
        number.min(MAX_SHOWN)
    };
    html! {
        section class="card" aria-labelledby="items" {
            div class="card__head" {
                h2 id="items" { (td_string!(locale, fields.items)) }
                span class="caption" {
                    (counted!(locale, count.items, number)) (separator) (brands)
                }
            }
            @if number == 0 {
                p class="card__body quiet" { (td_string!(locale, order.no_items)) }
            } @else {
                (table(order, shown, locale))
            }
            @if shown < number {
                div class="card__foot" {
                    p { (counted!(locale, order.first_shown, number, shown = grouped(locale, shown))) }
                    a class="push" href=(all_href) rel="external" {
                        (td_string!(locale, order.show_all))
                    }
                }
            }
        }
    }
}

/// How many different brands there are; empty if none is named.
pub(super) fn brand_words(items: &[Item], locale: Locale) -> String {
    let brands: BTreeSet<&str> = items
        .iter()
        .map(|item| item.brand.as_str())
        .filter(|brand| !brand.is_empty())
        .collect();
    if brands.is_empty() {
        String::new()
    } else {
        counted!(locale, count.brands, brands.len())
    }
}

/// The first of an order's items.
fn table(order: &Order, shown: usize, locale: Locale) -> Markup {
    let (items, currency) = (&order.items, &order.payment.currency);
    let number = items.len();
    // One item is its own total.
    let total = sums::items_total(order).filter(|_| number > 1);
    html! {
        div class="scroll-x" tabindex="0" role="region" aria-label=(td_string!(locale, order.items_table)) {
            table class="items" {
                thead {
                    tr {
                        td class="tick print-only" {}
                        th scope="col" { (td_string!(locale, fields.item)) }
                        th class="col-wide" scope="col" { (td_string!(locale, fields.nm_id)) }
                        th class="col-wide no-print" scope="col" { (td_string!(locale, order.variant)) }
                        th class="col-wide no-print" scope="col" { (td_string!(locale, fields.status)) }
                        th class="col-wide end no-print" scope="col" { (td_string!(locale, order.price)) }
                        th class="col-wide end no-print" scope="col" { (td_string!(locale, order.sale)) }
                        th class="end" scope="col" {
                            @if currency.is_empty() {
                                (td_string!(locale, order.total))
                            } @else {
                                (td_string!(locale, order.total_in, currency = currency))
                            }
                        }
                    }
                }
                tbody {
                    @for item in items.iter().take(shown) { (row(item, locale)) }
                }
                @if let Some(total) = total {
                    tfoot {
                        tr {
                            td class="tick print-only" {}
                            th scope="row" { (counted!(locale, order.all_items, number)) }
                            td class="col-wide" {}
                            @for _ in 0..4 { td class="col-wide no-print" {} }
                            td class="end" { (sum(locale, total)) }
                        }
                    }
                }
            }
        }
    }
}

/// One line of an order.
fn row(item: &Item, locale: Locale) -> Markup {
    let price = item.price.as_ref().map(|price| money(locale, price));
    let sale = item
        .sale
        .as_ref()
        .map(|sale| td_string!(locale, units.percent, number = money(locale, sale)));
    html! {
        tr {
            td class="tick print-only" { i {} }
            th scope="row" {
                @if item.name.is_empty() {
                    (td_string!(locale, order.nameless))
                } @else {
                    (item.name)
                }
                (about(item, price.as_deref(), sale.as_deref(), locale))
            }
            td class="col-wide quiet" { (number(item.nm_id, td_string!(locale, fields.nm_id), locale)) }
            td class="col-wide quiet no-print" { (number(item.chrt_id, td_string!(locale, order.variant), locale)) }
            td class="col-wide quiet no-print" { @if let Some(status) = item.status { (status) } }
            td class="col-wide end quiet no-print" { @if let Some(price) = &price { (price) } }
            td class="col-wide end quiet no-print" { @if let Some(sale) = &sale { (sale) } }
            td class="end" {
                strong { @if let Some(total) = &item.total_price { (money(locale, total)) } }
            }
        }
    }
}

/// What else is known of an item, below its name.
fn about(item: &Item, price: Option<&str>, sale: Option<&str>, locale: Locale) -> Markup {
    let size = (!item.size.is_empty()).then(|| td_string!(locale, order.size, size = &item.size));
    let has_both = !item.brand.is_empty() && size.is_some();
    let has_one = !item.brand.is_empty() || size.is_some();
    html! {
        span class="caption" {
            (item.brand)
            @if has_both { " · " }
            @if let Some(size) = size { (size) }
            @if let Some(price) = price {
                span class="items__calc no-print" {
                    @if has_one { " · " }
                    (price)
                    @if let Some(sale) = sale { " − " (sale) }
                }
            }
        }
    }
}

/// A number that people compare, and a button that copies it.
fn number(number: Option<i64>, term: &str, locale: Locale) -> Markup {
    html! {
        @if let Some(number) = number {
            span class="code" { (number) }
            (copy(&number.to_string(), &term.to_lowercase(), locale))
        } @else {
            span class="code" {}
        }
    }
}
