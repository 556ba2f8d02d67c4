//! The page of an order, rendered on the server.

use super::CLIENTS;
use crate::{
    figures::{Figure, Row},
    load::{
        vegeta::{Attack, Vegeta},
        wrk::{Expect, Wrk},
    },
    site::Site,
};

/// Pages a second at a constant rate.
const RATE: u32 = 5_000;

/// `/orders/{uid}` by wrk and by Vegeta.
pub async fn measure(site: &mut Site) -> anyhow::Result<Row> {
    let mut row = Row::new(
        "The page of an order",
        &format!(
            "`GET /orders/{{uid}}`, rendered on the server, not compressed. wrk asks for as many as \
             go; Vegeta for {RATE} a second. There is no reference."
        ),
    );
    let paths = site.paths("/orders/", "pages").await?;
    let url = site.warm().await?.url().to_owned();
    let shape = CLIENTS;
    let wrk = Wrk::new(
        &site.dir,
        &paths,
        site.raw.join(format!("page-{}.txt", shape.name())),
    )?;
    let vegeta = Vegeta::new(&site.dir, &url, &paths, site.raw.join("page-vegeta.txt"))?;
    let attack = Attack {
        rate: RATE,
        time: site.volume.asking,
    };
    let (mut rates, mut medians, mut p99s) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..site.volume.rounds {
        let seen = wrk
            .run(&url, shape, site.volume.asking, Expect::Success)
            .await?;
        rates.push(seen.per_second());
        let seen = vegeta.run(attack, "200").await?;
        medians.push(seen.p50);
        p99s.push(seen.p99);
    }
    let what = format!("pages, wrk {}", shape.name());
    row.figures
        .push(Figure::new("page", &what, "answers/s", rates).at_least(10_000.0));
    row.figures
        .push(Figure::new("page_p50", "median at 5,000/s", "ms", medians));
    row.figures
        .push(Figure::new("page_p99", "99th percentile at 5,000/s", "ms", p99s).at_most(20.0));
    row.checks.push("every answer had status 200".to_owned());
    Ok(row)
}
