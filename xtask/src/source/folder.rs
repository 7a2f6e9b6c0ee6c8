//! A folder of models, such as the `data` of an installed package.

use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use jiff::civil::Date;

use super::catalogue::{Catalogue, Entry, Files};
use super::limits;
use super::{Address, Found, Hints, Release};
use crate::spec::Version;

/// A folder of models, listed.
pub(super) struct Folder {
    label: String,
    root: PathBuf,
    version: Version,
    date: Option<Date>,
    catalogue: Catalogue,
}

/// Lists a folder. Its package states the version beside it; else the user must.
pub(super) fn open(root: &Path, hints: &Hints) -> Result<Folder> {
    let label = root.display().to_string();
    let catalogue = list(root).with_context(|| format!("cannot list {label}"))?;
    if catalogue.services().is_empty() {
        let below = root.join("data");
        let hint = if below.is_dir() {
            format!("; did you mean {}?", below.display())
        } else {
            String::new()
        };
        bail!("{label} holds no <service>/<api version>/service-2.json{hint}");
    }
    let version = match (stated_version(root)?, &hints.release) {
        (Some(stated), Some(given)) => {
            ensure!(
                stated == *given,
                "the package around {label} is release {stated}, not {given}; leave out --release"
            );
            stated
        }
        (Some(version), None) => version,
        (None, Some(version)) => version.clone(),
        (None, None) if hints.any_release => "0".parse().map_err(anyhow::Error::msg)?,
        (None, None) => bail!("nothing beside {label} states its release; give it with --release"),
    };
    Ok(Folder {
        label,
        root: root.to_path_buf(),
        version,
        date: hints.date,
        catalogue,
    })
}

/// `__version__` in the package's `__init__.py`, if there is one above the folder.
fn stated_version(root: &Path) -> Result<Option<Version>> {
    // Not `root.parent()`: a relative `data` or `.` has none that could be opened.
    let package = root.join("..").join("__init__.py");
    let Ok(text) = fs::read_to_string(&package) else {
        return Ok(None);
    };
    let version = assigned_version(&text).map(|text| text.parse().map_err(anyhow::Error::msg));
    version
        .transpose()
        .with_context(|| package.display().to_string())
}

/// What a package's `__init__.py` assigns to `__version__`.
pub(super) fn assigned_version(text: &str) -> Option<&str> {
    text.lines().find_map(|line| {
        let value = line
            .strip_prefix("__version__")?
            .trim_start()
            .strip_prefix('=')?;
        Some(value.trim().trim_matches(['\'', '"']))
    })
}

fn list(root: &Path) -> Result<Catalogue> {
    let mut catalogue = Catalogue::default();
    for service in names(root, is_folder)? {
        let folder = root.join(&service);
        for api_version in names(&folder, is_folder)? {
            let folder = folder.join(&api_version);
            for file in names(&folder, |_| true)? {
                let path = format!("{service}/{api_version}/{file}");
                catalogue.add(&path, &[&service, &api_version, &file]);
            }
        }
    }
    Ok(catalogue)
}

/// The names in a folder of what is wanted of it, in order.
fn names(folder: &Path, is_wanted: fn(&DirEntry) -> bool) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in folder.read_dir()? {
        let entry = entry?;
        if is_wanted(&entry) {
            names.extend(entry.file_name().into_string().ok());
        }
    }
    names.sort();
    Ok(names)
}

/// Whether it is a folder, or a link to one. Of what is no link the list tells it, unasked.
fn is_folder(entry: &DirEntry) -> bool {
    let of = entry.file_type();
    of.is_ok_and(|of| of.is_dir() || of.is_symlink() && entry.path().is_dir())
}

impl Folder {
    fn files(&self, files: &Files) -> Result<Found> {
        let path = |entry: &Entry| self.root.join(&entry.path);
        let label = |entry: &Entry| path(entry).display().to_string();
        let mut found = files.read(label, |entry| {
            let file = fs::File::open(path(entry)).context("cannot read it")?;
            let bytes = limits::read_open(file).context("cannot read it")?;
            Ok((bytes, None))
        })?;
        found.date = self.date;
        Ok(found)
    }
}

impl Release for Folder {
    fn label(&self) -> &str {
        &self.label
    }

    fn version(&self) -> &Version {
        &self.version
    }

    fn services(&self) -> Vec<String> {
        self.catalogue.services()
    }

    fn read(&mut self, service: &str) -> Result<Found> {
        self.files(&self.catalogue.files(service, None)?)
    }

    fn models(&self) -> Vec<Address> {
        self.catalogue.models()
    }

    fn read_model(&mut self, address: &Address) -> Result<Found> {
        let api_version = address.api_version.as_deref();
        self.files(&self.catalogue.files(&address.service, api_version)?)
    }
    fn on_disk(&self, address: &Address) -> Option<Vec<PathBuf>> {
        let api_version = address.api_version.as_deref();
        let files = self.catalogue.files(&address.service, api_version).ok()?;
        let paths = files.plain()?;
        Some(paths.map(|path| self.root.join(path)).collect())
    }
}
