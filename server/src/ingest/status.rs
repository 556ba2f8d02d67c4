//! What ingestion is doing, for everyone who asks.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicI64, AtomicU8, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use app::desk::IngestState;

use crate::store::Account;

/// Without a message for this long, a session is idle.
const IDLE_AFTER: Duration = Duration::from_secs(1);

/// Seconds over which the rate is taken.
const RATE_WINDOW: usize = 10;

/// What ingestion is doing. Written by its parts, read by anyone.
#[derive(Debug)]
pub struct IngestStatus {
    began: Instant,
    session: AtomicU8,
    stalled: AtomicBool,
    /// Milliseconds after `began`.
    last_received: AtomicI64,
    redelivered: AtomicU64,
    lag: AtomicI64,
    account: Mutex<Account>,
    rate: Mutex<[(u64, u64); RATE_WINDOW]>,
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
            stalled: AtomicBool::new(false),
            last_received: AtomicI64::new(i64::MIN),
            redelivered: AtomicU64::new(0),
            lag: AtomicI64::new(-1),
            account: Mutex::default(),
            rate: Mutex::default(),
        }
    }
}

impl IngestStatus {
    /// The state that people are shown.
    pub fn state(&self) -> IngestState {
        if self.stalled.load(Relaxed) {
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
        self.session.store(session as u8, Relaxed);
    }

    pub(super) fn received(&self) {
        self.last_received.store(self.now_ms(), Relaxed);
    }

    pub(super) fn set_stalled(&self, stalled: bool) {
        self.stalled.store(stalled, Relaxed);
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
        let mut rate = self.rate.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = &mut rate[slot_of(second)];
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
        let rate = self.rate.lock().unwrap_or_else(PoisonError::into_inner);
        let stored: u64 = rate
            .iter()
            .filter(|(second, _)| second + (RATE_WINDOW as u64) > now)
            .map(|(_, stored)| stored)
            .sum();
        // The window is short: the count is far below 2^53.
        #[expect(clippy::cast_precision_loss, reason = "a count of ten seconds")]
        let rate = stored as f64 / RATE_WINDOW as f64;
        rate
    }

    /// Notes how many messages of the channel are not yet dealt with.
    pub fn set_lag(&self, lag: Option<u64>) {
        self.lag.store(
            lag.map_or(-1, |lag| i64::try_from(lag).unwrap_or(i64::MAX)),
            Relaxed,
        );
    }

    /// Messages of the channel that are not yet dealt with; `None` when not
    /// known.
    pub fn lag(&self) -> Option<u64> {
        u64::try_from(self.lag.load(Relaxed)).ok()
    }

    fn now_ms(&self) -> i64 {
        i64::try_from(self.began.elapsed().as_millis()).unwrap_or(i64::MAX)
    }
}

fn slot_of(second: u64) -> usize {
    usize::try_from(second % RATE_WINDOW as u64).unwrap_or(0)
}
