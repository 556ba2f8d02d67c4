//! How an order is paid: facts, figures as sent, and whether they add up.

use leptos::prelude::*;
use orders::{Money, Order, Timestamp};

use super::{CopyButton, Fact, Icon, Moment, MoneyText};
use crate::ui::format::{
    moment::date_time_seconds,
    number::{count, money},
    sums,
};

/// How an order is paid.
#[component]
pub fn OrderPayment(
    /// The order.
    order: Order,
) -> impl IntoView {
    let check = view! { <SumsCheck order=order.clone() /> };
    let items = order.items.len();
    let payment = order.payment;

    view! {
        <section class="card" aria-labelledby="payment">
            <div class="card__head">
                <h2 id="payment">"Payment"</h2>
                <span class="caption">"Figures exactly as sent"</span>
            </div>
            <div class="card__body ways">
                <dl class="facts no-print">
                    <Paid seconds=payment.payment_dt />
                    <Fact term="Provider" value=payment.provider />
                    <Fact term="Bank" value=payment.bank />
                    <Fact term="Transaction" value=payment.transaction code=true />
                    <Fact term="Request" value=payment.request_id code=true />
                </dl>
                <div class="stack stack--tight">
                    <dl class="sums">
                        <Figure
                            term=format!("Goods, {}", count(items, "item", "items"))
                            what="goods total"
                            amount=payment.goods_total
                        />
                        <Figure term="Delivery" what="delivery cost" amount=payment.delivery_cost />
                        <Figure term="Custom fee" what="custom fee" amount=payment.custom_fee />
                        <div class="sums__total">
                            <dt>"Amount"</dt>
                            <dd>
                                {match payment.amount {
                                    Some(amount) => {
                                        view! {
                                            <CopyButton value=amount.as_str() what="amount" />
                                            <MoneyText amount=Some(amount) currency=payment.currency />
                                        }
                                            .into_any()
                                    }
                                    None => empty().into_any(),
                                }}
                            </dd>
                        </div>
                    </dl>
                    {check}
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// Whether the figures of an order add up, as a sentence; nothing where they
/// say nothing.
#[component]
pub fn SumsCheck(
    /// The order.
    order: Order,
) -> impl IntoView {
    sums::check(&order).map(|check| {
        let (class, icon) = if check.adds_up {
            ("check no-print", "check-ring")
        } else {
            ("check check--off no-print", "warning")
        };
        view! {
            <p class=class>
                <Icon name=icon />
                <span>{check.sentence}</span>
            </p>
        }
    })
}

/// When it was paid; the number itself where it is no moment of the calendar.
#[component]
fn Paid(seconds: Option<i64>) -> impl IntoView {
    let Some(seconds) = seconds else {
        return view! { <Fact term="Paid" value="" /> }.into_any();
    };
    let Some(moment) = Timestamp::from_unix_seconds(seconds) else {
        return view! { <Fact term="Paid" value=seconds.to_string() what="payment time" code=true /> }
            .into_any();
    };
    view! {
        <div class="facts__row">
            <dt>"Paid"</dt>
            <dd>
                <span>
                    <Moment at=moment text=date_time_seconds(moment) />
                    " UTC"
                </span>
                <CopyButton value=moment.to_string() what="payment time" />
            </dd>
        </div>
    }
    .into_any()
}

/// One figure.
#[component]
fn Figure(
    #[prop(into)] term: String,
    /// What the copy button calls it.
    what: &'static str,
    amount: Option<Money>,
) -> impl IntoView {
    view! {
        <div>
            <dt>{term}</dt>
            <dd>
                {match amount {
                    Some(amount) => {
                        view! {
                            <CopyButton value=amount.as_str() what />
                            {money(&amount)}
                        }
                            .into_any()
                    }
                    None => empty().into_any(),
                }}
            </dd>
        </div>
    }
    .into_any()
}

fn empty() -> impl IntoView {
    view! { <span class="quiet">"empty"</span> }
}
