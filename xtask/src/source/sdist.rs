//! A source distribution: a tar archive packed with gzip, the models among the package's sources
//! and the version in `PKG-INFO`.
//!
//! Such an archive can only be read from its beginning. So one pass lists it and lays the models
//! aside in a temporary file without a name, from which they are read when they are asked for.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::catalogue::{Catalogue, Entry, Files};
use super::limits::{self, ARCHIVE_LIMIT, FILE_LIMIT};
use super::{Address, Found, Hints, Release};
use crate::spec::Version;

const BROKEN: &str =
    "it is no whole tar.gz archive, which a source distribution is; fetch it again";

/// A source distribution, listed, with its models at hand.
pub(super) struct Sdist {
    label: String,
    version: Version,
    catalogue: Catalogue,
    shelf: Shelf,
}

/// The models, one after the other in a temporary file.
struct Shelf {
    file: File,
    end: u64,
    places: BTreeMap<String, Place>,
}

/// Where a file stands on the shelf, and the day of its time stamp.
struct Place {
    start: u64,
    length: u64,
    date: Option<Date>,
}

/// Lists a source distribution and lays aside the models that are asked for.
pub(super) fn open(path: &Path, hints: &Hints) -> Result<Sdist> {
    let label = path.display().to_string();
    list(path, hints, label.clone()).with_context(|| format!("cannot use {label}"))
}

fn list(path: &Path, hints: &Hints, label: String) -> Result<Sdist> {
    let unpacked = MultiGzDecoder::new(BufReader::new(File::open(path)?));
    // A gzip bomb ends here; what one entry may hold is limited as it is read.
    let mut archive = tar::Archive::new(unpacked.take(ARCHIVE_LIMIT));
    let mut catalogue = Catalogue::default();
    let mut shelf = Shelf {
        file: tempfile::tempfile().context("cannot make a temporary file")?,
        end: 0,
        places: BTreeMap::new(),
    };
    let mut version = None;
    for entry in archive.entries().context(BROKEN)? {
        let mut entry = entry.context(BROKEN)?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = entry.path_bytes().into_owned();
        let name = String::from_utf8(name)
            .ok()
            .context("a name in it is no text")?;
        limits::check_entry_name(&name)?;
        let steps: Vec<&str> = name.split('/').collect();
        match steps.as_slice() {
            [_, "PKG-INFO"] => {
                let text = limits::read_capped(&mut entry, FILE_LIMIT).context(name.clone())?;
                let stated = limits::version_in(&text).context(name.clone())?;
                ensure!(
                    version.replace(stated).is_none(),
                    "it states its version twice; which one counts is anyone's guess"
                );
            }
            [_, "botocore", "data", service, api_version, file] => {
                // The listing must be whole, so that a service that is not there can be told.
                let is_model = catalogue.add(&name, &[service, api_version, file]);
                let is_asked_for =
                    hints.services.is_empty() || hints.services.iter().any(|one| one == service);
                if is_model && is_asked_for {
                    shelf
                        .add(&name, &mut entry)
                        .map_err(|error| {
                            if error.is::<std::io::Error>() {
                                error.context(BROKEN)
                            } else {
                                error
                            }
                        })
                        .context(name.clone())?;
                }
            }
            _ => {}
        }
    }
    let Some(version) = version else {
        bail!("it has no PKG-INFO that tells its version; is it a source distribution?");
    };
    Ok(Sdist {
        label,
        version,
        catalogue,
        shelf,
    })
}

impl Shelf {
    fn add(&mut self, name: &str, entry: &mut tar::Entry<'_, impl Read>) -> Result<()> {
        let seconds = entry.header().mtime().ok().filter(|seconds| *seconds > 0);
        let stamp =
            seconds.and_then(|seconds| Timestamp::from_second(seconds.try_into().ok()?).ok());
        let bytes = limits::read_capped(entry, FILE_LIMIT)?;
        let length = bytes.len() as u64;
        self.file
            .write_all(&bytes)
            .context("cannot write to a temporary file")?;
        let place = Place {
            start: self.end,
            length,
            date: stamp.map(|stamp| stamp.to_zoned(TimeZone::UTC).date()),
        };
        self.end += length;
        ensure!(
            self.places.insert(name.to_owned(), place).is_none(),
            "it stands twice under this name; which one counts is anyone's guess"
        );
        Ok(())
    }

    fn read(&mut self, entry: &Entry) -> Result<(Vec<u8>, Option<Date>)> {
        let place = self
            .places
            .get(&entry.path)
            .context("it was not asked for")?;
        self.file.seek(SeekFrom::Start(place.start))?;
        let bytes = limits::read_capped((&self.file).take(place.length), FILE_LIMIT)?;
        Ok((bytes, place.date))
    }
}

impl Sdist {
    fn files(&mut self, files: &Files) -> Result<Found> {
        let label = |entry: &Entry| format!("{}: {}", self.label, entry.path);
        files.read(label, |entry| self.shelf.read(entry))
    }
}

impl Release for Sdist {
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
