//! A wheel: a zip archive with the models as package data and the version in its metadata.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use jiff::civil::Date;
use zip::ZipArchive;

use super::catalogue::{Catalogue, Entry, Files};
use super::limits::{self, ARCHIVE_LIMIT, FILE_LIMIT};
use super::{Address, Found, Release};
use crate::spec::Version;

/// A wheel, listed but not unpacked.
pub(super) struct Wheel {
    label: String,
    archive: ZipArchive<BufReader<File>>,
    version: Version,
    catalogue: Catalogue,
    /// How much may still be unpacked of it.
    left: u64,
}

/// Lists a wheel.
pub(super) fn open(path: &Path) -> Result<Wheel> {
    let label = path.display().to_string();
    open_as(path, label.clone()).with_context(|| format!("cannot use {label}"))
}

/// Lists a wheel that messages call by this name.
pub(super) fn open_as(path: &Path, label: String) -> Result<Wheel> {
    let archive = ZipArchive::new(BufReader::new(File::open(path)?))
        .context("it is no whole zip archive, which a wheel is; fetch it again")?;
    ensure!(
        !archive.has_duplicate_names(),
        "it holds a file twice under one name; which one counts is anyone's guess"
    );
    let mut catalogue = Catalogue::default();
    let mut metadata = Vec::new();
    for name in archive.file_names() {
        let name = name.context("a name in it is no text")?;
        limits::check_entry_name(&name)?;
        let steps: Vec<&str> = name.split('/').collect();
        match steps.as_slice() {
            [.., "data", service, api_version, file] => {
                catalogue.add(&name, &[service, api_version, file]);
            }
            [folder, "METADATA"] if folder.ends_with(".dist-info") => {
                metadata.push(name.to_string());
            }
            _ => {}
        }
    }
    let [metadata] = metadata.as_slice() else {
        bail!("it has no *.dist-info/METADATA that tells its version; is it a wheel?");
    };
    let metadata = metadata.clone();
    let mut wheel = Wheel {
        label,
        archive,
        // Stands in until the entry is read, which needs the rest of the wheel.
        version: "0".parse().map_err(anyhow::Error::msg)?,
        catalogue,
        left: ARCHIVE_LIMIT,
    };
    wheel.version = wheel
        .unpack(&metadata)
        .and_then(|(text, _)| limits::version_in(&text))
        .context(metadata)?;
    Ok(wheel)
}

impl Wheel {
    /// An entry's content and the day of its time stamp.
    fn unpack(&mut self, name: &str) -> Result<(Vec<u8>, Option<Date>)> {
        let limit = FILE_LIMIT.min(self.left);
        let entry = self
            .archive
            .by_name(name)
            .context("it cannot be unpacked")?;
        // Zip knows no missing time stamp; reproducible builds write its very first day.
        let stamp = entry.last_modified().filter(|stamp| stamp.year() > 1980);
        let date = stamp.and_then(|stamp| {
            let (month, day) = (stamp.month().try_into().ok()?, stamp.day().try_into().ok()?);
            Date::new(stamp.year().try_into().ok()?, month, day).ok()
        });
        let bytes = limits::read_capped(entry, limit).context("it cannot be unpacked")?;
        self.left -= bytes.len() as u64;
        Ok((bytes, date))
    }
}

impl Wheel {
    fn files(&mut self, files: &Files) -> Result<Found> {
        let label = self.label.clone();
        let label = |entry: &Entry| format!("{label}: {}", entry.path);
        files.read(label, |entry| self.unpack(&entry.path))
    }
}

impl Release for Wheel {
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
        let files = self.catalogue.files(service, None)?;
        self.files(&files)
    }

    fn models(&self) -> Vec<Address> {
        self.catalogue.models()
    }

    fn read_model(&mut self, address: &Address) -> Result<Found> {
        let files = self
            .catalogue
            .files(&address.service, address.api_version.as_deref())?;
        self.files(&files)
    }
}
