//! `--keep-docs`: upstream's files as they came, beside the facts but out of the repository.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use shapewright_model::c2j::FileKind;

use super::store::is_model_file;
use crate::output::{self, Files, Mode};
use crate::source;
use crate::spec::{DOCS_FOLDER, History, is_revision_name};

const GITIGNORE: &str = "\
# Upstream's own files, for local use: they hold words that are not ours to publish.
*
";

/// Upstream files by the digest of their bytes.
pub(super) type Originals = BTreeMap<String, Original>;

/// An upstream file, and the extras that belong to it.
pub(super) struct Original {
    pub(super) bytes: Vec<u8>,
    pub(super) extras: Option<Vec<u8>>,
}

/// The originals of a service that earlier calls have kept.
pub(super) fn kept(spec: &Path, service: &str) -> Result<Originals> {
    let mut originals = Originals::new();
    let folder = spec.join(DOCS_FOLDER).join(service);
    if !folder.is_dir() {
        return Ok(originals);
    }
    for entry in folder
        .read_dir()
        .with_context(|| folder.display().to_string())?
    {
        let revision: PathBuf = entry.with_context(|| folder.display().to_string())?.path();
        for kind in FileKind::ALL {
            if let Ok(bytes) = fs::read(revision.join(kind.file_name())) {
                let extras = fs::read(revision.join(kind.extras_name())).ok();
                let digest = source::digest(&bytes, extras.as_deref());
                originals.insert(digest, Original { bytes, extras });
            }
        }
    }
    Ok(originals)
}

/// Writes for each revision the originals of its latest release that is among them.
pub(super) fn write(spec: &Path, history: &History, originals: &Originals) -> Result<()> {
    let mut files = Files::new();
    for revision in &history.revisions {
        for kind in FileKind::ALL {
            let file = kind.file_name();
            let releases = revision.releases.iter().rev();
            let mut found = releases.filter_map(|release| originals.get(release.sha256.get(file)?));
            if let Some(original) = found.next() {
                let path = |file| format!("{}/{file}", revision.name);
                files.insert(path(file), original.bytes.clone());
                if let Some(extras) = &original.extras {
                    files.insert(path(kind.extras_name()), extras.clone());
                }
            }
        }
    }
    let root = spec.join(DOCS_FOLDER);
    let ignore = Files::from([(".gitignore".to_owned(), GITIGNORE.into())]);
    // First of all git must be told, or an interruption leaves what a hasty `git add` takes along.
    output::sync(&root, &ignore, &|_, _| false, Mode::Write)?;
    let is_stale = |path: &str, _: &[u8]| is_model_file(path) || is_extras_file(path);
    output::sync(&root.join(&history.service), &files, &is_stale, Mode::Write)?;
    Ok(())
}

/// Whether a path is `<revision>/<extras file>`.
fn is_extras_file(path: &str) -> bool {
    path.split_once('/').is_some_and(|(revision, file)| {
        is_revision_name(revision) && FileKind::of_extras_name(file).is_some()
    })
}
