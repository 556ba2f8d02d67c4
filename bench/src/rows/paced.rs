//! A constant rate at half of what is possible.

use std::time::Duration;

use super::{CLIENTS, get::typical, kept_up, side_by_side::BARE};
use crate::{
    figures::{Figure, Row},
    load::{
        vegeta::{Attack, Seen, Vegeta},
        wrk::{Expect, Wrk},
    },
    reference::http::BareHandler,
    site::Site,
};

/// How long it is tried out how much is possible.
const TRYING: Duration = Duration::from_secs(3);

/// Vegeta at half of the service's saturation.
pub async fn measure(site: &mut Site) -> anyhow::Result<Row> {
    let paths = site.paths("/api/orders/", "orders").await?;
    let answer = typical(site, "/api/orders/").await?;
    let bare = BareHandler::start(site, answer).await?;
    let url = site.warm().await?.url().to_owned();
    let wrk = Wrk::new(&site.dir, &paths, site.raw.join("paced-saturation.txt"))?;
    let by_wrk = wrk
        .run(&url, CLIENTS, TRYING, Expect::Success)
        .await?
        .per_second();
    let raw = site.raw.join("paced-vegeta.txt");
    let ours = Vegeta::new(&site.dir, &url, &paths, raw.clone())?;
    let theirs = Vegeta::new(&site.dir, &bare.url, &paths, raw)?;
    let by_vegeta = ours.saturation(CLIENTS.connections, TRYING).await?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "requests a second"
    )]
    let rate = (by_wrk.min(by_vegeta) / 2.0) as u32;
    let attack = Attack {
        rate,
        time: site.volume.asking,
    };
    let (mut service, mut limit) = (Vec::new(), Vec::new());
    for _ in 0..site.volume.rounds {
        service.push(ours.run(attack, "200").await?);
        limit.push(theirs.run(attack, "200").await?);
    }
    let mut row = Row::new(
        "GET at a constant rate",
        &format!(
            "Vegeta asks for orders by uid at {rate} requests/s, half of saturation: just before, \
             over {} connections, Vegeta had {by_vegeta:.0} answers/s from the service, and wrk \
             {by_wrk:.0}; Vegeta takes more of the processor that both share. Times are Vegeta's.",
            CLIENTS.connections
        ),
    );
    let of = |seen: &[Seen], what: fn(&Seen) -> f64| seen.iter().map(what).collect::<Vec<_>>();
    let figure = |id, what, part: fn(&Seen) -> f64| {
        Figure::new(id, what, "ms", of(&service, part)).beside(BARE, of(&limit, part))
    };
    let shortfall = Seen::shortfall(&service).or(Seen::shortfall(&limit));
    row.figures
        .push(figure("paced_p50", "median", |seen| seen.p50));
    row.figures.push(
        figure("paced_p99", "99th percentile", |seen| seen.p99)
            .ratio_at_most(1.5)
            .spoilt_if(shortfall.is_some()),
    );
    row.checks.push(kept_up(shortfall));
    Ok(row)
}
