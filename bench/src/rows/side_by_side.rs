//! wrk at the service and at a bare handler in turn.

use std::path::Path;

use super::milliseconds;
use crate::{
    figures::Figure,
    load::wrk::{Expect, Seen, Shape, Wrk},
    reference::http::BareHandler,
    site::Site,
};

/// What wrk has seen at both, round by round.
#[derive(Default)]
pub struct Both {
    service: Vec<Seen>,
    bare: Vec<Seen>,
}

impl Both {
    /// Asks both in turn for the paths of a file.
    pub async fn measure(
        site: &mut Site,
        bare: &BareHandler,
        paths: &Path,
        name: &str,
        shape: Shape,
        expect: Expect,
    ) -> anyhow::Result<Self> {
        let raw = site.raw.join(format!("{name}-{}.txt", shape.name()));
        let wrk = Wrk::new(&site.dir, paths, raw)?;
        let (rounds, time) = (site.volume.rounds, site.volume.asking);
        let url = site.warm().await?.url().to_owned();
        let mut both = Self::default();
        for _ in 0..rounds {
            both.service.push(wrk.run(&url, shape, time, expect).await?);
            both.bare
                .push(wrk.run(&bare.url, shape, time, expect).await?);
        }
        Ok(both)
    }

    /// Requests that the service answered.
    pub fn answered(&self) -> u64 {
        self.service.iter().map(Seen::requests).sum()
    }

    /// Answers a second beside those of the bare handler.
    pub fn rate(&self, id: &str, what: &str) -> Figure {
        let rates = |seen: &[Seen]| seen.iter().map(Seen::per_second).collect();
        Figure::new(id, what, "answers/s", rates(&self.service)).beside(BARE, rates(&self.bare))
    }

    /// The median and the 99th percentile of the time to an answer, in ms, as
    /// wrk counts it.
    pub fn times(&self, id: &str, what: &str) -> [Figure; 2] {
        let figure = |id: String, what: String, part: fn(&Seen) -> u64| {
            let times = |seen: &[Seen]| seen.iter().map(part).map(milliseconds).collect();
            Figure::new(&id, &what, "ms", times(&self.service)).beside(BARE, times(&self.bare))
        };
        [
            figure(format!("{id}_p50"), format!("median, {what}"), |seen| {
                seen.p50
            }),
            figure(format!("{id}_p99"), format!("p99, {what}"), |seen| seen.p99),
        ]
    }
}

/// What the reference is.
pub const BARE: &str = "a bare axum handler, one constant answer of the same size and headers";
