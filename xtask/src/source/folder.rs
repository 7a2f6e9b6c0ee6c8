//! A folder of models, such as the `data` of an installed package.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use jiff::civil::Date;

use super::catalogue::Catalogue;
use super::{Found, FoundFile, Hints, Release, limits};
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
    let assigned = text.lines().find_map(|line| {
        let value = line
            .strip_prefix("__version__")?
            .trim_start()
            .strip_prefix('=')?;
        Some(value.trim().trim_matches(['\'', '"']))
    });
    let version = assigned
        .map(|text| text.parse().map_err(anyhow::Error::msg))
        .transpose();
    version.with_context(|| package.display().to_string())
}

fn list(root: &Path) -> Result<Catalogue> {
    let mut catalogue = Catalogue::default();
    for service in names(root)? {
        let folder = root.join(&service);
        if !folder.is_dir() {
            continue;
        }
        for api_version in names(&folder)? {
            let folder = folder.join(&api_version);
            if !folder.is_dir() {
                continue;
            }
            for file in names(&folder)? {
                let path = format!("{service}/{api_version}/{file}");
                catalogue.add(&path, &[&service, &api_version, &file]);
            }
        }
    }
    Ok(catalogue)
}

fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in folder.read_dir()? {
        names.extend(entry?.file_name().into_string().ok());
    }
    names.sort();
    Ok(names)
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
        let mut files = Vec::new();
        for (kind, entry) in self.catalogue.files(service)? {
            let path = self.root.join(&entry.path);
            let bytes = limits::read_file(&path)?;
            files.push(FoundFile {
                kind,
                label: path.display().to_string(),
                bytes,
            });
        }
        Ok(Found {
            date: self.date,
            files,
            partial: false,
        })
    }
}
