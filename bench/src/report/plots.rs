//! Plots as SVG, each once for a light page and once for a dark one.

use std::path::Path;

use plotters::{
    coord::types::RangedCoordf64,
    prelude::{
        Cartesian2d, ChartBuilder, ChartContext, Circle, DrawingBackend, IntoDrawingArea as _,
        IntoFont as _, LineSeries, PathElement, RGBColor, SVGBackend, ShapeStyle, Text,
    },
};

use super::{
    bars::{self, LIMITS},
    theme::{FONT, THEMES, Theme, WIDTH},
};
use crate::figures::{Curve, Results};

const HEIGHT: u32 = 380;
/// Room above a plot of curves, for its title and its legend.
const HEAD: u32 = 56;
/// Where that begins.
const LEFT: i32 = 74;
/// How wide a letter of the legend is, about.
const LETTER: i32 = 6;

/// What an axis shows.
#[derive(Clone, Copy)]
struct Axis {
    what: &'static str,
    is_log: bool,
    label: fn(f64) -> String,
}

/// A plot of curves.
struct Plot {
    name: &'static str,
    title: &'static str,
    x: Axis,
    y: Axis,
}

const PLOTS: [Plot; 3] = [
    Plot {
        name: "latency",
        title: "From publishing to visible, by percentile",
        x: Axis {
            what: "percentile",
            is_log: true,
            label: percentile,
        },
        y: Axis {
            what: "ms",
            is_log: true,
            label: super::number,
        },
    },
    Plot {
        name: "drain",
        title: "A backlog drained",
        x: Axis {
            what: "seconds since the start",
            is_log: false,
            label: super::number,
        },
        y: Axis {
            what: "orders/s",
            is_log: false,
            label: super::number,
        },
    },
    Plot {
        name: "scale",
        title: "From start to the first right answer",
        x: Axis {
            what: "orders stored",
            is_log: true,
            label: super::number,
        },
        y: Axis {
            what: "ms",
            is_log: false,
            label: super::number,
        },
    },
];

/// A drawn plot: its name and its title.
pub type Drawn = (&'static str, &'static str);

/// Draws what there is to draw into `out`, as `{name}-light.svg` and
/// `{name}-dark.svg`.
pub fn draw(out: &Path, results: &Results) -> anyhow::Result<Vec<Drawn>> {
    let mut drawn = Vec::new();
    let shares = bars::shares(results);
    if !shares.is_empty() {
        for theme in &THEMES {
            bars::draw(
                &out.join(format!("limits-{}.svg", theme.name)),
                theme,
                &shares,
            )?;
        }
        drawn.push(("limits", LIMITS));
    }
    for plot in &PLOTS {
        let curves = results.rows.iter().flat_map(|row| &row.curves);
        let curves: Vec<&Curve> = curves
            .filter(|curve| curve.plot == plot.name && !curve.points.is_empty())
            .collect();
        if curves.is_empty() {
            continue;
        }
        for theme in &THEMES {
            let path = out.join(format!("{}-{}.svg", plot.name, theme.name));
            lines(&path, theme, plot, &curves)?;
        }
        drawn.push((plot.name, plot.title));
    }
    Ok(drawn)
}

fn lines(path: &Path, theme: &Theme, plot: &Plot, curves: &[&Curve]) -> anyhow::Result<()> {
    let area = SVGBackend::new(path, (WIDTH, HEIGHT)).into_drawing_area();
    area.fill(&theme.ground).map_err(told)?;
    let points = || curves.iter().flat_map(|curve| &curve.points);
    let x = span(points().map(|point| point.0), plot.x);
    let y = span(points().map(|point| point.1), plot.y);
    let mut chart = ChartBuilder::on(&area)
        .margin(10)
        .margin_top(HEAD)
        .margin_right(24)
        .x_label_area_size(40)
        .y_label_area_size(64)
        .build_cartesian_2d(x, y)
        .map_err(told)?;
    let text = (FONT, 12).into_font().color(&theme.ink);
    chart
        .configure_mesh()
        .light_line_style(theme.ground)
        .bold_line_style(theme.faint)
        .axis_style(theme.faint)
        .x_desc(plot.x.what)
        .y_desc(plot.y.what)
        .x_label_formatter(&|&value| label(value, plot.x))
        .y_label_formatter(&|&value| label(value, plot.y))
        .label_style(text.clone())
        .draw()
        .map_err(told)?;
    let title = (FONT, 16).into_font().color(&theme.ink);
    area.draw(&Text::new(plot.title, (LEFT, 8), title))
        .map_err(told)?;
    let (mut own, mut limit, mut x) = (0, 0, LEFT);
    for curve in curves {
        let (colors, place) = if curve.is_reference {
            (theme.limit, &mut limit)
        } else {
            (theme.own, &mut own)
        };
        let color = colors[*place % colors.len()];
        *place += 1;
        curve_of(&mut chart, plot, curve, color)?;
        let style = ShapeStyle::from(color).stroke_width(2);
        let dash = vec![(x, 40), (x + 16, 40)];
        area.draw(&PathElement::new(dash, style)).map_err(told)?;
        let name = Text::new(curve.name.clone(), (x + 21, 34), text.clone());
        area.draw(&name).map_err(told)?;
        x += 36 + LETTER * i32::try_from(curve.name.chars().count())?;
    }
    area.present().map_err(told)
}

fn curve_of<B: DrawingBackend>(
    chart: &mut ChartContext<'_, B, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
    plot: &Plot,
    curve: &Curve,
    color: RGBColor,
) -> anyhow::Result<()> {
    let points: Vec<(f64, f64)> = curve
        .points
        .iter()
        .map(|&(x, y)| (scaled(x, plot.x), scaled(y, plot.y)))
        .collect();
    let style = ShapeStyle::from(color).stroke_width(2);
    let line = chart.draw_series(LineSeries::new(points.clone(), style));
    line.map_err(told)?;
    if points.len() <= 12 {
        let dots = points
            .into_iter()
            .map(|at| Circle::new(at, 3, ShapeStyle::from(color).filled()));
        chart.draw_series(dots).map_err(told)?;
    }
    Ok(())
}

/// From the least to the most, with a little room above.
fn span(values: impl Iterator<Item = f64>, axis: Axis) -> std::ops::Range<f64> {
    let scaled = values.map(|value| scaled(value, axis));
    let (least, most) = scaled.fold((f64::MAX, f64::MIN), |(least, most), value| {
        (least.min(value), most.max(value))
    });
    if axis.is_log {
        (least - 0.05)..(most + 0.1)
    } else {
        0.0..(most * 1.12).max(f64::MIN_POSITIVE)
    }
}

fn scaled(value: f64, axis: Axis) -> f64 {
    if axis.is_log {
        value.max(1e-6).log10()
    } else {
        value
    }
}

/// On a logarithmic axis only powers of ten have a label.
fn label(value: f64, axis: Axis) -> String {
    if !axis.is_log {
        (axis.label)(value)
    } else if (value - value.round()).abs() < 1e-6 {
        (axis.label)(10_f64.powf(value.round()))
    } else {
        String::new()
    }
}

/// 10 → 90, 100 → 99: one in so many is beyond it.
fn percentile(one_in: f64) -> String {
    let percentile = 100.0 * (1.0 - one_in.recip());
    format!("{percentile:.3}")
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned()
}

/// Why a plot was not drawn.
pub fn told(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow::anyhow!("a plot cannot be drawn: {error}")
}
