//! The crates of a verification: a folder for each revision, in it the crate, its documentation as
//! JSON, and a program that depends on the crate.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use shapewright_rust::Runtime;

use super::cargo;
use crate::generate;
use crate::output::{self, Files, Mode};
use crate::spec::Spec;

/// What makes methods of operations: the clients, over a transport of the user's. What a transport
/// of ours adds is the same in every crate.
const FEATURES: [&str; 2] = ["client", "blocking"];

/// One built once, never run.
const WORKSPACE: &str = "\n[workspace]\n\n[profile.dev]\ndebug = false\nincremental = false\n";

/// Where the crates go.
pub(super) struct Crates {
    folder: PathBuf,
    models: PathBuf,
    lock: PathBuf,
    /// The name of a crate's documentation, which is of another form with each version of rustc.
    documentation: String,
}

/// One side of a transition.
#[derive(Clone)]
pub(super) struct Side {
    /// The revision or the release.
    pub(super) name: String,
    /// The folder of what is made of it.
    pub(super) folder: PathBuf,
    package: String,
}

impl Crates {
    /// The folder, which is below the build's unless one is named.
    pub(super) fn open(spec: &Spec, folder: Option<&Path>) -> Result<Self> {
        let models = generate::models_folder(spec)?;
        let root = models.parent().unwrap_or(Path::new(""));
        let lock = root.join("Cargo.lock");
        ensure!(
            lock.is_file() && models.join("runtime").is_dir(),
            "there is no runtime with its Cargo.lock beside {}; call this in a clone of Shapewright",
            spec.root().display()
        );
        let target = || {
            let target = std::env::var_os("CARGO_TARGET_DIR");
            target.map_or_else(|| root.join("target"), PathBuf::from)
        };
        let folder = folder.map_or_else(|| target().join("semver"), Path::to_path_buf);
        Ok(Self {
            folder: std::path::absolute(folder)?,
            models,
            lock,
            documentation: format!("rustdoc-{}.json", cargo::rustc_version()?),
        })
    }

    /// The folder of a revision.
    pub(super) fn side(&self, service: &str, revision: &str) -> Side {
        Side {
            name: revision.to_owned(),
            folder: self.folder.join(service).join(revision),
            package: shapewright_rust::package(service),
        }
    }

    /// The runtime, as the crate of a revision names it.
    pub(super) fn runtime(&self, side: &Side) -> Result<Runtime> {
        generate::runtime(&self.models, &side.krate())
    }

    /// Where builds go: all share what the crates depend on.
    pub(super) fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    /// Writes the crate of a revision, as a workspace by itself.
    pub(super) fn write(&self, side: &Side, files: BTreeMap<String, String>) -> Result<()> {
        let mut files = files;
        if let Some(manifest) = files.get_mut("Cargo.toml") {
            manifest.push_str(WORKSPACE);
        }
        let files: Files = files
            .into_iter()
            .map(|(path, text)| (path, text.into_bytes()))
            .collect();
        let is_ours = |_: &str, content: &[u8]| shapewright_rust::is_generated(content);
        let outcome = output::sync(&side.krate(), &files, &is_ours, Mode::Write)?;
        let documentation = side.folder.join(&self.documentation);
        // What was documented is no longer the crate.
        if !(outcome.written.is_empty() && outcome.removed.is_empty()) && documentation.exists() {
            fs::remove_file(&documentation).with_context(|| documentation.display().to_string())?;
        }
        self.lock(&side.krate())
    }

    /// The documentation of a revision's crate as JSON, made anew only if the crate is another one.
    pub(super) fn documented(&self, side: &Side) -> Result<PathBuf> {
        let file = side.folder.join(&self.documentation);
        if !file.exists() {
            let name = format!("{}.json", side.package.replace('-', "_"));
            let made = self.target().join("doc").join(name);
            // So that none of another revision is taken for it.
            if made.exists() {
                fs::remove_file(&made).with_context(|| made.display().to_string())?;
            }
            cargo::document(&side.krate(), &self.target(), &side.features()?)?;
            fs::rename(&made, &file).with_context(|| made.display().to_string())?;
        }
        Ok(file)
    }

    /// Writes a library on the crate of a revision, a module a program, and gives its folder.
    pub(super) fn program(&self, side: &Side, modules: &Files) -> Result<PathBuf> {
        let folder = side.folder.join("witnesses");
        let manifest = format!(
            "[package]\nname = \"witnesses\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nserde = {{ version = \"1\", default-features = false }}\n\
             service = {{ package = \"{}\", path = \"../crate\", features = {:?} }}\n{WORKSPACE}",
            side.package,
            side.features()?,
        );
        let mut files = modules.clone();
        files.insert("Cargo.toml".to_owned(), manifest.into_bytes());
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
        }
        output::add(&folder, &files, Mode::Write)?;
        self.lock(&folder)?;
        Ok(folder)
    }

    /// The versions that the repository has: cargo leaves out what is not needed.
    fn lock(&self, folder: &Path) -> Result<()> {
        fs::copy(&self.lock, folder.join("Cargo.lock"))
            .with_context(|| folder.display().to_string())?;
        Ok(())
    }
}

impl Side {
    fn krate(&self) -> PathBuf {
        self.folder.join("crate")
    }

    /// Those of [`FEATURES`] that the crate has: none, if its operations cannot be called.
    fn features(&self) -> Result<Vec<&'static str>> {
        let path = self.krate().join("Cargo.toml");
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let manifest: toml::Table = text.parse().with_context(|| path.display().to_string())?;
        let named = manifest.get("features").and_then(toml::Value::as_table);
        let has = |name: &&str| named.is_some_and(|named| named.contains_key(*name));
        Ok(FEATURES.into_iter().filter(has).collect())
    }
}
