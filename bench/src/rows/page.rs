//! The page of an order, rendered on the server.

use super::{CLIENTS, kept_up};
use crate::{
    figures::{Figure, Row},
    load::{
        vegeta::{Attack, Seen, Vegeta},
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
            "`GET /orders/{{uid}}`, rendered on the server. wrk asks for as many as go, as they are \
             and as browsers ask for them, with gzip; Vegeta asks for {RATE} a second, as they are. \
             There is no reference."
        ),
    );
    let paths = site.paths("/orders/", "pages").await?;
    let url = site.warm().await?.url().to_owned();
    let shape = CLIENTS;
    let raw = site.raw.join(format!("page-{}.txt", shape.name()));
    let wrk = Wrk::new(&site.dir, &paths, raw.clone())?;
    let wrk_with_gzip = Wrk::new(&site.dir, &paths, raw)?.accepting("gzip");
    let vegeta = Vegeta::new(&site.dir, &url, &paths, site.raw.join("page-vegeta.txt"))?;
    let attack = Attack {
        rate: RATE,
        time: site.volume.asking,
    };
    let (mut rates, mut rates_with_gzip, mut paced) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..site.volume.rounds {
        for (wrk, rates) in [(&wrk, &mut rates), (&wrk_with_gzip, &mut rates_with_gzip)] {
            let seen = wrk.run(&url, shape, site.volume.asking, Expect::Success);
            rates.push(seen.await?.per_second());
        }
        paced.push(vegeta.run(attack, "200").await?);
    }
    let what = format!("pages, wrk {}", shape.name());
    row.figures
        .push(Figure::new("page", &what, "answers/s", rates).at_least(10_000.0));
    row.figures.push(Figure::new(
        "page_gzip",
        "the same with gzip",
        "answers/s",
        rates_with_gzip,
    ));
    let shortfall = Seen::shortfall(&paced);
    let p50 = paced.iter().map(|seen| seen.p50).collect();
    let p99 = paced.iter().map(|seen| seen.p99).collect();
    row.figures
        .push(Figure::new("page_p50", "median at 5,000/s", "ms", p50));
    row.figures.push(
        Figure::new("page_p99", "99th percentile at 5,000/s", "ms", p99)
            .at_most(20.0)
            .spoilt_if(shortfall.is_some()),
    );
    row.checks.push(kept_up(shortfall));
    Ok(row)
}
