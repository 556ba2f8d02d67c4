//! What the peek shows.

use leptos::prelude::*;
use orders::{Item, Order};

use super::{CONTENT, PEEK};
use crate::{
    desk::{OrderDesk, OrderRecord},
    error::Error,
    ui::{
        components::{CopyButton, Icon, Moment, MoneyText, SumsCheck},
        context::{provide_today, today},
        desk::Question,
        format::{
            links::query_value,
            moment::{Day, arrived, span},
            number::{count, grouped, money},
        },
    },
};

/// Items that are shown at most.
const MAX_ITEMS: usize = 8;

/// The place beside the list, with no order yet.
#[component]
pub fn Peek() -> impl IntoView {
    view! {
        <aside class="peek script-only" id=PEEK aria-label="Chosen order" tabindex="0">
            <p class="peek__none quiet">
                "Press a row to see its order here. A second press opens its page; Esc closes it."
            </p>
            <div id=CONTENT></div>
        </aside>
    }
}

/// An order at a glance.
#[component]
fn PeekOrder(
    /// The order's uid.
    uid: String,
    /// How it came here.
    record: OrderRecord,
    /// The address of its page.
    href: String,
) -> impl IntoView {
    let top = view! {
        <div class="row row--between">
            <p class="code">{uid.clone()} " " <CopyButton value=uid what="order uid" /></p>
            <a class="button" href=href>
                "Open"
                <Icon name="enter" />
            </a>
        </div>
    };
    let Ok(order) = orders::parse(record.document.as_bytes(), usize::MAX) else {
        return view! {
            {top}
            <p class="quiet">"This version of Orderdesk cannot read this document as an order."</p>
        }
        .into_any();
    };
    let arrived_at = view! {
        <Moment at=record.stored_at text=arrived(record.stored_at, today()) />
    };
    let items = count(order.items.len(), "item", "items");
    let amount = order.payment.amount.clone().map(|amount| {
        let currency = order.payment.currency.clone();
        view! {
            <p class="peek__amount">
                <MoneyText amount=Some(amount) currency />
            </p>
        }
    });
    let stored_after = span(record.published_at, record.stored_at).map(|took| {
        view! {
            <div class="facts__row">
                <dt>"Stored after"</dt>
                <dd>{took}</dd>
            </div>
        }
    });
    view! {
        {top}
        <div>
            {amount}
            <p class="quiet">{items} " · arrived " {arrived_at} " UTC"</p>
        </div>
        <SumsCheck order=order.clone() />
        <PeekDelivery order=order.clone() />
        <PeekItems items=order.items />
        <dl class="facts">
            <div class="facts__row">
                <dt>"Sequence"</dt>
                <dd>{grouped(record.sequence)}</dd>
            </div>
            {stored_after}
        </dl>
    }
    .into_any()
}

/// To whom it goes, and where.
#[component]
fn PeekDelivery(order: Order) -> impl IntoView {
    let to = order.delivery;
    let address = [to.address, to.city, to.region, to.zip]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>();
    let lines = [address.join(", "), to.phone, to.email]
        .into_iter()
        .filter(|line| !line.is_empty())
        .map(|line| view! { <p class="quiet">{line}</p> })
        .collect_view();
    view! {
        <section>
            <h3>
                {if to.name.is_empty() {
                    view! { <span class="quiet">"empty"</span> }.into_any()
                } else {
                    to.name.into_any()
                }}
            </h3>
            {lines}
        </section>
    }
    .into_any()
}

/// The first of its items.
#[component]
fn PeekItems(items: Vec<Item>) -> impl IntoView {
    let more = items.len().saturating_sub(MAX_ITEMS);
    let is_empty = items.is_empty();
    let lines = items
        .into_iter()
        .take(MAX_ITEMS)
        .map(|item| {
            let article = item.nm_id.map(|article| article.to_string());
            let about = [item.brand, article.unwrap_or_default()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · ");
            let name = if item.name.is_empty() {
                "without a name".to_owned()
            } else {
                item.name
            };
            view! {
                <li>
                    <span>{name}</span>
                    <span>{item.total_price.as_ref().map(money)}</span>
                    <span class="caption">{about}</span>
                </li>
            }
        })
        .collect_view();
    (!is_empty).then(|| {
        view! {
            <section>
                <h3>"Items"</h3>
                <ul class="lines">{lines}</ul>
                {(more > 0).then(|| view! { <p class="caption">"and " {grouped(more)} " more"</p> })}
            </section>
        }
    })
}

/// Renders the order that the query names by `uid`, as `GET /desk/peek` sends
/// it. Its link leads to its page in the list that `q` and `sort` ask for.
pub async fn render_peek(desk: &dyn OrderDesk, query: &str) -> (http::StatusCode, String) {
    let uid = query_value(query, "uid").unwrap_or_default();
    let found = match uid.parse() {
        Ok(parsed) => desk.order(&parsed).await,
        Err(_) => Ok(None),
    };
    let answer = found.and_then(|found| found.ok_or(Error::NotFound));
    let href = Question::behind(query).order_address(&uid);
    Owner::new().with(|| {
        provide_today(Day::now());
        match answer {
            Ok(record) => {
                let html = view! { <PeekOrder uid record href /> }.to_html();
                (http::StatusCode::OK, html)
            }
            Err(error) => {
                let sentence = if error == Error::NotFound {
                    "There is no such order any more."
                } else {
                    "The database is away, and this order is not in memory."
                };
                let html = view! { <p class="quiet">{sentence}</p> }.to_html();
                (error.status(), html)
            }
        }
    })
}
