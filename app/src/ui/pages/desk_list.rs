//! The list on the desk: its heading, its rows, and what waits above them.

use leptos::prelude::*;
use orders::RowSeq;

use super::question::Question;
use crate::{
    desk::{DEFAULT_PAGE, OrderPage},
    ui::{
        components::{Icon, OrdersTable, Pager, Welcome},
        format::{
            links,
            number::{count, grouped},
        },
        live::{Arrivals, Listing, browser, feed_from_context},
    },
};

/// The list that answers a question, kept up to date.
#[component]
pub(super) fn DeskList(
    /// What was asked.
    question: Question,
    /// The answer; the rows of an earlier one if the question has a mistake.
    page: OrderPage,
    /// What has arrived since the question was asked.
    arrivals: RwSignal<Arrivals>,
    /// What is read out when the list has changed.
    announcement: RwSignal<String>,
    /// Whether the page was rendered before: only then a list is news.
    is_rendered: RwSignal<bool>,
) -> impl IntoView {
    let is_stale = question.mistake().is_some();
    let is_older = question.is_older();
    let is_live = !is_stale && !is_older;
    let lookup = question.lookup();
    let text = StoredValue::new(lookup.as_str().to_owned());
    let newest = page.orders.iter().map(|order| order.seq).max();
    let listing = RwSignal::new(Listing::new(&lookup, page));
    let stats = feed_from_context().stats;

    let is_paused = RwSignal::new(false);
    let is_scrolled = RwSignal::new(false);
    let has_attention = RwSignal::new(false);
    // No row moves under a pointer, or away from who reads further down.
    let is_held = Memo::new(move |_| is_paused.get() || is_scrolled.get() || has_attention.get());
    let seen = RwSignal::new(newest.unwrap_or_default());
    if is_live {
        Effect::new(move |_| {
            arrivals.with(|arrivals| listing.update(|listing| listing.take(arrivals)));
        });
        Effect::new(move |_| {
            if !is_held.get() && listing.with(|listing| listing.waiting() > 0) {
                listing.update(Listing::show);
            }
        });
        watch_scrolling(is_scrolled, listing, seen);
    }

    let rows = Memo::new(move |_| listing.with(|listing| listing.rows().to_vec()));
    let has_rows = Memo::new(move |_| listing.with(|listing| !listing.rows().is_empty()));
    let waiting = Memo::new(move |_| listing.with(Listing::waiting));
    let has_next = Memo::new(move |_| listing.with(|listing| listing.next().is_some()));
    let total = Memo::new(move |_| {
        text.with_value(String::is_empty)
            .then(|| stats.with(|stats| stats.as_ref().map(|stats| stats.orders)))
            .flatten()
    });
    let heading = move || {
        let shown = rows.with(Vec::len);
        match total.get() {
            Some(total) if !is_stale => {
                let total = usize::try_from(total).unwrap_or(usize::MAX);
                count(total.max(shown), "order", "orders")
            }
            _ if is_older => format!("{} further down", count(shown, "order", "orders")),
            _ if has_next.get() => format!("More than {}", count(shown, "order", "orders")),
            _ => count(shown, "order", "orders"),
        }
    };
    Effect::new(move |before: Option<()>| {
        if before.is_none() && is_rendered.get_untracked() {
            announcement.set(untrack(heading));
        }
    });

    let show_waiting = move |_| {
        listing.update(Listing::show);
        browser::scroll_to_top();
        browser::focus("found");
    };
    let pill = move || {
        (waiting.get() > 0 && is_held.get()).then(|| {
            let waiting = move || match waiting.get() {
                many if many >= DEFAULT_PAGE => format!("{many}+"),
                few => grouped(few),
            };
            view! {
                <button
                    class="pill"
                    type="button"
                    aria-label=move || format!("Show {} new orders", waiting())
                    on:click=show_waiting
                >
                    <Icon name="arrow-up" />
                    {move || format!("{} new", waiting())}
                </button>
            }
        })
    };
    let pager = move || {
        let lookup = text.get_value();
        let next = listing.with(|listing| {
            let oldest = listing.rows().last()?.order.stored_at;
            Some((listing.next()?, oldest))
        });
        let shown = rows.with(Vec::len);
        let shown = match total.get().filter(|_| !is_older) {
            Some(total) => format!("{} of {} shown", grouped(shown), grouped(total)),
            None => format!("{} shown", grouped(shown)),
        };
        (!is_stale && (next.is_some() || is_older))
            .then(|| view! { <Pager lookup next is_older shown /> })
    };
    let is_first_run = move || {
        is_live
            && !has_rows.get()
            && text.with_value(String::is_empty)
            && total.get().unwrap_or_default() == 0
    };
    let caption = if is_stale {
        "of the last search"
    } else if is_older {
        "older ones · times in UTC"
    } else {
        "newest first · times in UTC"
    };
    let caption_class = if is_stale {
        "caption results__why"
    } else {
        "caption"
    };

    let table = move || {
        view! {
            <div class="results__bar">
                <h2 class="results__count" id="found" tabindex="-1">
                    <span>{heading}</span>
                    " "
                    <span class=caption_class>{caption}</span>
                </h2>
                {pill}
                <div class="results__tools">
                    {is_live.then(|| view! { <Pause is_paused /> })}
                </div>
            </div>
            <Show
                when=move || has_rows.get()
                fallback=move || view! { <Nothing lookup=text.get_value() is_stale is_older /> }
            >
                <OrdersTable
                    rows
                    lookup=text.get_value()
                    seen
                    is_stale
                    on_attention=Callback::new(move |attends| has_attention.set(attends))
                />
            </Show>
            {pager}
        }
    };
    view! {
        <Show when=move || !is_first_run() fallback=Welcome>
            {table}
        </Show>
    }
    .into_any()
}

/// Stops the list from changing, and lets it go on.
#[component]
fn Pause(is_paused: RwSignal<bool>) -> impl IntoView {
    view! {
        <div class="live script-only">
            <button
                class="icon-button"
                type="button"
                aria-label="Pause the stream"
                aria-pressed=move || is_paused.get().to_string()
                on:click=move |_| is_paused.update(|paused| *paused = !*paused)
            >
                {move || view! { <Icon name=if is_paused.get() { "play" } else { "pause" } /> }}
            </button>
        </div>
    }
    .into_any()
}

/// No order is in the list.
#[component]
fn Nothing(lookup: String, is_stale: bool, is_older: bool) -> impl IntoView {
    if is_stale {
        return ().into_any();
    }
    let sentence = if is_older {
        "There are no orders older than these.".to_owned()
    } else if lookup.is_empty() {
        "The list is still being read. It fills by itself.".to_owned()
    } else {
        format!(
            "No order number and no track number holds “{lookup}”. One that arrives will appear here by itself."
        )
    };
    view! {
        <div class="nothing">
            <p class="wrap-any">{sentence}</p>
            <a class="button" href=links::search("", None)>
                "All orders"
            </a>
        </div>
    }
    .into_any()
}

/// Follows the window: what is read further down is not moved, and rows that
/// were scrolled past are no longer news.
fn watch_scrolling(
    is_scrolled: RwSignal<bool>,
    listing: RwSignal<Listing>,
    seen: RwSignal<RowSeq>,
) {
    Effect::new(move |_| {
        let look = move || {
            let scrolled = !browser::is_at_top();
            if is_scrolled.get_untracked() != scrolled {
                is_scrolled.set(scrolled);
                let newest = listing
                    .with_untracked(|listing| listing.rows().iter().map(|row| row.order.seq).max());
                seen.set(newest.unwrap_or_default());
            }
        };
        look();
        let on_scroll = window_event_listener(leptos::ev::scroll, move |_| look());
        on_cleanup(move || on_scroll.remove());
    });
}
