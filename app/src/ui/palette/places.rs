//! Where the palette leads, and what it does, besides orders and filters.

use super::line::{Act, Line, place_of, with_mark};
use crate::{
    desk::Stats,
    ui::{
        format::{links, number::grouped},
        keys::ALL_KEYS,
        language::{Locale, td_string},
        rail,
        reader::locale,
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
    pub(super) pages: Vec<Line>,
    pub(super) commands: Vec<Line>,
    /// Whether one of them is called as was typed.
    pub(super) are_meant: bool,
    /// Whether the name of one begins so.
    pub(super) come_first: bool,
}

impl Places {
    /// Those that are called like what was typed; all where none is.
    pub(super) fn of(typed: &str, stats: &Stats) -> Self {
        let locale = locale();
        let mut places = places(stats, locale);
        let mut commands = commands(locale);
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
            pages: places.into_iter().map(line).collect(),
            commands: commands.into_iter().map(line).collect(),
            are_meant,
            // One letter begins too many names.
            come_first: typed.chars().nth(1).is_some() && starts.contains(&0),
        }
    }
}

fn places(stats: &Stats, locale: Locale) -> Vec<Entry> {
    let place = |icon, label, address: &str| Entry {
        icon,
        act: Act::Go(address.to_owned()),
        label,
        caption: None,
        key: None,
    };
    let counted = |entry: Entry, count: u64| Entry {
        caption: (count > 0).then(|| grouped(locale, count)),
        ..entry
    };
    let mut places = vec![
        counted(
            place("orders", td_string!(locale, common.all_orders), "/"),
            stats.orders,
        ),
        counted(
            place(
                "rejected",
                td_string!(locale, palette.rejected),
                "/rejected",
            ),
            stats.in_quarantine,
        ),
        place("status", td_string!(locale, layout.status), "/status"),
    ];
    places.extend(
        rail::recent(locale)
            .into_iter()
            .map(|(label, query)| place("clock", label, &links::search(query, "", ""))),
    );
    places.extend([
        place("help", td_string!(locale, keys.title), ALL_KEYS),
        place("link", td_string!(locale, palette.api), "/api/docs"),
    ]);
    places
}

fn commands(locale: Locale) -> Vec<Entry> {
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
                td_string!(locale, palette.pause),
                "[data-pause][aria-pressed=false]",
            ),
            "P",
        ),
        by_key(
            press(
                "play",
                td_string!(locale, palette.go_on),
                "[data-pause][aria-pressed=true]",
            ),
            "P",
        ),
        press(
            "arrow-up",
            td_string!(locale, palette.show_new),
            "[data-show-new]:not([hidden])",
        ),
        press(
            "theme",
            td_string!(locale, palette.dark),
            "#theme-dark:not(:checked)",
        ),
        press(
            "theme",
            td_string!(locale, palette.light),
            "#theme-light:not(:checked)",
        ),
        press(
            "theme",
            td_string!(locale, palette.auto),
            "#theme-auto:not(:checked)",
        ),
        press(
            "download",
            td_string!(locale, palette.csv),
            "[data-export=csv]",
        ),
        press(
            "download",
            td_string!(locale, palette.ndjson),
            "[data-export=ndjson]",
        ),
        press(
            "bookmark",
            td_string!(locale, palette.save),
            "[data-save-view]",
        ),
        press(
            "dense",
            td_string!(locale, palette.compact),
            "#density-compact:not(:checked)",
        ),
        press(
            "roomy",
            td_string!(locale, palette.roomy),
            "#density-roomy:not(:checked)",
        ),
        press(
            "link",
            td_string!(locale, palette.english),
            "[name=language][value=en]:not([aria-current])",
        ),
        press(
            "link",
            td_string!(locale, palette.russian),
            "[name=language][value=ru]:not([aria-current])",
        ),
        press("printer", td_string!(locale, palette.print), "[data-print]"),
        Entry {
            icon: "copy",
            act: Act::CopyAddress,
            label: td_string!(locale, palette.copy_address),
            caption: None,
            key: None,
        },
    ]
}
