//! The quarantine's pages.

use app::desk::{HexRow, Line, Marked, Place, RejectedView};
use axum::http::StatusCode;
use orders::{Outcome, QuarantineAction, QuarantineState, Reason, RejectedSummary, Sequence};

use crate::test_desk::{TestDesk, get, moment, words};

fn rejected(id: i64, reason: orders::Reason, state: QuarantineState) -> RejectedView {
    let part = |before: &str, place: &str, after: &str| Marked {
        before: before.to_owned(),
        place: place.to_owned(),
        after: after.to_owned(),
    };
    RejectedView {
        summary: RejectedSummary {
            id,
            state,
            reason,
            path: "payment.amount".to_owned(),
            detail: "invalid type: string \"<b>18</b>\", expected a number".to_owned(),
            order_uid: Some("a/b".to_owned()),
            channel: "updates".to_owned(),
            sequence: Sequence::new(2_418_744),
            published_at: moment("2026-05-12T14:31:12Z"),
            rejected_at: moment("2026-05-12T14:31:13Z"),
            size_bytes: 611,
        },
        actions: vec![QuarantineAction {
            id: 1,
            outcome: Outcome::Invalid,
            order_uid: None,
            note: "<i>still</i>".to_owned(),
            at: moment("2026-05-12T15:00:00Z"),
        }],
        place: Some(Place {
            line: 19,
            column: 15,
            byte: 461,
        }),
        lines: vec![Line {
            number: 19,
            text: part("\"amount\": ", "\"<b>18</b>\"", ",\n"),
            is_bad: true,
        }],
        hex: vec![HexRow {
            at: "000001c0".to_owned(),
            bytes: part("61 6d ", "22 31 38 ", "22 "),
            ascii: part("am", "\"18", "\""),
        }],
        is_text_cut: true,
        is_hex_cut: true,
    }
}

fn quarantine(messages: impl IntoIterator<Item = RejectedView>) -> TestDesk {
    TestDesk {
        rejected: messages.into_iter().collect(),
        ..TestDesk::default()
    }
}

#[tokio::test]
async fn the_quarantine_is_listed_by_reason_state_and_time() {
    let messages = || {
        (1..=53).map(|id| match id {
            52 => rejected(id, Reason::Conflict, QuarantineState::Open),
            53 => rejected(id, Reason::WrongType, QuarantineState::Discarded),
            _ => rejected(id, Reason::WrongType, QuarantineState::Open),
        })
    };
    let (status, html) = get(quarantine(messages()), "/rejected").await;
    assert_eq!(status, StatusCode::OK);
    let words = words(&html);
    assert!(words.contains("All 52 Wrong type 51 Conflict 1"), "{words}");
    assert!(words.contains("50 of 52 shown"), "{words}");
    assert!(html.contains(r#"href="/rejected/52""#), "{html}");
    assert!(!html.contains(r#"href="/rejected/53""#), "it is closed");
    assert!(html.contains(r#"href="/rejected?cursor=3""#), "{html}");
    assert!(html.contains(r#"action="/api/fn/replay_all""#), "{html}");
    assert!(!html.contains("<b>18"), "what was sent is no markup");
    assert!(html.contains("<title>52 rejected messages"), "{html}");

    let filter = "?reason=conflict&state=open&from=2026-05-12T14:00";
    let (_, html) = get(quarantine(messages()), &format!("/rejected{filter}")).await;
    assert!(html.contains(r#"value="2026-05-12T14:00:00""#), "{html}");
    assert!(html.contains(r#"href="/rejected/52""#));
    assert!(!html.contains(r#"href="/rejected/51""#));
    let (_, html) = get(quarantine(messages()), "/rejected?state=discarded").await;
    assert!(html.contains(r#"href="/rejected/53""#));
    assert!(!html.contains("replay_all"), "nothing of it is open");
    let (_, html) = get(quarantine([]), "/rejected?replayed=12&closed=5").await;
    let said = self::words(&html);
    assert!(
        said.contains("12 messages replayed: 5 closed, 7 still open."),
        "{said}"
    );
}

#[tokio::test]
async fn a_rejected_message_shows_its_fault_and_what_can_be_done() {
    let desk = || quarantine([rejected(7, Reason::WrongType, QuarantineState::Open)]);
    let (status, html) = get(desk(), "/rejected/7").await;
    assert_eq!(status, StatusCode::OK);
    let words = words(&html);
    assert!(words.contains("line 19, column 15, byte 461"), "{words}");
    assert!(words.contains("still no valid order"), "{words}");
    assert!(html.contains("&lt;i&gt;still"), "{html}");
    assert!(
        html.contains(r#"<span class="place">"&lt;b&gt;18&lt;/b&gt;"</span>"#),
        "{html}"
    );
    assert!(html.contains(r#"href="/orders/a%2Fb""#), "{html}");
    for part in [r#"action="/api/fn/replay""#, r#"action="/api/fn/discard""#] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("Make this the order"));
    let (_, html) = get(desk(), "/rejected/7?failed=away").await;
    assert!(self::words(&html).contains("the database does not answer"));

    let conflict = rejected(7, Reason::Conflict, QuarantineState::Open);
    let (_, html) = get(quarantine([conflict]), "/rejected/7").await;
    assert!(html.contains(r#"name="resolve" value="replace""#), "{html}");
    let closed = rejected(7, Reason::Conflict, QuarantineState::Replayed);
    let (_, html) = get(quarantine([closed]), "/rejected/7").await;
    assert!(!html.contains("/api/fn/replay"), "{html}");
}
