//! The log: text for people on a terminal, JSON lines otherwise.

use std::io::{IsTerminal as _, stderr};

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// Starts writing the log to standard error.
///
/// # Errors
/// A sentence, when `LOG` is no filter.
pub fn init(config: &Config) -> Result<(), String> {
    let filter = EnvFilter::try_new(&config.log).map_err(|problem| {
        format!(
            "LOG={:?} cannot be used: {problem}; try info or debug",
            config.log
        )
    })?;
    let default = if stderr().is_terminal() {
        LogFormat::Text
    } else {
        LogFormat::Json
    };
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(stderr);
    match config.log_format.unwrap_or(default) {
        LogFormat::Text => builder
            .with_ansi(stderr().is_terminal())
            .with_target(false)
            .init(),
        LogFormat::Json => builder.json().flatten_event(true).init(),
    }
    Ok(())
}
