//! The revisions of a service, loaded, named and numbered, and the files of the crate of each.

use std::path::Path;

use anyhow::{Context as _, Result};
use shapewright_diff::history::first_seen;
use shapewright_model::Model;
use shapewright_model::c2j::{FileKind, Prose};
use shapewright_report::problem;
use shapewright_rust::surface::Surface;
use shapewright_rust::{Ledger, Options, Runtime};

use super::notes;
use crate::output::Files;
use crate::spec::{Record, ServiceSpec};

/// The crates that a service's revisions can become.
pub(super) struct Crates<'a> {
    service: &'a ServiceSpec,
    /// From the first revision on, as far as they are needed.
    models: Vec<Model>,
    record: Record,
    /// The sections of the changelog, oldest first, each with its revision's place.
    sections: Vec<(usize, String)>,
}

/// How one crate is made.
pub(super) struct Make<'a> {
    /// Its name.
    pub(super) package: &'a str,
    /// Where it finds its runtime.
    pub(super) runtime: Runtime,
    /// Whether it has upstream's documentation.
    pub(super) prose: Prose,
}

impl<'a> Crates<'a> {
    /// Loads what the crate of a revision needs, and those of the ones before it. `renumber` takes all
    /// versions back.
    pub(super) fn load(service: &'a ServiceSpec, index: usize, renumber: bool) -> Result<Self> {
        let revisions = &service.history.revisions;
        let mut record = Record::load(&service.folder)?;
        if renumber {
            record.forget_versions();
        }
        // An older revision alone tells neither what later ones are called, nor their versions.
        let is_whole =
            index + 1 == revisions.len() || record.versions.of(&revisions[index].name).is_none();
        let count = if is_whole { revisions.len() } else { index + 1 };
        let mut models = service.load_first(count)?;
        record.name(&models);
        if is_whole {
            record.number(service, &models)?;
        }
        models.truncate(index + 1);
        let sections = notes::sections(service, &models, &record);
        Ok(Self {
            service,
            models,
            record,
            sections,
        })
    }

    /// What was given to the service.
    pub(super) fn record(&self) -> &Record {
        &self.record
    }

    /// A revision's model, which holds no documentation.
    pub(super) fn model(&self, index: usize) -> &Model {
        &self.models[index]
    }

    /// The files of a revision's crate, and its version.
    pub(super) fn files(&self, index: usize, make: &Make<'_>) -> Result<(Files, String)> {
        let revisions = &self.service.history.revisions;
        let revision = &revisions[index];
        let names = self.names(index);
        let version = self.version(index, &names)?;
        let names_of = revisions.iter().map(|one| one.name.as_str());
        let since = first_seen(names_of.zip(&self.models[..=index]));
        let with_prose;
        let model = match make.prose {
            Prose::Skip => &self.models[index],
            Prose::Keep => {
                with_prose = self.service.load(index, Prose::Keep)?;
                &with_prose
            }
        };
        let upstream = upstream(self.service, index);
        let options = Options {
            package: make.package,
            version: &version,
            revision: &revision.name,
            upstream: &upstream,
            since: &since,
            ledger: &names,
            runtime: make.runtime.clone(),
        };
        warn(self.service, index, model);
        let mut files = shapewright_rust::files(&shapewright_rust::plan(model, &options));
        let sections = self.sections.iter().rev();
        let sections = sections
            .filter(|(of, _)| *of <= index)
            .map(|(_, text)| text.as_str());
        let changelog = notes::changelog(make.package, sections);
        files.insert("CHANGELOG.md".to_owned(), changelog);
        let files = files
            .into_iter()
            .map(|(path, text)| (path, text.into_bytes()));
        Ok((files.collect(), version))
    }

    /// The names of a revision's crate.
    fn names(&self, index: usize) -> Ledger {
        if index + 1 == self.service.history.revisions.len() {
            self.record.names.clone()
        } else {
            self.record.names.of_the_time(&self.models[..=index])
        }
    }

    fn version(&self, index: usize, names: &Ledger) -> Result<String> {
        let revision = &self.service.history.revisions[index].name;
        let given = self.record.versions.of(revision);
        let given = given.with_context(|| format!("{revision} has no version"))?;
        let surface = Surface::of_model(&self.models[index], revision, names);
        Ok(given.version_of(&surface).to_string())
    }
}

/// The release that first carried a revision, such as `botocore 1.6.1`.
pub(super) fn upstream(service: &ServiceSpec, index: usize) -> String {
    let history = &service.history;
    format!(
        "{} {}",
        history.upstream,
        history.revisions[index].first().version
    )
}

/// Tells on stderr what of the model the crate has no code for.
fn warn(service: &ServiceSpec, index: usize, model: &Model) {
    let folder = service.revision_folder(index);
    let label = |kind: FileKind| {
        Path::new(&folder)
            .join(kind.file_name())
            .display()
            .to_string()
    };
    for problem in shapewright_rust::unsupported(model, label) {
        eprintln!("{}", problem::visible(&problem.to_string()));
    }
}
