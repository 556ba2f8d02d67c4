//! The WebAssembly entry point: hydrates the islands, nothing else.

// Each island is a function of the app that the page's script calls by name.
use app as _;

/// Called before the first island is taken over.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    // Readers have no use for it, and it is not small.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
