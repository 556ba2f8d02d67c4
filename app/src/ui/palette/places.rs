//! Where the palette leads, and what it does, besides orders and filters.

use super::line::{Act, Line, place_of, with_mark};
use crate::{
    desk::Stats,
    ui::{
        format::{links, number::grouped},
        keys::ALL_KEYS,
        rail::COMMON,
    },
};

/// A place or a command, before it is known what was typed.
struct Entry {
    icon: &'static str,
    act: Act,
    label: &'static str,
    caption: Option<String>,
    key: Option<&'static str>,
}

/// The lines of both groups.
pub(super) struct Places {
    pub(super) places: Vec<Line>,
    pub(super) commands: Vec<Line>,
    /// Whether one of them is called as was typed.
    pub(super) are_meant: bool,
    /// Whether the name of one begins so.
    pub(super) come_first: bool,
}

impl Places {
    /// Those that are called like what was typed; all where none is.
    pub(super) fn of(typed: &str, stats: &Stats) -> Self {
        let mut places = places(stats);
        let mut commands = commands();
        let starts: Vec<usize> = places
            .iter()
            .chain(&commands)
            .filter_map(|entry| Some(place_of(entry.label, typed)?.start))
            .collect();
        let are_meant = !starts.is_empty();
        if are_meant {
            let is_meant = |entry: &Entry| place_of(entry.label, typed).is_some();
            places.retain(is_meant);
            commands.retain(is_meant);
        }
        let line = |entry: Entry| Line {
            caption: entry.caption,
            key: entry.key,
            ..Line::new(entry.icon, entry.act, with_mark(entry.label, typed))
        };
        Self {
            places: places.into_iter().map(line).collect(),
            commands: commands.into_iter().map(line).collect(),
            are_meant,
            // One letter begins too many names.
            come_first: typed.chars().nth(1).is_some() && starts.contains(&0),
        }
    }
}

fn places(stats: &Stats) -> Vec<Entry> {
    let place = |icon, label, address: &str| Entry {
        icon,
        act: Act::Go(address.to_owned()),
        label,
        caption: None,
        key: None,
    };
    let counted = |entry: Entry, count: u64| Entry {
        caption: (count > 0).then(|| grouped(count)),
        ..entry
    };
    let mut places = vec![
        counted(place("orders", "All orders", "/"), stats.orders),
        counted(
            place("rejected", "Rejected messages", "/rejected"),
            stats.in_quarantine,
        ),
        place("status", "Status", "/status"),
    ];
    // The first of these views is the list of all orders.
    places.extend(
        COMMON[1..]
            .iter()
            .map(|&(label, query)| place("clock", label, &links::search(query, "", ""))),
    );
    places.extend([
        place("help", "Keyboard shortcuts", ALL_KEYS),
        place("link", "API reference", "/api/docs"),
    ]);
    places
}

fn commands() -> Vec<Entry> {
    let press = |icon, label, selector| Entry {
        icon,
        act: Act::Press(selector),
        label,
        caption: None,
        key: None,
    };
    let by_key = |entry: Entry, key| Entry {
        key: Some(key),
        ..entry
    };
    vec![
        by_key(
            press(
                "pause",
                "Pause the stream",
                "[data-pause][aria-pressed=false]",
            ),
            "P",
        ),
        by_key(
            press(
                "play",
                "Let the stream go on",
                "[data-pause][aria-pressed=true]",
            ),
            "P",
        ),
        press(
            "arrow-up",
            "Show the new orders",
            "[data-show-new]:not([hidden])",
        ),
        press("theme", "Dark theme", "#theme-dark:not(:checked)"),
        press("theme", "Light theme", "#theme-light:not(:checked)"),
        press("theme", "The system's theme", "#theme-auto:not(:checked)"),
        press(
            "download",
            "Export these orders as CSV",
            "[data-export=csv]",
        ),
        press(
            "download",
            "Export these orders as NDJSON",
            "[data-export=ndjson]",
        ),
        press("bookmark", "Save this view", "[data-save-view]"),
        press("dense", "Compact rows", "#density-compact:not(:checked)"),
        press("roomy", "Comfortable rows", "#density-roomy:not(:checked)"),
        press("printer", "Print", "[data-print]"),
        Entry {
            icon: "copy",
            act: Act::CopyAddress,
            label: "Copy the link to this page",
            caption: None,
            key: None,
        },
    ]
}
