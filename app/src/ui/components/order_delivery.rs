//! To whom an order goes, and where.

use leptos::prelude::*;
use orders::Order;

use super::Fact;
use crate::ui::{format::links, language::td_string, reader::locale};

/// To whom an order goes, and where.
#[component]
pub fn OrderDelivery(
    /// The order.
    order: Order,
) -> impl IntoView {
    let locale = locale();
    let to = order.delivery;
    let phone_href = phone_href(&to.phone);
    let email_href = email_href(&to.email);

    view! {
        <section class="card" aria-labelledby="delivery">
            <div class="card__head">
                <h2 id="delivery">{td_string!(locale, fields.delivery)}</h2>
            </div>
            <div class="card__body">
                <dl class="facts facts--to">
                    <Fact term=td_string!(locale, fields.name) value=to.name />
                    <Fact term=td_string!(locale, fields.phone) value=to.phone href=phone_href />
                    <Fact term=td_string!(locale, fields.email) value=to.email href=email_href />
                    <Fact term=td_string!(locale, order.address) value=to.address />
                    <Fact term=td_string!(locale, fields.city) value=to.city />
                    <Fact term=td_string!(locale, order.region) value=to.region />
                    <Fact term=td_string!(locale, order.zip) value=to.zip />
                    <Fact term=td_string!(locale, order.service) value=order.delivery_service />
                    <Fact term=td_string!(locale, order.track) value=order.track_number what=td_string!(locale, order.what_track) code=true />
                </dl>
            </div>
        </section>
    }
    .into_any()
}

/// Where a phone number leads to; nowhere if it is none (RFC 3966).
fn phone_href(phone: &str) -> Option<String> {
    let digits: String = phone
        .chars()
        .filter(|character| !matches!(character, ' ' | '-' | '(' | ')' | '.'))
        .collect();
    let number = digits.strip_prefix('+').unwrap_or(&digits);
    let is_number =
        (3..=20).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("tel:{digits}"))
}

/// Where an e-mail address leads to; nowhere if it is none (RFC 6068).
fn email_href(email: &str) -> Option<String> {
    let (name, host) = email.rsplit_once('@')?;
    (!name.is_empty() && !host.is_empty() && email.len() <= 254)
        .then(|| format!("mailto:{}@{}", links::encode(name), links::encode(host)))
}

#[cfg(test)]
mod tests {
    use super::{email_href, phone_href};

    #[test]
    fn only_what_can_be_called_or_written_to_is_a_link() {
        assert_eq!(
            phone_href("+7 (916) 555-01-42").as_deref(),
            Some("tel:+79165550142")
        );
        assert_eq!(phone_href("javascript:alert(1)"), None);
        assert_eq!(phone_href(""), None);
        assert_eq!(
            email_href("a b?cc=x@example.com").as_deref(),
            Some("mailto:a%20b%3Fcc%3Dx@example.com")
        );
        assert_eq!(email_href("nobody"), None);
    }
}
