//! Orders on their way: the publisher as a process of its own, and what it was
//! told is safe.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context as _, bail};
use orderdesk_publish::{
    message::{Content, Source as _},
    plan::{Plan, Ratios},
};

/// How long the publisher sends a message again before it gives up.
const RETRY_FOR: &str = "120s";

/// What is published in one go.
#[derive(Clone, Copy, Debug)]
pub struct Volume {
    /// Where its chance begins; each load has its own orders.
    pub seed: u64,
    /// Messages in all.
    pub messages: u64,
    /// Messages a second.
    pub rate: u32,
    /// The share that is no valid order.
    pub poison: f64,
}

/// A publisher at work.
pub struct Load {
    volume: Volume,
    process: Child,
    lines: PathBuf,
    complaints: PathBuf,
}

/// What a load has left in the channel.
#[derive(Debug, Default)]
pub struct Acknowledged {
    /// The bytes of each order that the server took, by uid.
    pub orders: HashMap<String, Vec<u8>>,
    /// Messages that are no orders, and were taken at least once each.
    pub poison: u64,
}

impl Load {
    /// Starts to publish; the lines go to files in `dir`.
    pub fn start(
        binary: &Path,
        dir: &Path,
        stan_url: &str,
        volume: Volume,
    ) -> anyhow::Result<Self> {
        fs::create_dir_all(dir)?;
        let lines = dir.join(format!("acknowledged-{}.txt", volume.seed));
        let complaints = dir.join(format!("publisher-{}.log", volume.seed));
        let process = Command::new("setpriv")
            .args(["--pdeathsig", "KILL"])
            .arg(binary)
            .args(["--count", &volume.messages.to_string()])
            .args(["--rate", &volume.rate.to_string()])
            .args(["--seed", &volume.seed.to_string()])
            .args(["--invalid-ratio", &volume.poison.to_string()])
            .args(["--retry-for", RETRY_FOR, "--stan-url", stan_url])
            .stdin(Stdio::null())
            .stdout(fs::File::create(&lines)?)
            .stderr(fs::File::create(&complaints)?)
            .spawn()
            .context("setpriv, of util-linux")?;
        Ok(Self {
            volume,
            process,
            lines,
            complaints,
        })
    }

    /// Waits until everything is published and gives what was acknowledged.
    ///
    /// # Errors
    /// When the publisher gave up, or said something that it did not publish.
    pub fn finish(mut self) -> anyhow::Result<Acknowledged> {
        let status = self.process.wait()?;
        if !status.success() {
            bail!(
                "the publisher ended with {status}: see {}",
                self.complaints.display()
            );
        }
        let said = fs::read_to_string(&self.lines)?;
        acknowledged(self.volume, &said)
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// What the publisher's lines, one for each acknowledged order, stand for.
fn acknowledged(volume: Volume, lines: &str) -> anyhow::Result<Acknowledged> {
    let ratios = Ratios {
        invalid: volume.poison,
        duplicate: 0.0,
    };
    let plan = Plan::new(volume.seed, volume.messages, ratios);
    let mut sent = HashMap::new();
    let mut poison = 0;
    for index in 0..volume.messages {
        let message = plan.message(index);
        match message.content {
            Content::Order(line) | Content::Duplicate(line) => {
                sent.insert(line.order_uid.to_string(), message.payload);
            }
            Content::NoOrder(_) => poison += 1,
        }
    }
    let mut orders = HashMap::new();
    for line in lines.lines() {
        let (uid, _) = line.rsplit_once(' ').context("a uid and a number")?;
        let bytes = sent
            .get(uid)
            .with_context(|| format!("the publisher says {uid}, which it was not to publish"))?;
        orders.insert(uid.to_owned(), bytes.clone());
    }
    Ok(Acknowledged { orders, poison })
}

#[cfg(test)]
mod tests {
    use super::{Volume, acknowledged};

    #[test]
    fn lines_stand_for_the_bytes_that_were_published() {
        let volume = Volume {
            seed: 7,
            messages: 20,
            rate: 1,
            poison: 0.1,
        };
        let nothing = acknowledged(volume, "").expect("no lines");
        assert_eq!((nothing.orders.len(), nothing.poison), (0, 2));
        assert!(acknowledged(volume, "stranger 1\n").is_err());
    }
}
