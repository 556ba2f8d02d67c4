//! Uids that nobody has.

use std::time::{Duration, Instant};

use anyhow::bail;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use sqlx::PgPool;

use super::{SHAPES, side_by_side::Both};
use crate::{
    figures::Row,
    load::{ask::Asker, wrk::Expect},
    reference::http::BareHandler,
    seed::{SEEDED, write_lines},
    site::Site,
};

/// How many unknown uids there are.
const UNKNOWN: usize = 200_000;

/// PostgreSQL counts what a connection did some time later: this long at most.
const COUNTED_AFTER: Duration = Duration::from_secs(12);

/// `GET /api/orders/{uid}` of uids that no order has.
pub async fn measure(site: &mut Site) -> anyhow::Result<Row> {
    let mut row = Row::new(
        "GET of unknown uids",
        "`GET /api/orders/{uid}` with uids by chance that no order has, while memory holds every \
         order. The bare handler answers 404 with the same headers and body.",
    );
    let paths = site.dir.join("unknown.txt");
    let mut rng = StdRng::seed_from_u64(SEEDED + 1);
    let uids = (0..UNKNOWN).map(|_| format!("/api/orders/{:015x}test", rng.random::<u64>() >> 4));
    write_lines(&paths, uids)?;
    let url = site.warm().await?.url().to_owned();
    let database = site.seeded(site.volume.orders).await?;
    let pool = site.pool(&database, 1).await?;
    // What the start looked up is counted by then.
    tokio::time::sleep(COUNTED_AFTER.saturating_sub(site.warm_for())).await;
    let before = lookups(&pool).await?;
    let answer = Asker::new(&url).get("/api/orders/000000000000000test")?;
    if answer.status != 404 {
        bail!("an unknown uid is answered with {}", answer.status);
    }
    let bare = BareHandler::start(site, answer).await?;
    let mut answered = 0;
    for shape in SHAPES {
        let both = Both::measure(site, &bare, &paths, "unknown", shape, Expect::Failure).await?;
        let name = shape.name();
        answered += both.answered();
        row.figures.push(
            both.rate(&format!("unknown_{name}"), &format!("answers, wrk {name}"))
                .ratio_at_least(0.8),
        );
        let times = both.times(&format!("unknown_{name}"), &format!("wrk {name}"));
        row.figures.extend(times);
    }
    tokio::time::sleep(COUNTED_AFTER).await;
    let reached = lookups(&pool).await? - before;
    if reached != 0 {
        bail!("{reached} lookups reached PostgreSQL while {answered} unknown uids were asked for");
    }
    count_works(&pool, before).await?;
    pool.close().await;
    row.checks.push(format!(
        "{answered} answers, each an error's status, and not one lookup by uid reached \
         PostgreSQL (`idx_scan` of `orders_pkey`; a lookup by hand was counted)"
    ));
    Ok(row)
}

async fn lookups(pool: &PgPool) -> anyhow::Result<i64> {
    let query = sqlx::query_scalar(
        "select coalesce(idx_scan, 0)::bigint
         from pg_stat_user_indexes where indexrelname = 'orders_pkey'",
    );
    Ok(query.fetch_one(pool).await?)
}

/// A count that never moves would prove nothing.
async fn count_works(pool: &PgPool, before: i64) -> anyhow::Result<()> {
    sqlx::query("select 1 from orders where order_uid = 'nobody'")
        .fetch_optional(pool)
        .await?;
    let began = Instant::now();
    while lookups(pool).await? == before {
        if began.elapsed() > COUNTED_AFTER {
            bail!("PostgreSQL does not count lookups");
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    Ok(())
}
