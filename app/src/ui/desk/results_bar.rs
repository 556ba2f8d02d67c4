//! The bar above the rows: the count, what is new, and how the list is shown.

use leptos::prelude::*;
use orders::Sort;

use super::{
    heading::Heading,
    pace::PaceLine,
    question::Question,
    table_view::{Optional, TableView},
};
use crate::{
    desk::Pace,
    ui::{
        components::Icon,
        format::links::encode,
        language::td_string,
        reader::{locale, reader},
    },
};

/// The bar above the rows.
#[component]
pub(super) fn ResultsBar(
    heading: Heading,
    /// Whether the list has a heading here, and not one of its own.
    has_heading: bool,
    view: TableView,
    question: Question,
    /// How orders came in lately.
    pace: Pace,
) -> impl IntoView {
    let locale = locale();
    let says_utc =
        reader().zone.is_utc() && !heading.is_mistaken && heading.found.searched.is_none();
    let utc =
        says_utc.then(|| view! { <span data-utc="">{td_string!(locale, desk.in_utc)}</span> });
    let heading = has_heading.then(|| {
        view! {
            <h2 class="results__count" id="found" tabindex="-1">
                <span>{heading.words(locale)}</span>
                " "
                <span class="caption">{heading.caption(locale)} " " {utc}</span>
                <span class="caption results__why">{td_string!(locale, desk.of_last_search)}</span>
            </h2>
        }
    });
    // A script chooses the form that its number asks for, and writes it in. These
    // numbers have the forms in every language that has them.
    let show_new = |count: u8| td_string!(locale, desk.show_new, count, number = "{}");
    let new = |count: u8| td_string!(locale, desk.new, count, number = "{}");
    view! {
        <div class="results__bar">
            <div data-part="heading">{heading}</div>
            <button
                class="pill"
                type="button"
                hidden
                data-show-new=""
                data-name-one=show_new(1)
                data-name-few=show_new(2)
                data-name-many=show_new(5)
                data-name-other=show_new(2)
                data-text-one=new(1)
                data-text-few=new(2)
                data-text-many=new(5)
                data-text-other=new(2)
            >
                <Icon name="arrow-up" />
                <span></span>
            </button>
            <div class="results__tools">
                <LiveStrip pace />
                <ViewSettings view />
                <div data-part="menus">
                    <ExportMenu question=question.clone() />
                    <SortMenu question />
                </div>
            </div>
        </div>
    }
}

/// How orders come in, and the button that stops the list from changing and lets
/// it go on.
#[component]
fn LiveStrip(pace: Pace) -> impl IntoView {
    view! {
        <div class="live">
            <div data-part="pace">
                <PaceLine pace />
            </div>
            <button
                class="icon-button script-only"
                type="button"
                aria-label=td_string!(locale(), desk.pause)
                aria-pressed="false"
                aria-keyshortcuts="P"
                data-pause=""
            >
                <Icon name="pause" />
                <Icon name="play" />
            </button>
        </div>
    }
}

/// How tall rows are, and which columns there are. The style sheet follows the
/// fields at once; a script keeps the choice.
#[component]
fn ViewSettings(view: TableView) -> impl IntoView {
    let locale = locale();
    let density = [
        (false, "roomy", td_string!(locale, desk.comfortable)),
        (true, "dense", td_string!(locale, desk.compact)),
    ]
    .map(|(compact, icon, label)| {
        let value = if compact { "compact" } else { "roomy" };
        view! {
            <label title=label>
                <input
                    type="radio"
                    name="density"
                    value=value
                    id=format!("density-{value}")
                    checked=compact == view.is_compact
                    aria-label=label
                />
                <Icon name=icon />
            </label>
        }
    });
    let column = |column: Optional| {
        view! {
            <label class="menu__item">
                <input
                    type="checkbox"
                    name="col"
                    value=column.name()
                    checked=!view.hidden.contains(&column)
                />
                {column.label(locale)}
            </label>
        }
    };
    view! {
        <fieldset class="segmented segmented--icons results__density">
            <legend class="sr-only">{td_string!(locale, desk.density)}</legend>
            {density.collect_view()}
        </fieldset>
        <details class="menu results__columns">
            <summary class="button" aria-label=td_string!(locale, desk.columns)>
                <Icon name="columns" />
                <span>{td_string!(locale, desk.columns)}</span>
            </summary>
            <div class="menu__panel">
                <fieldset class="menu__group">
                    <legend class="menu__title">{td_string!(locale, desk.columns)}</legend>
                    {Optional::ALL.map(column).collect_view()}
                </fieldset>
            </div>
        </details>
    }
}

/// The whole list as a file.
#[component]
fn ExportMenu(question: Question) -> impl IntoView {
    let locale = locale();
    let href = |format: &str| {
        format!(
            "/api/orders/export?format={format}&q={}&sort={}",
            encode(question.typed.trim()),
            encode(question.sort().name())
        )
    };
    view! {
        <details class="menu results__export">
            <summary class="button" aria-label=td_string!(locale, desk.export)>
                <Icon name="download" />
                <span>{td_string!(locale, desk.export)}</span>
            </summary>
            <div class="menu__panel">
                <div class="menu__group">
                    <a class="menu__item" href=href("csv") download="" data-export="csv">
                        {td_string!(locale, desk.csv)}
                    </a>
                    <a class="menu__item" href=href("ndjson") download="" data-export="ndjson">
                        {td_string!(locale, desk.ndjson)}
                    </a>
                </div>
            </div>
        </details>
    }
}

/// The order of the list, where there is no room for its headings.
#[component]
fn SortMenu(question: Question) -> impl IntoView {
    let locale = locale();
    let sorts = [
        (Sort::Arrival, td_string!(locale, desk.arrived_last)),
        (Sort::Date, td_string!(locale, desk.placed_last)),
        (Sort::Amount, td_string!(locale, desk.largest_amount)),
    ];
    let links = sorts.map(|(sort, label)| {
        let is_current = question.sort() == sort;
        view! {
            <a
                class="menu__item"
                href=question.sorted_by(sort).address()
                aria-current=is_current.then_some("true")
            >
                {label}
            </a>
        }
    });
    view! {
        <details class="menu results__sort">
            <summary class="icon-button" aria-label=td_string!(locale, desk.sort)>
                <Icon name="sort" />
            </summary>
            <div class="menu__panel">
                <div class="menu__group">{links.collect_view()}</div>
            </div>
        </details>
    }
}
