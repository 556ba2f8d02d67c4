//! How much is reached of what the machine can do, as bars.

use std::path::Path;

use plotters::prelude::{
    ChartBuilder, IntoDrawingArea as _, IntoFont as _, PathElement, Rectangle, SVGBackend,
    ShapeStyle, Text,
};

use super::{
    figures,
    plots::told,
    theme::{FONT, Theme, WIDTH},
};
use crate::figures::Results;

/// The title.
pub const LIMITS: &str = "What is reached of what the machine can do";

/// A bar: what it is, the share, and the goal.
pub struct Share {
    what: String,
    reached: f64,
    goal: Option<f64>,
}

/// Throughputs as shares of their limits; times as limits by times.
pub fn shares(results: &Results) -> Vec<Share> {
    let mut shares = Vec::new();
    for figure in figures(results) {
        let Some(ratio) = figure.ratio() else {
            continue;
        };
        let is_rate = figure.unit.ends_with("/s");
        let goal = figure
            .goals
            .iter()
            .find(|goal| goal.of_ratio)
            .map(|goal| goal.bound);
        if !is_rate && (figure.unit != "s" || goal.is_none()) {
            continue;
        }
        let turned = |value: f64| if is_rate { value } else { value.recip() };
        shares.push(Share {
            what: figure.id.replace('_', " "),
            reached: turned(ratio),
            goal: goal.map(turned),
        });
    }
    shares
}

/// Draws them.
pub fn draw(path: &Path, theme: &Theme, shares: &[Share]) -> anyhow::Result<()> {
    let height = 70 + 30 * u32::try_from(shares.len())?;
    let area = SVGBackend::new(path, (WIDTH, height)).into_drawing_area();
    area.fill(&theme.ground).map_err(told)?;
    let most = shares.iter().map(|bar| bar.reached).fold(1.0, f64::max) * 1.12;
    let count = coordinate(shares.len());
    let mut chart = ChartBuilder::on(&area)
        .caption(LIMITS, (FONT, 16).into_font().color(&theme.ink))
        .margin(10)
        .margin_right(24)
        .x_label_area_size(24)
        .y_label_area_size(150)
        .build_cartesian_2d(0.0..most, 0.0..count)
        .map_err(told)?;
    chart
        .configure_mesh()
        .disable_y_mesh()
        .disable_y_axis()
        .light_line_style(theme.ground)
        .bold_line_style(theme.faint)
        .axis_style(theme.faint)
        .x_labels(6)
        .x_label_formatter(&|share| format!("{:.0}%", share * 100.0))
        .x_label_style((FONT, 12).into_font().color(&theme.ink))
        .draw()
        .map_err(told)?;
    for (place, bar) in shares.iter().enumerate() {
        let middle = count - coordinate(place) - 0.5;
        let color = match bar.goal {
            Some(goal) if bar.reached < goal => theme.limit[2],
            _ => theme.own[0],
        };
        let span = [(0.0, middle - 0.3), (bar.reached, middle + 0.3)];
        let label = format!("{:.0}%", bar.reached * 100.0);
        let text = (FONT, 12).into_font().color(&theme.ink);
        let filled = ShapeStyle::from(color).filled();
        chart
            .draw_series([Rectangle::new(span, filled)])
            .map_err(told)?;
        let beside = (bar.reached + most * 0.008, middle + 0.17);
        chart
            .draw_series([Text::new(label, beside, text.clone())])
            .map_err(told)?;
        if let Some(goal) = bar.goal {
            let tick = vec![(goal, middle - 0.42), (goal, middle + 0.42)];
            let style = ShapeStyle::from(theme.ink).stroke_width(2);
            chart
                .draw_series([PathElement::new(tick, style)])
                .map_err(told)?;
        }
        let y = chart.backend_coord(&(0.0, middle)).1 - 6;
        area.draw(&Text::new(bar.what.clone(), (12, y), text))
            .map_err(told)?;
    }
    area.present().map_err(told)
}

#[expect(clippy::cast_precision_loss, reason = "a few bars")]
fn coordinate(place: usize) -> f64 {
    place as f64
}
