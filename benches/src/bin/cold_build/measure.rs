//! Builds the programs and counts.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use nix::sys::resource::{Usage, UsageWho, getrusage};
use nix::sys::time::TimeVal;

use crate::program::{self, Program};

/// Measure what cold builds cost a user.
#[derive(clap::Parser)]
pub(crate) struct Arguments {
    /// How often to measure each; the median is shown
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Also build on aws-sdk-batch without its default features; needs the registry, and minutes
    #[arg(long)]
    with_sdk: bool,
}

/// A step of a program's measurement, and cargo's arguments for it.
const ALONE: [(&str, &[&str]); 3] = [
    ("check", &["check"]),
    ("dev", &["build"]),
    ("release", &["build", "--release"]),
];

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let mut programs = vec![program::generated(), program::derived()?];
    if arguments.with_sdk {
        programs.push(program::sdk());
    }
    println!(
        "CPU seconds (user + system), median of {} run(s)\n",
        arguments.runs
    );
    println!(
        "| on | whole program, dev | crates | whole program, release | model crate: check | dev | release |"
    );
    println!("|---|---|---|---|---|---|---|");
    for program in &programs {
        let mut runs = Vec::new();
        for _ in 0..arguments.runs {
            runs.push(measure(program)?);
        }
        let median = |which: fn(&Figures) -> f64| {
            let mut figures: Vec<f64> = runs.iter().map(which).collect();
            figures.sort_by(f64::total_cmp);
            figures[figures.len() / 2]
        };
        println!(
            "| {} | {:.1} | {} | {:.1} | {:.2} | {:.2} | {:.2} |",
            program.name,
            median(|run| run.whole[0]),
            runs[0].crates,
            median(|run| run.whole[1]),
            median(|run| run.alone[0]),
            median(|run| run.alone[1]),
            median(|run| run.alone[2]),
        );
    }
    Ok(())
}

/// Of one run.
struct Figures {
    /// The whole program, dev and release.
    whole: [f64; 2],
    /// How many crates were compiled for it, build scripts not counted.
    crates: usize,
    /// The model crate alone, its dependencies being there.
    alone: [f64; 3],
}

fn measure(program: &Program) -> Result<Figures> {
    let folder = tempfile::tempdir()?;
    program.write(folder.path())?;
    let cargo = |arguments: &[&str]| cargo(program, folder.path(), arguments);
    if program.online {
        cargo(&["fetch"])?;
    }
    let (dev, built) = cargo(&["build"])?;
    let (release, _) = cargo(&["build", "--release"])?;
    cargo(&["check"])?;
    let mut alone = [0.0; 3];
    for ((step, arguments), seconds) in ALONE.iter().zip(&mut alone) {
        let profile = if *step == "release" { "release" } else { "dev" };
        cargo(&["clean", "--package", program.model, "--profile", profile])?;
        let mut arguments = arguments.to_vec();
        arguments.extend(["--package", program.model]);
        let (cpu, built) = cargo(&arguments)?;
        if built != 1 {
            bail!(
                "{} was to be built alone, but {built} crates were",
                program.model
            );
        }
        *seconds = cpu;
    }
    Ok(Figures {
        whole: [dev, release],
        crates: built,
        alone,
    })
}

/// Runs cargo; gives its CPU seconds, children included, and how many crates were compiled.
fn cargo(program: &Program, folder: &Path, arguments: &[&str]) -> Result<(f64, usize)> {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_TERM_COLOR", "never")
        // The flags of whoever measures are not the user's.
        .env_remove("RUSTFLAGS");
    if !program.online {
        command.arg("--offline");
    }
    let before = children()?;
    let output = command.output().context("cargo cannot be started")?;
    let seconds = children()? - before;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!(
            "cargo {} failed for {}:\n{said}",
            arguments.join(" "),
            program.name
        );
    }
    let built = said.lines().filter(|line| {
        let line = line.trim_start();
        line.starts_with("Compiling ") || line.starts_with("Checking ")
    });
    Ok((seconds, built.count()))
}

/// CPU seconds of all child processes that have ended.
fn children() -> Result<f64> {
    let usage: Usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    Ok(seconds(usage.user_time()) + seconds(usage.system_time()))
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 seconds")]
fn seconds(time: TimeVal) -> f64 {
    time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6
}
