//! What it costs to load and compare: Batch's whole history, two releases of all of AWS, and every
//! revision in a clone's history, each beside serde_json's reading of the same bytes.
//!
//! Counted is CPU time, user and system, of whole programs, beside the time on the clock.

#[cfg(unix)]
mod cost;
#[cfg(unix)]
mod measure;

#[cfg(unix)]
fn main() -> anyhow::Result<()> {
    use clap::Parser as _;
    measure::run(&measure::Arguments::parse())
}

#[cfg(not(unix))]
fn main() -> anyhow::Result<()> {
    anyhow::bail!("the CPU time of processes is measured on Unix alone")
}
