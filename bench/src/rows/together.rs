//! Everything at once.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::bail;
use hdrhistogram::Histogram;

use super::{count, kinds::KINDS};
use crate::{
    corpus::Corpus,
    figures::{Figure, Row},
    load::{
        gets::Gets,
        live::Listeners,
        visible::{Publishing, Times, Watch, documents},
    },
    site::{Site, wait_until_whole},
};

/// Orders published a second.
const ORDERS: u32 = 2_000;

/// Orders asked for a second.
const GETS: u32 = 10_000;

/// Searches a second.
const SEARCHES: u32 = 50;

/// Listeners of the live feed.
const LISTENERS: usize = 100;

/// How orders are looked for: four milliseconds are little beside a hundred, and
/// asking more often would be a load of its own.
const WATCH: Watch = Watch {
    connections: 4,
    pause: Duration::from_millis(4),
};

/// Seeds of the orders that are published alone, and together.
const ALONE: u64 = 20_000;
const TOGETHER: u64 = 20_001;

/// Everything at once, and each alone before.
pub async fn measure(site: &mut Site) -> anyhow::Result<Row> {
    let (alone, time, stored) = (site.volume.alone, site.volume.together, site.volume.orders);
    let mut row = Row::new(
        "Everything at once",
        &format!(
            "For {} s: {ORDERS} orders/s are published and each is looked for until it is there, \
             {GETS} orders/s are asked for by uid, {SEARCHES} searches/s of twelve kinds are \
             asked, and {LISTENERS} clients listen to the live feed, which tells each of them of \
             every order; {stored} orders are stored before. The limit: the same alone, for {} s, \
             just before. Every time counts from when the thing was due. One thread asks for \
             orders by uid, one searches: Vegeta takes a whole core for as many. An order is looked for every \
             {} ms.",
            time.as_secs(),
            alone.as_secs(),
            WATCH.pause.as_millis(),
        ),
    );
    site.cool()?;
    let paths = site.paths("/api/orders/", "orders").await?;
    let database = site.copy_of(stored).await?;
    let channel = site.unique("together");
    let mut service = site.service(&database, &channel)?;
    service.start(&[])?;
    wait_until_whole(&service).await?;
    let load = Load::new(site, service.url(), &paths, channel)?;
    let gets = load.get(alone).await?;
    let searches = load.search(alone).await?;
    let publishing = load.publishing(site, ALONE, alone);
    let published_alone = publishing.documents.len();
    let visible = load.publish(publishing).await?;

    let publishing = load.publishing(site, TOGETHER, time);
    let published = publishing.documents.len();
    let listeners = Listeners::listen(load.address(), LISTENERS).await?;
    let (all_gets, all_searches, all_visible) =
        tokio::try_join!(load.get(time), load.search(time), load.publish(publishing))?;
    let (heard, bytes) = listeners.end()?;

    let beside = |id: &str, what: &str, together: f64, alone: f64| {
        Figure::new(id, what, "ms", vec![together]).beside("the same alone", vec![alone])
    };
    row.figures.push(
        beside(
            "together_get_p99",
            "GET, p99",
            at(&all_gets, 0.99),
            at(&gets, 0.99),
        )
        .at_most(5.0),
    );
    let of = |times: &Times| at(&times.there, 0.99);
    row.figures.push(
        beside(
            "together_visible_p99",
            "publish → visible, p99",
            of(&all_visible),
            of(&visible),
        )
        .at_most(100.0),
    );
    row.figures.push(beside(
        "together_search_p99",
        "search, p99",
        at(&all_searches, 0.99),
        at(&searches, 0.99),
    ));
    row.figures.push(beside(
        "together_get_p50",
        "GET, p50",
        at(&all_gets, 0.5),
        at(&gets, 0.5),
    ));
    let (code, report) = service.verify(true)?;
    if code != 0 {
        bail!("orderdesk verify: {report}");
    }
    let expected = stored + (published_alone + published) as u64;
    let rows = rows_of(site, &database).await?;
    let lost = count(expected) - count(rows);
    row.figures
        .push(Figure::new("together_lost", "orders lost", "orders", vec![lost]).at_most(0.0));
    row.checks.push(format!(
        "{published} orders were answered byte for byte while everything ran; afterwards {rows} \
         rows are stored, as many as there have to be, and `orderdesk verify` read each. One \
         listener heard of {heard} orders; all {LISTENERS} were sent {:.0} MB",
        count(bytes) / 1e6
    ));
    service.terminate()?;
    site.forget(&database).await?;
    Ok(row)
}

/// What is asked and published.
struct Load {
    url: String,
    channel: String,
    paths: Arc<[String]>,
    searches: Arc<[String]>,
}

impl Load {
    fn new(site: &Site, url: &str, paths: &Path, channel: String) -> anyhow::Result<Self> {
        let orders = site.volume.orders;
        let searches = (0..50)
            .flat_map(|value| KINDS.iter().map(move |kind| (value, kind)))
            .map(|(value, kind)| kind.path("/api/orders", value * orders / 50));
        let paths = std::fs::read_to_string(paths)?;
        Ok(Self {
            url: url.to_owned(),
            channel,
            paths: paths.lines().map(str::to_owned).collect(),
            searches: searches.collect(),
        })
    }

    fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    async fn get(&self, time: Duration) -> anyhow::Result<Histogram<u64>> {
        self.ask(&self.paths, GETS, 32, time).await
    }

    async fn search(&self, time: Duration) -> anyhow::Result<Histogram<u64>> {
        self.ask(&self.searches, SEARCHES, 4, time).await
    }

    async fn ask(
        &self,
        paths: &Arc<[String]>,
        rate: u32,
        connections: usize,
        time: Duration,
    ) -> anyhow::Result<Histogram<u64>> {
        let gets = Gets {
            address: self.address().to_owned(),
            paths: Arc::clone(paths),
            rate,
            connections,
        };
        tokio::task::spawn_blocking(move || gets.ask(time)).await?
    }

    fn publishing(&self, site: &mut Site, seed: u64, time: Duration) -> Publishing {
        Publishing {
            port: site.nats.port,
            channel: self.channel.clone(),
            client_id: site.unique("publisher"),
            rate: ORDERS,
            documents: documents(Corpus::new(seed), u64::from(ORDERS) * time.as_secs()),
        }
    }

    async fn publish(&self, publishing: Publishing) -> anyhow::Result<Times> {
        let url = self.url.clone();
        tokio::task::spawn_blocking(move || WATCH.run(&url, &publishing)).await?
    }
}

async fn rows_of(site: &Site, database: &str) -> anyhow::Result<u64> {
    let pool = site.pool(database, 1).await?;
    let rows: i64 = sqlx::query_scalar("select count(*) from orders")
        .fetch_one(&pool)
        .await?;
    pool.close().await;
    Ok(rows.unsigned_abs())
}

/// A percentile, in ms.
fn at(times: &Histogram<u64>, quantile: f64) -> f64 {
    count(times.value_at_quantile(quantile)) / 1e3
}
