//! What the service takes of the machine: memory with every order, processor
//! and memory when nothing happens, and what a reader downloads.

use std::{fs, path::PathBuf, time::Duration};

use anyhow::{Context as _, bail};
use rig::Service;

use super::count;
use crate::{
    figures::{Figure, Row},
    load::ask::Asker,
    site::{Site, wait_until_whole},
};

/// How long a service may come to rest: the threads that read the orders for
/// search end when they had nothing to do for ten seconds.
const REST: Duration = Duration::from_secs(15);

/// Bytes in a MB.
const MB: f64 = 1e6;

/// Resident memory with every order.
pub async fn with_orders(site: &mut Site) -> anyhow::Result<Row> {
    let orders = site.volume.orders;
    let mut row = Row::new(
        "Memory",
        &format!(
            "`VmRSS` and `Pss` of /proc, fifteen seconds after cache and search held {orders} orders. \
             The limit: the bytes of their documents and uids."
        ),
    );
    site.cool()?;
    let database = site.seeded(orders).await?;
    let pool = site.pool(&database, 1).await?;
    let bytes: i64 = sqlx::query_scalar(
        "select sum(octet_length(order_uid) + octet_length(document::text))::bigint from orders",
    )
    .fetch_one(&pool)
    .await?;
    pool.close().await;
    let bytes = count(bytes.unsigned_abs());
    let (mut resident, mut proportional) = (Vec::new(), Vec::new());
    for _ in 0..site.volume.rounds {
        let service = rested(site, &database).await?;
        let footprint = service.footprint()?;
        resident.push(count(footprint.resident) / MB);
        proportional.push(count(footprint.proportional) / MB);
        stop(service)?;
    }
    let limit = vec![bytes / MB; resident.len()];
    let what = "the bytes of documents and uids";
    row.figures.push(
        Figure::new("memory", "resident", "MB", resident)
            .beside(what, limit.clone())
            .ratio_at_most(1.4),
    );
    row.figures
        .push(Figure::new("memory_pss", "proportional", "MB", proportional).beside(what, limit));
    row.figures.push(Figure::new(
        "memory_order",
        "bytes of an order: its document and uid",
        "bytes",
        vec![bytes / count(orders)],
    ));
    Ok(row)
}

/// What a reader downloads, and what the service takes when nothing happens.
pub async fn at_rest(site: &mut Site) -> anyhow::Result<Row> {
    let idle = site.volume.idle;
    let mut row = Row::new(
        "The build, and the service at rest",
        &format!(
            "Sizes after Brotli: the files of the site, and pages as they are sent. Processor time \
             over {} s from /proc, with every order in memory and nobody asking.",
            idle.as_secs()
        ),
    );
    for kind in ["wasm", "js", "css"] {
        let bytes = count(site_file(site, kind)?);
        row.figures.push(Figure::new(
            &format!("size_{kind}"),
            &format!("{kind}, Brotli"),
            "bytes",
            vec![bytes],
        ));
    }
    let url = site.warm().await?.url().to_owned();
    let asker = Asker::new(&url);
    let order = format!("/orders/{}", Site::corpus().uid(0));
    for (id, what, path) in [
        ("desk", "the desk", "/"),
        ("order", "the page of an order", order.as_str()),
    ] {
        let answer = asker.get_as(path, "br")?;
        if answer.status != 200 {
            bail!("{path} is answered with {}", answer.status);
        }
        let is_brotli = ("content-encoding".to_owned(), "br".to_owned());
        if !answer.headers.contains(&is_brotli) {
            bail!("{path} is not sent with Brotli");
        }
        let bytes = answer.body.len() as u64;
        row.figures.push(Figure::new(
            &format!("page_{id}_bytes"),
            &format!("{what}, Brotli"),
            "bytes",
            vec![count(bytes)],
        ));
    }
    tokio::time::sleep(REST).await;
    row.figures.push(
        Figure::new(
            "idle_cpu",
            "processor at rest, of a core",
            "%",
            vec![busy(site, idle).await?],
        )
        .at_most(0.5),
    );
    site.cool()?;
    let database = site.seeded(0).await?;
    let service = rested(site, &database).await?;
    let empty = count(service.footprint()?.resident) / MB;
    stop(service)?;
    row.figures.push(Figure::new(
        "idle_memory",
        "resident without orders",
        "MB",
        vec![empty],
    ));
    Ok(row)
}

/// A started service that has come to rest.
async fn rested(site: &mut Site, database: &str) -> anyhow::Result<Service> {
    let channel = site.unique("quiet");
    let mut service = site.service(database, &channel)?;
    service.start(&[])?;
    wait_until_whole(&service).await?;
    tokio::time::sleep(REST).await;
    Ok(service)
}

fn stop(mut service: Service) -> anyhow::Result<()> {
    service.terminate()
}

/// The share of a core that the warm service takes meanwhile, in percent.
async fn busy(site: &mut Site, time: Duration) -> anyhow::Result<f64> {
    let service = site.warm().await?;
    let before = service.footprint()?.processor_seconds;
    tokio::time::sleep(time).await;
    let after = service.footprint()?.processor_seconds;
    Ok((after - before) / time.as_secs_f64() * 100.0)
}

/// The bytes of a file of the site, as Brotli.
fn site_file(site: &Site, kind: &str) -> anyhow::Result<u64> {
    let folder: PathBuf = site
        .orderdesk
        .parent()
        .context("the service lies in a folder")?
        .join("../site/pkg");
    let ending = format!(".{kind}.br");
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("orderdesk.") && name.ends_with(&ending) {
            return Ok(entry.metadata()?.len());
        }
    }
    bail!("{} has no orderdesk.*{ending}", folder.display())
}
