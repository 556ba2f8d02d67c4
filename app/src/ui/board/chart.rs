//! A figure over the last hour, drawn as SVG; the same numbers as a table.

use leptos::prelude::*;
use orders::Timestamp;

use super::plot::{SPAN_SECONDS, area, points, segments, top_of};
use crate::ui::{
    components::{Moment, Utc},
    format::{
        moment::Written,
        number::{grouped, with_decimal_mark},
    },
    language::{Locale, td_string},
    reader::locale,
};

/// One line of a chart.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it shows, for its key.
    pub key: &'static str,
    /// Heading of its column in the table.
    pub column: &'static str,
    /// Figures by time, in seconds since 1970.
    pub figures: Vec<(i64, Option<f64>)>,
}

/// A chart with one line or two.
#[component]
pub fn Chart(
    /// Its heading.
    title: &'static str,
    /// An id of its own.
    id: &'static str,
    /// What the figures are, e.g. "orders/s".
    unit: &'static str,
    /// What the figures are, in a sentence: "Orders stored a second".
    says: &'static str,
    /// The first line, and the second if there is one.
    lines: Vec<Line>,
    /// Now, in seconds since 1970.
    now: i64,
) -> impl IntoView {
    let locale = locale();
    let top = top_of(
        lines
            .iter()
            .flat_map(|line| line.figures.iter().filter_map(|(_, figure)| *figure)),
    );
    let last = lines
        .first()
        .and_then(|line| line.figures.last()?.1)
        .map_or_else(|| "–".to_owned(), |figure| figure_text(figure, locale));
    let drawings = lines
        .iter()
        .enumerate()
        .map(|(index, line)| drawing(line, index == 0 && lines.len() == 1, index > 0, now, top))
        .collect_view();
    let keys = lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let class = line_class(index > 0);
            view! {
                <span class="chart__key">
                    <svg class="chart__swatch" viewBox="0 0 20 4" aria-hidden="true">
                        <line class=class x1="0" x2="20" y1="2" y2="2"></line>
                    </svg>
                    {line.key}
                </span>
            }
        })
        .collect_view();
    let times = (0..=4)
        .map(|quarter| {
            let at = now - SPAN_SECONDS + quarter * SPAN_SECONDS / 4;
            view! { <span>{clock(at)}</span> }
        })
        .collect_view();
    view! {
        <figure class="card chart" aria-labelledby=id>
            <figcaption class="chart__head">
                <h2 id=id>{title}</h2>
                <span class="chart__now">{last} " " <small>{unit}</small></span>
            </figcaption>
            <div class="chart__plot">
                <svg
                    viewBox="0 0 600 100"
                    preserveAspectRatio="none"
                    role="img"
                    aria-label=sentence(says, &lines, locale)
                >
                    <line class="chart__grid" x1="0" x2="600" y1="0" y2="0"></line>
                    <line class="chart__grid" x1="0" x2="600" y1="50" y2="50"></line>
                    <line class="chart__base" x1="0" x2="600" y1="100" y2="100"></line>
                    {drawings}
                </svg>
                <div class="chart__y" aria-hidden="true">
                    <span>{figure_text(top, locale)}</span>
                    <span>{figure_text(top / 2.0, locale)}</span>
                    <span>"0"</span>
                </div>
                <div class="chart__x" aria-hidden="true">
                    {times}
                </div>
            </div>
            <div class="chart__foot">{keys} <AsTable lines=lines.clone() /></div>
        </figure>
    }
    .into_any()
}

fn drawing(line: &Line, is_filled: bool, is_second: bool, now: i64, top: f64) -> AnyView {
    let class = line_class(is_second);
    segments(&line.figures, now, top)
        .into_iter()
        .map(|segment| {
            let filled = is_filled.then(|| {
                view! { <polygon class="chart__area" points=area(&segment)></polygon> }
            });
            view! {
                {filled}
                <polyline class=class points=points(&segment)></polyline>
            }
        })
        .collect_view()
        .into_any()
}

const fn line_class(is_second: bool) -> &'static str {
    if is_second {
        "chart__line chart__line--second"
    } else {
        "chart__line"
    }
}

/// The numbers of the chart, every ten minutes.
#[component]
fn AsTable(lines: Vec<Line>) -> impl IntoView {
    const STEP_SECONDS: i64 = 600;
    let locale = locale();
    let mut shown = i64::MIN;
    let mut rows = Vec::new();
    if let Some(first) = lines.first() {
        for (index, &(at, _)) in first.figures.iter().enumerate() {
            let is_last = index + 1 == first.figures.len();
            if at - shown < STEP_SECONDS && !is_last {
                continue;
            }
            shown = at;
            let figures = lines
                .iter()
                .map(|line| {
                    let figure = line.figures.get(index).and_then(|(_, figure)| *figure);
                    let text =
                        figure.map_or_else(|| "–".to_owned(), |figure| figure_text(figure, locale));
                    view! { <td class="end">{text}</td> }
                })
                .collect_view();
            rows.push(view! {
                <tr>
                    <th scope="row">{clock(at)}</th>
                    {figures}
                </tr>
            });
        }
    }
    let columns = lines
        .iter()
        .map(|line| view! { <th scope="col" class="end">{line.column}</th> })
        .collect_view();
    view! {
        <details>
            <summary>{td_string!(locale, status.as_table)}</summary>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{td_string!(locale, status.time)} <Utc lead=", " /></th>
                        {columns}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
    .into_any()
}

/// What the chart shows, for who cannot see it.
fn sentence(says: &str, lines: &[Line], locale: Locale) -> String {
    let parts: Vec<String> = lines
        .iter()
        .map(|line| {
            let figures = || line.figures.iter().filter_map(|(_, figure)| *figure);
            match figures().next_back() {
                None => td_string!(locale, status.no_figures, what = line.key),
                Some(last) => td_string!(
                    locale,
                    status.figures,
                    what = line.key,
                    least = figure_text(figures().fold(f64::INFINITY, f64::min), locale),
                    most = figure_text(figures().fold(0.0, f64::max), locale),
                    last = figure_text(last, locale)
                ),
            }
        })
        .collect();
    td_string!(
        locale,
        status.over_the_hour,
        says,
        figures = parts.join("; ")
    )
}

fn clock(at: i64) -> impl IntoView {
    Timestamp::from_unix_seconds(at).map(|at| view! { <Moment at written=Written::HourMinute /> })
}

/// A figure with as many digits as mean something.
fn figure_text(figure: f64, locale: Locale) -> String {
    if figure >= 100.0 || (figure - figure.round()).abs() < 0.005 {
        return grouped(locale, format!("{figure:.0}"));
    }
    let text = if figure >= 10.0 {
        format!("{figure:.1}")
    } else {
        let text = format!("{figure:.2}");
        text.strip_suffix('0').map_or(text.clone(), str::to_owned)
    };
    with_decimal_mark(locale, text)
}

#[cfg(test)]
mod tests {
    use super::{Line, Locale, figure_text, sentence};

    #[test]
    fn figures_have_the_digits_that_mean_something() {
        let cases = [
            (0.0, "0"),
            (1_284.4, "1,284"),
            (42.0, "42"),
            (14.83, "14.8"),
            (2.1, "2.1"),
            (0.07, "0.07"),
        ];
        for (figure, text) in cases {
            assert_eq!(figure_text(figure, Locale::en), text);
        }
    }

    #[test]
    fn a_chart_is_said_in_a_sentence() {
        let line = |figures| Line {
            key: "stored",
            column: "",
            figures,
        };
        assert_eq!(
            sentence(
                "Orders stored a second",
                &[line(vec![(0, Some(3.0)), (10, None), (20, Some(1.0))])],
                Locale::en
            ),
            "Orders stored a second over the last hour. stored: 1 to 3, now 1."
        );
        assert!(sentence("X", &[line(Vec::new())], Locale::en).contains("no figures yet"));
    }
}
