//! `survey`: reads every model of a source, and tells how much there is and what is wrong with it, or
//! what differs.
//!
//! A model goes through the phases of `phases.rs` and is dropped; what stays of it is counts and
//! problems. So memory is that of the largest models at hand, however many there are.

mod crates;
mod differences;
mod phases;
mod table;
mod tally;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, ensure};
use rayon::iter::{ParallelBridge as _, ParallelIterator as _};

use crate::context::Context;
use crate::source::{self, Hints};
use crate::terminal;
use crates::Crates;
use phases::{Subject, Wanted};
use tally::Tally;

const EXAMPLES: &str = "\
Of a release every service and every API version is read, with the files beside each model; of a
git clone every distinct service-2.json that its history ever held.

With --generate every model becomes a crate, `DIR/<service>/<API version>`, all of them one Cargo
workspace; with --compile cargo then checks them, and the warnings are counted.

With --diff every model of one release is compared with that of another one, and every revision in a
git clone's history with the one before. What is the same, byte for byte, is neither read nor
checked: without --diff every file is checked whole.

Examples:
  cargo xtask survey pypi:botocore
  cargo xtask survey downloads/*.whl --problems
  cargo xtask survey ../botocore
  cargo xtask survey pypi:botocore --generate target/aws --compile
  cargo xtask survey pypi:botocore --newest --service s3 --generate target/s3 --compile
  cargo xtask survey --diff botocore-1.43.40-py3-none-any.whl botocore-1.43.67-py3-none-any.whl
  cargo xtask survey --diff ../botocore --service batch

Exit codes: 0 nothing is wrong, 1 there are problems (warnings, too), 2 a source cannot be used.";

/// Read every model of sources, and tell what there is and what is wrong with it.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command line, not a state"
)]
pub(crate) struct Arguments {
    /// Wheels, source distributions, git clones, data folders, model files, or
    /// pypi:botocore==VERSION.
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// Show each problem with its line of the file.
    #[arg(long)]
    problems: bool,
    /// Only this service; may be given several times.
    #[arg(long, value_name = "SERVICE")]
    service: Vec<String>,
    /// Only the newest API version of each service.
    #[arg(long)]
    newest: bool,
    /// Tell what differs: between two releases, or from revision to revision of a git clone.
    #[arg(long, conflicts_with_all = ["problems", "generate"])]
    diff: bool,
    /// Turn each model into a crate in this folder; for one source that is a single release.
    #[arg(long, value_name = "DIR")]
    generate: Option<PathBuf>,
    /// Have cargo check the crates, and count its warnings.
    #[arg(long, requires = "generate")]
    compile: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<ExitCode> {
    let hints = Hints {
        any_release: true,
        services: arguments.service.clone(),
        newest: arguments.newest,
        ..Hints::default()
    };
    if arguments.diff {
        let (differences, start) = differences::survey(&arguments.sources, &hints)?;
        context.print(&table::differences(&differences, start.elapsed()))?;
        return Ok(ExitCode::from(u8::from(!differences.unreadable.is_empty())));
    }
    let crates = match &arguments.generate {
        Some(folder) => {
            let sources = arguments.sources.as_slice();
            ensure!(
                matches!(sources, [source] if !source::is_history(source)),
                "--generate is for one source that is a single release: two models of one API \
                 version would make the same crate"
            );
            let crates = Crates::open(folder, context.spec().ok().as_ref())?;
            crates.begin()?;
            Some(crates)
        }
        None => None,
    };
    let wanted = Wanted {
        rendered: arguments.problems,
        crates: crates.as_ref(),
    };
    let mut rows = Vec::new();
    for path in &arguments.sources {
        let start = Instant::now();
        let mut tally = survey(path, &hints, wanted)?;
        let took = start.elapsed();
        for rendered in tally.take_rendered() {
            context.print(&rendered)?;
        }
        rows.push((path.display().to_string(), tally, took));
    }
    context.print(&table::render(&rows, crates.is_some()))?;
    let mut is_clean = rows.iter().all(|(_, tally, _)| tally.problems.is_empty());
    if let Some(crates) = crates.filter(|_| arguments.compile) {
        let start = Instant::now();
        let models: u64 = rows.iter().map(|(_, tally, _)| tally.models).sum();
        let compiled = crates.compile(models.try_into().unwrap_or_default())?;
        context.print(&table::compiled(models, &compiled, start.elapsed()))?;
        is_clean &= compiled.warnings.is_empty() && compiled.errors.is_empty();
    }
    Ok(ExitCode::from(u8::from(!is_clean)))
}

/// Takes every model of a source through the phases.
fn survey(path: &Path, hints: &Hints, wanted: Wanted<'_>) -> Result<Tally> {
    let models = source::models(path, hints)?;
    let progress = terminal::progress(models.count);
    progress.set_message(path.display().to_string());
    // One thread at a time takes the next model from the source, so that no more are at hand than
    // there are threads.
    let tally = models
        .each
        .enumerate()
        .par_bridge()
        .map(|(number, model)| {
            let (address, found) = model?;
            let outcome = phases::run(Subject { address, found }, wanted)?;
            progress.inc(1);
            anyhow::Ok(Tally::of(number, outcome))
        })
        .try_reduce(Tally::default, |one, other| Ok(one.and(other)))?;
    progress.finish_and_clear();
    Ok(tally)
}
