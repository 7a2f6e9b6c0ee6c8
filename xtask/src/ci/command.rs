//! A command line of a step: shown, then run with its output passing through.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};

/// A command line in the making.
pub(super) struct Line {
    shown: Vec<String>,
    command: Command,
}

impl Line {
    /// A call of cargo: the one that called us, so that a toolchain chosen by hand stays chosen.
    pub(super) fn cargo(root: &Path, arguments: &[&str]) -> Self {
        let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        Self::new("cargo", &program, root).arguments(arguments)
    }

    /// A call of a program that is shown under a name of its own.
    pub(super) fn new(shown: &str, program: impl AsRef<OsStr>, root: &Path) -> Self {
        let mut command = Command::new(program);
        // Nobody answers questions in continuous integration, so nobody does here.
        command.current_dir(root).stdin(Stdio::null());
        Self {
            shown: vec![shown.to_owned()],
            command,
        }
    }

    pub(super) fn arguments(mut self, arguments: &[&str]) -> Self {
        self.shown
            .extend(arguments.iter().map(|&text| quoted(text)));
        self.command.args(arguments);
        self
    }

    pub(super) fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        let value = value.as_ref();
        let assignment = format!("{name}={}", quoted(&value.to_string_lossy()));
        self.shown.insert(0, assignment);
        self.command.env(name, value);
        self
    }

    /// Runs it; whether it succeeded.
    pub(super) fn run(mut self) -> Result<bool> {
        let shown = self.shown.join(" ");
        eprintln!("$ {shown}");
        let status = self.command.status();
        let status = status.with_context(|| format!("cannot run {shown}"))?;
        if !status.success() {
            eprintln!("{status}: {shown}");
        }
        Ok(status.success())
    }
}

/// As a shell takes it.
fn quoted(text: &str) -> String {
    if text.contains([' ', '"', '$', '*']) {
        format!("'{text}'")
    } else {
        text.to_owned()
    }
}

/// Runs the lines in turn, all of them; whether all succeeded.
pub(super) fn all(lines: impl IntoIterator<Item = Line>) -> Result<bool> {
    let mut passed = true;
    for line in lines {
        passed &= line.run()?;
    }
    Ok(passed)
}
