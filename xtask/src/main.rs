//! The commands of Shapewright. All input and output of the project lives in this crate.

mod ci;
mod context;
mod generate;
mod import;
mod output;
mod problems;
mod source;
mod spec;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use context::Context;

/// Turns AWS API models into Rust crates, and tells, revision by revision, what changed.
#[derive(Parser)]
#[command(version, propagate_version = true)]
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
    Ci(ci::Arguments),
    Generate(generate::Arguments),
    Import(import::Arguments),
}

fn main() -> ExitCode {
    let Arguments { spec, command } = Arguments::parse();
    let context = Context::new(spec);
    let result = match &command {
        Command::Ci(arguments) => ci::run(arguments, &context),
        Command::Generate(arguments) => generate::run(arguments, &context),
        Command::Import(arguments) => import::run(arguments, &context),
    };
    result.unwrap_or_else(|error| {
        problems::print_error(&error);
        // clap ends a usage error with the same code.
        ExitCode::from(2)
    })
}
