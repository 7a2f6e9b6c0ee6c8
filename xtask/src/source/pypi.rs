//! A package index, reached through the user's own pip and whatever index that is set to.

use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context as _, Result, anyhow, bail, ensure};

use super::wheel::{self, Wheel};
use super::{Address, Found, Release};
use crate::spec::Version;

/// The package that carries the models.
const PACKAGE: &str = "botocore";

/// The ways to call pip, tried in turn.
const PIPS: [&[&str]; 4] = [
    &["python3", "-m", "pip"],
    &["python", "-m", "pip"],
    &["pip3"],
    &["pip"],
];

/// A wheel that pip fetched.
pub(super) struct Download {
    wheel: Wheel,
    // The wheel is read from here; the folder goes when this does.
    _folder: tempfile::TempDir,
}

/// Fetches `botocore==VERSION`, or without a version the newest.
pub(super) fn open(requirement: &str) -> Result<Download> {
    let (package, version) = match requirement.split_once("==") {
        Some((package, version)) => (package, Some(version)),
        None => (requirement, None),
    };
    ensure!(
        package == PACKAGE,
        "pypi:{} is not known to carry models; write pypi:{PACKAGE}==VERSION",
        requirement.escape_debug()
    );
    let version: Option<Version> = version
        .map(|version| version.parse().map_err(anyhow::Error::msg))
        .transpose()
        .with_context(|| format!("pypi:{}", requirement.escape_debug()))?;
    let folder = tempfile::tempdir().context("cannot make a temporary folder for pip")?;
    download(requirement, folder.path())?;
    let fetched = wheel_in(folder.path())
        .with_context(|| format!("pip says that it fetched {requirement}, but left no wheel"))?;
    let label = format!("pypi:{requirement}");
    let wheel = wheel::open_as(&fetched, label.clone());
    let wheel = wheel.with_context(|| format!("cannot use {label}"))?;
    if let Some(version) = version {
        let fetched = wheel.version();
        ensure!(
            *fetched == version,
            "pip fetched release {fetched} instead of {version}"
        );
    }
    Ok(Download {
        wheel,
        _folder: folder,
    })
}

fn wheel_in(folder: &Path) -> Result<std::path::PathBuf> {
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "whl") {
            return Ok(path);
        }
    }
    bail!("there is no *.whl")
}

fn download(requirement: &str, folder: &Path) -> Result<()> {
    for pip in PIPS {
        let output = Command::new(pip[0])
            .args(&pip[1..])
            .args([
                "download",
                "--quiet",
                "--no-input",
                "--disable-pip-version-check",
            ])
            .args(["--no-deps", "--only-binary", ":all:", "--dest"])
            .arg(folder)
            .arg(requirement)
            .stdin(Stdio::null())
            .output();
        let output = match output {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            output => output.with_context(|| format!("cannot run {}", pip.join(" ")))?,
        };
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        // This Python has no pip; another may.
        if said.contains("No module named pip") || said.contains("No module named 'pip'") {
            continue;
        }
        return Err(failure(requirement, &output));
    }
    bail!(
        "pypi:{requirement} needs pip, and none of python3, python, pip3 and pip has it; \
         install pip, or fetch the wheel by other means and import the file"
    )
}

/// Why pip failed. It states one reason, no such version, also when it did not reach the index.
fn failure(requirement: &str, output: &Output) -> anyhow::Error {
    const NOT_REACHED: [&str; 5] = [
        "Retrying (",
        "Could not fetch URL",
        "ConnectionError",
        "Max retries",
        "connection broken",
    ];
    const LAST_LINES: usize = 6;
    let said = String::from_utf8_lossy(&output.stderr);
    if NOT_REACHED.iter().any(|sign| said.contains(sign)) {
        return anyhow!(
            "pip did not reach its package index for {requirement}; check the network and pip's \
             settings, or fetch the wheel by other means and import the file"
        );
    }
    if said.contains("No matching distribution") {
        // pip lists what the index has, in order: "(from versions: 1.0.0, …, 1.44.5)".
        let listed = said
            .split_once("(from versions: ")
            .and_then(|(_, rest)| rest.split_once(')'));
        let newest = listed.and_then(|(versions, _)| versions.rsplit(", ").next());
        let newest = newest.filter(|newest| newest.parse::<Version>().is_ok());
        let newest = newest.map(|newest| format!("; the newest it has is {newest}"));
        return anyhow!(
            "pip's package index has no {requirement}{}",
            newest.unwrap_or_default()
        );
    }
    let lines: Vec<&str> = said
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let last = lines[lines.len().saturating_sub(LAST_LINES)..].join("\n  ");
    anyhow!(
        "pip could not fetch {requirement} ({}). It says:\n  {last}",
        output.status
    )
}

impl Release for Download {
    fn label(&self) -> &str {
        self.wheel.label()
    }

    fn version(&self) -> &Version {
        self.wheel.version()
    }

    fn services(&self) -> Vec<String> {
        self.wheel.services()
    }

    fn read(&mut self, service: &str) -> Result<Found> {
        self.wheel.read(service)
    }

    fn models(&self) -> Vec<Address> {
        self.wheel.models()
    }

    fn read_model(&mut self, address: &Address) -> Result<Found> {
        self.wheel.read_model(address)
    }
}
