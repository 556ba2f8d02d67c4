//! Which messages of a session are in hand: delivered, and neither settled nor
//! given back.
//!
//! While the store is away the server delivers the same messages again after
//! each [`super::session::ACK_WAIT_SECONDS`]. Letting them in would fill the
//! memory with copies of what is in hand anyway.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

/// The sequences in hand. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct InHand(Arc<Mutex<HashSet<u64>>>);

/// Takes its message out of hand when it is dropped.
#[derive(Debug)]
pub(super) struct Hold {
    sequence: u64,
    in_hand: InHand,
}

impl InHand {
    /// Takes a message in hand; `None` if it is already.
    pub(super) fn take(&self, sequence: u64) -> Option<Hold> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(sequence)
            .then(|| Hold {
                sequence,
                in_hand: self.clone(),
            })
    }

    /// Whether nothing is in hand.
    pub(super) fn is_empty(&self) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_empty()
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.in_hand
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.sequence);
    }
}

#[cfg(test)]
mod tests {
    use super::InHand;

    #[test]
    fn a_message_is_in_hand_once_and_can_come_again_afterwards() {
        let in_hand = InHand::default();
        let hold = in_hand.take(7);
        assert!(hold.is_some());
        assert!(in_hand.take(7).is_none());
        assert!(in_hand.take(8).is_some());
        drop(hold);
        assert!(in_hand.take(7).is_some());
    }
}
