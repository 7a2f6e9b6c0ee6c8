//! The step that verifies a few verdicts with cargo-semver-checks, where that is installed: to
//! install it takes longer than all else.

use anyhow::{Context as _, Result};

use super::Ci;
use super::command::{Line, all};

/// A model, and the same after edits that break programs.
const TOYS: [&str; 2] = ["tests/generate/toy/service-2.json", "tests/semver/toy.json"];

pub(super) fn run(ci: &Ci) -> Result<bool> {
    if !is_installed()? {
        eprintln!(
            "cargo-semver-checks is not installed, so nothing is verified; the tests have had the \
             witnesses compiled all the same"
        );
        return Ok(true);
    }
    let semver = |words: &[&str]| {
        let line = Line::new("shapewright", &ci.shapewright, &ci.root);
        line.arguments(&["semver", "--verify"]).arguments(words)
    };
    let [old, new] = TOYS;
    all([
        semver(&["batch", "--limit", "2"]),
        semver(&["--between", old, new]),
        semver(&["--between", new, old]),
    ])
}

fn is_installed() -> Result<bool> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let answer = std::process::Command::new(cargo)
        .args(["semver-checks", "--version"])
        .output()
        .context("cannot run cargo")?;
    Ok(answer.status.success())
}
