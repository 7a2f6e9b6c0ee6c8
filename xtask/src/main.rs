//! The commands of Shapewright. All input and output of the project lives in this crate.

mod approvals;
mod blame;
mod called;
mod ci;
mod context;
mod diff;
mod drift;
mod effects;
mod generate;
mod import;
mod judge;
mod log;
mod nearest;
mod output;
mod problems;
mod report;
mod rules;
mod semver;
mod show;
mod source;
mod spec;
mod survey;
mod terminal;
mod things;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use context::Context;

/// A model is many small allocations, made and dropped by the million: this one takes less time for
/// them than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Turns AWS API models into Rust crates, and tells, revision by revision, what changed.
#[derive(Parser)]
#[command(
    version,
    propagate_version = true,
    after_help = "\
Begin with
  cargo xtask generate                            the crates in models/, from the models in api-spec/
  cargo xtask diff batch 2017-04-11 2017-08-14    what changed between two revisions
  cargo xtask log                                 all revisions

Exit codes: 0 nothing to report, 1 what was asked about was found, 2 a usage or input error.
"
)]
struct Arguments {
    /// The folder of imported models; without it, the `api-spec` of this folder or one above.
    #[arg(long, global = true, value_name = "DIR")]
    spec: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

// One module a command; each has its own `Arguments` and a `run` that returns an exit code.
#[derive(Subcommand)]
enum Command {
    Import(import::Arguments),
    Generate(generate::Arguments),
    Survey(survey::Arguments),
    Log(log::Arguments),
    Diff(diff::Arguments),
    Rules(rules::Arguments),
    Drift(drift::Arguments),
    Show(show::Arguments),
    Blame(blame::Arguments),
    Semver(semver::Arguments),
    Ci(ci::Arguments),
}

fn main() -> ExitCode {
    let matches = called::taught(Arguments::command(), called::name()).get_matches();
    let Arguments { spec, command } =
        Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let context = Context::new(spec);
    let result = match &command {
        Command::Import(arguments) => import::run(arguments, &context),
        Command::Generate(arguments) => generate::run(arguments, &context),
        Command::Survey(arguments) => survey::run(arguments, &context),
        Command::Log(arguments) => log::run(arguments, &context),
        Command::Diff(arguments) => diff::run(arguments, &context),
        Command::Rules(arguments) => rules::run(arguments, &context),
        Command::Drift(arguments) => drift::run(arguments, &context),
        Command::Show(arguments) => show::run(arguments, &context),
        Command::Blame(arguments) => blame::run(arguments, &context),
        Command::Semver(arguments) => semver::run(arguments, &context),
        Command::Ci(arguments) => ci::run(arguments, &context),
    };
    result.unwrap_or_else(|error| {
        problems::print_error(&error);
        // clap ends a usage error with the same code.
        ExitCode::from(2)
    })
}
