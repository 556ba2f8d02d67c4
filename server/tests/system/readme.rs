//! The README says of the configuration what the program does.

use clap::CommandFactory as _;
use orderdesk::config::Config;

#[test]
fn the_readme_has_every_setting_with_its_default() {
    let readme = include_str!("../../../README.md");
    for argument in Config::command().get_arguments() {
        let Some(variable) = argument.get_env().and_then(|name| name.to_str()) else {
            continue;
        };
        let defaults = argument.get_default_values();
        let default = match defaults.first() {
            Some(default) => format!("`{}`", default.to_string_lossy()),
            None => String::new(),
        };
        let row = format!("| `{variable}` | {default}").trim_end().to_owned();
        assert!(
            readme.contains(&row),
            "README.md has no row that begins {row:?}"
        );
    }
}
