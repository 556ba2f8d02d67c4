//! The order desk.

use axum::http::StatusCode;

use crate::test_desk::{TestDesk, asked, desk_of, get, words};

#[tokio::test]
async fn the_desk_lists_the_newest_first() {
    let uids = (1..=51).map(|number| format!("order-{number}"));
    let (status, html) = get(desk_of(uids), "/").await;
    assert_eq!(status, StatusCode::OK);
    let words = words(&html);
    assert!(words.contains("51 orders"), "{words}");
    assert!(words.find("order-51") < words.find("order-50"));
    assert!(!words.contains("order-1 "), "the last is on the next page");
    assert!(html.contains(r#"href="/?cursor=b2""#), "{html}");
    assert!(
        words.contains("Anna &lt;b"),
        "what was sent is no markup: {words}"
    );
    assert!(html.contains(r#"data-theme="dark""#));
}

#[tokio::test]
async fn what_was_looked_up_is_marked_and_kept() {
    let (status, html) = get(desk_of(["abcdef", "other"]), "/?q=CDE").await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("<mark>cde</mark>"), "{html}");
    assert!(html.contains(r#"value="CDE""#));
    assert!(!words(&html).contains("other"));
}

#[tokio::test]
async fn an_empty_desk_says_how_to_begin() {
    let (status, html) = get(TestDesk::default(), "/").await;
    assert_eq!(status, StatusCode::OK);
    assert!(words(&html).contains("No orders yet Everything is ready."));
}

#[tokio::test]
async fn the_last_minute_is_drawn_and_said() {
    let (_, html) = get(desk_of(["a"]), "/").await;
    let drawn = |html: &str| {
        html.contains("0 to 60, now 42")
            && html.contains(r#"class="spark__line""#)
            && html.contains("42/s")
    };
    assert!(drawn(&html), "{html}");
    assert!(drawn(&app::render_pace(
        &desk_of(["a"]),
        asked("/desk/pace", "en")
    )));
    assert!(html.contains(r#"aria-label="Chosen order""#));
}
