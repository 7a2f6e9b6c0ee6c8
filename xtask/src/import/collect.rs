//! Reads the sources: what each release has of each service, checked, and brought into the form
//! in which it is stored.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use shapewright_model::Problem;
use shapewright_model::c2j::{self, FileKind, Source};

use super::docs::Originals;
use super::store::Pool;
use super::timeline::{Digests, States};
use super::{Arguments, wanted};
use crate::problems::{self, Input, Problems};
use crate::source::{self, Found, Hints};
use crate::spec::{Spec, Version};

/// What the sources have of one service.
#[derive(Default)]
pub(super) struct Collected {
    /// By release.
    pub(super) releases: Vec<OfRelease>,
    /// The files in the form in which they are stored.
    pub(super) pool: Pool,
    /// The files as they came; only if they are to be kept.
    pub(super) originals: Originals,
}

/// What one release has of one service.
pub(super) struct OfRelease {
    pub(super) label: String,
    pub(super) version: Version,
    /// The day that the user gives.
    pub(super) date_given: Option<Date>,
    /// The day that the source states.
    pub(super) date_stated: Option<Date>,
    pub(super) partial: bool,
    pub(super) files: States,
}

/// Reads all sources.
pub(super) fn collect(
    arguments: &Arguments,
    hints: &Hints,
    spec: &Spec,
) -> Result<BTreeMap<String, Collected>> {
    let mut collected: BTreeMap<String, Collected> = BTreeMap::new();
    let mut warned = BTreeSet::new();
    let progress = progress(arguments.sources.len());
    for path in &arguments.sources {
        progress.set_message(path.display().to_string());
        for mut release in source::open(path, hints)? {
            for service in wanted(&*release, arguments, spec)? {
                let found = release.read(&service)?;
                let of_service = collected.entry(service).or_default();
                let date_stated = found.date;
                let partial = found.partial;
                let files = of_service
                    .take(found, arguments.keep_docs, &mut warned)
                    .with_context(|| format!("{} is refused", release.label()))?;
                of_service.releases.push(OfRelease {
                    label: release.label().to_owned(),
                    version: release.version().clone(),
                    date_given: hints.date,
                    date_stated,
                    partial,
                    files,
                });
            }
        }
        progress.inc(1);
    }
    progress.finish_and_clear();
    Ok(collected)
}

/// On stderr, and only if that is a terminal.
fn progress(sources: usize) -> ProgressBar {
    let progress = ProgressBar::new(sources as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}") {
        progress.set_style(style);
    }
    progress
}

impl Collected {
    /// Checks the files of a release and takes them in. Gives their digests.
    fn take(&mut self, found: Found, keep: bool, warned: &mut BTreeSet<String>) -> Result<States> {
        let files: Vec<Input> = found
            .files
            .into_iter()
            .map(|file| Input {
                kind: file.kind,
                name: file.label,
                bytes: file.bytes,
            })
            .collect();
        let sources = files
            .iter()
            .map(|file| Source {
                kind: file.kind,
                name: &file.name,
                bytes: &file.bytes,
            })
            .collect::<Vec<_>>();
        let stored = match shapewright_model::stored(&sources) {
            Ok(stored) => stored,
            Err(problems) => return Err(Problems { problems, files }.into()),
        };
        warn(stored.warnings, &files, warned);
        let mut states = States::new();
        for (kind, canonical) in stored.files {
            let name = FileKind::file_name(kind).to_owned();
            // One file of Smithy states what several of C2J do, and stands for each of them.
            let original = files.iter().find(|file| file.kind == kind);
            let Some(original) = original.or(files.first()) else {
                continue;
            };
            let digests = Digests {
                facts: canonical.digest,
                sha256: c2j::sha256(&original.bytes),
            };
            if keep {
                let bytes = original.bytes.clone();
                self.originals.insert(digests.sha256.clone(), bytes);
            }
            self.pool
                .insert((name.clone(), digests.clone()), canonical.json.into_bytes());
            states.insert(name, digests);
        }
        Ok(states)
    }
}

/// Shows warnings, of those that release after release repeats the first alone.
fn warn(mut warnings: Vec<Problem>, files: &[Input], warned: &mut BTreeSet<String>) {
    warnings.retain(|warning| warned.insert(format!("{} {}", warning.code, warning.path)));
    eprint!("{}", problems::render(&warnings, files));
}
