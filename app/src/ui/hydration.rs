//! The built site's files, as the document names them: its style sheet, and
//! the script that takes the islands over.
//!
//! The islands are taken over as soon as their code is there. Leptos' own
//! script waits until the browser is idle, which a busy machine may not be for
//! a long time.

use std::sync::OnceLock;

use leptos::{nonce::use_nonce, prelude::*};

/// Calls each island's function with the island, from the top of the page.
const SCRIPT: &str = "import(JS).then(async (site) => { \
    await site.default({ module_or_path: WASM }); \
    site.hydrate(); \
    for (const island of document.querySelectorAll('leptos-island')) site[island.dataset.component](island); \
});";

/// Addresses of the built files.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SiteFiles {
    style: String,
    script: String,
    wasm: String,
}

impl SiteFiles {
    /// The files as the build named them. They are the same for as long as the
    /// service runs, so they are looked up once.
    fn of(options: &LeptosOptions) -> &'static Self {
        static FILES: OnceLock<SiteFiles> = OnceLock::new();
        FILES.get_or_init(|| {
            let hashes = if options.hash_files {
                hashes(&options.hash_file)
            } else {
                String::new()
            };
            Self::named(&options.site_pkg_dir, &options.output_name, &hashes)
        })
    }

    /// `hashes` has lines such as `css: 3hbygRH2gqRXOJUCIljAtQ`.
    fn named(folder: &str, name: &str, hashes: &str) -> Self {
        let file = |kind: &str| {
            let hash = hashes
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(found, _)| found.trim() == kind);
            match hash {
                Some((_, hash)) => format!("/{folder}/{name}.{}.{kind}", hash.trim()),
                None => format!("/{folder}/{name}.{kind}"),
            }
        };
        Self {
            style: file("css"),
            script: file("js"),
            wasm: file("wasm"),
        }
    }
}

/// What the build wrote beside the executable.
fn hashes(file: &str) -> String {
    std::env::current_exe()
        .ok()
        .and_then(|executable| std::fs::read_to_string(executable.with_file_name(file)).ok())
        .unwrap_or_default()
}

/// The style sheet, and the script that takes the islands over.
#[component]
pub fn Hydration(
    /// How Leptos finds its files.
    options: LeptosOptions,
) -> impl IntoView {
    // What is rendered here is not sent to the browser a second time as data.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    let SiteFiles {
        style,
        script,
        wasm,
    } = SiteFiles::of(&options).clone();
    let code = SCRIPT
        .replace("JS", &format!("{script:?}"))
        .replace("WASM", &format!("{wasm:?}"));
    view! {
        <link rel="stylesheet" href=style />
        <link rel="modulepreload" href=script nonce=use_nonce() />
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="" />
        <script type="module" nonce=use_nonce()>
            {code}
        </script>
    }
}

#[cfg(test)]
mod tests {
    use super::SiteFiles;

    #[test]
    fn files_have_their_hashes_in_their_names() {
        let files = SiteFiles::named("pkg", "desk", "js: abc\nwasm: def\ncss: ghi\n");
        assert_eq!(files.script, "/pkg/desk.abc.js");
        assert_eq!(files.wasm, "/pkg/desk.def.wasm");
        assert_eq!(files.style, "/pkg/desk.ghi.css");
        assert_eq!(SiteFiles::named("pkg", "desk", "").wasm, "/pkg/desk.wasm");
    }
}
