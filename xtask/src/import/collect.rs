//! Reads the sources: what each release has of each service, checked, and brought into the form
//! in which it is stored.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use jiff::civil::Date;
use shapewright_model::Problem;
use shapewright_model::c2j::{FileKind, Source};

use super::docs::{Original, Originals};
use super::store::Pool;
use super::timeline::{Digests, States};
use super::{Arguments, wanted};
use crate::problems::{self, Input, Problems};
use crate::source::{self, Found, FoundFile, Hints};
use crate::spec::{Spec, Version};
use crate::terminal;

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
    let progress = terminal::progress(arguments.sources.len());
    for path in &arguments.sources {
        progress.set_message(path.display().to_string());
        let releases = source::open(path, hints)?;
        let many = releases.len() as u64;
        progress.inc_length(many.saturating_sub(1));
        for mut release in releases {
            if release.is_step() {
                progress.set_message(release.label().to_owned());
            }
            for service in wanted(&*release, arguments, spec)? {
                let found = release.read(&service)?;
                let of_service = collected.entry(service).or_default();
                // A step is read where any of the service's files differs, also one that is not
                // imported, such as its examples.
                if release.is_step() && of_service.ends_with(&found) {
                    continue;
                }
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
            progress.inc(1);
        }
    }
    progress.finish_and_clear();
    Ok(collected)
}

impl Collected {
    /// Whether the release that was taken last has these very files.
    fn ends_with(&self, found: &Found) -> bool {
        let Some(last) = self.releases.last() else {
            return false;
        };
        let is_same = |file: &FoundFile| {
            let same = last.files.get(file.kind.file_name());
            same.is_some_and(|digests| digests.sha256 == file.digest())
        };
        last.files.len() == found.files.len() && found.files.iter().all(is_same)
    }

    /// Checks the files of a release and takes them in. Gives their digests.
    fn take(&mut self, found: Found, keep: bool, warned: &mut BTreeSet<String>) -> Result<States> {
        let mut files = Vec::new();
        let mut originals = Vec::new();
        for file in found.files {
            let digest = file.digest();
            if keep {
                let original = Original {
                    bytes: file.bytes.clone(),
                    extras: file.extras.as_ref().map(|extras| extras.bytes.clone()),
                };
                self.originals.insert(digest.clone(), original);
            }
            originals.push((file.kind, digest));
            let (file, warnings) = file.whole()?;
            // The file itself is not kept beside its extras: a line without a view will do.
            warn(warnings, &[], warned);
            files.push(file);
        }
        let sources: Vec<Source<'_>> = files.iter().map(Input::source).collect();
        let stored = match shapewright_model::stored(&sources) {
            Ok(stored) => stored,
            Err(problems) => return Err(Problems { problems, files }.into()),
        };
        warn(stored.warnings, &files, warned);
        let mut states = States::new();
        for (kind, canonical) in stored.files {
            let name = FileKind::file_name(kind).to_owned();
            // One file of Smithy states what several of C2J do, and stands for each of them.
            let original = originals.iter().find(|(of, _)| *of == kind);
            let Some((_, sha256)) = original.or(originals.first()) else {
                continue;
            };
            let digests = Digests {
                facts: canonical.digest,
                sha256: sha256.clone(),
            };
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
