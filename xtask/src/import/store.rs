//! What to write so that a service's folder holds a history: planned whole, then written so that
//! an interruption loses nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use shapewright_model::c2j::{self, FileKind, Source};

use super::timeline::{self, Digests, States};
use crate::output::{self, Files, Mode};
use crate::spec::{self, History, ServiceSpec, is_revision_name};

/// Canonical files that this call has brought, by file name and digests.
pub(super) type Pool = BTreeMap<(String, Digests), Vec<u8>>;

/// What a service's folder shall hold.
pub(super) struct Plan {
    folder: PathBuf,
    /// Revision files that must be as given.
    files: Files,
    /// Revision files that are as they should be and were not looked at.
    untouched: BTreeSet<String>,
    /// The index.
    index: Vec<u8>,
}

/// Plans the folder of a service, of which `old` is there now.
///
/// # Errors
/// If a revision needs a file that neither the folder nor this call has: the import is refused.
pub(super) fn plan(
    folder: &Path,
    old: Option<&ServiceSpec>,
    new: &History,
    pool: &Pool,
) -> Result<Plan> {
    let shelf = Shelf {
        folder,
        old: old_states(old),
        pool,
    };
    let mut plan = Plan {
        folder: folder.to_path_buf(),
        files: Files::new(),
        untouched: BTreeSet::new(),
        index: new.to_toml()?.into_bytes(),
    };
    for (revision, states) in new.revisions.iter().zip(timeline::stored(new)) {
        for (file, digests) in states {
            let path = format!("{}/{file}", revision.name);
            let key = (file, digests);
            let as_before = shelf.old.get(&path) == Some(&key.1) && folder.join(&path).is_file();
            if as_before && !pool.contains_key(&key) {
                plan.untouched.insert(path);
                continue;
            }
            let Some(content) = shelf.find(&key) else {
                let (file, digests) = key;
                let has =
                    |release: &&spec::Release| release.sha256.get(&file) == Some(&digests.sha256);
                let release = revision.releases.iter().find(has);
                let version = release.unwrap_or(revision.first()).version.to_string();
                bail!(
                    "{}: this splits a revision, and the {file} of release {version} is no longer \
                     at hand, since a later one took its place; import {version} in the same call",
                    new.service
                );
            };
            plan.files.insert(path, content);
        }
    }
    Ok(plan)
}

fn old_states(old: Option<&ServiceSpec>) -> BTreeMap<String, Digests> {
    let mut states = BTreeMap::new();
    if let Some(service) = old {
        let revisions = service.history.revisions.iter();
        for (revision, stored) in revisions.zip(timeline::stored(&service.history)) {
            let path = |file| format!("{}/{file}", revision.name);
            states.extend(
                stored
                    .into_iter()
                    .map(|(file, digests)| (path(file), digests)),
            );
        }
    }
    states
}

/// Where a canonical file can be taken from.
struct Shelf<'a> {
    folder: &'a Path,
    /// What the folder's index says of its files.
    old: States,
    pool: &'a Pool,
}

impl Shelf<'_> {
    /// The file in just this form, else one that states the same facts.
    fn find(&self, key: &(String, Digests)) -> Option<Vec<u8>> {
        let (file, digests) = key;
        let in_pool = || self.pool.get(key).cloned();
        let indexed = |is_it: &dyn Fn(&Digests) -> bool| {
            let paths = self
                .old
                .iter()
                .filter(|(path, state)| is_it(state) && path.ends_with(file.as_str()));
            let mut found = paths.map(|(path, _)| self.folder.join(path));
            found.find_map(|path| self.facts_at(&path, file, &digests.facts))
        };
        let same_in_pool = || {
            let same =
                |(key, _): &(&(String, Digests), _)| key.0 == *file && key.1.facts == digests.facts;
            self.pool
                .iter()
                .find(same)
                .map(|(_, content)| content.clone())
        };
        in_pool()
            .or_else(|| indexed(&|state| state == digests))
            .or_else(same_in_pool)
            .or_else(|| indexed(&|state| state.facts == digests.facts))
            .or_else(|| self.anywhere(file, &digests.facts))
    }

    /// The file of any folder. After an interruption the index may not know what is where.
    fn anywhere(&self, file: &str, facts: &str) -> Option<Vec<u8>> {
        let mut folders: Vec<PathBuf> = fs::read_dir(self.folder)
            .ok()?
            .flatten()
            .map(|entry| entry.path())
            .collect();
        folders.sort();
        folders
            .iter()
            .find_map(|folder| self.facts_at(&folder.join(file), file, facts))
    }

    /// A file on disk, if it states these facts. The index is not trusted in this: someone may have
    /// edited the file, and it is about to be given another name.
    #[expect(
        clippy::unused_self,
        reason = "it is where the shelf's files are looked at"
    )]
    fn facts_at(&self, path: &Path, file: &str, facts: &str) -> Option<Vec<u8>> {
        let bytes = fs::read(path).ok()?;
        let kind = FileKind::of_file_name(file)?;
        let canonical = c2j::canonical(&Source {
            kind,
            name: file,
            bytes: &bytes,
        })
        .ok()?;
        (canonical.digest == facts).then_some(bytes)
    }
}

impl Plan {
    /// Carries the plan out: first what is new, then what takes another's place, then the index,
    /// and at the end what nothing names any more. Gives the names of the folders written to.
    pub(super) fn write(&self) -> Result<BTreeSet<String>> {
        let nothing = |_: &str, _: &[u8]| false;
        let is_new = |path: &str| {
            path.split_once('/')
                .is_none_or(|(name, _)| !self.folder.join(name).exists())
        };
        let (new, known): (Files, Files) = self
            .files
            .clone()
            .into_iter()
            .partition(|(path, _)| is_new(path));
        let index = Files::from([(spec::FILE_NAME.to_owned(), self.index.clone())]);
        let mut written = BTreeSet::new();
        for files in [&new, &known, &index] {
            let outcome = output::sync(&self.folder, files, &nothing, Mode::Write)?;
            let folders = outcome
                .written
                .iter()
                .filter_map(|path| path.split_once('/'));
            written.extend(folders.map(|(name, _)| name.to_owned()));
        }
        let is_stale = |path: &str, _: &[u8]| is_model_file(path) && !self.untouched.contains(path);
        let mut all = self.files.clone();
        all.extend(index);
        output::sync(&self.folder, &all, &is_stale, Mode::Write)?;
        Ok(written)
    }
}

/// Whether a path is `<revision>/<model file>`, such as only an import writes.
pub(super) fn is_model_file(path: &str) -> bool {
    path.split_once('/').is_some_and(|(revision, file)| {
        is_revision_name(revision) && FileKind::of_file_name(file).is_some()
    })
}
