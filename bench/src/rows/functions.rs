//! What the browser asks the server for: server functions as JSON.

use std::path::PathBuf;

use anyhow::Context as _;

use super::{CLIENTS, get::typical, kinds::KINDS, side_by_side::Both};
use crate::{
    figures::Row,
    load::{
        ask::{Answer, Asker},
        wrk::Expect,
    },
    reference::http::BareHandler,
    seed::write_lines,
    site::Site,
};

/// Searches of each kind.
const SEARCHES: u64 = 100;

/// The server functions `order` and `search`.
pub async fn measure(site: &mut Site) -> anyhow::Result<Row> {
    let mut row = Row::new(
        "Server functions",
        "`GET /api/fn/order?uid=` with uids by chance, and `GET /api/fn/search?q=` with twelve kinds \
         of search mixed, as the browser asks for them. The bare handler answers as many bytes as \
         the answer of middle size has.",
    );
    let shape = CLIENTS;
    let prefix = "/api/fn/order?uid=";
    let paths = site.paths(prefix, "functions").await?;
    let answer = typical(site, prefix).await?;
    let bare = BareHandler::start(site, answer).await?;
    let both = Both::measure(site, &bare, &paths, "fn-order", shape, Expect::Success).await?;
    row.figures.push(
        both.rate("fn_order", &format!("`order`, wrk {}", shape.name()))
            .ratio_at_least(0.7),
    );
    let (paths, answer) = searches(site).await?;
    let bare = BareHandler::start(site, answer).await?;
    let both = Both::measure(site, &bare, &paths, "fn-search", shape, Expect::Success).await?;
    row.figures
        .push(both.rate("fn_search", &format!("`search`, wrk {}", shape.name())));
    row.checks.push("every answer had status 200".to_owned());
    Ok(row)
}

/// A file of searches, and the answer of middle size.
async fn searches(site: &mut Site) -> anyhow::Result<(PathBuf, Answer)> {
    let orders = site.volume.orders;
    let wanted: Vec<String> = (0..SEARCHES)
        .flat_map(|value| KINDS.iter().map(move |kind| (value, kind)))
        .map(|(value, kind)| kind.path("/api/fn/search", value * orders / SEARCHES))
        .collect();
    let file = site.dir.join("searches.txt");
    write_lines(&file, wanted.iter().cloned())?;
    let asker = Asker::new(site.warm().await?.url());
    let answers = wanted
        .iter()
        .take(10 * KINDS.len())
        .map(|path| asker.get(path));
    let mut answers = answers.collect::<anyhow::Result<Vec<_>>>()?;
    answers.sort_by_key(|answer| answer.body.len());
    let middle = answers.len() / 2;
    let answer = answers
        .into_iter()
        .nth(middle)
        .context("searches were answered")?;
    Ok((file, answer))
}
