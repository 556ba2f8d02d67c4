//! Where the figures of an hour stand in a chart.

/// Units of the drawing, across and down.
pub const WIDTH: f64 = 600.0;
/// See [`WIDTH`].
pub const HEIGHT: f64 = 100.0;

/// The time that a chart shows, in seconds.
pub const SPAN_SECONDS: i64 = 3_600;

/// A line, or the parts of it between gaps: each a list of points.
pub fn segments(figures: &[(i64, Option<f64>)], now: i64, top: f64) -> Vec<Vec<(f64, f64)>> {
    let mut segments = Vec::new();
    let mut segment = Vec::new();
    for &(at, figure) in figures {
        let age = now - at;
        match figure {
            Some(figure) if (0..=SPAN_SECONDS).contains(&age) => {
                segment.push((across(age), down(figure, top)));
            }
            _ => segments.push(std::mem::take(&mut segment)),
        }
    }
    segments.push(segment);
    segments.retain(|segment| !segment.is_empty());
    segments
}

#[expect(clippy::cast_precision_loss, reason = "seconds of an hour")]
fn across(age: i64) -> f64 {
    WIDTH * (1.0 - age as f64 / SPAN_SECONDS as f64)
}

fn down(figure: f64, top: f64) -> f64 {
    HEIGHT * (1.0 - (figure / top).clamp(0.0, 1.0))
}

/// The points as SVG writes them.
pub fn points(segment: &[(f64, f64)]) -> String {
    let points: Vec<String> = segment
        .iter()
        .map(|(x, y)| format!("{x:.1},{y:.1}"))
        .collect();
    points.join(" ")
}

/// The outline of the area under a line.
pub fn area(segment: &[(f64, f64)]) -> String {
    let (Some((first, _)), Some((last, _))) = (segment.first(), segment.last()) else {
        return String::new();
    };
    format!(
        "{first:.1},{HEIGHT:.0} {} {last:.1},{HEIGHT:.0}",
        points(segment)
    )
}

/// A round number that no figure is above: 1, 2, 4, 6, 8 or 10 times a power of
/// ten, so that its half is round too.
pub fn top_of(figures: impl Iterator<Item = f64>) -> f64 {
    let highest = figures.fold(0.0, f64::max);
    if highest <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(highest.log10().floor());
    let steps = [1.0, 2.0, 4.0, 6.0, 8.0, 10.0];
    steps
        .into_iter()
        .map(|step| step * power)
        .find(|top| *top >= highest)
        .unwrap_or(highest)
}

#[cfg(test)]
mod tests {
    use super::{area, points, segments, top_of};

    #[test]
    fn figures_stand_where_they_belong() {
        let now = 10_000;
        let figures = [
            (now - 4_000, Some(9.0)),
            (now - 3_600, Some(0.0)),
            (now - 1_800, Some(5.0)),
            (now - 900, None),
            (now, Some(10.0)),
        ];
        let found = segments(&figures, now, 10.0);
        assert_eq!(
            found,
            [vec![(0.0, 100.0), (300.0, 50.0)], vec![(600.0, 0.0)]]
        );
        assert_eq!(points(&found[0]), "0.0,100.0 300.0,50.0");
        assert_eq!(area(&found[0]), "0.0,100 0.0,100.0 300.0,50.0 300.0,100");
        assert_eq!(area(&[]), "");
    }

    #[test]
    fn the_top_is_round() {
        let cases = [
            (0.0, 1.0),
            (1.0, 1.0),
            (3.0, 4.0),
            (101.0, 200.0),
            (14.8, 20.0),
            (0.07, 0.08),
        ];
        for (highest, top) in cases {
            assert!(
                (top_of([highest].into_iter()) - top).abs() < 1e-9,
                "{highest}"
            );
        }
    }
}
