//! A backlog drained.

use std::{
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use rig::Service;

use super::count;
use crate::{
    corpus::Corpus,
    figures::{Curve, Figure, Row},
    load::{ask::Asker, backlog},
    reference::pipeline::Progress,
    site::{CLUSTER, PATIENCE, Site, check},
    tool::command,
};

/// The seed of the orders in backlogs.
const SEED: u64 = 100;

/// How often it is looked whether the last order is there.
const INTERVAL: Duration = Duration::from_millis(5);

/// How often progress is noted.
const NOTED: Duration = Duration::from_millis(500);

/// What a drain has shown.
struct Drained {
    seconds: f64,
    searchable_after: f64,
    progress: Vec<(f64, u64)>,
}

/// A backlog, drained by the service and by a bare pipeline in turn.
pub async fn measure(site: &mut Site) -> anyhow::Result<Row> {
    let (messages, rounds) = (site.volume.backlog, site.volume.rounds);
    let batch = batch_size(site).await?;
    let mut row = Row::new(
        "A backlog drained",
        &format!(
            "{messages} orders of two items are published while nobody listens. Then the service is \
             started on an empty database; the time from its start until the last order is \
             answered by its uid counts. The bare pipeline drains the same channel into an \
             equal table: a consumer of the same client, `COPY` in batches of {batch}, \
             acknowledgement; from its start to its last acknowledgement."
        ),
    );
    let corpus = Corpus::new(SEED);
    let channel = site.unique("backlog");
    let (port, name) = (site.nats.port, channel.clone());
    let began = Instant::now();
    tokio::task::spawn_blocking(move || backlog::fill(port, CLUSTER, &name, corpus, messages))
        .await??;
    let published = began.elapsed();
    let (mut service, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        service.push(drain(site, corpus, &channel).await?);
        bare.push(bare_drain(site, &channel, batch).await?);
    }
    let rate = |seconds: f64| count(messages) / seconds;
    let rates = |drained: &[Drained]| drained.iter().map(|one| rate(one.seconds)).collect();
    row.figures.push(
        Figure::new(
            "ingest",
            "stored and answered by uid",
            "orders/s",
            rates(&service),
        )
        .beside("bare pipeline, STAN → COPY → ack", rates(&bare))
        .ratio_at_least(0.75)
        .at_least(20_000.0),
    );
    let searchable = service.iter().map(|one| one.searchable_after).collect();
    row.figures.push(
        Figure::new(
            "ingest_searchable",
            "found by search after it was answered by uid",
            "s",
            searchable,
        )
        .at_most(1.0),
    );
    for (name, is_reference, drained) in [
        ("Orderdesk", false, &service),
        ("bare pipeline", true, &bare),
    ] {
        if let Some(last) = drained.last() {
            row.curves.push(Curve {
                plot: "drain".to_owned(),
                name: name.to_owned(),
                is_reference,
                points: rates_over_time(&last.progress),
            });
        }
    }
    row.checks.push(format!(
        "each time exactly {messages} rows were stored, `orderdesk verify` found every message and \
         document in order, and a thousand answers were compared byte for byte; publishing took \
         {:.0} s",
        published.as_secs_f64()
    ));
    Ok(row)
}

async fn drain(site: &mut Site, corpus: Corpus, channel: &str) -> anyhow::Result<Drained> {
    let messages = site.volume.backlog;
    let database = site.empty_database().await?;
    let mut service = site.service(&database, channel)?;
    let last = corpus.uid(messages - 1);
    let began = Instant::now();
    service.start(&[])?;
    let mut progress = vec![(0.0, 0)];
    let asker = Asker::new(service.url());
    let path = format!("/api/orders/{last}");
    let mut noted = Instant::now();
    let visible = loop {
        if asker.get(&path).is_ok_and(|answer| answer.status == 200) {
            break began.elapsed();
        }
        if noted.elapsed() > NOTED {
            noted = Instant::now();
            let stored = stored(&service).await.unwrap_or_default();
            progress.push((began.elapsed().as_secs_f64(), stored));
        }
        if began.elapsed() > PATIENCE {
            bail!("the backlog is not drained within {PATIENCE:?}");
        }
        tokio::time::sleep(INTERVAL).await;
    };
    progress.push((visible.as_secs_f64(), messages));
    let searchable = loop {
        let found = asker.get(&format!("/api/orders?q={last}"));
        if found.is_ok_and(|found| String::from_utf8_lossy(&found.body).contains(&last)) {
            break began.elapsed();
        }
        if began.elapsed() > PATIENCE {
            bail!("the last order is not found by search");
        }
        tokio::time::sleep(INTERVAL).await;
    };
    let step = usize::try_from(messages / 1_000)?.max(1);
    for number in (0..messages).step_by(step) {
        check(&asker, corpus, number)?;
    }
    account(site, &service, &database).await?;
    service.terminate()?;
    site.forget(&database).await?;
    Ok(Drained {
        seconds: visible.as_secs_f64(),
        searchable_after: searchable.saturating_sub(visible).as_secs_f64(),
        progress,
    })
}

async fn stored(service: &Service) -> Option<u64> {
    service.json("/api/stats").await.ok()?["stored"].as_u64()
}

/// Whether everything is there once.
async fn account(site: &Site, service: &Service, database: &str) -> anyhow::Result<()> {
    let (code, report) = service.verify(true)?;
    if code != 0 {
        bail!("orderdesk verify: {report}");
    }
    rows_are(site, database).await
}

async fn rows_are(site: &Site, database: &str) -> anyhow::Result<()> {
    let pool = site.pool(database, 1).await?;
    let rows: i64 = sqlx::query_scalar("select count(*) from orders")
        .fetch_one(&pool)
        .await?;
    pool.close().await;
    if rows.unsigned_abs() != site.volume.backlog {
        bail!("{rows} rows are stored, expected {}", site.volume.backlog);
    }
    Ok(())
}

/// The size of the service's batches: as it is set, or as its help tells.
async fn batch_size(site: &Site) -> anyhow::Result<usize> {
    if let Ok(size) = std::env::var("INGEST_BATCH_SIZE") {
        return size.parse().context("INGEST_BATCH_SIZE");
    }
    let output = command(&site.orderdesk).arg("--help").output().await?;
    let help = String::from_utf8_lossy(&output.stdout).into_owned();
    help.split_once("--ingest-batch-size")
        .and_then(|(_, rest)| rest.split_once("[default: "))
        .and_then(|(_, rest)| rest.split_once(']')?.0.parse().ok())
        .context("`orderdesk --help` tells the size of a batch")
}

async fn bare_drain(site: &mut Site, channel: &str, batch: usize) -> anyhow::Result<Drained> {
    let database = site.empty_database().await?;
    let client = site.unique("bare");
    let began = Instant::now();
    let output = command(std::env::current_exe()?)
        .args([
            "reference",
            "pipeline",
            "--channel",
            channel,
            "--client-id",
            &client,
        ])
        .args(["--stan-port", &site.nats.port.to_string()])
        .args(["--messages", &site.volume.backlog.to_string()])
        .args(["--database-url", &site.database_url(&database)])
        .args(["--batch", &batch.to_string()])
        .stderr(Stdio::inherit())
        .stdout(Stdio::piped())
        .output();
    let output = tokio::time::timeout(PATIENCE, output)
        .await
        .context("the bare pipeline hangs")??;
    let took = began.elapsed();
    if !output.status.success() {
        bail!("the bare pipeline ended with {}", output.status);
    }
    let progress: Progress = serde_json::from_slice(&output.stdout)?;
    rows_are(site, &database).await?;
    site.forget(&database).await?;
    Ok(Drained {
        seconds: took.as_secs_f64(),
        searchable_after: 0.0,
        progress: thinned(&progress.samples),
    })
}

/// Samples that lie as far apart as those of the service.
fn thinned(samples: &[(f64, u64)]) -> Vec<(f64, u64)> {
    let mut kept = vec![(0.0, 0)];
    for &(at, count) in samples {
        let last = kept.last().map_or(0.0, |&(at, _)| at);
        if at - last >= NOTED.as_secs_f64() {
            kept.push((at, count));
        }
    }
    kept
}

/// Counts over time as rates over time.
fn rates_over_time(progress: &[(f64, u64)]) -> Vec<(f64, f64)> {
    progress
        .windows(2)
        .filter(|pair| pair[1].0 > pair[0].0)
        .map(|pair| {
            let ((before, from), (at, to)) = (pair[0], pair[1]);
            (at, count(to.saturating_sub(from)) / (at - before))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{rates_over_time, thinned};

    #[test]
    fn rates_are_differences() {
        let rates = rates_over_time(&[(0.0, 0), (1.0, 10), (3.0, 50)]);
        assert_eq!(rates, [(1.0, 10.0), (3.0, 20.0)]);
    }

    #[test]
    fn thin_samples_lie_apart() {
        let thin = thinned(&[(0.1, 1), (0.2, 2), (0.6, 3), (0.7, 4), (1.2, 5)]);
        assert_eq!(thin, [(0.0, 0), (0.6, 3), (1.2, 5)]);
    }
}
