//! Calls of cargo: without a network, and with one folder for what is built.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

fn cargo(folder: &Path, target: &Path, words: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(words)
        .args(["--offline", "--quiet", "--target-dir"])
        .arg(target)
        .current_dir(folder)
        .stdin(Stdio::null());
    command
}

fn output(mut command: Command) -> Result<Output> {
    command.output().context("cannot run cargo")
}

/// The version of rustc, such as `1.95.0`.
pub(super) fn rustc_version() -> Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let answer = Command::new(rustc).arg("--version").output();
    let answer = answer.context("cannot run rustc")?;
    let words = String::from_utf8_lossy(&answer.stdout).into_owned();
    let version = words.split_whitespace().nth(1);
    version
        .map(str::to_owned)
        .context("rustc does not tell its version")
}

/// Documents a crate as JSON, which is no stable format: whoever reads it must know rustc's version.
pub(super) fn document(folder: &Path, target: &Path, features: &[&str]) -> Result<()> {
    let mut command = cargo(folder, target, &["rustdoc", "--lib"]);
    command
        .args(["--features", &features.join(","), "--"])
        .args(["-Zunstable-options", "--output-format=json"])
        .args([
            "--document-private-items",
            "--document-hidden-items",
            "--cap-lints=allow",
        ])
        .env("RUSTC_BOOTSTRAP", "1");
    let output = output(command)?;
    if !output.status.success() {
        bail!(
            "the crate in {} cannot be documented:\n{}",
            folder.display(),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(())
}

/// Checks a library whose modules are a program each; the names of those that do not compile.
pub(super) fn broken_modules(folder: &Path, target: &Path) -> Result<BTreeSet<String>> {
    let output = output(cargo(folder, target, &["check", "--message-format=json"]))?;
    let mut broken = BTreeSet::new();
    let mut elsewhere = String::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: Value = serde_json::from_str(line).unwrap_or_default();
        let diagnostic = &message["message"];
        if diagnostic["level"] != "error" {
            continue;
        }
        if message["target"]["name"] == "witnesses" {
            let spans = diagnostic["spans"].as_array().into_iter().flatten();
            let primary = spans.filter(|span| span["is_primary"] == true);
            broken.extend(primary.filter_map(module));
        } else {
            elsewhere.push_str(diagnostic["rendered"].as_str().unwrap_or_default());
        }
    }
    if !output.status.success() && broken.is_empty() {
        bail!(
            "cargo check failed in {}:\n{elsewhere}{}",
            folder.display(),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(broken)
}

/// The module in whose file a span is.
fn module(span: &Value) -> Option<String> {
    let file = Path::new(span["file_name"].as_str()?);
    Some(file.file_stem()?.to_str()?.to_owned())
}
