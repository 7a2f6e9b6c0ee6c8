//! The commands of Shapewright. All input and output of the project lives in this crate.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Turns AWS API models into Rust crates, and tells, revision by revision, what changed.
#[derive(Parser)]
#[command(version, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

// One module a command; each has its own `Arguments` and a `run` that returns an exit code.
#[derive(Subcommand)]
enum Command {}

fn main() -> ExitCode {
    match Arguments::parse().command {}
}
