//! What the peek shows.

use leptos::prelude::*;
use orders::{Item, Order};

use super::{CONTENT, PEEK};
use crate::{
    desk::{OrderDesk, OrderRecord},
    error::Error,
    ui::{
        components::{CopyButton, Icon, Moment, MoneyText, SumsCheck, Utc},
        desk::Question,
        format::{
            links::query_value,
            moment::{Written, span},
            number::{grouped, money},
        },
        language::{counted, td_string},
        reader::{locale, provide_reader},
    },
};

/// Items that are shown at most.
const MAX_ITEMS: usize = 8;

/// The place beside the list, with no order yet.
#[component]
pub fn Peek() -> impl IntoView {
    view! {
        <aside class="peek script-only" id=PEEK aria-label=td_string!(locale(), peek.name) tabindex="0">
            <p class="peek__none quiet">
                {td_string!(locale(), peek.none)}
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
    let locale = locale();
    let top = view! {
        <div class="row row--between">
            <p class="code">{uid.clone()} " " <CopyButton value=uid what=td_string!(locale, order.what_uid) /></p>
            <a class="button" href=href>
                {td_string!(locale, peek.open)}
                <Icon name="enter" />
            </a>
        </div>
    };
    let Ok(order) = orders::parse(record.document.as_bytes(), usize::MAX) else {
        return view! {
            {top}
            <p class="quiet">{td_string!(locale, order.unreadable)}</p>
        }
        .into_any();
    };
    let items = counted!(locale, count.items, order.items.len());
    let amount = order.payment.amount.clone().map(|amount| {
        let currency = order.payment.currency.clone();
        view! {
            <p class="peek__amount">
                <MoneyText amount=Some(amount) currency />
            </p>
        }
    });
    let stored_after = span(record.published_at, record.stored_at, locale).map(|took| {
        view! {
            <div class="facts__row">
                <dt>{td_string!(locale, peek.stored_after)}</dt>
                <dd>{took}</dd>
            </div>
        }
    });
    view! {
        {top}
        <div>
            {amount}
            <p class="quiet">
                {items} " · " {td_string!(locale, peek.arrived)} " "
                <Moment at=record.stored_at written=Written::Arrived /> <Utc />
            </p>
        </div>
        <SumsCheck order=order.clone() />
        <PeekDelivery order=order.clone() />
        <PeekItems items=order.items />
        <dl class="facts">
            <div class="facts__row">
                <dt>{td_string!(locale, peek.sequence)}</dt>
                <dd>{grouped(locale, record.sequence)}</dd>
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
                    view! { <span class="quiet">{td_string!(locale(), common.empty)}</span> }.into_any()
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
    let locale = locale();
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
                td_string!(locale, order.nameless).to_owned()
            } else {
                item.name
            };
            view! {
                <li>
                    <span>{name}</span>
                    <span>{item.total_price.as_ref().map(|price| money(locale, price))}</span>
                    <span class="caption">{about}</span>
                </li>
            }
        })
        .collect_view();
    (!is_empty).then(|| {
        view! {
            <section>
                <h3>{td_string!(locale, fields.items)}</h3>
                <ul class="lines">{lines}</ul>
                {(more > 0).then(|| view! { <p class="caption">{counted!(locale, peek.more, more)}</p> })}
            </section>
        }
    })
}

/// Renders the order that the query names by `uid`, as `GET /desk/peek` sends
/// it. Its link leads to its page in the list that `q` and `sort` ask for.
pub async fn render_peek(
    desk: &dyn OrderDesk,
    request: http::request::Parts,
) -> (http::StatusCode, String) {
    let query = request.uri.query().unwrap_or_default();
    let uid = query_value(query, "uid").unwrap_or_default();
    let found = match uid.parse() {
        Ok(parsed) => desk.order(&parsed).await,
        Err(_) => Ok(None),
    };
    let answer = found.and_then(|found| found.ok_or(Error::NotFound));
    let href = Question::behind(query).order_address(&uid);
    Owner::new().with(|| {
        provide_context(request);
        let locale = provide_reader().locale;
        match answer {
            Ok(record) => {
                let html = view! { <PeekOrder uid record href /> }.to_html();
                (http::StatusCode::OK, html)
            }
            Err(error) => {
                let sentence = if error == Error::NotFound {
                    td_string!(locale, peek.gone)
                } else {
                    td_string!(locale, peek.away)
                };
                let html = view! { <p class="quiet">{sentence}</p> }.to_html();
                (error.status(), html)
            }
        }
    })
}
