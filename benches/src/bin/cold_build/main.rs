//! What a user's first build costs: a program that builds a SubmitJob request and reads a
//! DescribeJobs answer, on the generated crate, on twins with serde's derive macros and, where the
//! registry is reachable, on AWS's own SDK.
//!
//! Counted is CPU time, user and system, of cargo and everything it starts: wall time depends on
//! what else the machine does, and on how many cores it has.

#[cfg(unix)]
mod measure;
#[cfg(unix)]
mod program;
#[cfg(unix)]
mod sources;

#[cfg(unix)]
fn main() -> anyhow::Result<()> {
    use clap::Parser as _;
    measure::run(&measure::Arguments::parse())
}

#[cfg(not(unix))]
fn main() -> anyhow::Result<()> {
    anyhow::bail!("the CPU time of child processes is measured on Unix alone")
}
