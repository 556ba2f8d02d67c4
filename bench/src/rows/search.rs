//! Search, by kinds.

use std::time::Instant;

use anyhow::{Context as _, bail};
use rig::Service;

use super::{
    kinds::{KINDS, Kind},
    milliseconds,
};
use crate::{
    figures::{Figure, Row},
    load::{
        ask::Asker,
        visible::{histogram, microseconds},
    },
    site::Site,
};

/// The service's own count of the time it took.
const METRIC: &str = "orderdesk_http_request_duration_seconds";

/// One round of one kind, in ms.
struct Asked {
    p50: f64,
    p99: f64,
    server_mean: f64,
}

/// Twelve kinds of search, one after the other.
pub async fn measure(site: &mut Site) -> anyhow::Result<Row> {
    let (values, rounds, orders) = (site.volume.values, site.volume.rounds, site.volume.orders);
    let mut row = Row::new(
        "Search",
        &format!(
            "`GET /api/orders?q=` over one connection, one search after the other, a page of 50 \
             and the count, among {orders} orders. Each kind is asked with {values} values out of \
             orders spread over the whole list; a round's percentiles are those of its values. The \
             mean at the server is of the time to the head of the answer, by the service's own \
             metrics."
        ),
    );
    let service = site.warm().await?;
    let asker = Asker::new(service.url());
    let mut seen: Vec<Vec<Asked>> = KINDS.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for (kind, seen) in KINDS.iter().zip(&mut seen) {
            seen.push(ask(service, &asker, kind, values, orders)?);
        }
    }
    for (kind, seen) in KINDS.iter().zip(&seen) {
        let of = |part: fn(&Asked) -> f64| seen.iter().map(part).collect();
        let figure = |what: &str, id: &str, part| {
            Figure::new(
                &format!("search_{}_{id}", kind.id),
                &format!("{}, {what}", kind.what),
                "ms",
                of(part),
            )
        };
        row.figures
            .push(figure("p50", "p50", |asked| asked.p50).at_most(10.0));
        row.figures
            .push(figure("p99", "p99", |asked| asked.p99).at_most(50.0));
        row.figures
            .push(figure("mean at the server", "server", |asked| {
                asked.server_mean
            }));
    }
    row.checks
        .push("every answer had status 200; a search for a uid found its order".to_owned());
    Ok(row)
}

fn ask(
    service: &Service,
    asker: &Asker,
    kind: &Kind,
    values: u64,
    orders: u64,
) -> anyhow::Result<Asked> {
    let paths: Vec<(u64, String)> = (0..values)
        .map(|value| value * orders / values)
        .map(|number| (number, kind.path("/api/orders", number)))
        .collect();
    let mut times = histogram()?;
    let before = spent(asker)?;
    for (number, path) in &paths {
        let began = Instant::now();
        let answer = asker.get(path)?;
        times.record(microseconds(began.elapsed()))?;
        if answer.status != 200 {
            bail!("{path} is answered with {}", answer.status);
        }
        let uid = Site::corpus().uid(*number);
        if kind.id == "uid" && !String::from_utf8_lossy(&answer.body).contains(&uid) {
            bail!("{path} does not find {uid} at {}", service.url());
        }
    }
    let after = spent(asker)?;
    let mean = (after.0 - before.0) / (after.1 - before.1);
    Ok(Asked {
        p50: milliseconds(times.value_at_quantile(0.5)),
        p99: milliseconds(times.value_at_quantile(0.99)),
        server_mean: mean * 1e3,
    })
}

/// Seconds that searches took so far, and how many there were.
fn spent(asker: &Asker) -> anyhow::Result<(f64, f64)> {
    let metrics = asker.get("/metrics")?;
    let text = String::from_utf8_lossy(&metrics.body).into_owned();
    let value = |what: &str| {
        let name = format!("{METRIC}_{what}{{route=\"/api/orders\"}} ");
        text.lines()
            .find_map(|line| line.strip_prefix(&name)?.parse().ok())
            .unwrap_or(0.0)
    };
    if !text.contains(METRIC) {
        return Err(anyhow::anyhow!("no {METRIC}")).context("/metrics");
    }
    Ok((value("sum"), value("count")))
}
