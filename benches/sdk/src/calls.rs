//! A call of TerminateJob that is signed, and answered at once with nothing: what a client adds to
//! what the network takes.

use anyhow::Result;

use crate::{Way, ours, sdk};

/// What the request says, the same for all.
pub(crate) const JOB: &str = "2f75e6b4-a990-4199-83a9-3ec0f6674cdf";
pub(crate) const REASON: &str = "no longer needed";

/// All of them; each calls once to see that it can.
pub fn all() -> Result<Vec<Way>> {
    Ok(vec![ours::call()?, ours::blocking_call()?, sdk::call()?])
}
