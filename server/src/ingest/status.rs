//! What ingestion is doing, for everyone who asks.

use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicI64, AtomicU8, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use app::desk::{IngestState, Pace};

use crate::store::{Account, Outstanding, Trouble};

/// Without a message for this long, a session is idle.
const IDLE_AFTER: Duration = Duration::from_secs(1);

/// After this long without a message, while the server holds some for this
/// subscription, the session is taken for broken.
const OVERDUE_AFTER: Duration = Duration::from_secs(15);

/// Seconds over which the rate is taken.
const RATE_WINDOW: usize = 10;

/// Seconds that are told apart: a minute, and the one that is under way.
const SECONDS_KEPT: usize = 61;

/// What ingestion is doing. Written by its parts, read by anyone.
#[derive(Debug)]
pub struct IngestStatus {
    began: Instant,
    session: AtomicU8,
    trouble: Mutex<Option<Trouble>>,
    /// Milliseconds after `began`.
    last_received: AtomicI64,
    /// The same of the present session's beginning.
    connected_at: AtomicI64,
    redelivered: AtomicU64,
    channel: Mutex<Option<ChannelAccount>>,
    /// Whether the server holds messages for this subscription.
    has_work: AtomicBool,
    account: Mutex<Account>,
    /// Seconds after `began`, each with the orders that were stored in it.
    seconds: Mutex<[(u64, u64); SECONDS_KEPT]>,
}

/// What is known of a channel beyond the messages that were dealt with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChannelAccount {
    /// 1, and one more for each time the channel started over.
    pub incarnation: i32,
    /// Messages that the server holds and that were not dealt with.
    pub lag: u64,
    /// Of these, messages that the durable position has passed.
    pub missing: u64,
    /// Messages that the server dropped before they were dealt with.
    pub forgotten: u64,
}

/// How the session with the stream's server stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Session {
    /// The first connection is being made.
    Connecting = 0,
    /// Messages can come.
    Connected = 1,
    /// The connection was lost.
    Reconnecting = 2,
    /// Another client holds the subscription.
    Replaced = 3,
}

impl Default for IngestStatus {
    fn default() -> Self {
        Self {
            began: Instant::now(),
            session: AtomicU8::new(Session::Connecting as u8),
            trouble: Mutex::default(),
            last_received: AtomicI64::new(i64::MIN),
            connected_at: AtomicI64::new(0),
            redelivered: AtomicU64::new(0),
            channel: Mutex::default(),
            has_work: AtomicBool::new(false),
            account: Mutex::default(),
            seconds: Mutex::new([(0, 0); SECONDS_KEPT]),
        }
    }
}

impl IngestStatus {
    /// The state that people are shown.
    pub fn state(&self) -> IngestState {
        if self.trouble().is_some() {
            return IngestState::Stalled;
        }
        let session = self.session.load(Relaxed);
        if session == Session::Connected as u8 {
            let idle_ms = self
                .now_ms()
                .saturating_sub(self.last_received.load(Relaxed));
            let is_idle = u128::from(idle_ms.unsigned_abs()) > IDLE_AFTER.as_millis();
            if is_idle {
                IngestState::Idle
            } else {
                IngestState::Receiving
            }
        } else if session == Session::Reconnecting as u8 {
            IngestState::Reconnecting
        } else if session == Session::Replaced as u8 {
            IngestState::Replaced
        } else {
            IngestState::Connecting
        }
    }

    /// Whether messages can come in and be stored.
    pub fn is_healthy(&self) -> bool {
        matches!(self.state(), IngestState::Receiving | IngestState::Idle)
    }

    pub(super) fn set_session(&self, session: Session) {
        if session == Session::Connected {
            self.connected_at.store(self.now_ms(), Relaxed);
            // What was known of the last session's deliveries says nothing of this one.
            self.has_work.store(false, Relaxed);
        }
        self.session.store(session as u8, Relaxed);
    }

    pub(super) fn received(&self) {
        self.last_received.store(self.now_ms(), Relaxed);
    }

    /// Notes why messages in hand cannot be stored now, or that they can.
    pub(super) fn set_trouble(&self, trouble: Option<Trouble>) {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }

    /// Why messages in hand cannot be stored now, if they cannot.
    pub fn trouble(&self) -> Option<Trouble> {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the server holds messages for this subscription and none has
    /// come for a long time.
    pub(super) fn is_overdue(&self) -> bool {
        let last = self
            .last_received
            .load(Relaxed)
            .max(self.connected_at.load(Relaxed));
        let silence_ms = self.now_ms().saturating_sub(last).unsigned_abs();
        self.has_work.load(Relaxed) && u128::from(silence_ms) > OVERDUE_AFTER.as_millis()
    }

    pub(super) fn add_redelivered(&self, messages: u64) {
        self.redelivered.fetch_add(messages, Relaxed);
    }

    /// Messages that came again after they had been dealt with, since start.
    pub fn redelivered(&self) -> u64 {
        self.redelivered.load(Relaxed)
    }

    /// Starts the account from what the ledger says.
    pub fn set_account(&self, account: Account) {
        *self.account.lock().unwrap_or_else(PoisonError::into_inner) = account;
    }

    pub(super) fn add_account(&self, account: Account) {
        *self.account.lock().unwrap_or_else(PoisonError::into_inner) += account;
        let second = self.began.elapsed().as_secs();
        let mut seconds = self.seconds();
        let slot = &mut seconds[slot_of(second)];
        if slot.0 != second {
            *slot = (second, 0);
        }
        slot.1 += account.stored;
    }

    /// What became of the channel's messages so far.
    pub fn account(&self) -> Account {
        *self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Orders stored a second, over the last ten seconds.
    pub fn rate_per_second(&self) -> f64 {
        let now = self.began.elapsed().as_secs();
        let stored: u64 = self
            .seconds()
            .iter()
            .filter(|(second, _)| second + (RATE_WINDOW as u64) > now)
            .map(|(_, stored)| stored)
            .sum();
        // The window is short: the count is far below 2^53.
        #[expect(clippy::cast_precision_loss, reason = "a count of ten seconds")]
        let rate = stored as f64 / RATE_WINDOW as f64;
        rate
    }

    /// Orders stored in each second of the last minute. The second that is under
    /// way is not told of.
    pub fn pace(&self) -> Pace {
        let now = self.began.elapsed().as_secs();
        let kept = *self.seconds();
        let first = now.saturating_sub(SECONDS_KEPT as u64 - 1);
        Pace {
            stored: (first..now)
                .map(|second| match kept[slot_of(second)] {
                    (noted, stored) if noted == second => stored,
                    _ => 0,
                })
                .collect(),
            rate_per_second: self.rate_per_second(),
        }
    }

    fn seconds(&self) -> MutexGuard<'_, [(u64, u64); SECONDS_KEPT]> {
        self.seconds.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what the comparison with the server has shown: what is
    /// outstanding, how many messages are to be acknowledged, and whether the
    /// server has work for this subscription. `None` when nothing is known.
    pub(super) fn set_outstanding(&self, found: Option<(&Outstanding, u64, bool)>) {
        let account = found.map(|(outstanding, pending, _)| ChannelAccount {
            incarnation: outstanding.incarnation,
            lag: outstanding.held,
            missing: outstanding.missing(pending),
            forgotten: outstanding.forgotten.count,
        });
        *self.channel.lock().unwrap_or_else(PoisonError::into_inner) = account;
        self.has_work
            .store(found.is_some_and(|(.., has_work)| has_work), Relaxed);
    }

    /// What is known of the channel beyond the messages that were dealt with;
    /// `None` while the server's monitoring or PostgreSQL does not answer.
    pub fn channel(&self) -> Option<ChannelAccount> {
        *self.channel.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now_ms(&self) -> i64 {
        i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX)
    }
}

fn slot_of(second: u64) -> usize {
    usize::try_from(second % SECONDS_KEPT as u64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{IngestStatus, SECONDS_KEPT};
    use crate::store::Account;

    #[test]
    fn the_last_minute_is_told_second_by_second() {
        let mut status = IngestStatus::default();
        assert!(status.pace().stored.is_empty());
        let account = Account {
            stored: 5,
            ..Account::default()
        };
        status.began = Instant::now()
            .checked_sub(Duration::from_secs(90))
            .expect("this machine started more than 90 s ago");
        status.add_account(account);
        status.add_account(account);
        let pace = status.pace();
        assert_eq!(
            pace.stored,
            vec![0; SECONDS_KEPT - 1],
            "the second is not over"
        );
        status.began -= Duration::from_secs(1);
        let pace = status.pace();
        assert_eq!(pace.stored.last(), Some(&10));
        assert!((pace.rate_per_second - 1.0).abs() < 1e-9);
        status.began -= Duration::from_secs(SECONDS_KEPT as u64);
        assert_eq!(status.pace().stored, vec![0; SECONDS_KEPT - 1]);
    }
}
