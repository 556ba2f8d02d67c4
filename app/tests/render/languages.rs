//! The pages in the reader's language and zone.

use app::{error::Error, render_answer};
use axum::http::{Request, StatusCode};
use std::sync::Arc;

use crate::test_desk::{TestDesk, ask, desk_of, get_in, text, words};

#[tokio::test]
async fn every_page_speaks_russian() {
    let away = || TestDesk {
        trouble: Some(Error::Unavailable),
        ..TestDesk::default()
    };
    let broken = || TestDesk {
        trouble: Some(Error::Internal),
        ..TestDesk::default()
    };
    let many = || desk_of((1..=51).map(|number| format!("order-{number}")));
    let cases = [
        (many(), "/", 200, "51 заказ сначала новые"),
        (many(), "/", 200, "Показано 50 из 51"),
        (many(), "/?q=order-2", 200, "11 заказов"),
        (many(), "/?q=city:Moscow", 200, "Город Moscow"),
        (
            many(),
            "/?q=none-such",
            200,
            "Нет заказа, похожего на «none-such»",
        ),
        (
            TestDesk::default(),
            "/",
            200,
            "Заказов пока нет Всё готово.",
        ),
        (
            many(),
            "/?q=amont:5",
            400,
            "Нет поля amont . Имелось в виду amount:5 ?",
        ),
        (
            many(),
            "/?cursor=x",
            400,
            "Такой курсор Orderdesk не выдавал.",
        ),
        (
            desk_of(["b563"]),
            "/orders/b563",
            200,
            "Сходится: товары дают 7 724,5, а товары, доставка и сбор — 8 074,5.",
        ),
        (desk_of(["b563"]), "/orders/b563", 200, "8 074,50 RUB"),
        (desk_of(["a"]), "/orders/b", 404, "Нет заказа b"),
        (desk_of(["a"]), "/nowhere", 404, "Здесь нет страницы"),
        (desk_of(["a"]), "/rejected", 200, "Отклонённые сообщения"),
        (
            desk_of(["a"]),
            "/rejected?reason=x",
            400,
            "Нет такой причины",
        ),
        (desk_of(["a"]), "/rejected/1", 404, "Нет такого сообщения"),
        (desk_of(["a"]), "/status", 200, "Учёт каждого сообщения"),
        (away(), "/", 503, "База недоступна"),
        (away(), "/orders/a", 503, "База недоступна"),
        (
            broken(),
            "/orders/a",
            500,
            "Внутри Orderdesk что-то сломалось",
        ),
    ];
    for (desk, path, status, expected) in cases {
        let (found, html) = get_in(desk, path, "ru-RU,ru;q=0.9,en;q=0.5").await;
        assert_eq!(found.as_u16(), status, "{path}");
        assert!(html.contains(r#"<html lang="ru""#), "{path}: {html}");
        assert!(words(&html).contains(expected), "{path}: {}", words(&html));
    }
}

/// Texts that are the same in every language: what was sent, names of fields,
/// units.
fn is_nobodys_word(word: &str) -> bool {
    let code = [
        "order-", "nothing", "make", "model", "publish", "ARGS=", "--", "city:", "amount:",
    ];
    code.iter().any(|start| word.starts_with(start))
        || [
            "Orderdesk",
            "UTC",
            "CSV",
            "API",
            "Ctrl",
            "Enter",
            "Esc",
            "NDJSON,",
            "English",
            "JSON",
            "PostgreSQL",
            "NATS",
            "Streaming",
            "Streaming;",
            "Hex",
            "brand:",
            "RUB",
            "Anna",
            "Moscow",
            "Mascara",
            "Vivienne",
            "Sabo",
            "WBIL7730418822",
            "updates",
            "orderdesk",
            "verify",
            "New",
            "Ctrl",
            "Esc",
            "Enter",
            "API",
        ]
        .contains(&word)
}

#[tokio::test]
async fn no_word_stays_english() {
    let pages = [
        (desk_of(["order-1", "order-2"]), "/"),
        (desk_of(["order-1"]), "/?q=nothing-1"),
        (TestDesk::default(), "/"),
        (desk_of(["order-1"]), "/status"),
        (desk_of(["order-1"]), "/rejected"),
        (desk_of(["order-1"]), "/nowhere"),
        (desk_of(["order-1"]), "/orders/order-2"),
    ];
    for (desk, path) in pages {
        let (_, html) = get_in(desk, path, "ru").await;
        let said = words(&html);
        let english: Vec<_> = said
            .split_whitespace()
            .filter(|word| word.chars().filter(char::is_ascii_alphabetic).count() > 2)
            .filter(|word| !word.starts_with(['&', '/', '«', '“', '>']))
            .filter(|word| !is_nobodys_word(word))
            .collect();
        assert!(english.is_empty(), "{path}: {english:?} in {said}");
        for name in ["aria-label=\"", "title=\"", "placeholder=\""] {
            for value in html.split(name).skip(1) {
                let value = value.split('"').next().unwrap();
                let is_exact = value.starts_with(|first: char| first.is_ascii_digit());
                let is_code = value.starts_with("order-");
                let is_russian = value.chars().any(|letter| ('а'..='я').contains(&letter));
                assert!(is_exact || is_code || is_russian, "{path}: {name}{value}");
            }
        }
    }
}

#[tokio::test]
async fn a_page_is_the_readers_own() {
    let cases = [
        ("language=ru", "en", "ru"),
        ("language=en", "ru", "en"),
        ("", "ru", "ru"),
        ("", "de", "en"),
    ];
    for (cookie, accepted, expected) in cases {
        let headers = [("cookie", cookie), ("accept-language", accepted)];
        let response = ask(desk_of(["a"]), "/", &headers).await;
        assert_eq!(response.status(), StatusCode::OK);
        let headers = response.headers().clone();
        assert_eq!(headers["content-language"], expected);
        assert_eq!(headers["vary"], "accept-language, cookie");
        assert_eq!(headers["cache-control"], "private, no-cache");
        let html = text(response).await;
        assert!(
            html.contains(&format!("<html lang=\"{expected}\"")),
            "{html}"
        );
        let chosen = format!("value=\"{expected}\" lang=\"{expected}\" aria-current=\"true\"");
        assert!(html.contains(&chosen), "{html}");
    }
}

#[tokio::test]
async fn moments_are_in_the_readers_zone() {
    let headers = [("cookie", "tz=Europe/Moscow"), ("accept-language", "ru")];
    let response = ask(desk_of(["b563"]), "/orders/b563", &headers).await;
    let html = text(response).await;
    assert!(html.contains(r#"data-zone="Europe/Moscow""#), "{html}");
    // Placed at 11:32:05 in UTC.
    assert!(
        html.contains(r#"<time datetime="2026-05-12T11:32:05Z" title="2026-05-12T11:32:05Z" data-as="minute">12 мая 2026, 14:32</time>"#),
        "{html}"
    );
    assert!(!words(&html).contains("UTC"), "{}", words(&html));

    let (_, html) = get_in(desk_of(["b563"]), "/orders/b563", "en").await;
    assert!(!html.contains("data-zone"), "{html}");
    assert!(html.contains(">12 May 2026, 11:32</time>"), "{html}");
    assert!(words(&html).contains("Placed , UTC"), "{}", words(&html));
    let (_, html) = get_in(desk_of(["b563"]), "/", "en").await;
    assert!(words(&html).contains("newest first · times in UTC"));
}

#[tokio::test]
async fn parts_of_pages_are_as_the_page() {
    let request = Request::get("/desk?q=")
        .header("cookie", "language=ru; tz=Asia/Tokyo")
        .body(())
        .unwrap();
    let (parts, ()) = request.into_parts();
    let (status, html) = render_answer(Arc::new(desk_of(["b563"])), parts).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("1 заказ"), "{html}");
    assert!(html.contains(">12 мая"), "{html}");
    assert!(
        html.contains("data-name-many=\"Показать {} новых заказов\""),
        "{html}"
    );
    assert!(!html.contains("UTC"), "{html}");
}
