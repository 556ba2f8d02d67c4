//! From publishing to visible.

use std::time::Duration;

use anyhow::Context as _;

use super::{count, milliseconds};
use crate::{
    corpus::Corpus,
    figures::{Curve, Figure, Row},
    load::visible::{Documents, Publishing, Times, Watch, documents},
    reference::commit,
    site::{Site, wait_until_whole},
};

/// Orders a second.
const RATES: [u32; 3] = [100, 1_000, 5_000];

/// Orders stored before.
const STORED: usize = 1;

/// The first of the seeds; each publishing has one of its own.
const SEED: u64 = 10_000;

/// Published before anything is measured.
const WARMING: u32 = 200;

/// From publishing to visible, at three rates.
pub async fn measure(site: &mut Site) -> anyhow::Result<Row> {
    let (rounds, time) = (site.volume.rounds, site.volume.publishing);
    let stored = site.volume.scale[STORED];
    let mut row = Row::new(
        "From publishing to visible",
        &format!(
            "Orders are published at a constant rate for {} s a round, each when it is due whatever \
             became of those before, and each time counts from when its message was due \
             (corrected for coordinated omission), in an HDR histogram. From its PubAck on, each \
             order is asked for by its uid over connections that stay open, until it is answered, \
             byte for byte; between two questions for the same order lie 0.05 ms at 100/s, 0.2 ms \
             at 1,000/s, 0.4 ms at 5,000/s and the question itself, which is what the times are \
             exact to. {stored} orders are stored before. The limit, measured the same way in the \
             same rounds: the PubAck of a channel that nobody reads, then one `INSERT` of that one \
             order and its commit, over eight connections.",
            time.as_secs()
        ),
    );
    site.seeded(stored).await?;
    let database = site.copy_of(stored).await?;
    let plain = site.copy_of(stored).await?;
    let channel = site.unique("visible");
    let mut service = site.service(&database, &channel)?;
    service.start(&[])?;
    wait_until_whole(&service).await?;
    let mut run = Runs {
        url: service.url().to_owned(),
        channel,
        plain: site.database_url(&plain),
        seed: SEED,
    };
    run.watch(site, WARMING, Duration::from_secs(1)).await?;
    for rate in RATES {
        let (mut ours, mut limit) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            ours.push(run.watch(site, rate, time).await?);
            limit.push(run.commit(site, rate, time).await?);
        }
        figures(&mut row, rate, &ours, &limit)?;
    }
    let (code, report) = service.verify(false)?;
    anyhow::ensure!(code == 0, "orderdesk verify: {report}");
    service.terminate()?;
    site.forget(&database).await?;
    site.forget(&plain).await?;
    row.checks.push(
        "every published order was answered byte for byte, and `orderdesk verify` accounts for \
         every message"
            .to_owned(),
    );
    Ok(row)
}

/// What is needed to publish again and again.
struct Runs {
    url: String,
    channel: String,
    plain: String,
    seed: u64,
}

impl Runs {
    fn publishing(
        &mut self,
        site: &mut Site,
        channel: String,
        rate: u32,
        time: Duration,
    ) -> Publishing {
        self.seed += 1;
        Publishing {
            port: site.nats.port,
            channel,
            client_id: site.unique("publisher"),
            rate,
            documents: orders_of(self.seed, rate, time),
        }
    }

    async fn watch(&mut self, site: &mut Site, rate: u32, time: Duration) -> anyhow::Result<Times> {
        let channel = self.channel.clone();
        let publishing = self.publishing(site, channel, rate, time);
        let url = self.url.clone();
        tokio::task::spawn_blocking(move || Watch::at(rate).run(&url, &publishing)).await?
    }

    async fn commit(
        &mut self,
        site: &mut Site,
        rate: u32,
        time: Duration,
    ) -> anyhow::Result<Times> {
        let channel = site.unique("unread");
        let publishing = self.publishing(site, channel, rate, time);
        commit::run(&self.plain, publishing).await
    }
}

fn orders_of(seed: u64, rate: u32, time: Duration) -> Documents {
    documents(Corpus::new(seed), u64::from(rate) * time.as_secs())
}

fn figures(row: &mut Row, rate: u32, ours: &[Times], limit: &[Times]) -> anyhow::Result<()> {
    let what = "PubAck, then the commit of that one row";
    let quantiles = |times: &[Times], quantile| {
        let of = |times: &Times| milliseconds(times.there.value_at_quantile(quantile));
        times.iter().map(of).collect::<Vec<_>>()
    };
    let p50 = Figure::new(
        &format!("visible_{rate}_p50"),
        &format!("p50 at {rate}/s"),
        "ms",
        quantiles(ours, 0.5),
    );
    let p99 = Figure::new(
        &format!("visible_{rate}_p99"),
        &format!("p99 at {rate}/s"),
        "ms",
        quantiles(ours, 0.99),
    );
    let p50 = p50.beside(what, quantiles(limit, 0.5)).ratio_at_most(2.0);
    let p99 = p99.beside(what, quantiles(limit, 0.99));
    let (p50, p99) = match rate {
        100 => (p50.at_most(2.0), p99.at_most(4.5)),
        1_000 => (p50, p99.at_most(10.0)),
        _ => (p50, p99),
    };
    row.figures.extend([p50, p99]);
    let acknowledged = ours
        .iter()
        .map(|times| milliseconds(times.acknowledged.value_at_quantile(0.5)));
    row.figures.push(Figure::new(
        &format!("visible_{rate}_ack"),
        &format!("of it the PubAck, p50 at {rate}/s"),
        "ms",
        acknowledged.collect(),
    ));
    row.curves
        .push(curve(&format!("Orderdesk, {rate}/s"), false, ours)?);
    row.curves
        .push(curve(&format!("limit, {rate}/s"), true, limit)?);
    Ok(())
}

/// Percentiles of all rounds together: one in so many takes longer.
fn curve(name: &str, is_reference: bool, rounds: &[Times]) -> anyhow::Result<Curve> {
    let mut all = rounds.first().context("a round")?.clone();
    for times in &rounds[1..] {
        all.add(times)?;
    }
    let one_in = [
        1.25, 1.67, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0,
    ];
    let points = one_in
        .into_iter()
        // Beyond that a single order would be a percentile.
        .filter(|one_in| one_in * 5.0 <= count(all.there.len()))
        .map(|one_in| {
            let value = all.there.value_at_quantile(1.0 - 1.0 / one_in);
            (one_in, milliseconds(value))
        });
    Ok(Curve {
        plot: "latency".to_owned(),
        name: name.to_owned(),
        is_reference,
        points: points.collect(),
    })
}
