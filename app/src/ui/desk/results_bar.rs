//! The bar above the rows: the count, what is new, and how the list is shown.

use leptos::prelude::*;
use orders::Sort;

use super::{
    attention::Attention,
    heading::Heading,
    listing::Listing,
    new_orders::NewOrders,
    pause_button::PauseButton,
    question::Question,
    table_view::{Optional, TableView},
};
use crate::ui::{components::Icon, format::links::encode, live::browser};

/// The bar above the rows.
#[component]
pub(super) fn ResultsBar(
    heading: Memo<Heading>,
    listing: RwSignal<Listing>,
    attention: Attention,
    is_live: bool,
    question: Question,
) -> impl IntoView {
    let caption_class = move || {
        if heading.with(|heading| heading.is_stale) {
            "caption results__why"
        } else {
            "caption"
        }
    };
    let waiting = Memo::new(move |_| listing.with(Listing::waiting));
    let has_pill = Memo::new(move |_| waiting.get() > 0 && attention.holds());
    let on_show = move |()| {
        listing.update(Listing::show);
        browser::scroll_to_top();
        browser::focus("found");
    };
    let has_rows = move || heading.with(|heading| heading.shown > 0);

    view! {
        <div class="results__bar">
            <h2 class="results__count" id="found" tabindex="-1">
                <span>{move || heading.with(Heading::words)}</span>
                " "
                <span class=caption_class>{move || heading.with(Heading::caption)}</span>
            </h2>
            {move || {
                has_pill
                    .get()
                    .then(|| view! { <NewOrders waiting on_show=Callback::new(on_show) /> })
            }}
            <div class="results__tools" hidden=move || !has_rows()>
                {is_live.then(|| view! { <PauseButton is_paused=attention.is_paused /> })}
                <ViewSettings />
                <ExportMenu question=question.clone() />
                <SortMenu question />
            </div>
        </div>
    }
}

/// How tall rows are, and which columns there are. The style sheet follows the
/// fields at once; a script keeps the choice.
#[component]
fn ViewSettings() -> impl IntoView {
    let chosen = StoredValue::new(use_context::<TableView>().unwrap_or_default());
    let change = move |act: &dyn Fn(&mut TableView)| {
        chosen.update_value(|view| act(view));
        browser::set_cookie(&chosen.with_value(TableView::cookie));
    };
    let is_compact = chosen.with_value(|view| view.is_compact);
    let density = [(false, "roomy", "Comfortable"), (true, "dense", "Compact")].map(
        |(compact, icon, label)| {
            let value = if compact { "compact" } else { "roomy" };
            view! {
                <label title=label>
                    <input
                        type="radio"
                        name="density"
                        value=value
                        id=format!("density-{value}")
                        checked=compact == is_compact
                        aria-label=label
                        on:change=move |_| change(&|view| view.is_compact = compact)
                    />
                    <Icon name=icon />
                </label>
            }
        },
    );
    let column = |column: Optional| {
        let is_shown = chosen.with_value(|view| !view.hidden.contains(&column));
        view! {
            <label class="menu__item">
                <input
                    type="checkbox"
                    name="col"
                    value=column.name()
                    checked=is_shown
                    on:change=move |event| {
                        let is_shown = event_target_checked(&event);
                        change(&|view| view.set_shown(column, is_shown));
                    }
                />
                {column.label()}
            </label>
        }
    };
    view! {
        <fieldset class="segmented segmented--icons results__density">
            <legend class="sr-only">"Row density"</legend>
            {density.collect_view()}
        </fieldset>
        <details class="menu results__columns">
            <summary class="button" aria-label="Columns">
                <Icon name="columns" />
                <span>"Columns"</span>
            </summary>
            <div class="menu__panel">
                <fieldset class="menu__group">
                    <legend class="menu__title">"Columns"</legend>
                    {Optional::ALL.map(column).collect_view()}
                </fieldset>
            </div>
        </details>
    }
}

/// The whole list as a file.
#[component]
fn ExportMenu(question: Question) -> impl IntoView {
    let href = |format: &str| {
        format!(
            "/api/orders/export?format={format}&q={}&sort={}",
            encode(question.typed.trim()),
            encode(question.sort().name())
        )
    };
    view! {
        <details class="menu results__export">
            <summary class="button" aria-label="Export">
                <Icon name="download" />
                <span>"Export"</span>
            </summary>
            <div class="menu__panel">
                <div class="menu__group">
                    <a class="menu__item" href=href("csv") download="">
                        "CSV for spreadsheets"
                    </a>
                    <a class="menu__item" href=href("ndjson") download="">
                        "NDJSON, as published"
                    </a>
                </div>
            </div>
        </details>
    }
}

/// The order of the list, where there is no room for its headings.
#[component]
fn SortMenu(question: Question) -> impl IntoView {
    let sorts = [
        (Sort::Arrival, "Arrived last"),
        (Sort::Date, "Placed last"),
        (Sort::Amount, "Largest amount"),
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
            <summary class="icon-button" aria-label="Sort">
                <Icon name="sort" />
            </summary>
            <div class="menu__panel">
                <div class="menu__group">{links.collect_view()}</div>
            </div>
        </details>
    }
}
