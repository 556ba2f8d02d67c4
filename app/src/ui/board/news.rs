//! What the status page says first.

use crate::{
    desk::{DatabaseState, History, IngestState, Stats},
    ui::format::number::{count, grouped},
};

/// The heading, and a sentence that explains it.
pub fn news(stats: &Stats, history: &History) -> (String, String) {
    let waiting = stats.lag.unwrap_or_default();
    let waits = if waiting == 0 {
        "Nothing waits".to_owned()
    } else {
        format!("{} in the channel", wait(waiting))
    };
    let kept = "what is published waits in the channel, and no order is lost";
    if stats.database == DatabaseState::Away {
        return (
            "The database is away".to_owned(),
            format!("Orders in memory can be read; {kept}. {waits}."),
        );
    }
    if let Some(trouble) = &stats.trouble {
        return ("Storing waits".to_owned(), format!("{trouble} {waits}."));
    }
    let heading = match stats.ingest {
        IngestState::Receiving | IngestState::Idle => None,
        IngestState::Connecting => Some("Connecting to the channel"),
        IngestState::Stalled => Some("Storing waits"),
        IngestState::Reconnecting => Some("The channel is away"),
        IngestState::Replaced => Some("Another client took over the subscription"),
    };
    if let Some(heading) = heading {
        return (
            heading.to_owned(),
            "Stored orders can be searched and opened; new ones come when the connection is back."
                .to_owned(),
        );
    }
    let missing = stats.missing.unwrap_or_default();
    if missing > 0 {
        let verb = if missing == 1 { "is" } else { "are" };
        return (
            format!("{} {verb} missing", messages(missing)),
            "The subscription has passed them without their being dealt with: they will not come by themselves. `orderdesk verify` names their sequences."
                .to_owned(),
        );
    }
    let visible = history
        .samples
        .iter()
        .rev()
        .find_map(|sample| sample.visible_p50_ms)
        .map_or_else(String::new, |millis| {
            format!(
                "Orders are visible about {} after they are published. ",
                about(millis)
            )
        });
    let lost = match stats.missing {
        Some(_) => "; nothing is missing",
        None => "",
    };
    (
        "Everything works".to_owned(),
        format!("{visible}{waits}{lost}."),
    )
}

fn wait(messages_waiting: u64) -> String {
    let verb = if messages_waiting == 1 {
        "waits"
    } else {
        "wait"
    };
    format!("{} {verb}", messages(messages_waiting))
}

fn messages(number: u64) -> String {
    count(
        usize::try_from(number).unwrap_or(usize::MAX),
        "message",
        "messages",
    )
}

fn about(millis: f64) -> String {
    if millis < 9.95 {
        format!("{millis:.1} ms")
    } else if millis < 1_000.0 {
        format!("{millis:.0} ms")
    } else {
        format!("{} s", grouped(format!("{:.0}", millis / 1_000.0)))
    }
}
