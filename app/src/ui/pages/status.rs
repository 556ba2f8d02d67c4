//! `/status`: how things stand.

use leptos::prelude::*;

use crate::ui::{
    board::{BOARD, Board, Refresh},
    components::PageTitle,
    context::{history_while_rendering, stats_while_rendering},
    language::td_string,
    reader::locale,
};

/// How things stand.
#[component]
pub fn StatusPage() -> impl IntoView {
    let board = stats_while_rendering().map(|stats| {
        let history = history_while_rendering();
        view! { <Board stats history /> }
    });
    view! {
        <PageTitle text=td_string!(locale(), status.title) />
        <div class="shell">
            <main class="page page--wide" id="main" tabindex="-1">
                <div class="stack" id=BOARD>
                    {board}
                </div>
            </main>
        </div>
        <Refresh id=BOARD.to_owned() seconds=5 />
    }
    .into_any()
}
