//! To whom an order goes, and where.

use maud::{Markup, html};
use orders::Order;

use crate::ui::{
    components::FactText,
    format::links,
    language::{Locale, td_string},
};

/// To whom an order goes, and where.
pub(super) fn delivery(order: &Order, locale: Locale) -> Markup {
    let to = &order.delivery;
    let phone = FactText {
        href: phone_href(&to.phone),
        ..FactText::of(td_string!(locale, fields.phone), &to.phone)
    };
    let email = FactText {
        href: email_href(&to.email),
        ..FactText::of(td_string!(locale, fields.email), &to.email)
    };
    let track = FactText {
        what: Some(td_string!(locale, order.what_track)),
        ..FactText::code(td_string!(locale, order.track), &order.track_number)
    };
    html! {
        section class="card" aria-labelledby="delivery" {
            div class="card__head" {
                h2 id="delivery" { (td_string!(locale, fields.delivery)) }
            }
            div class="card__body" {
                dl class="facts facts--to" {
                    (FactText::of(td_string!(locale, fields.name), &to.name).html(locale))
                    (phone.html(locale))
                    (email.html(locale))
                    (FactText::of(td_string!(locale, order.address), &to.address).html(locale))
                    (FactText::of(td_string!(locale, fields.city), &to.city).html(locale))
                    (FactText::of(td_string!(locale, order.region), &to.region).html(locale))
                    (FactText::of(td_string!(locale, order.zip), &to.zip).html(locale))
                    (FactText::of(td_string!(locale, order.service), &order.delivery_service).html(locale))
                    (track.html(locale))
                }
            }
        }
    }
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
