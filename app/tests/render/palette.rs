//! What the palette offers.

use std::sync::Arc;

use app::{OrderDesk, error::Error, render_palette};
use axum::http::{Request, StatusCode};

use crate::test_desk::{TestDesk, desk_of, document};

async fn offered(desk: TestDesk, query: &str) -> (StatusCode, String) {
    let desk: Arc<dyn OrderDesk> = Arc::new(desk);
    let request = Request::get(format!("/palette?{query}")).body(()).unwrap();
    render_palette(desk, request.into_parts().0).await
}

#[tokio::test]
async fn without_a_text_it_offers_places_and_commands() {
    let (status, html) = offered(desk_of(["one"]), "").await;
    assert_eq!(status, StatusCode::OK);
    for expected in [
        r#"role="listbox""#,
        r#"href="/rejected""#,
        r#"data-press="[data-pause][aria-pressed=false]""#,
        r#"data-kept="views""#,
    ] {
        assert!(html.contains(expected), "{expected}: {html}");
    }
    assert!(!html.contains("/orders/one"), "{html}");
}

#[tokio::test]
async fn a_whole_number_comes_before_all_else() {
    let (_, html) = offered(desk_of(["status-2", "status"]), "q=status").await;
    let first = html.find("role=\"option\"").unwrap();
    let order = html.find(r#"href="/orders/status""#).unwrap();
    let place = html.find(r#"href="/status""#).unwrap();
    assert!(first < order && order < place, "{html}");
    // A part of a number is less than the name of a place.
    let (_, html) = offered(desk_of(["status-2"]), "q=statu").await;
    assert!(
        html.find(r#"href="/status""#) < html.find("/orders/status-2"),
        "{html}"
    );
}

#[tokio::test]
async fn what_was_typed_is_marked_and_no_markup() {
    let (_, html) = offered(desk_of(["one"]), "q=%3Cb%3EPETRO").await;
    assert!(
        html.contains("Anna <mark>&lt;b&gt;Petro</mark>syan"),
        "{html}"
    );
    assert!(!html.contains("<b>"), "{html}");
}

#[tokio::test]
async fn more_orders_than_are_shown_lead_to_the_list() {
    let desk = desk_of((0..9).map(|number| format!("order-{number}")));
    let (_, html) = offered(desk, "q=order-").await;
    assert_eq!(html.matches("/orders/order-").count(), 5);
    assert!(html.contains(r#"href="/?q=order-""#), "{html}");
    assert!(html.contains("9 orders"), "{html}");
}

#[tokio::test]
async fn a_text_that_names_fields_is_a_filter() {
    let (_, html) = offered(desk_of(["one"]), "q=city%3Amoscow").await;
    assert!(html.contains("City has “moscow”"), "{html}");
    assert!(html.contains(r#"href="/?q=city%3Amoscow""#), "{html}");
}

#[tokio::test]
async fn a_mistake_and_nothing_and_trouble_are_said() {
    let (status, html) = offered(desk_of(["one"]), "q=amont%3A5").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        html.contains("There is no field <code>amont</code>."),
        "{html}"
    );
    let (status, html) = offered(desk_of(["one"]), "q=zzz").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        html.contains("No order, filter or command is like “zzz”."),
        "{html}"
    );
    assert!(html.contains("data-unchosen"), "{html}");
    let away = TestDesk {
        documents: vec![document("one")],
        trouble: Some(Error::Unavailable),
        ..TestDesk::default()
    };
    let (status, html) = offered(away, "q=rejected").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(html.contains("Orders cannot be looked up now."), "{html}");
    assert!(html.contains(r#"href="/rejected""#), "{html}");
}

#[tokio::test]
async fn a_russian_reader_finds_commands_by_russian_names() {
    let desk: Arc<dyn OrderDesk> = Arc::new(desk_of(["one"]));
    let request = Request::get("/palette?q=%D0%A2%D0%81%D0%9C%D0%9D")
        .header("accept-language", "ru")
        .body(())
        .unwrap();
    let (_, html) = render_palette(desk, request.into_parts().0).await;
    assert!(html.contains("<mark>Тёмн</mark>ая тема"), "{html}");
}
