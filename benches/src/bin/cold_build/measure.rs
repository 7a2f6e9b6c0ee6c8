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
    /// Also build on aws-sdk-batch, with and without its default features; needs the registry, and
    /// a quarter of an hour
    #[arg(long)]
    with_sdk: bool,
    /// How much to measure of each
    #[arg(long, value_enum, default_value_t = Steps::All)]
    steps: Steps,
    /// Only these rows, by a part of their names, in this order; one may come again
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
}

/// How much is measured; each has what stands before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
enum Steps {
    /// The whole program in the dev profile
    Program,
    /// The model crate alone, checked and in the dev profile
    Crate,
    /// Both in the release profile, too, which takes longest
    All,
}

/// A step of a program's measurement, and cargo's arguments for it.
const ALONE: [(&str, &[&str]); 3] = [
    ("check", &["check"]),
    ("dev", &["build"]),
    ("release", &["build", "--release"]),
];

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let programs = program::all(arguments.with_sdk)?;
    let mut chosen: Vec<&Program> = programs.iter().collect();
    if !arguments.only.is_empty() {
        let named = arguments.only.iter().map(|name| {
            let found = programs.iter().find(|program| program.name.contains(name));
            found.with_context(|| format!("no row's name has {name:?} in it"))
        });
        chosen = named.collect::<Result<_>>()?;
    }
    println!(
        "CPU seconds (user + system), median of {} run(s)\n",
        arguments.runs
    );
    println!(
        "| on | program, dev | crates | program, release | its bytes, stripped | model crate: check | dev | release |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for program in chosen {
        let mut runs = Vec::new();
        for _ in 0..arguments.runs {
            runs.push(measure(program, arguments.steps)?);
        }
        let median = |which: fn(&Figures) -> Option<f64>, decimals: usize| {
            let mut figures: Vec<f64> = runs.iter().filter_map(which).collect();
            figures.sort_by(f64::total_cmp);
            let figure = figures.get(figures.len() / 2);
            figure.map_or(String::new(), |figure| format!("{figure:.decimals$}"))
        };
        println!(
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            program.name,
            median(|run| Some(run.dev), 1),
            runs[0].crates,
            median(|run| run.release, 1),
            runs[0]
                .bytes
                .map_or(String::new(), |bytes| bytes.to_string()),
            median(|run| run.alone[0], 2),
            median(|run| run.alone[1], 2),
            median(|run| run.alone[2], 2),
        );
    }
    Ok(())
}

/// Of one run.
struct Figures {
    /// The whole program, in each profile.
    dev: f64,
    release: Option<f64>,
    /// How many crates were compiled for it, build scripts not counted.
    crates: usize,
    /// The size of its release binary.
    bytes: Option<u64>,
    /// The model crate alone, its dependencies being there.
    alone: [Option<f64>; 3],
}

fn measure(program: &Program, steps: Steps) -> Result<Figures> {
    let folder = tempfile::tempdir()?;
    program.write(folder.path())?;
    let cargo = |arguments: &[&str]| cargo(program, folder.path(), arguments);
    if program.online {
        cargo(&["fetch"])?;
    }
    let (dev, crates) = cargo(&["build"])?;
    let (mut release, mut bytes) = (None, None);
    if steps >= Steps::All {
        release = Some(cargo(&["build", "--release"])?.0);
        let binary = folder.path().join("target/release/user");
        bytes = Some(std::fs::metadata(binary)?.len());
    }
    let mut alone = [None; 3];
    if steps >= Steps::Crate {
        cargo(&["check"])?;
    }
    for ((step, arguments), seconds) in ALONE.iter().zip(&mut alone) {
        let (profile, needs) = match *step {
            "release" => ("release", Steps::All),
            _ => ("dev", Steps::Crate),
        };
        if steps < needs {
            continue;
        }
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
        *seconds = Some(cpu);
    }
    Ok(Figures {
        dev,
        release,
        crates,
        bytes,
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
        .env("CARGO_PROFILE_RELEASE_STRIP", "true")
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
