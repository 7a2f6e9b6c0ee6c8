//! A single `service-2.json`, plain or packed, under whatever name.
//!
//! Where it stands in upstream's layout (`<service>/<api version>/service-2.json`), the files
//! beside it belong to it and are taken along. Elsewhere a `paginators-1.json` beside it may be
//! anyone's, so it is taken alone, and the index notes that the others were out of sight.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;
use shapewright_model::Value;
use shapewright_model::c2j::FileKind;

use super::limits::{self, is_service_name};
use super::{Found, FoundExtras, FoundFile, Hints, Release, extras_beside};
use crate::problems;
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
    let bytes = limits::read_file(path)?;
    let json: Option<Value> = serde_json::from_slice(&bytes).ok();
    let metadata = json.as_ref().and_then(|json| json.get("metadata"));
    let text = |key| metadata?.get(key)?.as_str();
    let name = text("serviceId").or_else(|| text("endpointPrefix"));
    let name = name.map(|name| name.to_ascii_lowercase().replace(' ', "-"));
    name.filter(|name| is_service_name(name)).with_context(|| {
        format!(
            "{} does not tell which service it is; give --service",
            path.display()
        )
    })
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
        let mut files = vec![FoundFile {
            kind: FileKind::Service,
            label: self.label.clone(),
            bytes: problems::not_a_folder(&self.path)
                .and_then(|()| limits::read_file(&self.path))?,
            extras: self.extras(FileKind::Service)?,
        }];
        let siblings = FileKind::ALL
            .into_iter()
            .filter(|kind| *kind != FileKind::Service);
        for kind in siblings.filter(|_| self.in_layout) {
            let plain = self.path.with_file_name(kind.file_name());
            let packed = self.path.with_file_name(format!("{}.gz", kind.file_name()));
            if let Some(path) = [plain, packed].into_iter().find(|path| path.exists()) {
                let label = path.display().to_string();
                files.push(FoundFile {
                    kind,
                    label,
                    bytes: limits::read_file(&path)?,
                    extras: self.extras(kind)?,
                });
            }
        }
        Ok(Found {
            date: self.date,
            files,
            partial: !self.in_layout,
        })
    }
}
