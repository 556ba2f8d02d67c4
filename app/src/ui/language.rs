//! The reader's language, and its words.
//!
//! The words stand in `app/locales/`, one file a language. The build makes code
//! of them, and fails where a key or a placeholder is missing in one of them.
//! [`td_string!`] gives the words of a key, [`counted!`] those that go with a
//! number.

use std::str::FromStr as _;

use leptos_i18n::Locale as _;

#[allow(
    unused,
    clippy::all,
    clippy::pedantic,
    reason = "it is generated, in its own style"
)]
mod words {
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

pub use leptos_i18n::td_string;
pub use words::i18n::Locale;

/// The words that go with a number, in the form that it asks for:
/// `counted!(locale, count.orders, 1_284)` is "1 284 заказа". Their placeholder
/// is `{{ number }}`; others follow as for [`td_string!`].
macro_rules! counted {
    ($locale:expr, $($key:ident).+, $count:expr $(, $($more:tt)+)?) => {{
        let count = $count;
        $crate::ui::language::td_string!(
            $locale,
            $($key).+,
            count = count,
            number = $crate::ui::format::number::grouped($locale, count)
            $(, $($more)+)?
        )
    }};
}
pub(crate) use counted;

/// The cookie that keeps the reader's choice.
const COOKIE: &str = "language";

/// The most languages of a request that are looked at.
const MAX_ACCEPTED: usize = 10;

/// Every language, in the order of the menu.
pub const ALL: [Locale; 2] = [Locale::en, Locale::ru];

/// Its name, in itself.
pub const fn own_name(locale: Locale) -> &'static str {
    match locale {
        Locale::en => "English",
        Locale::ru => "Русский",
    }
}

/// Its tag, as HTML and HTTP write it (RFC 5646).
pub fn tag(locale: Locale) -> &'static str {
    locale.as_str()
}

/// The language with this tag.
pub fn from_tag(tag: &str) -> Option<Locale> {
    Locale::from_str(tag).ok()
}

/// The value of `lang` on a text in English; none where the page is in English.
pub fn lang_of_english(locale: Locale) -> Option<&'static str> {
    (locale != Locale::en).then(|| tag(Locale::en))
}

/// The cookie that keeps a language, for a year.
pub fn cookie(locale: Locale) -> String {
    format!(
        "{COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax",
        tag(locale)
    )
}

/// The language of a request: what its cookies say, else what it accepts, else
/// English.
pub fn requested(cookies: &str, accepted: &str) -> Locale {
    super::cookies::value(cookies, COOKIE)
        .and_then(from_tag)
        .unwrap_or_else(|| Locale::find_locale(&by_preference(accepted)))
}

/// The languages of an `Accept-Language` header, the dearest first (RFC 9110,
/// 12.5.4).
fn by_preference(accepted: &str) -> Vec<&str> {
    let mut languages: Vec<(&str, f32)> = accepted
        .split(',')
        .take(MAX_ACCEPTED)
        .filter_map(|range| {
            let (language, weight) = match range.split_once(';') {
                Some((language, weight)) => {
                    let weight = weight.trim().strip_prefix("q=")?;
                    (language, weight.parse().ok()?)
                }
                None => (range, 1.0),
            };
            (weight > 0.0).then_some((language.trim(), weight))
        })
        .collect();
    languages.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    languages
        .into_iter()
        .map(|(language, _)| language)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{ALL, Locale, cookie, requested, td_string};

    #[test]
    fn the_cookie_outranks_what_is_accepted() {
        let cases = [
            ("language=ru", "en", Locale::ru),
            ("theme=dark; language=en", "ru", Locale::en),
            ("language=klingon", "ru", Locale::ru),
            ("", "ru-RU,ru;q=0.9,en;q=0.8", Locale::ru),
            ("", "en-GB,en;q=0.9,ru;q=0.8", Locale::en),
            ("", "de, en;q=0.2, ru;q=0.7", Locale::ru),
            ("", "ru;q=0, en", Locale::en),
            ("", "RU", Locale::ru),
            ("", "de", Locale::en),
            ("", "*", Locale::en),
            ("", "", Locale::en),
            ("", ";;q=x,,\u{1F4E6}", Locale::en),
        ];
        for (cookies, accepted, expected) in cases {
            let found = requested(cookies, accepted);
            assert_eq!(found, expected, "{cookies:?} {accepted:?}");
        }
        for locale in ALL {
            let cookie = cookie(locale);
            let pair = cookie.split(';').next().unwrap();
            assert_eq!(requested(pair, ""), locale);
        }
    }

    #[test]
    fn nouns_have_the_form_that_the_number_asks_for() {
        let cases = [
            (0, "0 orders", "0 заказов"),
            (1, "1 order", "1 заказ"),
            (2, "2 orders", "2 заказа"),
            (4, "4 orders", "4 заказа"),
            (5, "5 orders", "5 заказов"),
            (11, "11 orders", "11 заказов"),
            (12, "12 orders", "12 заказов"),
            (14, "14 orders", "14 заказов"),
            (21, "21 orders", "21 заказ"),
            (22, "22 orders", "22 заказа"),
            (25, "25 orders", "25 заказов"),
            (101, "101 orders", "101 заказ"),
            (111, "111 orders", "111 заказов"),
            (112, "112 orders", "112 заказов"),
            (1_284, "1,284 orders", "1\u{a0}284 заказа"),
            (2_417_981, "2,417,981 orders", "2\u{a0}417\u{a0}981 заказ"),
        ];
        for (number, english, russian) in cases {
            assert_eq!(counted!(Locale::en, count.orders, number), english);
            assert_eq!(counted!(Locale::ru, count.orders, number), russian);
        }
        let new = |number| counted!(Locale::ru, desk.new, number);
        assert_eq!(new(1), "1 новый");
        assert_eq!(new(12), "12 новых");
        assert_eq!(new(21), "21 новый");
        assert_eq!(new(22), "22 новых");
    }

    #[test]
    fn each_language_has_its_own_words() {
        assert_eq!(td_string!(Locale::en, layout.orders), "Orders");
        assert_eq!(td_string!(Locale::ru, layout.orders), "Заказы");
    }
}
