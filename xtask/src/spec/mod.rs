//! The folder of imported models: one folder a service, in it one folder a revision and the index.

mod history;
pub(crate) mod ledger;
mod resolve;
mod version;

use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use rayon::prelude::*;
use shapewright_model::c2j::{FileKind, Prose};
use shapewright_model::{Model, Series};

pub(crate) use history::{FILE_NAME, History, Release, Revision, is_revision_name};
pub(crate) use ledger::Record;
pub(crate) use version::Version;

use crate::problems::{self, Input};
use crate::source::{self, FoundFile};

/// Where `import --keep-docs` keeps upstream files whole; git ignores it.
pub(crate) const DOCS_FOLDER: &str = ".docs";

/// The folder of imported models.
pub(crate) struct Spec {
    root: PathBuf,
}

/// One service of it.
pub(crate) struct ServiceSpec {
    /// The service's name.
    pub(crate) name: String,
    /// The folder that holds its index and revisions.
    pub(crate) folder: PathBuf,
    /// Its index.
    pub(crate) history: History,
    docs: PathBuf,
}

impl Spec {
    /// A folder that is there.
    pub(crate) fn open(root: PathBuf) -> Result<Self> {
        ensure!(
            root.is_dir(),
            "there is no folder {}; `import` makes it",
            root.display()
        );
        Ok(Self { root })
    }

    /// A folder that is there, or will be once something is written to it.
    pub(crate) fn open_or_new(root: PathBuf) -> Result<Self> {
        let is_new = !root
            .try_exists()
            .with_context(|| root.display().to_string())?;
        ensure!(
            is_new || root.is_dir(),
            "{} is not a folder",
            root.display()
        );
        Ok(Self { root })
    }

    /// The folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The names of the services, in order.
    pub(crate) fn services(&self) -> Result<Vec<String>> {
        if !self.root.exists() {
            return Ok(Vec::new());
        }
        let place = || self.root.display().to_string();
        let mut names = Vec::new();
        for entry in self.root.read_dir().with_context(place)? {
            let entry = entry.with_context(place)?;
            if entry.path().join(FILE_NAME).is_file()
                && let Ok(name) = entry.file_name().into_string()
            {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    /// A service, which must have been imported.
    pub(crate) fn service(&self, name: &str) -> Result<ServiceSpec> {
        let known = self.services()?;
        if !known.iter().any(|service| service == name) {
            let list = match known.as_slice() {
                [] => "none is".to_owned(),
                known => format!("imported are {}", known.join(", ")),
            };
            bail!(
                "there is no service `{}` in {}; {list}. `import --service` adds one",
                name.escape_debug(),
                self.root.display()
            );
        }
        let folder = self.root.join(name);
        let index = folder.join(FILE_NAME);
        let text = std::fs::read_to_string(&index).with_context(|| index.display().to_string())?;
        let history = History::parse(&text).with_context(|| {
            format!(
                "{} is not the index that an import writes; restore it",
                index.display()
            )
        })?;
        Ok(ServiceSpec {
            name: name.to_owned(),
            folder,
            history,
            docs: self.root.join(DOCS_FOLDER).join(name),
        })
    }
}

impl ServiceSpec {
    /// The place among the revisions of what a user named: see [`resolve::resolve`].
    pub(crate) fn resolve(&self, text: &str) -> Result<usize> {
        resolve::resolve(&self.history, text)
    }

    /// The folder that holds a revision's files.
    pub(crate) fn revision_folder(&self, index: usize) -> PathBuf {
        self.folder.join(&self.history.revisions[index].name)
    }

    /// Whether `import --keep-docs` kept the documentation of a revision.
    pub(crate) fn keeps_docs(&self, index: usize) -> bool {
        let folder = self.docs.join(&self.history.revisions[index].name);
        folder.join(FileKind::Service.file_name()).is_file()
    }

    /// Reads a revision; with [`Prose::Keep`] from the files that `import --keep-docs` kept.
    pub(crate) fn load(&self, index: usize, prose: Prose) -> Result<Model> {
        self.load_next(&mut Series::new(prose), index, prose)
    }

    /// Reads the first revisions, each against the one before.
    pub(crate) fn load_first(&self, count: usize) -> Result<Vec<Model>> {
        self.load_range(0..count)
    }

    /// Reads revisions in a row, each against the one before.
    pub(crate) fn load_range(&self, indexes: Range<usize>) -> Result<Vec<Model>> {
        let part = indexes.len().div_ceil(rayon::current_num_threads()).max(1);
        let indexes: Vec<usize> = indexes.collect();
        let parts = indexes.par_chunks(part).map(|part| {
            let mut series = Series::new(Prose::Skip);
            let load = |index: &usize| self.load_next(&mut series, *index, Prose::Skip);
            part.iter().map(load).collect::<Result<Vec<_>>>()
        });
        Ok(parts.collect::<Result<Vec<_>>>()?.concat())
    }

    fn load_next(&self, series: &mut Series, index: usize, prose: Prose) -> Result<Model> {
        let revision = &self.history.revisions[index].name;
        let reading = problems::read_next(series, self.files_with(index, prose)?);
        Ok(reading
            .with_context(|| format!("{} {revision} cannot be read", self.name))?
            .model)
    }

    /// The stored files of a revision.
    pub(crate) fn files(&self, index: usize) -> Result<Vec<Input>> {
        self.files_with(index, Prose::Skip)
    }

    fn files_with(&self, index: usize, prose: Prose) -> Result<Vec<Input>> {
        let revision = &self.history.revisions[index].name;
        let folder = match prose {
            Prose::Skip => self.revision_folder(index),
            Prose::Keep => self.docs.join(revision),
        };
        let service = folder.join(FileKind::Service.file_name());
        if prose == Prose::Keep && !service.exists() {
            let version = &self.history.revisions[index].first().version;
            bail!(
                "the documentation of {} {revision} is not at hand; \
                 `import --keep-docs` release {version} once more",
                self.name
            );
        }
        let mut files = Vec::new();
        for kind in FileKind::ALL {
            let path = folder.join(kind.file_name());
            if kind == FileKind::Service || path.exists() {
                // Upstream's own files have their extras beside them; what is stored is whole.
                let extras = match prose {
                    Prose::Skip => None,
                    Prose::Keep => source::extras_beside(&path, kind)?,
                };
                let file = FoundFile {
                    kind,
                    bytes: problems::read_file(&path)?,
                    label: path.display().to_string(),
                    extras,
                };
                files.push(file.whole()?.0);
            }
        }
        Ok(files)
    }
}
