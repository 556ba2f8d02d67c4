//! Plots as SVG, each once for a light page and once for a dark one.

use std::path::Path;

use plotters::{
    coord::types::RangedCoordf64,
    prelude::{
        Cartesian2d, ChartBuilder, ChartContext, Circle, DrawingBackend, IntoDrawingArea as _,
        IntoFont as _, LineSeries, PathElement, RGBColor, Rectangle, SVGBackend, ShapeStyle, Text,
    },
};

use super::figures;
use crate::figures::{Curve, Results};

const SIZE: (u32, u32) = (860, 380);
/// Room above a plot of curves, for its title and its legend.
const HEAD: u32 = 56;
/// Where that begins.
const LEFT: i32 = 74;
/// How wide a letter of the legend is, about.
const LETTER: i32 = 6;
const FONT: &str = "sans-serif";

/// The colours of a theme.
struct Theme {
    name: &'static str,
    ground: RGBColor,
    ink: RGBColor,
    faint: RGBColor,
    own: [RGBColor; 3],
    limit: [RGBColor; 3],
}

const THEMES: [Theme; 2] = [
    Theme {
        name: "light",
        ground: RGBColor(255, 255, 255),
        ink: RGBColor(31, 35, 40),
        faint: RGBColor(216, 222, 228),
        own: [
            RGBColor(9, 105, 218),
            RGBColor(17, 138, 110),
            RGBColor(130, 80, 223),
        ],
        limit: [
            RGBColor(140, 149, 159),
            RGBColor(176, 136, 0),
            RGBColor(188, 76, 0),
        ],
    },
    Theme {
        name: "dark",
        ground: RGBColor(13, 17, 23),
        ink: RGBColor(230, 237, 243),
        faint: RGBColor(48, 54, 61),
        own: [
            RGBColor(88, 166, 255),
            RGBColor(63, 185, 150),
            RGBColor(188, 140, 255),
        ],
        limit: [
            RGBColor(125, 133, 144),
            RGBColor(210, 153, 34),
            RGBColor(240, 136, 62),
        ],
    },
];

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
    let shares = shares(results);
    if !shares.is_empty() {
        for theme in &THEMES {
            bars(
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

const LIMITS: &str = "What is reached of what the machine can do";

/// A bar: what it is, the share, and the goal.
struct Share {
    what: String,
    share: f64,
    goal: Option<f64>,
}

/// Throughputs as shares of their limits; times as limits by times.
fn shares(results: &Results) -> Vec<Share> {
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
            share: turned(ratio),
            goal: goal.map(turned),
        });
    }
    shares
}

fn bars(path: &Path, theme: &Theme, shares: &[Share]) -> anyhow::Result<()> {
    let height = 70 + 30 * u32::try_from(shares.len())?;
    let area = SVGBackend::new(path, (SIZE.0, height)).into_drawing_area();
    area.fill(&theme.ground).map_err(told)?;
    let most = shares.iter().map(|bar| bar.share).fold(1.0, f64::max) * 1.12;
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
            Some(goal) if bar.share < goal => theme.limit[2],
            _ => theme.own[0],
        };
        let span = [(0.0, middle - 0.3), (bar.share, middle + 0.3)];
        let label = format!("{:.0}%", bar.share * 100.0);
        let text = (FONT, 12).into_font().color(&theme.ink);
        let filled = ShapeStyle::from(color).filled();
        chart
            .draw_series([Rectangle::new(span, filled)])
            .map_err(told)?;
        let beside = (bar.share + most * 0.008, middle + 0.17);
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

fn lines(path: &Path, theme: &Theme, plot: &Plot, curves: &[&Curve]) -> anyhow::Result<()> {
    let area = SVGBackend::new(path, SIZE).into_drawing_area();
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

#[expect(clippy::cast_precision_loss, reason = "a few bars")]
fn coordinate(place: usize) -> f64 {
    place as f64
}

fn told(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow::anyhow!("a plot cannot be drawn: {error}")
}
