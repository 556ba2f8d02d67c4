//! The ledger: it counts each message once, and never loses one by counting.

use bytes::Bytes;
use orderdesk::{
    config::SecretUrl,
    store::{Candidate, ChannelView, Fate, Store},
};
use orders::{Sequence, Timestamp};

use crate::{
    services::shared,
    test_app::{Setting, order},
};

fn candidate(sequence: u64, published_at: i64, message: Vec<u8>) -> Candidate {
    Candidate {
        sequence: Sequence::from(sequence),
        published_at: Timestamp::from_unix_seconds(published_at).expect("a moment"),
        order: orders::parse(&message, usize::MAX).map(std::sync::Arc::new),
        message: Bytes::from(message),
    }
}

async fn fate(store: &Store, candidate: Candidate) -> Fate {
    let outcome = store
        .store_batch("updates", &[candidate])
        .await
        .expect("it is stored");
    outcome.fates[0]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_starts_over_loses_nothing() {
    let setting = Setting::fresh(shared()).await;
    let url: SecretUrl = setting.database_url.parse().expect("any text is taken");
    let store = Store::new(&url).expect("a PostgreSQL URL");
    store.migrate().await.expect("the schema is made");
    let broken = || b"broken".to_vec();

    assert!(matches!(
        fate(&store, candidate(1, 100, order("a", ""))).await,
        Fate::Stored(_)
    ));
    assert_eq!(
        fate(&store, candidate(2, 101, broken())).await,
        Fate::Rejected
    );
    assert_eq!(
        fate(&store, candidate(3, 102, order("a", ""))).await,
        Fate::Repeat
    );
    // Delivered again: nothing is counted twice.
    assert_eq!(
        fate(&store, candidate(1, 100, order("a", ""))).await,
        Fate::Redelivered
    );
    assert_eq!(
        fate(&store, candidate(2, 101, broken())).await,
        Fate::Redelivered
    );
    let account = store.account("updates").await.expect("an account");
    assert_eq!(
        (account.stored, account.repeats, account.rejected),
        (1, 1, 1)
    );

    // The same positions with later times: the channel lost its store.
    assert!(matches!(
        fate(&store, candidate(1, 200, order("b", ""))).await,
        Fate::Stored(_)
    ));
    assert_eq!(
        fate(&store, candidate(2, 201, broken())).await,
        Fate::Rejected
    );
    let view = ChannelView {
        first: Sequence::new(1),
        last: Sequence::new(4),
        last_sent: Sequence::new(3),
        pending: 0,
    };
    let outstanding = store
        .outstanding("updates", view, false)
        .await
        .expect("an account");
    assert_eq!((outstanding.incarnation, outstanding.held), (2, 2));
    assert_eq!(outstanding.passed.ranges, [(3, 3)]);
    assert_eq!(outstanding.missing(view.pending), 1);
    // Once more, and the clock went back: the ledger cannot tell, but the
    // order is stored all the same.
    assert!(matches!(
        fate(&store, candidate(1, 50, order("c", ""))).await,
        Fate::Stored(_)
    ));
    assert_eq!(store.count_orders().await.expect("a count"), 3);
    store.close().await;
}
