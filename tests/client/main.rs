//! Both clients of the Batch crate: what becomes of every answer, of retries, of time that passes and
//! of calls that are dropped.

mod cancellation;
mod clients;
mod hostile;
#[allow(
    dead_code,
    reason = "the transports' tests, whose peer this is, use all of it"
)]
#[path = "../../models/runtime/tests/transport/peer.rs"]
mod peer;
mod retries;
mod scripted;
mod timeouts;
