//! Whether everything is accounted for: each message of the channel, and each
//! stored order.

mod account;
mod documents;

pub use account::{Report, VerifyError, reckon};
pub use documents::{Documents, WrongDocument, documents};
