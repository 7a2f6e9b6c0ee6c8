//! The crates of a survey: a folder with a Cargo workspace of one crate for each model.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;
use shapewright_model::Model;
use shapewright_rust::{Ledger, Options, Runtime};

use crate::generate;
use crate::output::{self, Files, Mode};
use crate::source::Address;
use crate::spec::Spec;
use crate::terminal;

/// Where the crates of a survey go.
pub(super) struct Crates {
    folder: PathBuf,
    /// The folder of the models, which holds the runtime, if there is one.
    models: Option<PathBuf>,
}

/// What a crate is made of.
pub(super) struct Size {
    pub(super) files: usize,
    pub(super) lines: usize,
}

/// What the compiler said of all crates.
pub(super) struct Compiled {
    /// How many warnings it gave, by package.
    pub(super) warnings: BTreeMap<String, u64>,
    /// Its errors, as it shows them.
    pub(super) errors: Vec<String>,
}

impl Crates {
    /// A folder that is empty or not there yet, or holds the crates of a survey before.
    pub(super) fn open(folder: &Path, spec: Option<&Spec>) -> Result<Self> {
        let is_ours = |path: &Path| {
            std::fs::read(path).is_ok_and(|content| shapewright_rust::is_generated(&content))
        };
        let is_empty = match folder.read_dir() {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
            Err(error) => return Err(error).with_context(|| folder.display().to_string()),
        };
        ensure!(
            is_empty || is_ours(&folder.join("Cargo.toml")),
            "{} holds something else than the crates of a survey; name an empty folder",
            folder.display()
        );
        Ok(Self {
            folder: folder.to_path_buf(),
            models: spec.map(generate::models_folder).transpose()?,
        })
    }

    /// Writes the manifest of the workspace. It is what tells the folder as ours, so it comes first.
    pub(super) fn begin(&self) -> Result<()> {
        let header = shapewright_rust::HEADER;
        // Checked once and never run: what helps a second build or a debugger costs time alone.
        let text = format!(
            "# {header}\n\n[workspace]\nresolver = \"3\"\nmembers = [\"*/*\"]\n\n\
             [profile.dev]\ndebug = false\nincremental = false\n"
        );
        let files = Files::from([("Cargo.toml".to_owned(), text.into_bytes())]);
        output::add(&self.folder, &files, Mode::Write)?;
        Ok(())
    }

    /// Writes the crate of a model, as its first revision.
    pub(super) fn write(&self, address: &Address, model: &Model) -> Result<Size> {
        let api_version = address.api_version.as_deref().unwrap_or("model");
        let out = self.folder.join(&address.service).join(api_version);
        let runtime = match &self.models {
            Some(models) => generate::runtime(models, &out)?,
            None => Runtime::Version,
        };
        let options = Options {
            package: &shapewright_rust::package(&format!("{}-{api_version}", address.service)),
            version: "1.0.0",
            revision: api_version,
            upstream: "a survey",
            since: &BTreeMap::new(),
            ledger: &Ledger::default(),
            runtime,
        };
        let texts = shapewright_rust::files(&shapewright_rust::plan(model, &options));
        let lines = texts.values().map(|text| text.lines().count()).sum();
        let files: Files = texts
            .into_iter()
            .map(|(path, text)| (path, text.into_bytes()))
            .collect();
        let is_ours = |_: &str, content: &[u8]| shapewright_rust::is_generated(content);
        output::sync(&out, &files, &is_ours, Mode::Write)?;
        Ok(Size {
            files: files.len(),
            lines,
        })
    }

    /// Has the compiler check all crates.
    pub(super) fn compile(&self, crates: usize) -> Result<Compiled> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut child = Command::new(cargo)
            .args(["check", "--workspace", "--quiet", "--keep-going"])
            .args(["--message-format", "json-diagnostic-rendered-ansi"])
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot run cargo")?;
        let mut compiled = Compiled {
            warnings: BTreeMap::new(),
            errors: Vec::new(),
        };
        let progress = terminal::progress(crates);
        progress.set_message("cargo check");
        let stdout = child.stdout.take().context("cargo has no output")?;
        for line in BufReader::new(stdout).lines() {
            let message: Value = serde_json::from_str(&line?).unwrap_or_default();
            match message["reason"].as_str() {
                Some("compiler-message") => compiled.note(&message),
                Some("compiler-artifact") if is_below(&message, &self.folder) => progress.inc(1),
                _ => {}
            }
        }
        progress.finish_and_clear();
        let status = child.wait().context("cannot wait for cargo")?;
        if !status.success() && compiled.errors.is_empty() {
            bail!("cargo check failed in {}: {status}", self.folder.display());
        }
        Ok(compiled)
    }
}

/// Whether an artifact is of one of our crates, and not of what they depend on.
fn is_below(message: &Value, folder: &Path) -> bool {
    let manifest = message["manifest_path"].as_str().unwrap_or_default();
    let folder = std::path::absolute(folder).unwrap_or_default();
    Path::new(manifest).starts_with(folder)
}

impl Compiled {
    fn note(&mut self, message: &Value) {
        let diagnostic = &message["message"];
        let package = message["target"]["name"].as_str().unwrap_or_default();
        match diagnostic["level"].as_str() {
            Some("warning") => *self.warnings.entry(package.to_owned()).or_default() += 1,
            Some("error") => {
                let text = diagnostic["rendered"].as_str().unwrap_or_default();
                self.errors.push(format!("{package}: {text}"));
            }
            _ => {}
        }
    }
}
