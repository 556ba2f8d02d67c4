//! What asks and what publishes: wrk and Vegeta, and clients of our own where
//! an answer has to be looked at. Those are threads that block, since the timers
//! of an asynchronous runtime are too coarse for what is measured; only where
//! everything runs at once is a millisecond nothing to speak of.

pub mod ask;
pub mod backlog;
pub mod gets;
pub mod live;
pub mod stream;
pub mod vegeta;
pub mod visible;
pub mod wrk;
