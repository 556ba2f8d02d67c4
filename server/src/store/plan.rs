//! What is known of each message of a batch so far.

use std::collections::{HashMap, HashSet};

use orders::RowSeq;

use super::{Candidate, Fate, StoreError};

/// The candidates of a batch, by what is to be done with them.
pub(super) struct Plan<'a> {
    /// What became of each, as far as it is known.
    pub(super) fates: Vec<Option<Fate>>,
    /// The first candidate of each uid: it is the one to be inserted.
    firsts: HashMap<&'a str, usize>,
    /// Candidates whose uid an earlier candidate of this batch holds.
    later: Vec<usize>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(candidates: &'a [Candidate]) -> Self {
        let mut plan = Self {
            fates: vec![None; candidates.len()],
            firsts: HashMap::with_capacity(candidates.len()),
            later: Vec::new(),
        };
        let mut seen = HashSet::with_capacity(candidates.len());
        for (at, candidate) in candidates.iter().enumerate() {
            // The same delivery twice in one batch counts once.
            if !seen.insert((candidate.sequence, candidate.published_at)) {
                plan.fates[at] = Some(Fate::Redelivered);
                continue;
            }
            match &candidate.order {
                Err(_) => plan.fates[at] = Some(Fate::Rejected),
                Ok(order) => {
                    if plan.firsts.contains_key(order.order_uid.as_str()) {
                        plan.later.push(at);
                    } else {
                        plan.firsts.insert(order.order_uid.as_str(), at);
                    }
                }
            }
        }
        plan
    }

    /// Whether every candidate is an order, and the only one with its uid.
    pub(super) fn has_only_own_uids(&self) -> bool {
        self.firsts.len() == self.fates.len()
    }

    /// The first candidate of each uid that is not decided yet, in the order of
    /// the batch.
    pub(super) fn firsts(&self) -> Vec<usize> {
        let mut firsts: Vec<usize> = self.undecided_firsts().collect();
        firsts.sort_unstable();
        firsts
    }

    /// The candidates whose uid was taken, in the order of the batch.
    pub(super) fn taken(&self) -> Vec<usize> {
        let mut taken: Vec<usize> = self
            .undecided_firsts()
            .chain(self.later.iter().copied())
            .collect();
        taken.sort_unstable();
        taken
    }

    fn undecided_firsts(&self) -> impl Iterator<Item = usize> {
        self.firsts
            .values()
            .copied()
            .filter(|&at| self.fates[at].is_none())
    }

    /// The candidates that did not become rows, in the order of the batch.
    pub(super) fn not_stored(&self) -> Vec<usize> {
        let is_stored = |fate: &Option<Fate>| matches!(fate, Some(Fate::Stored(_)));
        (0..self.fates.len())
            .filter(|&at| !is_stored(&self.fates[at]))
            .collect()
    }

    /// Notes that the first candidate with `uid` became row `seq`.
    ///
    /// # Errors
    /// When no candidate has this uid.
    pub(super) fn stored(&mut self, uid: &str, seq: RowSeq) -> Result<(), StoreError> {
        let &at = self
            .firsts
            .get(uid)
            .ok_or(StoreError::Corrupt("a returned order_uid"))?;
        self.fates[at] = Some(Fate::Stored(seq));
        Ok(())
    }
}
