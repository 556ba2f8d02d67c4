//! What the rail shows.

use leptos::{ev, prelude::*};

use super::kept::{self, CHANGED, KeptOrder, KeptView};
use crate::ui::{
    components::Icon,
    format::{links, printable},
    language::{Locale, td_string},
    reader::locale,
};

/// The lists of the last hour and of today, beside that of all orders: their
/// names, and what they ask.
pub(in crate::ui) fn recent(locale: Locale) -> [(&'static str, &'static str); 2] {
    [
        (td_string!(locale, rail.last_hour), "received:1h"),
        (td_string!(locale, rail.today), "received:today"),
    ]
}

/// Views and recent orders. What the browser keeps comes once it can be read.
#[island]
pub fn Views() -> impl IntoView {
    let locale = locale();
    let views = RwSignal::new(Vec::<KeptView>::new());
    let orders = RwSignal::new(Vec::<KeptOrder>::new());
    Effect::new(move |_| {
        let read = move || {
            views.set(kept::views());
            orders.set(kept::orders());
        };
        read();
        window_event_listener(ev::Custom::<web_sys::Event>::new(CHANGED), move |_| read());
    });
    // Views that everybody has: their names, and what they ask.
    let all = (td_string!(locale, common.all_orders), "");
    let common = std::iter::once(all)
        .chain(recent(locale))
        .map(|(name, query)| {
            view! {
                <li>
                    <a class="rail__link" href=links::search(query, "", "")>
                        {name}
                    </a>
                </li>
            }
        });
    let saved = move || {
        views
            .get()
            .into_iter()
            .map(|view| {
                let address = view.address.clone();
                view! {
                    <li class="rail__saved">
                        <a class="rail__link" href=view.address>
                            {printable(&view.name)}
                        </a>
                        <button
                            class="copy"
                            type="button"
                            aria-label=td_string!(locale, rail.forget, name = printable(&view.name))
                            on:click=move |_| kept::forget_view(&address)
                        >
                            <Icon name="x" small=true />
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    let opened = move || {
        orders
            .get()
            .into_iter()
            .map(|order| {
                view! {
                    <li>
                        <a class="rail__order" href=links::order_page(&order.uid)>
                            <span>{printable(&order.name)}</span>
                            <span class="code">{printable(&order.uid)}</span>
                        </a>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <section>
            <h2>{td_string!(locale, rail.views)}</h2>
            <ul>{common.collect_view()} {saved}</ul>
        </section>
        <section hidden=move || orders.with(Vec::is_empty)>
            <h2>{td_string!(locale, rail.recent)}</h2>
            <ul>{opened}</ul>
        </section>
    }
}
