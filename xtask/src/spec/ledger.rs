//! `ledger.toml`: the names that a service's items were given, where a `Box` was put, and the version
//! of each revision's crate. Beside it stands the listing of the last version's public surface.

use std::path::Path;

use anyhow::{Context as _, Result, anyhow, ensure};
use serde::{Deserialize, Serialize};
use shapewright_model::Model;
use shapewright_rust::Ledger;
use shapewright_rust::versions::{self, VersionError, Versions};

use super::{History, ServiceSpec};
use crate::output::{self, Files, Mode};

/// The file's name in the folder of a service.
pub(crate) const FILE_NAME: &str = "ledger.toml";
/// The name of the listing's file beside it.
pub(crate) const LISTING_NAME: &str = "surface.txt";

const SCHEMA: u32 = 1;

const HEADER: &str = "\
# The version of each revision's crate, the Rust name of each operation, shape, member and value of this
# service as first given, and the members that are behind a `Box`. Written by `shapewright import` and
# `shapewright generate`, which only ever add to it: what stands here keeps its name and its version in
# every later crate. Do not edit.

";

#[derive(Serialize, Deserialize)]
struct File<L> {
    schema: u32,
    #[serde(default, skip_serializing_if = "Versions::is_empty")]
    versions: Versions,
    #[serde(flatten)]
    ledger: L,
}

/// What was given to a service, once and for good.
#[derive(Clone, Default)]
pub(crate) struct Record {
    /// The names.
    pub(crate) names: Ledger,
    /// The versions.
    pub(crate) versions: Versions,
    /// The listing of the last version's surface; empty if there is none.
    listing: String,
}

impl Record {
    /// Reads the record of a service's folder; an empty one if there is none.
    pub(crate) fn load(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE_NAME);
        let text = match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            text => text.with_context(|| path.display().to_string())?,
        };
        let (names, versions) = parse(&text).with_context(|| {
            format!(
                "{} is not the ledger that Shapewright writes; restore it",
                path.display()
            )
        })?;
        Ok(Self {
            names,
            versions,
            listing: listing(folder)?,
        })
    }

    /// Names what models have and the record lacks, oldest first.
    pub(crate) fn name(&mut self, models: &[Model]) {
        self.names.replay(models);
    }

    /// Takes all versions back.
    pub(crate) fn forget_versions(&mut self) {
        self.versions = Versions::default();
    }

    /// Gives the revisions of a service their versions; all their models must be named.
    pub(crate) fn number(&mut self, service: &ServiceSpec, models: &[Model]) -> Result<()> {
        let revisions = service.history.revisions.iter().zip(models);
        let history: Vec<versions::Revision<'_>> = revisions
            .map(|(revision, model)| versions::Revision {
                name: &revision.name,
                model,
            })
            .collect();
        let listing = (!self.listing.is_empty()).then_some(self.listing.as_str());
        self.listing = versions::give(&mut self.versions, listing, &history, &self.names)
            .map_err(|error| refused(service, &error))?;
        Ok(())
    }

    /// The files that hold it.
    pub(crate) fn files(&self) -> Result<Files> {
        let ledger = (FILE_NAME.to_owned(), self.to_toml()?.into_bytes());
        let listing = (LISTING_NAME.to_owned(), self.listing.clone().into_bytes());
        // Without versions there is nothing to compare with.
        let listing = (!self.versions.is_empty()).then_some(listing);
        Ok([ledger].into_iter().chain(listing).collect())
    }

    fn to_toml(&self) -> Result<String> {
        let file = File {
            schema: SCHEMA,
            versions: self.versions.clone(),
            ledger: &self.names,
        };
        let body = toml::to_string(&file).context("cannot write the ledger as TOML")?;
        Ok(format!("{HEADER}{body}"))
    }
}

/// Names what the revisions of a service have and its ledger lacks; `renumber` also takes their versions
/// back, so that the next crate is numbered anew.
pub(crate) fn update(service: &ServiceSpec, renumber: bool) -> Result<()> {
    let mut record = Record::load(&service.folder)?;
    record.name(&service.load_first(service.history.revisions.len())?);
    if renumber {
        record.forget_versions();
    }
    output::add(&service.folder, &record.files()?, Mode::Write)?;
    Ok(())
}

/// Fails if the revisions of a history that is not yet written could not be given versions.
pub(crate) fn refuse_late(folder: &Path, history: &History) -> Result<()> {
    let names: Vec<&str> = history.revisions.iter().map(|one| &*one.name).collect();
    let versions = Record::load(folder)?.versions;
    versions
        .allow(&names)
        .map_err(|error| late(&history.service, &error))
}

fn refused(service: &ServiceSpec, error: &VersionError) -> anyhow::Error {
    match error {
        VersionError::FoundLate { .. } | VersionError::NoRevision { .. } => {
            late(&service.name, error)
        }
        VersionError::NoListing { .. } | VersionError::Listing(_) => anyhow!(
            "{}: {error}; restore {} as it was when the version was given",
            service.name,
            service.folder.join(LISTING_NAME).display()
        ),
    }
}

fn late(service: &str, error: &VersionError) -> anyhow::Error {
    anyhow!(
        "{service}: {error}. With --renumber all its versions are given anew, from 1.0.0 on; do that \
         only if none of its crates was published"
    )
}

fn listing(folder: &Path) -> Result<String> {
    let path = folder.join(LISTING_NAME);
    match std::fs::read_to_string(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        text => text.with_context(|| path.display().to_string()),
    }
}

fn parse(text: &str) -> Result<(Ledger, Versions)> {
    let file: File<toml::Table> = toml::from_str(text)?;
    ensure!(
        file.schema == SCHEMA,
        "it has schema {}; this version of Shapewright knows {SCHEMA}",
        file.schema
    );
    let ledger: Ledger = file.ledger.try_into()?;
    let illegal = ledger.illegal_names();
    ensure!(
        illegal.is_empty(),
        "these are no identifiers of Rust: {}",
        illegal
            .iter()
            .map(|name| format!("`{}`", name.escape_debug()))
            .collect::<Vec<_>>()
            .join(", ")
    );
    Ok((ledger, file.versions))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_name_that_is_no_identifier_is_refused() {
        let ledger = |name: &str| format!("schema = 1\n[operations]\nRun = \"{name}\"\n");
        assert!(parse(&ledger("Run")).is_ok());
        for bad in [
            "Run; fn evil() {}",
            "1st",
            "",
            "_",
            "fn",
            "r#self",
            "r#r#x",
            "Rün",
        ] {
            let error = parse(&ledger(bad)).expect_err(bad);
            assert!(error.to_string().contains("no identifiers"), "{error}");
        }
    }

    #[test]
    fn a_ledger_of_a_later_version_is_refused() {
        assert!(parse("schema = 2\n").is_err());
        assert!(parse("schema = 1\nmore = 2\n").is_err());
    }
}
