//! What stands between the frame of a page and its end: the order.

use maud::{Markup, PreEscaped, html};

use super::{
    delivery::delivery,
    fields::fields,
    items::items,
    opened::{Kindred, Opened},
    payment::payment,
    related::related,
    source::source,
    summary::summary,
    walk::walk,
    way::way,
};
use crate::ui::{
    components::{Copied, CopyText, copy, picture},
    desk::Question,
    format::links,
    language::td_string,
    rail::{KeptOrder, remember_html},
    reader::Reader,
};

/// The most characters of a name that the browser keeps.
const MAX_KEPT_NAME: usize = 80;

/// The order `uid` as it was opened from `list`, with all its items if
/// `show_all`.
pub(super) fn content(
    uid: &str,
    opened: &Opened,
    list: &Question,
    show_all: bool,
    reader: &Reader,
) -> Markup {
    let locale = reader.locale;
    let kept = opened.order.as_ref().map(|order| KeptOrder {
        uid: uid.to_owned(),
        name: order.delivery.name.chars().take(MAX_KEPT_NAME).collect(),
    });
    html! {
        @if let Some(kept) = kept { (PreEscaped(remember_html(kept))) }
        main class="page page--order" id="main" tabindex="-1" {
            (walk(list, &opened.neighbours, locale))
            (title(uid, reader))
            (parts(uid, opened, list, show_all, reader))
            p class="sign print-only" {
                span { (td_string!(locale, order.packed_by)) }
                span { (td_string!(locale, order.checked_by)) }
                span { (td_string!(locale, order.date)) }
            }
        }
    }
}

/// The heading, and what can be done with the whole.
fn title(uid: &str, reader: &Reader) -> Markup {
    let locale = reader.locale;
    let link = CopyText {
        copied: Copied::Address(&links::order_page(uid)),
        what: td_string!(locale, beside.what_link),
        word: Some(td_string!(locale, beside.copy_link)),
        locale,
    };
    html! {
        header class="title" {
            div {
                p class="slip print-only" { (td_string!(locale, order.slip)) }
                p class="title__kicker" { (td_string!(locale, fields.order)) }
                h1 {
                    span class="code" { (uid) }
                    (copy(uid, td_string!(locale, order.what_uid), locale))
                }
            }
            div class="row title__actions" {
                (link)
                a class="button" href=(links::order_json(uid)) download={ (uid) ".json" } {
                    (picture("download")) "JSON"
                }
                button class="button script-only" type="button" data-print="" {
                    (picture("printer")) (td_string!(locale, order.print))
                }
            }
        }
    }
}

/// The parts of the order; the document alone where it cannot be read.
fn parts(uid: &str, opened: &Opened, list: &Question, show_all: bool, reader: &Reader) -> Markup {
    let locale = reader.locale;
    let record = &opened.record;
    let Some(order) = &opened.order else {
        return html! {
            div class="notice" {
                (picture("warning"))
                p { (td_string!(locale, order.unreadable)) }
            }
            (source(&record.document, locale))
        };
    };
    let others = |title: &str, id: &str, kindred: &Option<Kindred>| {
        let kindred = kindred.as_ref();
        kindred.map(|kindred| related(title, id, kindred, reader))
    };
    let of_customer = others(
        td_string!(locale, beside.same_customer),
        "related-customer",
        &opened.of_customer,
    );
    let of_track = others(
        td_string!(locale, beside.same_track),
        "related-track",
        &opened.of_track,
    );
    html! {
        (summary(order, record.stored_at, reader))
        div class="split" {
            div class="stack" {
                (items(order, &with_all_items(&list.order_address(uid)), show_all, locale))
                (payment(order, reader))
                (source(&record.document, locale))
            }
            div class="stack" {
                (delivery(order, locale))
                (way(record, reader))
                @if let Some(others) = of_customer { (others) }
                @if let Some(others) = of_track { (others) }
                (fields(order, locale))
            }
        }
    }
}

/// The address of an order's page with every item.
fn with_all_items(address: &str) -> String {
    let separator = if address.contains('?') { '&' } else { '?' };
    format!("{address}{separator}items=all")
}
