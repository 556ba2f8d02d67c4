//! The account of a channel's present incarnation.

use serde::Serialize;

use super::Documents;
use crate::{
    ingest::{MonitorError, StreamServer},
    store::{Account, ChannelView, Kept, Sequences, Store, StoreError},
};

/// Why there is no account.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// PostgreSQL does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The stream's server does not answer.
    #[error(transparent)]
    Monitor(#[from] MonitorError),
}

/// The account of a channel's present incarnation: `published` is the sum of
/// all that follows it, up to `forgotten`.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The channel.
    pub channel: String,
    /// 1, and one more for each time the channel started over; 0 before its
    /// first message.
    pub incarnation: i32,
    /// Messages that the server ever took.
    pub published: u64,
    /// Became an order.
    pub stored: u64,
    /// Repeated a stored order.
    pub repeats: u64,
    /// In quarantine: another order has the uid.
    pub conflicts: u64,
    /// In quarantine: no valid order.
    pub rejected: u64,
    /// To be delivered, or in hand.
    pub waiting: u64,
    /// Passed by the subscription and never dealt with.
    pub missing: Sequences,
    /// Dropped by the server before they were dealt with.
    pub forgotten: Sequences,
    /// Messages that the ledger has settled.
    pub settled: u64,
    /// What is kept of all channels, where it was counted.
    pub kept: Option<Kept>,
    /// The stored orders, where they were read.
    pub documents: Option<Documents>,
}

/// Makes the account of `channel`.
///
/// # Errors
/// When PostgreSQL or the server's monitoring does not answer.
pub async fn reckon(
    store: &Store,
    server: &StreamServer,
    channel: &str,
) -> Result<Report, VerifyError> {
    // In this order: what was settled before a look at the channel cannot lie
    // beyond its end, unless the channel started over.
    let page = store.current_page(channel).await?;
    let view = match server.channel().await? {
        Some(view) => view,
        None if page.settled == 0 => ChannelView::EMPTY,
        None => return Err(MonitorError::NoChannel.into()),
    };
    let starts_over = page.settled_end > view.last.get() + 1;
    let outstanding = store.outstanding(channel, view, starts_over).await?;
    let page = store.current_page(channel).await?;
    let missing = outstanding.missing(view.pending);
    let account = if starts_over {
        Account::default()
    } else {
        page.account
    };
    Ok(Report {
        channel: channel.to_owned(),
        incarnation: page.incarnation + i32::from(starts_over),
        published: view.last.get().unsigned_abs(),
        stored: account.stored,
        repeats: account.repeats,
        conflicts: account.conflicts,
        rejected: account.rejected,
        waiting: outstanding.held.saturating_sub(missing),
        missing: Sequences {
            count: missing,
            ranges: if missing > 0 {
                outstanding.passed.ranges
            } else {
                Vec::new()
            },
        },
        forgotten: outstanding.forgotten,
        settled: if starts_over { 0 } else { page.settled },
        kept: None,
        documents: None,
    })
}

impl Report {
    /// Whether nothing is on its way any more.
    pub fn is_settled(&self) -> bool {
        self.waiting == 0
    }

    /// Whether every message is accounted for and every document is right.
    /// What the server itself forgot, or what is still on its way, is no fault
    /// of the account.
    pub fn is_right(&self) -> bool {
        self.problems().is_empty()
    }

    /// What is wrong, one sentence each.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if self.missing.count > 0 {
            problems.push(format!(
                "{} messages are missing: acknowledged or passed over, and never dealt with.",
                self.missing.count
            ));
        }
        let counted = self.stored + self.repeats + self.conflicts + self.rejected;
        if counted != self.settled {
            problems.push(format!(
                "The ledger does not add up: {} messages are settled, {counted} are counted.",
                self.settled
            ));
        }
        problems.extend(self.kept.iter().flat_map(Kept::problems));
        let wrong = self
            .documents
            .as_ref()
            .map_or(0, |documents| documents.wrong.len());
        if wrong > 0 {
            problems.push(format!(
                "{wrong} stored orders are not what their columns say."
            ));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::Report;
    use crate::{
        store::{Kept, Sequences},
        verify::{Documents, WrongDocument},
    };

    fn right() -> Report {
        Report {
            channel: "updates".to_owned(),
            incarnation: 1,
            published: 10,
            stored: 5,
            repeats: 2,
            conflicts: 1,
            rejected: 2,
            waiting: 0,
            missing: Sequences::default(),
            forgotten: Sequences::default(),
            settled: 10,
            kept: None,
            documents: None,
        }
    }

    #[test]
    fn each_fault_is_a_problem() {
        assert!(right().is_right());
        let missing = Report {
            missing: Sequences {
                count: 1,
                ranges: vec![(3, 3)],
            },
            ..right()
        };
        let uneven = Report {
            settled: 11,
            ..right()
        };
        let altered = Report {
            documents: Some(Documents {
                checked: 5,
                wrong: vec![WrongDocument {
                    order_uid: "a".to_owned(),
                    problem: "altered".to_owned(),
                }],
            }),
            ..right()
        };
        let gone = Report {
            kept: Some(Kept {
                orders: 4,
                stored: 5,
                ..Kept::default()
            }),
            ..right()
        };
        let dropped = Report {
            kept: Some(Kept {
                refused: 3,
                set_aside: 2,
                ..Kept::default()
            }),
            ..right()
        };
        for report in [missing, uneven, altered, gone, dropped] {
            assert_eq!(report.problems().len(), 1, "{report:?}");
            assert!(!report.is_right());
        }
    }
}
