//! Makes the words of `locales/` into code: a key that one language has and
//! another has not, or with other placeholders, is an error.

use std::{env, error::Error, fs, path::Path};

use leptos_i18n_parser::parse_locales::{
    options::{Config, FileFormat, ParseOptions},
    parse_locales,
};

fn main() -> Result<(), Box<dyn Error>> {
    let options = ParseOptions::new()
        .file_format(FileFormat::Toml)
        .interpolate_display(true);
    let config = Config::new("en")?.add_locale("ru")?.parse_options(options);
    let parsed = parse_locales(None, config)?;
    println!("cargo::rerun-if-changed=build.rs");
    for file in parsed.tracked_files.as_deref().unwrap_or_default() {
        println!("cargo::rerun-if-changed={file}");
    }
    // What the generator only warns of would be words in another language.
    for warning in parsed.diag.warnings().iter() {
        println!("cargo::error={warning}");
    }
    for error in parsed.diag.errors().iter() {
        println!("cargo::error={error}");
    }
    let code = leptos_i18n_codegen::gen_code(&parsed, None, false, None, false)?;
    let folder = env::var("OUT_DIR")?;
    fs::write(Path::new(&folder).join("words.rs"), code.to_string())?;
    Ok(())
}
