//! `ci`: everything that continuous integration runs, so that it can be run before pushing, too.

mod command;
mod crates;
mod endpoints;
mod package;
mod peers;
mod polling;
mod protocols;
mod semver;
mod steps;
mod wire;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use clap::Args;

use crate::context::Context;
use steps::Step;

/// What only the root of this repository has.
const MARK: &str = ".ci/run";

/// Run everything that continuous integration runs
#[derive(Args)]
#[command(after_help = "\
Every step runs, also after one that failed. What the peer tests need, and the models of many
services, is installed into `.peers` by pip and kept there; whoever has no network skips these steps.

Examples:
  ci                              everything
  ci --list                       what that is
  ci --only clippy --only test    these two
  ci --skip peers --skip crates   everything that Rust alone can run
")]
pub(crate) struct Arguments {
    /// Run this step alone; may be given several times
    #[arg(long, value_enum, value_name = "STEP")]
    only: Vec<Step>,
    /// Leave this step out; may be given several times
    #[arg(long, value_enum, value_name = "STEP")]
    skip: Vec<Step>,
    /// Tell the steps, and run none
    #[arg(long)]
    list: bool,
}

/// What the steps are given.
struct Ci {
    /// The root of the repository, where every command runs.
    root: PathBuf,
    /// This program. Its path is asked for at the start: a step may build it anew, after which
    /// some systems tell the path of the file that was replaced.
    shapewright: PathBuf,
}

/// How a step ended.
struct Ended {
    step: Step,
    passed: bool,
    took: Duration,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<ExitCode> {
    let steps = chosen(arguments);
    if arguments.list {
        context.print(&list(&steps))?;
        return Ok(ExitCode::SUCCESS);
    }
    let ci = Ci {
        root: root()?,
        shapewright: std::env::current_exe().context("cannot tell where this program is")?,
    };
    let mut ended = Vec::new();
    for step in steps {
        eprintln!("== {}: {}", step.name(), step.about());
        let start = Instant::now();
        let passed = match step.run(&ci) {
            Ok(passed) => passed,
            Err(error) => {
                eprintln!("{error:#}");
                false
            }
        };
        let took = start.elapsed();
        let word = if passed { "passed" } else { "FAILED" };
        eprintln!("== {} {word} in {}\n", step.name(), seconds(took));
        ended.push(Ended { step, passed, took });
    }
    context.print(&table(&ended))?;
    let failed: Vec<_> = ended.iter().filter(|ended| !ended.passed).collect();
    if failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let names: Vec<_> = failed.iter().map(|ended| ended.step.name()).collect();
    let again = names.join(" --only ");
    eprintln!("to repeat what failed: cargo xtask ci --only {again}");
    Ok(ExitCode::from(1))
}

fn chosen(arguments: &Arguments) -> Vec<Step> {
    Step::ALL
        .into_iter()
        .filter(|step| arguments.only.is_empty() || arguments.only.contains(step))
        .filter(|step| !arguments.skip.contains(step))
        .collect()
}

fn list(steps: &[Step]) -> String {
    let mut list = String::new();
    for step in steps {
        let _ = writeln!(list, "{:<9} {}", step.name(), step.about());
    }
    list
}

fn table(ended: &[Ended]) -> String {
    let mut table = String::new();
    for Ended { step, passed, took } in ended {
        let word = if *passed { "passed" } else { "FAILED" };
        let took = seconds(*took);
        let _ = writeln!(table, "{:<9} {word} {took:>10}", step.name());
    }
    let took = seconds(ended.iter().map(|ended| ended.took).sum());
    let passed = ended.iter().filter(|ended| ended.passed).count();
    let _ = writeln!(
        table,
        "{:<9} {passed} of {} {took:>10}",
        "passed",
        ended.len()
    );
    table
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn root() -> Result<PathBuf> {
    let here = std::env::current_dir().context("cannot tell the current folder")?;
    let found = here.ancestors().find(|folder| folder.join(MARK).is_file());
    found.map(Path::to_path_buf).with_context(|| {
        format!("`ci` checks Shapewright's own repository, and there is no {MARK} here or above")
    })
}
