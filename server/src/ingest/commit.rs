//! A commit, and what an earlier one may have left behind that nobody here has
//! seen: a commit whose answer was lost has happened all the same.

use crate::{
    cache::Cache,
    store::{Account, Candidate, Fate, Outcome, Store, StoreError, StoredOrder},
};

/// What a commit has brought.
pub(super) struct Committed {
    /// What became of each candidate.
    pub(super) outcome: Outcome,
    /// Orders that were stored before and are not in the cache.
    pub(super) unseen: Vec<StoredOrder>,
    /// The channel's account, where it has to be read again.
    pub(super) account: Option<Account>,
}

/// Stores `candidates` and reads what was stored unseen. `is_again` says that
/// it was tried before, and may have succeeded without a word.
///
/// # Errors
/// As [`Store::store_batch`]; doing all of it again is harmless.
pub(super) async fn commit(
    store: &Store,
    cache: &Cache,
    channel: &str,
    candidates: &[Candidate],
    is_again: bool,
) -> Result<Committed, StoreError> {
    let outcome = store.store_batch(channel, candidates).await?;
    let unseen: Vec<&str> = candidates
        .iter()
        .zip(&outcome.fates)
        .filter(|(_, fate)| matches!(fate, Fate::Repeat | Fate::Redelivered))
        .filter_map(|(candidate, _)| Some(candidate.order.as_ref().ok()?.order_uid.as_str()))
        // A bounded cache lets go of orders, and never says that it has all.
        .filter(|uid| !cache.is_bounded() && cache.get(uid).is_none())
        .collect();
    let unseen = if unseen.is_empty() {
        Vec::new()
    } else {
        store.orders_with(&unseen).await?
    };
    let account = if is_again {
        Some(store.account(channel).await?)
    } else {
        None
    };
    Ok(Committed {
        outcome,
        unseen,
        account,
    })
}
