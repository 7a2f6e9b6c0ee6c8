//! Releases, in whatever order they come, to the one history that they make.
//!
//! A history is a function of its releases alone: they are sorted, and grouped by their facts anew
//! each time. So it does not matter in which order, or in how many calls, they are imported.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use jiff::civil::Date;
use shapewright_model::c2j::FileKind;

use crate::spec::{History, Release, Revision, Version};

/// What one release states of a service.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Its version.
    pub(super) version: Version,
    /// The day it was published.
    pub(super) date: Date,
    /// Whether `service-2.json` alone was at hand.
    pub(super) partial: bool,
    /// The digests of each file, by file name.
    pub(super) files: BTreeMap<String, Digests>,
}

/// The digests of one file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Digests {
    /// Of its facts.
    pub(super) facts: String,
    /// Of its bytes.
    pub(super) sha256: String,
}

/// A file's digests by file name.
pub(super) type States = BTreeMap<String, Digests>;

/// The releases that a history lists, as they were when they came.
pub(super) fn entries(history: &History) -> Vec<Entry> {
    let mut entries = Vec::new();
    for revision in &history.revisions {
        for release in &revision.releases {
            let files = release.sha256.iter().map(|(file, sha256)| {
                let facts = release.facts.get(file).unwrap_or(&revision.facts).clone();
                (
                    file.clone(),
                    Digests {
                        facts,
                        sha256: sha256.clone(),
                    },
                )
            });
            entries.push(Entry {
                version: release.version.clone(),
                date: release.date,
                partial: release.partial,
                files: files.collect(),
            });
        }
    }
    entries
}

/// Adds a release to others. Gives whether it says anything new.
///
/// # Errors
/// If one of the same version is among them and has other bytes or another day.
pub(super) fn add(entries: &mut Vec<Entry>, service: &str, new: Entry) -> Result<bool> {
    let Some(known) = entries
        .iter_mut()
        .find(|entry| entry.version == new.version)
    else {
        entries.push(new);
        return Ok(true);
    };
    let version = &known.version;
    for (file, digests) in &new.files {
        match known.files.get(file) {
            Some(recorded) if recorded.sha256 == digests.sha256 => {}
            Some(recorded) => bail!(
                "{service} {version}: {file} has other bytes than this release had before \
                 (SHA-256 {} instead of {}); a release never changes, so one of the two is not \
                 what it says",
                digests.sha256,
                recorded.sha256
            ),
            None if known.partial => {}
            None => bail!("{service} {version}: this release had no {file} before"),
        }
    }
    let lost = known
        .files
        .keys()
        .find(|file| !new.files.contains_key(*file));
    if let (Some(file), false) = (lost, new.partial) {
        bail!("{service} {version}: this release had a {file} before and now has none");
    }
    if new.date != known.date {
        bail!(
            "{service} {version} was imported as published on {}, not {}; a release keeps its day",
            known.date,
            new.date
        );
    }
    let completes = known.partial && !new.partial;
    if completes {
        *known = new;
    }
    Ok(completes)
}

/// The history that releases make.
///
/// # Errors
/// If the days of the releases contradict their versions: upstream releases one after the other,
/// so one of the days is wrong, and what was in force when could not be told.
pub(super) fn history(service: &str, upstream: &str, mut entries: Vec<Entry>) -> Result<History> {
    entries.sort_by(|one, other| (one.date, &one.version).cmp(&(other.date, &other.version)));
    for pair in entries.windows(2) {
        if pair[0].version > pair[1].version {
            bail!(
                "{service}: release {} is said to be published on {}, before {} on {}; one of the \
                 days is wrong, give the right one with --date",
                pair[0].version,
                pair[0].date,
                pair[1].version,
                pair[1].date
            );
        }
    }
    let mut revisions: Vec<Revision> = Vec::new();
    let mut before = States::new();
    for entry in entries {
        let now = in_force(&before, &entry);
        let facts = now
            .get(FileKind::Service.file_name())
            .map(|digests| digests.facts.clone());
        let facts = facts.unwrap_or_default();
        let release = release(entry, &before, &now);
        if let Some(same) = revisions.last_mut().filter(|last| last.facts == facts) {
            same.releases.push(release);
        } else {
            revisions.push(Revision {
                name: name(&revisions, release.date),
                facts,
                releases: vec![release],
            });
        }
        before = now;
    }
    Ok(History {
        service: service.to_owned(),
        upstream: upstream.to_owned(),
        revisions,
    })
}

/// The files as they are after a release: what was out of sight is as it was.
fn in_force(before: &States, entry: &Entry) -> States {
    let mut now = if entry.partial {
        before.clone()
    } else {
        States::new()
    };
    now.extend(entry.files.clone());
    now
}

fn release(entry: Entry, before: &States, now: &States) -> Release {
    let mut files: Vec<&String> = before.keys().chain(now.keys()).collect();
    files.sort();
    files.dedup();
    let differing = |part: fn(&Digests) -> &String| {
        let differs = |file: &&&String| before.get(**file).map(part) != now.get(**file).map(part);
        files
            .iter()
            .filter(differs)
            .map(|file| (*file).clone())
            .collect::<Vec<_>>()
    };
    let changed = differing(|digests| &digests.facts);
    let mut reworded = differing(|digests| &digests.sha256);
    reworded.retain(|file| !changed.contains(file));
    let service = FileKind::Service.file_name();
    let siblings = entry.files.iter().filter(|(file, _)| *file != service);
    Release {
        version: entry.version,
        date: entry.date,
        changed,
        reworded,
        partial: entry.partial,
        facts: siblings
            .map(|(file, digests)| (file.clone(), digests.facts.clone()))
            .collect(),
        sha256: entry
            .files
            .into_iter()
            .map(|(file, digests)| (file, digests.sha256))
            .collect(),
    }
}

/// The name of the next revision: its day, and which one of that day it is if not the first.
fn name(revisions: &[Revision], date: Date) -> String {
    let earlier = revisions
        .iter()
        .filter(|revision| revision.first().date == date)
        .count();
    match earlier {
        0 => date.to_string(),
        count => format!("{date}.{}", count + 1),
    }
}

/// What each revision's folder holds: by file, the state at the revision's last release, in the
/// form that the first release of the revision with that state had.
pub(super) fn stored(history: &History) -> Vec<States> {
    let mut entries = entries(history).into_iter();
    let mut before = States::new();
    let mut stored = Vec::new();
    for revision in &history.revisions {
        let mut states = States::new();
        for entry in entries.by_ref().take(revision.releases.len()) {
            let now = in_force(&before, &entry);
            let kept = now.iter().map(|(file, digests)| {
                let same = states
                    .get(file)
                    .filter(|state: &&Digests| state.facts == digests.facts);
                (file.clone(), same.unwrap_or(digests).clone())
            });
            states = kept.collect();
            before = now;
        }
        stored.push(states);
    }
    stored
}
