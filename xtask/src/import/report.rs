//! What an import tells: a line a release, and one for the service.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::Planned;
use crate::spec::{History, Release, Revision, Version};

/// Adds what was done about a service to the report.
pub(super) fn lines(report: &mut String, planned: &Planned, written: &BTreeSet<String>) {
    let history = &planned.history;
    let service = &history.service;
    // Two sources of one call may be of one release.
    let mut read: BTreeMap<&Version, bool> = BTreeMap::new();
    for (version, is_new) in &planned.read {
        *read.entry(version).or_default() |= is_new;
    }
    for (version, is_new) in &read {
        let Some((revision, release)) = find(history, version) else {
            continue;
        };
        let what = if *is_new {
            effect(revision, release)
        } else {
            "already imported".to_owned()
        };
        // Writing to a string cannot fail.
        let _ = writeln!(report, "{service} {version} ({}): {what}", release.date);
    }
    let before = planned
        .before
        .as_ref()
        .map_or(0, |spec| spec.history.revisions.len());
    let now = history.revisions.len();
    let releases: usize = history
        .revisions
        .iter()
        .map(|revision| revision.releases.len())
        .sum();
    let _ = write!(
        report,
        "{service}: {}, {}",
        count(now, "revision"),
        count(releases, "release")
    );
    let _ = match (now.saturating_sub(before), written.len()) {
        (_, 0) if read.values().all(|is_new| !is_new) => writeln!(report, "; nothing changed"),
        (new, folders) => writeln!(report, "; {new} new, {} written", count(folders, "folder")),
    };
}

fn find<'h>(history: &'h History, version: &Version) -> Option<(&'h Revision, &'h Release)> {
    history.revisions.iter().find_map(|revision| {
        let release = revision
            .releases
            .iter()
            .find(|release| release.version == *version)?;
        Some((revision, release))
    })
}

fn effect(revision: &Revision, release: &Release) -> String {
    let name = &revision.name;
    if revision.first().version == release.version {
        format!("revision {name}")
    } else if !release.changed.is_empty() {
        format!(
            "facts as in {name}, but {} changed",
            release.changed.join(", ")
        )
    } else if !release.reworded.is_empty() {
        format!("facts as in {name}, words changed")
    } else {
        format!("as the release before, in {name}")
    }
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
