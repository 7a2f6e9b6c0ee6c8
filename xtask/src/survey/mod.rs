//! `survey`: reads every model of a source, and tells how much there is and what is wrong with it.
//!
//! A model goes through the phases of `phases.rs` and is dropped; what stays of it is counts and
//! problems. So memory is that of the largest models at hand, however many there are.

mod phases;
mod table;
mod tally;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use rayon::iter::{ParallelBridge as _, ParallelIterator as _};

use crate::context::Context;
use crate::source::{self, Hints};
use crate::terminal;
use phases::Subject;
use tally::Tally;

const EXAMPLES: &str = "\
Of a release every service and every API version is read, with the files beside each model; of a
git clone every distinct service-2.json that its history ever held.

Examples:
  cargo xtask survey pypi:botocore
  cargo xtask survey downloads/*.whl --problems
  cargo xtask survey ../botocore

Exit codes: 0 nothing is wrong, 1 there are problems (warnings, too), 2 a source cannot be used.";

/// Read every model of sources, and tell what there is and what is wrong with it.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Wheels, source distributions, git clones, data folders, model files, or
    /// pypi:botocore==VERSION.
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// Show each problem with its line of the file.
    #[arg(long)]
    problems: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<ExitCode> {
    let hints = Hints {
        any_release: true,
        ..Hints::default()
    };
    let mut rows = Vec::new();
    for path in &arguments.sources {
        let label = path.display().to_string();
        let start = Instant::now();
        let models = source::models(path, &hints)?;
        let progress = terminal::progress(models.count);
        progress.set_message(label.clone());
        // One thread at a time takes the next model from the source, so that no more are at hand
        // than there are threads.
        let mut tally = models
            .each
            .enumerate()
            .par_bridge()
            .map(|(number, model)| {
                let (service, found) = model?;
                let outcome = phases::run(Subject { service, found }, arguments.problems)?;
                progress.inc(1);
                anyhow::Ok(Tally::of(number, outcome))
            })
            .try_reduce(Tally::default, |one, other| Ok(one.and(other)))?;
        progress.finish_and_clear();
        for rendered in tally.take_rendered() {
            context.print(&rendered)?;
        }
        rows.push((label, tally, start.elapsed()));
    }
    context.print(&table::render(&rows))?;
    let is_clean = rows.iter().all(|(_, tally, _)| tally.problems.is_empty());
    Ok(ExitCode::from(u8::from(!is_clean)))
}
