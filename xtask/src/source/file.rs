//! A single `service-2.json` or Smithy JSON AST, plain or packed, under whatever name.
//!
//! A Smithy AST states all by itself. A `service-2.json` does not:
//! where it stands in upstream's layout (`<service>/<api version>/service-2.json`), the files
//! beside it belong to it and are taken along. Elsewhere a `paginators-1.json` beside it may be
//! anyone's, so it is taken alone, and the index notes that the others were out of sight.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use jiff::civil::Date;
use shapewright_model::c2j::{FileKind, Prose};
use shapewright_model::{Dialect, TraitName};

use super::limits::{self, is_service_name};
use super::names;
use super::{Found, FoundExtras, FoundFile, Hints, Release, extras_beside};
use crate::problems::{self, Input};
use crate::spec::Version;

/// A model file.
pub(super) struct ModelFile {
    label: String,
    path: PathBuf,
    service: String,
    version: Version,
    date: Option<Date>,
    in_layout: bool,
}

/// Takes a model file. Its release and day must be given; its service may be.
pub(super) fn open(path: &Path, hints: &Hints) -> Result<ModelFile> {
    let label = path.display().to_string();
    let Some(version) = hints.release.clone() else {
        bail!("{label} does not state its release; give it with --release");
    };
    let around = service_around(path);
    let service = match (hints.services.as_slice(), &around) {
        ([service], _) | ([], Some(service)) => service.clone(),
        ([], None) => service_within(path)?,
        _ => bail!("{label} is one service; give one --service"),
    };
    limits::check_service_name(&service)?;
    let path = path.to_path_buf();
    Ok(ModelFile {
        label,
        path,
        service,
        version,
        date: hints.date,
        in_layout: around.is_some(),
    })
}

/// The service that the folders around a file name, if it stands in upstream's layout.
fn service_around(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let api_version = path.parent()?;
    let service = api_version.parent()?.file_name()?.to_str()?;
    let is_model = name.strip_suffix(".gz").unwrap_or(name) == FileKind::Service.file_name();
    let is_dated = api_version.file_name()?.to_str()?.parse::<Date>().is_ok();
    (is_model && is_dated && is_service_name(service)).then(|| service.to_owned())
}

/// The service that the file names itself, spelled as upstream spells folders.
fn service_within(path: &Path) -> Result<String> {
    let input = Input {
        kind: FileKind::Service,
        name: path.display().to_string(),
        bytes: limits::read_file(path)?,
    };
    let metadata = problems::read(vec![input], Prose::Skip)?.model.metadata;
    let id = metadata.text(&TraitName::ServiceId);
    let name = id.or_else(|| metadata.text(&TraitName::EndpointPrefix));
    let name = name.map(names::folder);
    name.filter(|name| is_service_name(name)).with_context(|| {
        format!(
            "{} does not tell which service it is; give --service",
            path.display()
        )
    })
}

/// The files of the model in a folder of its own.
pub(crate) fn of_folder(folder: &Path) -> Result<Vec<FoundFile>> {
    let mut files = Vec::new();
    for kind in FileKind::ALL {
        files.extend(in_folder(folder, kind)?);
    }
    ensure!(
        files.iter().any(|file| file.kind == FileKind::Service),
        "there is no {} in the folder {}",
        FileKind::Service.file_name(),
        folder.display()
    );
    Ok(files)
}

/// A file of a model in this folder, packed or not, with its extras; none if it is not there.
fn in_folder(folder: &Path, kind: FileKind) -> Result<Option<FoundFile>> {
    let plain = folder.join(kind.file_name());
    let packed = folder.join(format!("{}.gz", kind.file_name()));
    let Some(path) = [plain, packed].into_iter().find(|path| path.exists()) else {
        return Ok(None);
    };
    Ok(Some(FoundFile {
        kind,
        label: path.display().to_string(),
        bytes: limits::read_file(&path)?,
        extras: extras_beside(&path, kind)?,
    }))
}

impl ModelFile {
    fn extras(&self, kind: FileKind) -> Result<Option<FoundExtras>> {
        if self.in_layout {
            return extras_beside(&self.path, kind);
        }
        Ok(None)
    }
}

impl Release for ModelFile {
    fn label(&self) -> &str {
        &self.label
    }

    fn version(&self) -> &Version {
        &self.version
    }

    fn services(&self) -> Vec<String> {
        vec![self.service.clone()]
    }

    fn is_of_one_service(&self) -> bool {
        true
    }

    fn read(&mut self, _: &str) -> Result<Found> {
        let bytes =
            problems::not_a_folder(&self.path).and_then(|()| limits::read_file(&self.path))?;
        let is_whole = Dialect::of(&bytes) == Dialect::Smithy;
        let mut files = vec![FoundFile {
            kind: FileKind::Service,
            label: self.label.clone(),
            bytes,
            extras: self.extras(FileKind::Service)?,
        }];
        let siblings = FileKind::ALL
            .into_iter()
            .filter(|kind| *kind != FileKind::Service);
        for kind in siblings.filter(|_| self.in_layout && !is_whole) {
            files.extend(in_folder(
                self.path.parent().unwrap_or(Path::new("")),
                kind,
            )?);
        }
        Ok(Found {
            date: self.date,
            files,
            partial: !self.in_layout && !is_whole,
        })
    }
}
