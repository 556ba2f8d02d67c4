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
        desk::{Heading, Misunderstood, chip_words, marked},
        format::{
            links::{self, query_value},
            number::money,
            printable,
        },
        language::{Locale, td_string},
        reader::{locale, provide_reader},
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
        provide_reader();
        offers(&typed, findings, &desk.stats()).to_html()
    });
    (code, html)
}

/// A note where there is something to say, and the list.
fn offers(typed: &str, findings: Findings, stats: &Stats) -> impl IntoView + use<> {
    let locale = locale();
    let places = Places::of(typed, stats);
    let has_found = !(findings.filters.is_empty() && findings.orders.is_empty());
    let is_nothing_meant = !(typed.is_empty() || has_found || places.are_meant);
    let note = note(typed, &findings, is_nothing_meant, locale);
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
        .map(|filter| filter_line(typed, &filter, locale))
        .collect();
    let filters = group("filters", td_string!(locale, palette.filters), filters);
    let mut lines: Vec<Line> = orders
        .into_iter()
        .map(|order| order_line(order, locale))
        .collect();
    if found.orders > lines.len() as u64 && !is_filter {
        lines.push(all_line(typed, &Heading::counting(found), locale));
    }
    let orders = group("orders", td_string!(locale, palette.orders), lines);
    let found = if has_exact {
        [orders, filters]
    } else {
        [filters, orders]
    };
    let kept = [
        kept("opened", td_string!(locale, palette.opened), "orders"),
        kept("views", td_string!(locale, palette.views), "bookmark"),
    ];
    let places = [
        group("places", td_string!(locale, palette.places), places.pages),
        group(
            "commands",
            td_string!(locale, palette.commands),
            places.commands,
        ),
    ];
    let groups = if comes_first {
        Either::Left((places, found, kept))
    } else {
        Either::Right((found, kept, places))
    };
    let says = note.as_ref().map(|note| note.replace('`', ""));
    view! {
        {note.map(|note| view! { <p class="palette__note wrap-any">{words(&note)}</p> })}
        <div
            class="listbox"
            id=LIST
            role="listbox"
            aria-label=td_string!(locale, palette.suggestions)
            data-says=says
            data-unchosen=is_nothing_meant.then_some("")
        >
            {groups}
        </div>
    }
}

fn note(
    typed: &str,
    findings: &Findings,
    is_nothing_meant: bool,
    locale: Locale,
) -> Option<String> {
    if findings.trouble.is_some() {
        Some(td_string!(locale, palette.trouble).to_owned())
    } else if let Some(mistake) = &findings.mistake {
        Some(Misunderstood::Query(mistake.clone()).sentence(locale))
    } else {
        let typed = printable(typed);
        is_nothing_meant.then(|| td_string!(locale, palette.nothing, typed))
    }
}

/// A sentence; what stands between backticks is code.
fn words(sentence: &str) -> Vec<AnyView> {
    sentence
        .split('`')
        .enumerate()
        .map(|(index, part)| {
            let part = part.to_owned();
            if index % 2 == 1 {
                view! { <code>{part}</code> }.into_any()
            } else {
                part.into_any()
            }
        })
        .collect()
}

/// `brand:vivi · Brand is “Vivienne Sabo”`, and how many orders have it.
fn filter_line(typed: &str, filter: &Filter, locale: Locale) -> Line {
    let words: Vec<String> = filter
        .query
        .terms()
        .iter()
        .map(|term| {
            let (what, value) = chip_words(term, locale);
            td_string!(locale, palette.term, what, value = printable(&value))
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
        caption: Some(Heading::counting(filter.found).words(locale)),
        ..Line::new("filter", Act::Go(address), label)
    }
}

/// The customer, the number, and what else of the order was typed.
fn order_line(order: OrderSummary, locale: Locale) -> Line {
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
        .map(|amount| format!("{} {}", money(locale, amount), order.currency));
    Line {
        caption,
        ..Line::new("orders", Act::Go(links::order_page(uid)), label.into_any())
    }
}

/// The whole list.
fn all_line(typed: &str, heading: &Heading, locale: Locale) -> Line {
    let label = td_string!(locale, palette.search, typed = printable(typed));
    Line {
        caption: Some(heading.words(locale)),
        ..Line::new(
            "search",
            Act::Go(links::search(typed, "", "")),
            label.into_any(),
        )
    }
}
