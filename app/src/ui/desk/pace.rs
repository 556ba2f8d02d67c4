//! How orders come in: the rate, and the last minute as a small drawing. The
//! server draws it; in the browser another takes its place every two seconds.

#[cfg(feature = "ssr")]
use crate::desk::OrderDesk;
use leptos::{prelude::*, task::spawn_local};

use super::document::Shown;
use crate::{
    desk::Pace,
    ui::{
        format::number::{grouped, rate},
        language::{Locale, td_string},
        live::{Feed, browser},
        reader::locale,
    },
};

/// Units of the drawing, across and down.
const WIDTH: f64 = 96.0;
const HEIGHT: f64 = 24.0;

/// What a line as thick as this one needs above its highest point.
const MARGIN: f64 = 1.5;

/// Seconds from the left edge to the right one.
const SPAN_SECONDS: f64 = 59.0;

/// Figures come once a second; the drawing follows every second one.
const EVERY: u32 = 2;

/// The rate, and the drawing.
#[component]
pub(super) fn PaceLine(
    /// How orders came in.
    pace: Pace,
) -> impl IntoView {
    let locale = locale();
    let line = points(&pace.stored);
    let area = line
        .first()
        .map(|(left, _)| format!("{left:.1},{HEIGHT} {} {WIDTH},{HEIGHT}", written(&line)));
    let is_quiet = pace.stored.iter().all(|&stored| stored == 0);
    view! {
        <span class="live__rate">{rate(locale, pace.rate_per_second)}</span>
        <svg
            class="spark"
            viewBox="0 0 96 24"
            preserveAspectRatio="none"
            role="img"
            aria-label=sentence(&pace.stored, locale)
            data-quiet=is_quiet.then_some("")
        >
            {area.map(|area| view! { <polygon class="spark__area" points=area></polygon> })}
            <polyline class="spark__line" points=written(&line)></polyline>
        </svg>
    }
    .into_any()
}

/// What the drawing shows, for who cannot see it.
fn sentence(stored: &[u64], locale: Locale) -> String {
    match (stored.iter().min(), stored.iter().max(), stored.last()) {
        (Some(least), Some(most), Some(last)) => td_string!(
            locale,
            pace.figures,
            least = grouped(locale, least),
            most = grouped(locale, most),
            last = grouped(locale, last)
        ),
        _ => td_string!(locale, pace.none).to_owned(),
    }
}

/// Where the figures stand, the last one at the right edge. The highest reaches
/// the top; a single order in a second does not.
#[expect(clippy::cast_precision_loss, reason = "places in a drawing")]
fn points(stored: &[u64]) -> Vec<(f64, f64)> {
    const LOWEST_TOP: u64 = 4;
    let top = stored.iter().copied().fold(LOWEST_TOP, u64::max) as f64;
    let ages = (0..stored.len()).rev();
    ages.zip(stored)
        .map(|(age, &figure)| {
            let across = WIDTH * (1.0 - age as f64 / SPAN_SECONDS);
            let down = HEIGHT - (HEIGHT - MARGIN) * (figure as f64 / top);
            (across, down)
        })
        .collect()
}

/// The points as SVG writes them.
fn written(points: &[(f64, f64)]) -> String {
    let points: Vec<String> = points
        .iter()
        .map(|(across, down)| format!("{across:.1},{down:.1}"))
        .collect();
    points.join(" ")
}

/// Renders how orders come in, as `GET /desk/pace` sends it.
#[cfg(feature = "ssr")]
pub fn render_pace(desk: &dyn OrderDesk, request: http::request::Parts) -> String {
    let pace = desk.pace();
    Owner::new().with(|| {
        provide_context(request);
        crate::ui::reader::provide_reader();
        view! { <PaceLine pace /> }.to_html()
    })
}

/// Keeps the drawing up to date, in the browser: while somebody can see it, and
/// there is something to draw.
pub(super) fn follow(feed: Feed) {
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let Some(now) = feed.stats.get() else { return };
        turn.update_value(|turn| *turn = turn.wrapping_add(1));
        let strip = Shown::now().and_then(|shown| shown.part("pace"));
        let Some(strip) = strip.filter(|_| !document().hidden()) else {
            return;
        };
        let is_quiet = now.rate_per_second == 0.0
            && strip
                .query_selector("[data-quiet]")
                .is_ok_and(|quiet| quiet.is_some());
        if is_quiet || !turn.get_value().is_multiple_of(EVERY) {
            return;
        }
        spawn_local(async move {
            if let Some(html) = browser::fetch_text("/desk/pace").await {
                strip.set_inner_html(&html);
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::{points, sentence};
    use crate::ui::language::Locale;

    #[test]
    fn the_last_second_stands_at_the_right_edge() {
        assert_eq!(points(&[]), []);
        assert_eq!(points(&[0]), [(96.0, 24.0)]);
        let minute = points(&[vec![8], vec![0; 58], vec![4]].concat());
        assert_eq!(minute.first(), Some(&(0.0, 1.5)));
        assert_eq!(minute.last(), Some(&(96.0, 12.75)));
        assert!(minute.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn the_drawing_is_said_in_a_sentence() {
        assert_eq!(
            sentence(&[3, 0, 1_200, 42], Locale::en),
            "Orders stored a second over the last minute: 0 to 1,200, now 42"
        );
        assert!(sentence(&[], Locale::en).ends_with("no figures yet"));
    }
}
