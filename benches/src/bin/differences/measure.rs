//! Runs the program and its peer on the same models.

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::cost::Cost;

/// Measure loading and comparing.
#[derive(clap::Parser)]
pub(crate) struct Arguments {
    /// The program: `cargo build --release -p shapewright` makes `target/release/shapewright`
    #[arg(long, value_name = "FILE")]
    program: PathBuf,
    /// Two folders of models, such as `botocore/data` of two releases
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"])]
    folders: Vec<PathBuf>,
    /// A git clone of botocore
    #[arg(long, value_name = "DIR")]
    clone: Option<PathBuf>,
    /// How often to measure each; the median is shown
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    println!("| what | CPU seconds | on the clock |\n|---|---|---|");
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-spec");
    let log = [
        "--spec".as_ref(),
        spec.as_os_str(),
        "log".as_ref(),
        "batch".as_ref(),
    ];
    arguments.show("Batch's history, one thread", || arguments.program(1, &log))?;
    if let [old, new] = arguments.folders.as_slice() {
        let words = [
            "survey".as_ref(),
            "--diff".as_ref(),
            old.as_os_str(),
            new.as_os_str(),
        ];
        for threads in [1, 2] {
            let what = format!("two releases, {threads} thread(s)");
            arguments.show(&what, || arguments.program(threads, &words))?;
        }
        arguments.show("the service files that differ, as `Value`", || {
            changed(old, new)
        })?;
    }
    if let Some(clone) = &arguments.clone {
        let words = ["survey".as_ref(), "--diff".as_ref(), clone.as_os_str()];
        let peer = arguments.show("a clone's history, `git cat-file` and `Value`", || {
            history(clone)
        })?;
        for threads in [1, 2] {
            let what = format!("a clone's history, {threads} thread(s)");
            let ours = arguments.show(&what, || arguments.program(threads, &words))?;
            let (cpu, clock) = (ours.cpu / peer.cpu, ours.clock / peer.clock);
            println!("| ratio to the peer | {cpu:.2} | {clock:.2} |");
        }
    }
    Ok(())
}

impl Arguments {
    /// Measures, and shows the medians.
    fn show(&self, what: &str, mut work: impl FnMut() -> Result<()>) -> Result<Cost> {
        let costs = (0..self.runs).map(|_| Cost::of(&mut work));
        let cost = Cost::median(&costs.collect::<Result<Vec<_>>>()?);
        println!("| {what} | {:.4} | {:.4} |", cost.cpu, cost.clock);
        Ok(cost)
    }

    /// Runs the program to its end. That it found problems is no failure.
    fn program(&self, threads: u32, words: &[&OsStr]) -> Result<()> {
        let mut command = Command::new(&self.program);
        command
            .args(words)
            .env("RAYON_NUM_THREADS", threads.to_string())
            .stdout(Stdio::null());
        let status = command.status().context("the program cannot be started")?;
        ensure!(matches!(status.code(), Some(0 | 1)), "it failed: {status}");
        Ok(())
    }
}

/// Reads every service file that differs between two folders into an untyped tree, from both.
fn changed(old: &Path, new: &Path) -> Result<()> {
    for service in old.read_dir()? {
        let service = service?;
        if !service.path().is_dir() {
            continue;
        }
        for version in service.path().read_dir()? {
            let below = |root: &Path| {
                let version = version.as_ref().map(std::fs::DirEntry::file_name).ok()?;
                let path = root.join(service.file_name()).join(version);
                std::fs::read(path.join("service-2.json")).ok()
            };
            if let (Some(before), Some(after)) = (below(old), below(new))
                && before != after
            {
                value(&before)?;
                value(&after)?;
            }
        }
    }
    Ok(())
}

fn value(bytes: &[u8]) -> Result<()> {
    std::hint::black_box(serde_json::from_slice::<Value>(bytes)?);
    Ok(())
}

/// Reads every distinct `service-2.json` of a clone's history into an untyped tree, in the order in
/// which the program reads them: git unpacks what is alike faster one after the other.
fn history(clone: &Path) -> Result<()> {
    let git = || {
        let mut git = Command::new("git");
        git.arg("-C").arg(clone);
        git
    };
    let glob = ":(glob)botocore/data/*/*/service-2.json";
    let log = [
        "log",
        "--all",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--format=",
    ];
    let listed = git()
        .args(log)
        .args(["--diff-filter=AM", "--", glob])
        .output()?;
    let mut seen = HashSet::new();
    let mut models: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let text = std::str::from_utf8(&listed.stdout)?;
    for (about, path) in text.lines().filter_map(|line| line.split_once('\t')) {
        let object = about
            .split(' ')
            .nth(3)
            .context("git lists files otherwise")?;
        if seen.insert(object) {
            models.entry(path).or_default().push(object);
        }
    }
    let mut child = git()
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut requests = child.stdin.take().context("git takes no requests")?;
    let mut answers = BufReader::new(child.stdout.take().context("git gives no answers")?);
    let mut bytes = Vec::new();
    for object in models.values().flat_map(|objects| objects.iter().rev()) {
        writeln!(requests, "{object}")?;
        let mut line = String::new();
        answers.read_line(&mut line)?;
        let size = line.trim_end().rsplit(' ').next().unwrap_or_default();
        bytes.resize(size.parse::<usize>().context(line.clone())? + 1, 0);
        answers.read_exact(&mut bytes)?;
        // A history holds a file or two that are broken, which took the parser's time all the same.
        let _ = value(&bytes);
    }
    drop(requests);
    child.wait()?;
    Ok(())
}
