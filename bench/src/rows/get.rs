//! Single orders from memory.

use super::{SHAPES, side_by_side::Both};
use crate::{
    figures::Row,
    load::{
        ask::{Answer, Asker},
        wrk::Expect,
    },
    reference::http::BareHandler,
    site::Site,
};

/// Orders among which one of middling size is looked for.
const SAMPLE: u64 = 1_000;

/// `GET /api/orders/{uid}`, every order as likely.
pub async fn known(site: &mut Site) -> anyhow::Result<Row> {
    let orders = site.volume.orders;
    let mut row = Row::new(
        "GET an order by its uid",
        &format!(
            "`GET /api/orders/{{uid}}`, uids by chance out of {orders}, all in memory. wrk asks \
             the service and a bare axum handler in turn, both with the same list of uids."
        ),
    );
    let paths = site.paths("/api/orders/", "orders").await?;
    let answer = typical(site, "/api/orders/").await?;
    let bare = BareHandler::start(site, answer).await?;
    for shape in SHAPES {
        let both = Both::measure(site, &bare, &paths, "get", shape, Expect::Success).await?;
        let name = shape.name();
        row.figures.push(
            both.rate(&format!("get_{name}"), &format!("answers, wrk {name}"))
                .ratio_at_least(0.9),
        );
        let times = both.times(&format!("get_{name}"), &format!("wrk {name}"));
        row.figures.extend(times);
    }
    row.checks.push("100 orders over the whole list were answered byte for byte as they were put in; no answer of wrk's had another status than 2xx, and no connection failed".to_owned());
    Ok(row)
}

/// The service's answer for an order whose document has the middle size.
pub async fn typical(site: &mut Site, prefix: &str) -> anyhow::Result<Answer> {
    let corpus = Site::corpus();
    let mut sizes: Vec<(usize, String)> = (0..SAMPLE.min(site.volume.orders))
        .map(|number| corpus.document(number))
        .map(|(uid, document)| (document.len(), uid))
        .collect();
    sizes.sort_unstable();
    let (_, uid) = &sizes[sizes.len() / 2];
    let service = site.warm().await?;
    Asker::new(service.url()).get(&format!("{prefix}{uid}"))
}
