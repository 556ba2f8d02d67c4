//! One order's page.

use axum::http::StatusCode;

use crate::test_desk::{TestDesk, desk_of, document, get, words};

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
