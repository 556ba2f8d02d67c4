//! What went wrong has a page and a status.

use app::error::Error;

use crate::test_desk::{TestDesk, desk_of, get, words};

#[tokio::test]
async fn each_failure_has_its_page_and_its_status() {
    let away = || TestDesk {
        trouble: Some(Error::Unavailable),
        ..TestDesk::default()
    };
    let broken = || TestDesk {
        trouble: Some(Error::Internal),
        ..TestDesk::default()
    };
    let long = format!("/?q={}", "a".repeat(501));
    let cases = [
        (desk_of(["a"]), "/orders/b", 404, "No order b"),
        (
            desk_of(["a"]),
            "/orders/%00",
            404,
            "No order can have this number",
        ),
        (desk_of(["a"]), "/orders/", 404, "No page here"),
        (desk_of(["a"]), "/nowhere", 404, "No page here"),
        (desk_of(["a"]), &long, 400, "longer than 500 characters"),
        (desk_of(["a"]), "/?cursor=x", 400, "start again without one"),
        (away(), "/orders/a", 503, "The database is away"),
        (away(), "/", 503, "The database is away"),
        (away(), "/rejected", 503, "The database is away"),
        (away(), "/rejected/1", 503, "The database is away"),
        (desk_of(["a"]), "/rejected/1", 404, "No such message"),
        (desk_of(["a"]), "/rejected/x", 404, "No such message"),
        (
            desk_of(["a"]),
            "/rejected?reason=x",
            400,
            "There is no such reason",
        ),
        (
            desk_of(["a"]),
            "/rejected?from=yesterday",
            400,
            "A time is written like",
        ),
        (
            desk_of(["a"]),
            "/rejected?cursor=x",
            400,
            "start again without one",
        ),
        (
            broken(),
            "/orders/a",
            500,
            "Something broke inside Orderdesk",
        ),
        (broken(), "/", 500, "Something broke inside Orderdesk"),
    ];
    for (desk, path, status, expected) in cases {
        let (found, html) = get(desk, path).await;
        assert_eq!(found.as_u16(), status, "{path}");
        assert!(words(&html).contains(expected), "{path}: {}", words(&html));
    }
}
