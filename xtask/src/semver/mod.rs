//! `semver`: holds our verdicts on upgrades against cargo-semver-checks, and each major change
//! against the compiler.

mod cargo;
mod crates;
mod peer;
mod reasons;
mod table;
mod transitions;
mod witnesses;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, ensure};

use crate::context::Context;
use crate::terminal;
use crates::Crates;
use peer::Peer;
use table::Row;
use transitions::Transition;

const EXAMPLES: &str = "\
A transition is two revisions of a service, one after the other, of each of which a crate is made.
Our verdict on it (none, patch, minor or major) is that of `diff` and `log`. It is verified twice:

  cargo-semver-checks, of which each crate's documentation is asked as JSON, must agree, or see less
  for a reason that docs/semver.md explains; it must never see more;

  every major change has a witness, a small program that must compile with the older crate and must
  not with the newer.

Examples:
  cargo xtask semver --verify                  all transitions of the imported services
  cargo xtask semver --verify batch --limit 3  the newest three of AWS Batch
  cargo xtask semver --verify --between pypi:botocore==1.40.12 pypi:botocore==1.44.5 --major --limit 30
                                               the thirty smallest services that another release broke
  cargo xtask semver --verify sqs --between old/service-2.json new/service-2.json --no-peer
                                               two model files, by their witnesses alone

The tool comes with: cargo install cargo-semver-checks --locked

Exit codes: 0 all agree and every witness holds, 1 not so, 2 a usage or input error, or the tool is
not installed.";

/// Verify what we say an upgrade costs
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Verify the verdicts; there is nothing else to do yet
    #[arg(long, required = true)]
    verify: bool,
    /// Only these services
    #[arg(value_name = "SERVICE")]
    services: Vec<String>,
    /// Two releases of upstream, in place of the imported history: wheels, data folders, model
    /// files, or pypi:botocore==VERSION
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"])]
    between: Option<Vec<PathBuf>>,
    /// Only transitions that we call major
    #[arg(long)]
    major: bool,
    /// Only so many: the newest of each history, the smallest services of two releases
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Without cargo-semver-checks: the witnesses alone
    #[arg(long)]
    no_peer: bool,
    /// Where the crates go, instead of `target/semver` beside the models
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<ExitCode> {
    let spec = context.spec()?;
    let peer = (!arguments.no_peer).then(Peer::find).transpose()?;
    let crates = Crates::open(&spec, arguments.folder.as_deref())?;
    let transitions = match arguments.between.as_deref() {
        Some([old, new]) => transitions::of_releases([old, new], arguments, &crates)?,
        _ => transitions::of_history(&spec, arguments, &crates)?,
    };
    ensure!(
        !transitions.is_empty(),
        "there is no transition to verify; name other services or releases"
    );
    let progress = terminal::progress(transitions.len());
    let mut rows = Vec::new();
    for transition in &transitions {
        progress.set_message(transition.to_string());
        let row = verify(transition, &crates, peer.as_ref());
        rows.push(row.with_context(|| transition.to_string())?);
        progress.inc(1);
    }
    progress.finish_and_clear();
    context.print(&table::render(&rows, peer.as_ref()))?;
    let is_well = rows.iter().all(|row| row.complaints().is_empty());
    Ok(ExitCode::from(u8::from(!is_well)))
}

fn verify<'t>(transition: &'t Transition, crates: &Crates, peer: Option<&Peer>) -> Result<Row<'t>> {
    let verdict = match peer {
        Some(peer) => {
            let [old, new] = &transition.sides;
            Some(peer.compare(&crates.documented(old)?, &crates.documented(new)?)?)
        }
        None => None,
    };
    let outcomes = witnesses::check(transition, crates)?;
    Ok(Row {
        transition,
        verdict,
        outcomes,
    })
}
