//! The list on the desk: its heading, its rows, and what waits above them.

use leptos::prelude::*;

use super::{desk_heading::DeskHeading, question::Question};
use crate::{
    desk::OrderPage,
    ui::{
        components::{NewOrders, Nothing, OrdersTable, PageTitle, Pager, PauseButton, Welcome},
        format::number::grouped,
        live::{Arrivals, Attention, Listing, browser, feed_from_context},
    },
};

/// What the desk tells each of its lists.
#[derive(Clone, Copy, Debug)]
pub(super) struct DeskState {
    /// What has arrived since the question was asked.
    pub(super) arrivals: RwSignal<Arrivals>,
    /// What is read out when the list has changed.
    pub(super) announcement: RwSignal<String>,
    /// Whether a list was there before: only then another is news.
    pub(super) is_rendered: RwSignal<bool>,
}

/// The list that answers a question, kept up to date.
#[component]
pub(super) fn DeskList(
    /// What was asked.
    question: Question,
    /// The answer; the rows of an earlier one if the question has a mistake.
    page: OrderPage,
    /// What the desk tells its lists.
    state: DeskState,
) -> impl IntoView {
    let is_stale = question.mistake().is_some();
    let is_older = question.is_older();
    let is_live = !is_stale && !is_older;
    let lookup = question.lookup();
    let has_lookup = !lookup.is_empty();
    let listing = RwSignal::new(Listing::new(&lookup, page));
    let lookup = StoredValue::new(lookup.as_str().to_owned());
    let attention = Attention::new(listing.with_untracked(Listing::newest));
    if is_live {
        follow(listing, state.arrivals, attention);
    }

    let feed = feed_from_context();
    let total = Memo::new(move |_| {
        let total = feed
            .stats
            .with(|stats| stats.as_ref().map(|stats| stats.orders));
        total.filter(|_| !has_lookup)
    });
    let heading = Memo::new(move |_| {
        let total = total.get();
        listing.with(|listing| DeskHeading {
            shown: listing.rows().len(),
            total,
            has_next: listing.next().is_some(),
            is_older,
            is_stale,
        })
    });
    Effect::new(move |before: Option<()>| {
        if before.is_none() && state.is_rendered.get_untracked() {
            state.announcement.set(heading.get_untracked().words());
        }
    });
    let has_rows = Memo::new(move |_| heading.get().shown > 0);
    let is_first_run = Memo::new(move |_| {
        is_live && !has_lookup && !has_rows.get() && total.get().unwrap_or_default() == 0
    });

    let list = move || {
        view! {
            <ListBar heading listing attention is_live />
            <Show
                when=move || has_rows.get()
                fallback=move || {
                    (!is_stale).then(|| view! { <Nothing lookup=lookup.get_value() is_older /> })
                }
            >
                <OrdersTable
                    rows=Signal::derive(move || listing.with(|listing| listing.rows().to_vec()))
                    lookup=lookup.get_value()
                    seen=attention.seen
                    is_stale
                    on_attention=Callback::new(move |is_among| {
                        attention.is_among_rows.set(is_among);
                    })
                />
            </Show>
            {move || pager(heading.get(), listing, lookup.get_value())}
        }
    };
    view! {
        <PageTitle text=question.title() />
        <Show when=move || !is_first_run.get() fallback=Welcome>
            {list}
        </Show>
    }
    .into_any()
}

/// Lets what arrives into the list, while that disturbs nobody.
fn follow(listing: RwSignal<Listing>, arrivals: RwSignal<Arrivals>, attention: Attention) {
    attention.watch_scrolling(listing);
    Effect::new(move |_| {
        arrivals.with(|arrivals| listing.update(|listing| listing.take(arrivals)));
    });
    Effect::new(move |_| {
        let is_waiting = listing.with(|listing| listing.waiting() > 0);
        if !attention.holds() && is_waiting {
            listing.update(Listing::show);
        }
    });
}

/// The bar above the rows.
#[component]
fn ListBar(
    heading: Memo<DeskHeading>,
    listing: RwSignal<Listing>,
    attention: Attention,
    is_live: bool,
) -> impl IntoView {
    let caption_class = move || {
        if heading.get().is_stale {
            "caption results__why"
        } else {
            "caption"
        }
    };
    let waiting = Memo::new(move |_| listing.with(Listing::waiting));
    let has_pill = Memo::new(move |_| waiting.get() > 0 && attention.holds());
    let on_show = move |()| {
        listing.update(Listing::show);
        browser::scroll_to_top();
        browser::focus("found");
    };

    view! {
        <div class="results__bar">
            <h2 class="results__count" id="found" tabindex="-1">
                <span>{move || heading.get().words()}</span>
                " "
                <span class=caption_class>{move || heading.get().caption()}</span>
            </h2>
            <Show when=move || has_pill.get()>
                <NewOrders waiting on_show=Callback::new(on_show) />
            </Show>
            <div class="results__tools">
                {is_live.then(|| view! { <PauseButton is_paused=attention.is_paused /> })}
            </div>
        </div>
    }
    .into_any()
}

/// The ways to other pages, if there are any.
fn pager(heading: DeskHeading, listing: RwSignal<Listing>, lookup: String) -> Option<AnyView> {
    let DeskHeading {
        shown,
        total,
        is_older,
        is_stale,
        ..
    } = heading;
    let next = listing.with(|listing| {
        let oldest = listing.rows().last()?.order.stored_at;
        Some((listing.next()?, oldest))
    });
    let shown = match total.filter(|_| !is_older) {
        Some(total) => format!("{} of {} shown", grouped(shown), grouped(total)),
        None => format!("{} shown", grouped(shown)),
    };
    (!is_stale && (next.is_some() || is_older))
        .then(|| view! { <Pager lookup next is_older shown /> }.into_any())
}
