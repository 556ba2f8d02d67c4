//! Starting: to the first answer, and to everything in memory.

use std::time::{Duration, Instant};

use anyhow::bail;
use futures::TryStreamExt as _;
use sqlx::{Connection as _, PgConnection};

use super::count;
use crate::{
    figures::{Curve, Figure, Row},
    load::ask::Asker,
    site::{PATIENCE, Site},
};

/// The pause before a service that does not answer yet is asked again.
const PAUSE: Duration = Duration::from_micros(500);

/// How often it is asked whether everything is in memory.
const LOOKED: Duration = Duration::from_millis(5);

/// Start to first right answer, for growing numbers of orders.
pub async fn first_answer(site: &mut Site) -> anyhow::Result<Row> {
    let mut row = Row::new(
        "From start to the first answer",
        "From starting the process until the oldest order, which comes into memory last, is answered \
         by its uid, byte for byte; asked again every half a millisecond.",
    );
    let mut points = Vec::new();
    for orders in site.volume.scale {
        let database = site.seeded(orders).await?;
        let mut times = Vec::new();
        for _ in 0..site.volume.starts {
            times.push(start(site, &database).await?);
        }
        let figure = Figure::new(
            &format!("start_{orders}"),
            &format!("with {orders} orders"),
            "ms",
            times,
        );
        points.push((count(orders), figure.measured.median));
        row.figures.push(figure.at_most(100.0));
    }
    if let [(_, least), .., (_, most)] = points[..] {
        row.figures.push(
            Figure::new(
                "start_flat",
                "with the most orders, by with the fewest",
                "×",
                vec![most / least],
            )
            .at_most(2.0),
        );
    }
    row.curves.push(Curve {
        plot: "scale".to_owned(),
        name: "Orderdesk".to_owned(),
        is_reference: false,
        points,
    });
    Ok(row)
}

async fn start(site: &mut Site, database: &str) -> anyhow::Result<f64> {
    let channel = site.unique("quiet");
    let mut service = site.service(database, &channel)?;
    let (uid, document) = Site::corpus().document(0);
    let asker = Asker::new(service.url());
    let path = format!("/api/orders/{uid}");
    let began = Instant::now();
    service.start(&[])?;
    let took = loop {
        match asker.get(&path) {
            Ok(answer) if answer.status == 200 => {
                if answer.body != document {
                    bail!("{uid} is answered with other bytes");
                }
                break began.elapsed();
            }
            _ if began.elapsed() > PATIENCE => bail!("no answer within {PATIENCE:?}"),
            _ => tokio::time::sleep(PAUSE).await,
        }
    };
    service.terminate()?;
    Ok(took.as_secs_f64() * 1e3)
}

/// Start to everything in memory, beside reading the table.
pub async fn whole(site: &mut Site) -> anyhow::Result<Row> {
    let orders = site.volume.orders;
    let mut row = Row::new(
        "From start to everything in memory",
        &format!(
            "From starting the process until `/api/stats` says that the cache holds every one of \
             {orders} orders, and until every one can be searched."
        ),
    );
    site.cool()?;
    let database = site.seeded(orders).await?;
    let (mut cached, mut searched, mut copied) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..site.volume.rounds {
        let (cache, search) = fill(site, &database).await?;
        cached.push(cache);
        searched.push(search);
        copied.push(copy_out(site, &database, orders).await?);
    }
    let what = "`COPY (SELECT order_uid, document FROM orders) TO STDOUT`, read to nowhere";
    row.figures.push(
        Figure::new("restore", "until the cache is whole", "s", cached)
            .beside(what, copied.clone())
            .ratio_at_most(1.3),
    );
    row.figures.push(
        Figure::new("restore_search", "until all can be searched", "s", searched)
            .beside(what, copied),
    );
    Ok(row)
}

async fn fill(site: &mut Site, database: &str) -> anyhow::Result<(f64, f64)> {
    let channel = site.unique("quiet");
    let mut service = site.service(database, &channel)?;
    let began = Instant::now();
    service.start(&[])?;
    let (mut cached, mut searched) = (None, None);
    while cached.is_none() || searched.is_none() {
        if let Ok(stats) = service.json("/api/stats").await {
            let now = began.elapsed().as_secs_f64();
            if stats["cache"]["complete"] == true {
                cached.get_or_insert(now);
            }
            if stats["search"]["complete"] == true {
                searched.get_or_insert(now);
            }
        }
        if began.elapsed() > PATIENCE {
            bail!("not everything is in memory within {PATIENCE:?}");
        }
        tokio::time::sleep(LOOKED).await;
    }
    service.terminate()?;
    Ok((cached.unwrap_or_default(), searched.unwrap_or_default()))
}

async fn copy_out(site: &Site, database: &str, orders: u64) -> anyhow::Result<f64> {
    let began = Instant::now();
    let mut connection = PgConnection::connect(&site.database_url(database)).await?;
    let mut rows = connection
        .copy_out_raw("copy (select order_uid, document from orders) to stdout")
        .await?;
    let mut lines = 0;
    while let Some(row) = rows.try_next().await? {
        lines += u64::from(!row.is_empty());
    }
    let took = began.elapsed();
    if lines != orders {
        bail!("COPY gave {lines} rows of {orders}");
    }
    Ok(took.as_secs_f64())
}
