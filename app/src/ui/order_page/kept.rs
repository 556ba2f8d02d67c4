//! Frames, kept for a moment: what they say of how things stand is no older.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use super::frame::{Audience, Frame};

/// How old a frame may be, with how things stood then. The browser hears of
/// changes by the live feed.
const FRESH_FOR: Duration = Duration::from_millis(100);

/// Frames that are kept at most: readers have some languages, themes and zones.
const MAX_KEPT: usize = 64;

/// Frames that are kept.
#[derive(Debug, Default)]
pub(super) struct Frames(RwLock<HashMap<Audience, (Instant, Arc<Frame>)>>);

impl Frames {
    /// The one for this audience, if it is there and fresh.
    pub(super) fn fresh(&self, audience: &Audience) -> Option<Arc<Frame>> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (since, frame) = kept.get(audience)?;
        (since.elapsed() < FRESH_FOR).then(|| Arc::clone(frame))
    }

    /// Keeps a frame that was asked for at `since`.
    pub(super) fn keep(&self, audience: Audience, since: Instant, frame: Arc<Frame>) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MAX_KEPT {
            kept.retain(|_, (since, _)| since.elapsed() < FRESH_FOR);
        }
        if kept.len() < MAX_KEPT {
            kept.insert(audience, (since, frame));
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::Response};

    use super::{Arc, Audience, Duration, FRESH_FOR, Frame, Frames, Instant, MAX_KEPT};
    use crate::ui::{
        language::Locale,
        order_page::frame::{nonce_place, places},
        theme::Theme,
    };

    async fn frame() -> Arc<Frame> {
        let places = places();
        let preview = places.preview.unwrap();
        let names = [
            nonce_place().to_string(),
            places.title,
            preview.title,
            preview.description,
            places.content,
        ];
        let rendered = Response::new(Body::from(names.join(" ")));
        Arc::new(Frame::read(rendered).await.unwrap())
    }

    #[tokio::test]
    async fn frames_are_kept_for_a_moment_and_not_without_end() {
        let frame = frame().await;
        let of_zone = |zone: usize| Audience {
            locale: Locale::en,
            theme: Theme::Auto,
            zone: Some(zone.to_string()),
        };
        let frames = Frames::default();
        let now = Instant::now();
        for zone in 0..2 * MAX_KEPT {
            frames.keep(
                of_zone(zone),
                now + Duration::from_mins(1),
                Arc::clone(&frame),
            );
        }
        assert!(frames.fresh(&of_zone(0)).is_some());
        assert!(frames.fresh(&of_zone(MAX_KEPT)).is_none());
        let frames = Frames::default();
        frames.keep(of_zone(0), now.checked_sub(FRESH_FOR).unwrap(), frame);
        assert!(frames.fresh(&of_zone(0)).is_none());
    }
}
