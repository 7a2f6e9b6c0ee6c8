//! The steps, in their order: the quick ones that fail most come first.

use anyhow::{Context as _, Result};
use clap::ValueEnum;

use super::command::{Line, all};
use super::{Ci, crates, package, peers, semver};

/// A step by its name.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Step {
    Fmt,
    Clippy,
    Test,
    Generate,
    Features,
    Docs,
    Package,
    Semver,
    Peers,
    Crates,
}

impl Step {
    pub(super) const ALL: [Self; 10] = [
        Self::Fmt,
        Self::Clippy,
        Self::Test,
        Self::Generate,
        Self::Features,
        Self::Docs,
        Self::Package,
        Self::Semver,
        Self::Peers,
        Self::Crates,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Test => "test",
            Self::Generate => "generate",
            Self::Features => "features",
            Self::Docs => "docs",
            Self::Package => "package",
            Self::Semver => "semver",
            Self::Peers => "peers",
            Self::Crates => "crates",
        }
    }

    pub(super) fn about(self) -> &'static str {
        match self {
            Self::Fmt => "the code is formatted",
            Self::Clippy => "clippy has no warning",
            Self::Test => "the tests pass, with Rust alone",
            Self::Generate => "the generated crates are what would be generated",
            Self::Features => {
                "the runtime compiles with every feature alone, with none and with all"
            }
            Self::Docs => "the documentation builds without a warning",
            Self::Package => "the runtime and the generated crates can be published as they are",
            Self::Semver => "cargo-semver-checks, if installed, agrees with what upgrades cost",
            Self::Peers => "botocore and a server agree with the stored models and the types",
            Self::Crates => "the crates of many services compile without a warning",
        }
    }

    /// Runs it; whether it passed.
    pub(super) fn run(self, ci: &Ci) -> Result<bool> {
        let cargo = |arguments: &[&str]| Line::cargo(&ci.root, arguments);
        match self {
            Self::Fmt => cargo(&["fmt", "--all", "--check"]).run(),
            Self::Clippy => cargo(&[
                "clippy",
                "--workspace",
                "--all-targets",
                "--all-features",
                "--",
                "-D",
                "warnings",
            ])
            .run(),
            Self::Test => cargo(&["test", "--workspace"]).run(),
            Self::Generate => cargo(&["xtask", "generate", "--check"]).run(),
            Self::Features => features(ci),
            Self::Docs => cargo(&["doc", "--workspace", "--all-features", "--no-deps"])
                .variable("RUSTDOCFLAGS", "-D warnings")
                .run(),
            Self::Package => package::run(ci),
            Self::Semver => semver::run(ci),
            Self::Peers => peers::run(ci),
            Self::Crates => crates::run(ci),
        }
    }
}

/// A generated crate switches on what its model needs, so every selection must compile.
fn features(ci: &Ci) -> Result<bool> {
    const MANIFEST: &str = "models/runtime/Cargo.toml";
    let manifest = ci.root.join(MANIFEST);
    let text = std::fs::read_to_string(&manifest).context(MANIFEST)?;
    let manifest: toml::Table = text.parse().context(MANIFEST)?;
    let named = manifest.get("features").and_then(toml::Value::as_table);
    let named = named.into_iter().flat_map(toml::Table::keys);
    // What several share is no selection.
    let named = named.filter(|name| !name.starts_with("__"));
    let mut selections = vec![vec!["--no-default-features"], vec!["--all-features"]];
    selections.extend(named.map(|name| vec!["--no-default-features", "--features", name]));
    all(selections.into_iter().map(|selection| {
        Line::cargo(&ci.root, &["clippy", "--package", "shapewright-runtime"])
            .arguments(&selection)
            .arguments(&["--", "-D", "warnings"])
    }))
}
