//! One order's page.

use axum::http::StatusCode;

use crate::test_desk::{TestDesk, asked, desk_of, document, get, words};

#[tokio::test]
async fn an_order_has_its_figures_and_its_bytes_as_sent() {
    let (status, html) = get(desk_of(["b563"]), "/orders/b563").await;
    assert_eq!(status, StatusCode::OK);
    let words = words(&html);
    assert!(words.contains("8,074.50"), "{words}");
    assert!(
        words
            .contains("Adds up: the items make 7,724.5, and goods, delivery and fee make 8,074.5.")
    );
    assert!(words.contains("sequence 2,418,907"), "{words}");
    assert!(words.contains("stored after 2.2 ms"), "{words}");
    // In the document itself, digit for digit.
    assert!(words.contains("7724.50"), "{words}");
}

#[tokio::test]
async fn every_uid_has_a_page_that_its_link_leads_to() {
    for uid in [
        "a/b?c#d",
        "100%25",
        "a+b c",
        "заказ №1",
        "\"<b>'&",
        "\\",
        "..",
        "%",
    ] {
        let (_, html) = get(desk_of([uid]), "/").await;
        let (_, link) = html.split_once(r#"href="/orders"#).unwrap();
        let link = link.split_once('"').unwrap().0.replace("&amp;", "&");
        let (status, html) = get(desk_of([uid]), &format!("/orders{link}")).await;
        assert_eq!(status, StatusCode::OK, "{uid} {link}");
        assert!(words(&html).contains("Adds up"), "{uid}");
    }
}

#[tokio::test]
async fn a_title_is_text_whatever_was_sent() {
    let hostile = "</title><script>alert(1)</script>";
    let encoded = "%3C%2Ftitle%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    for path in [format!("/orders/{encoded}"), format!("/?q={encoded}")] {
        let (status, html) = get(desk_of([hostile]), &path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(!html.contains("<script>alert(1)"), "{path}: {html}");
        assert!(html.contains("&lt;/title&gt;"), "{path}: {html}");
    }
}

#[tokio::test]
async fn carriage_returns_survive_the_parser_of_html() {
    let desk = TestDesk {
        documents: vec![document("returns").replace('\n', "\r\n")],
        ..TestDesk::default()
    };
    let (_, html) = get(desk, "/orders/returns").await;
    assert!(html.contains("&#13;\n"), "{html}");
    let (_, source) = html.split_once("JSON as published").unwrap();
    let (source, _) = source.split_once("</pre>").unwrap();
    assert!(!source.contains('\r'), "{source}");
}

#[tokio::test]
async fn a_preview_tells_of_the_order_and_not_of_its_customer() {
    let (_, html) = get(desk_of(["b563"]), "/orders/b563").await;
    let (head, _) = html.split_once("</head>").unwrap();
    for (name, content) in [
        (
            "name=\"description\"",
            "1 item, 8,074.50 RUB. Placed 12 May 2026, 11:32",
        ),
        ("property=\"og:title\"", "Order b563"),
        ("property=\"og:description\"", "1 item, 8,074.50 RUB."),
        ("property=\"og:type\"", "website"),
        ("property=\"og:site_name\"", "Orderdesk"),
    ] {
        let tag = head
            .split("<meta")
            .find(|tag| tag.contains(name))
            .unwrap_or_else(|| panic!("{name} in {head}"));
        assert!(tag.contains(&format!("content=\"{content}")), "{tag}");
    }
    for secret in ["Anna", "Petrosyan", "Moscow"] {
        assert!(!head.contains(secret), "{secret} in {head}");
    }
}

#[tokio::test]
async fn an_order_knows_its_place_in_the_list_it_was_opened_from() {
    let desk = || desk_of(["one", "two", "three", "other"]);
    let (_, html) = get(desk(), "/orders/two?q=e&sort=arrival").await;
    // `e` stands in every order; in `o` of uids only.
    assert!(words(&html).contains("Results for e"), "{}", words(&html));
    assert!(html.contains(r#"href="/?q=e&amp;sort=arrival""#) || html.contains(r#"href="/?q=e"#));
    for (rel, address) in [("prev", "/orders/three?q=e"), ("next", "/orders/one?q=e")] {
        let link = html
            .split("<a ")
            .find(|link| link.contains(&format!("rel=\"{rel}\"")));
        assert!(
            link.unwrap().contains(&format!("href=\"{address}\"")),
            "{rel}"
        );
    }
    assert!(words(&html).contains("3 of 4"), "{}", words(&html));
    // The first one has nothing before it, and without a list all is the list.
    let (_, html) = get(desk(), "/orders/other").await;
    assert!(!html.contains("rel=\"prev\"") && html.contains(r#"href="/orders/three""#));
    assert!(words(&html).contains("1 of 4"));
    let (_, html) = get(desk(), "/?q=e").await;
    assert!(html.contains(r#"href="/orders/two?q=e""#), "{html}");
}

#[tokio::test]
async fn other_orders_with_the_same_track_number_are_a_link_away() {
    let (_, html) = get(desk_of(["a1", "a2", "a3", "a4", "a5", "a6"]), "/orders/a2").await;
    let words = words(&html);
    let (_, shown) = words.split_once("Same track number 5 orders").unwrap();
    let shown: Vec<_> = shown
        .split(' ')
        .filter(|word| word.starts_with('a'))
        .collect();
    assert_eq!(shown[..4], ["a6", "a5", "a4", "a3"], "{words}");
    assert!(html.contains(r#"href="/?q=track%3A%3DWBIL7730418822""#));
    let (_, html) = get(desk_of(["a1"]), "/orders/a1").await;
    assert!(!html.contains("related-track"));
}

#[tokio::test]
async fn every_fact_can_be_copied() {
    let (_, html) = get(desk_of(["b563"]), "/orders/b563").await;
    let lists = html.split("<dl class=\"").skip(1);
    let lists = lists.filter(|list| list.starts_with("facts") || list.starts_with("sums"));
    let mut facts = 0;
    for list in lists {
        let list = list.split_once("</dl>").unwrap().0;
        for fact in list.split("<dd").skip(1) {
            let is_empty = fact.contains("class=\"quiet\">empty");
            assert!(is_empty || fact.contains("data-copy=\""), "{fact}");
            facts += 1;
        }
    }
    assert_eq!(facts, 25);
    assert!(html.contains(r#"data-copy-address="/orders/b563""#));
    assert!(html.contains(r#"download="b563.json""#));
}

#[tokio::test]
async fn the_peek_shows_an_order_beside_its_list() {
    let desk = desk_of(["b563"]);
    let (status, html) = app::render_peek(
        &desk,
        asked("/desk/peek?uid=b563&q=mascara&cursor=b9", "en"),
    )
    .await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains(r#"href="/orders/b563?q=mascara""#), "{html}");
    for part in [
        "8,074.50",
        "Adds up",
        "Anna &lt;b&gt;",
        "Vivienne Sabo",
        "2,418,907",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    let (status, html) = app::render_peek(&desk, asked("/desk/peek?uid=none", "ru")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(html.contains("Такого заказа больше нет."));
    let away = TestDesk {
        trouble: Some(app::error::Error::Unavailable),
        ..TestDesk::default()
    };
    let (status, _) = app::render_peek(&away, asked("/desk/peek?uid=b563", "en")).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
}
