//! What the palette offers for a text, as the server renders it.

use std::sync::Arc;

use http::{StatusCode, request::Parts};
use leptos::{either::Either, prelude::*};
use orders::{
    OrderSummary,
    search::{Column, Condition, Term},
};

use super::{
    LIST,
    findings::{Filter, Findings},
    line::{Act, Line, group, kept},
    places::Places,
};
use crate::{
    desk::{OrderDesk, Stats},
    ui::{
        context::provide_desk,
        desk::{Heading, chip_words, marked},
        format::{
            links::{self, query_value},
            number::money,
            printable,
        },
    },
};

/// Renders what the palette offers for the `q` of an address, as
/// `GET /palette` sends it.
pub async fn render_palette(desk: Arc<dyn OrderDesk>, request: Parts) -> (StatusCode, String) {
    let query = request.uri.query().unwrap_or_default();
    let typed = query_value(query, "q").unwrap_or_default();
    let typed = typed.trim().to_owned();
    let findings = Findings::of(&*desk, &typed).await;
    let code = match &findings.trouble {
        Some(trouble) => trouble.status(),
        None => StatusCode::OK,
    };
    let html = Owner::new().with(|| {
        provide_context(request);
        provide_desk(Arc::clone(&desk));
        offers(&typed, findings, &desk.stats()).to_html()
    });
    (code, html)
}

/// A note where there is something to say, and the list.
fn offers(typed: &str, findings: Findings, stats: &Stats) -> impl IntoView + use<> {
    let places = Places::of(typed, stats);
    let has_found = !(findings.filters.is_empty() && findings.orders.is_empty());
    let is_nothing_meant = !(typed.is_empty() || has_found || places.are_meant);
    let note = note(typed, &findings, is_nothing_meant);
    let comes_first = places.come_first && !findings.has_exact;
    let Findings {
        filters,
        orders,
        found,
        has_exact,
        ..
    } = findings;
    let is_filter = filters.iter().any(|filter| filter.is_typed);
    let filters = filters
        .into_iter()
        .map(|filter| filter_line(typed, &filter))
        .collect();
    let filters = group("filters", "Filters", filters);
    let mut lines: Vec<Line> = orders.into_iter().map(order_line).collect();
    if found.orders > lines.len() as u64 && !is_filter {
        lines.push(all_line(typed, &Heading::counting(found)));
    }
    let orders = group("orders", "Orders", lines);
    let found = if has_exact {
        [orders, filters]
    } else {
        [filters, orders]
    };
    let kept = [
        kept("opened", "Opened recently", "orders"),
        kept("views", "Saved views", "bookmark"),
    ];
    let places = [
        group("places", "Go to", places.places),
        group("commands", "Do", places.commands),
    ];
    let groups = if comes_first {
        Either::Left((places, found, kept))
    } else {
        Either::Right((found, kept, places))
    };
    let says = note.clone();
    view! {
        {note.map(|note| view! { <p class="palette__note wrap-any">{note}</p> })}
        <div
            class="listbox"
            id=LIST
            role="listbox"
            aria-label="Suggestions"
            data-says=says
            data-unchosen=is_nothing_meant.then_some("")
        >
            {groups}
        </div>
    }
}

fn note(typed: &str, findings: &Findings, is_nothing_meant: bool) -> Option<String> {
    if findings.trouble.is_some() {
        Some("Orders cannot be looked up now. Pages and commands are still here.".to_owned())
    } else if findings.mistake.is_some() {
        findings.mistake.clone()
    } else {
        is_nothing_meant.then(|| {
            format!(
                "No order, filter or command is like “{}”.",
                printable(typed)
            )
        })
    }
}

/// `brand:vivi · Brand is “Vivienne Sabo”`, and how many orders have it.
fn filter_line(typed: &str, filter: &Filter) -> Line {
    let words: Vec<String> = filter
        .query
        .terms()
        .iter()
        .map(|term| {
            let (what, value) = chip_words(term);
            format!("{what} “{}”", printable(&value))
        })
        .collect();
    let written = match filter.query.terms() {
        [
            Term {
                condition: Condition::Is(field, _) | Condition::Contains(field, _),
                ..
            },
        ] if !filter.is_typed => {
            let typed = printable(typed);
            Either::Left((format!("{}:", field.name()), view! { <mark>{typed}</mark> }))
        }
        _ => Either::Right(printable(typed)),
    };
    let label = (written, format!(" · {}", words.join(", "))).into_any();
    let address = links::search(&filter.query.to_string(), "", "");
    Line {
        caption: Some(Heading::counting(filter.found).words()),
        ..Line::new("filter", Act::Go(address), label)
    }
}

/// The customer, the number, and what else of the order was typed.
fn order_line(order: OrderSummary) -> Line {
    let uid = order.order_uid.as_str();
    let elsewhere = [
        (Column::TrackNumber, &order.track_number),
        (Column::City, &order.city),
        (Column::Brand, &order.brand),
        (Column::Item, &order.item),
    ];
    let elsewhere = elsewhere
        .into_iter()
        .find(|(column, _)| order.marks.iter().any(|mark| mark.column == *column))
        .map(|(column, text)| {
            view! {
                " "
                <span class="caption">{marked(&order, column, text)}</span>
            }
        });
    let label = view! {
        {marked(&order, Column::Name, &order.name)}
        " "
        <span class="caption code">{marked(&order, Column::OrderUid, uid)}</span>
        {elsewhere}
    };
    let caption = order
        .amount
        .as_ref()
        .map(|amount| format!("{} {}", money(amount), order.currency));
    Line {
        caption,
        ..Line::new("orders", Act::Go(links::order_page(uid)), label.into_any())
    }
}

/// The whole list.
fn all_line(typed: &str, heading: &Heading) -> Line {
    let label = format!("Search for “{}”", printable(typed));
    Line {
        caption: Some(heading.words()),
        ..Line::new(
            "search",
            Act::Go(links::search(typed, "", "")),
            label.into_any(),
        )
    }
}
