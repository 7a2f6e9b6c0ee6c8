//! cargo-semver-checks, and how its verdict is read.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use shapewright_rust::surface::Effect;

/// The tool, at hand.
pub(super) struct Peer {
    /// Its name and version, as it tells them.
    pub(super) version: String,
}

/// What it says of a transition.
#[derive(Debug, PartialEq)]
pub(super) struct Verdict {
    /// Patch if it sees nothing: it does not know of additions.
    pub(super) effect: Effect,
    /// The lints that failed.
    pub(super) lints: Vec<String>,
}

fn tool() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.arg("semver-checks").stdin(Stdio::null());
    command
}

impl Peer {
    /// The tool that is installed.
    pub(super) fn find() -> Result<Self> {
        let answer = tool()
            .arg("--version")
            .output()
            .context("cannot run cargo")?;
        ensure!(
            answer.status.success(),
            "cargo-semver-checks is not installed. This installs it, in some minutes: \
             cargo install cargo-semver-checks --locked\n\
             Without it --no-peer has the compiler check the witnesses alone"
        );
        let version = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
        Ok(Self { version })
    }

    /// Compares two crates by their documentation. It is asked whether the upgrade may be a patch:
    /// so it tells what is minor and what is major.
    #[expect(clippy::unused_self, reason = "there is none unless it was found")]
    pub(super) fn compare(&self, old: &Path, new: &Path) -> Result<Verdict> {
        let answer = tool()
            .args(["--release-type", "patch", "--color", "never"])
            .arg("--baseline-rustdoc")
            .arg(old)
            .arg("--current-rustdoc")
            .arg(new)
            .output()
            .context("cannot run cargo")?;
        let [told, also] =
            [&answer.stdout, &answer.stderr].map(|text| String::from_utf8_lossy(text));
        match parse(&format!("{told}\n{also}")) {
            Some(verdict) => Ok(verdict),
            None => bail!("cargo-semver-checks came to no verdict:\n{also}"),
        }
    }
}

/// Its verdict, from its summary and the heads of what failed.
fn parse(text: &str) -> Option<Verdict> {
    let summary = text.lines().find_map(|line| {
        let line = line.trim_start().strip_prefix("Summary ")?;
        Some(line.trim())
    })?;
    let effect = if summary.starts_with("no semver update required") {
        Effect::Patch
    } else if summary.starts_with("semver requires new minor version") {
        Effect::Minor
    } else if summary.starts_with("semver requires new major version") {
        Effect::Major
    } else {
        return None;
    };
    let heads = text.lines().filter_map(|line| {
        let head = line.strip_prefix("--- failure ")?;
        Some(head.split_once(':')?.0.to_owned())
    });
    let mut lints: Vec<String> = heads.collect();
    lints.sort();
    lints.dedup();
    Some(Verdict { effect, lints })
}

#[cfg(test)]
mod tests {
    use shapewright_rust::surface::Effect;

    use super::{Verdict, parse};

    #[test]
    fn the_summary_is_the_verdict_and_what_failed_is_named_once() {
        let text = "
--- failure enum_variant_missing: pub enum variant removed or renamed ---
  variant Color::Green, previously in file src/types/color.rs:12
--- failure enum_variant_missing: pub enum variant removed or renamed ---
--- failure struct_missing: pub struct removed or renamed ---
    Checking thing v0.1.0 -> v0.1.0 (assume patch change)
     Summary semver requires new major version: 2 major and 0 minor checks failed
";
        let verdict = parse(text).unwrap();
        assert_eq!(verdict.effect, Effect::Major);
        assert_eq!(verdict.lints, ["enum_variant_missing", "struct_missing"]);
        let minor =
            "     Summary semver requires new minor version: 0 major and 1 minor checks failed";
        assert_eq!(parse(minor).unwrap().effect, Effect::Minor);
    }

    #[test]
    fn where_nothing_is_seen_a_patch_will_do() {
        let nothing = Verdict {
            effect: Effect::Patch,
            lints: Vec::new(),
        };
        let text = "     Summary no semver update required";
        assert_eq!(parse(text), Some(nothing));
    }

    #[test]
    fn what_ends_without_a_summary_is_no_verdict() {
        assert_eq!(parse("error: unsupported rustdoc format v60"), None);
        assert_eq!(parse("     Summary of something else"), None);
    }
}
