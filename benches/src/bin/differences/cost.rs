//! What some work costs.

use std::time::Instant;

use anyhow::Result;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::{TimeVal, TimeValLike as _};

/// CPU seconds of this process and the children it waited for, and seconds on the clock.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) cpu: f64,
    pub(crate) clock: f64,
}

impl Cost {
    pub(crate) fn of(work: impl FnOnce() -> Result<()>) -> Result<Self> {
        let (before, start) = (spent()?, Instant::now());
        work()?;
        Ok(Self {
            cpu: spent()? - before,
            clock: start.elapsed().as_secs_f64(),
        })
    }

    /// The medians of several costs; there is at least one.
    pub(crate) fn median(costs: &[Self]) -> Self {
        let median = |which: fn(&Self) -> f64| {
            let mut figures: Vec<f64> = costs.iter().map(which).collect();
            figures.sort_by(f64::total_cmp);
            figures[figures.len() / 2]
        };
        Self {
            cpu: median(|cost| cost.cpu),
            clock: median(|cost| cost.clock),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a run takes no 2^52 microseconds"
)]
fn spent() -> Result<f64> {
    let of = |who| -> nix::Result<TimeVal> {
        let usage = getrusage(who)?;
        Ok(usage.user_time() + usage.system_time())
    };
    let all = of(UsageWho::RUSAGE_SELF)? + of(UsageWho::RUSAGE_CHILDREN)?;
    Ok(all.num_microseconds() as f64 / 1e6)
}
