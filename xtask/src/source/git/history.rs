//! Which releases a clone has, and every model file that its history ever held.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;

use super::super::folder::assigned_version;
use super::objects::{Objects, git, output};
use super::{DATA, parse};
use crate::spec::Version;

/// A commit that was released.
pub(super) struct Tagged {
    /// What messages call it.
    pub(super) name: String,
    pub(super) version: Version,
    /// The day that the commit states, where it was made: an archive built there bears the same.
    pub(super) date: Date,
    /// The tag's or commit's object name.
    pub(super) commit: String,
}

/// Refuses a clone that lacks a part of its history: its releases would seem to be all there are.
pub(super) fn check_whole(path: &Path) -> Result<()> {
    let shallow = output(git(path).args(["rev-parse", "--is-shallow-repository"]))?;
    if shallow.starts_with(b"true") {
        bail!("it is a shallow clone, without all releases; run: git fetch --unshallow --tags");
    }
    Ok(())
}

/// The releases: tags that are versions (release candidates are none), or, in a clone without any,
/// the commits that raise the version in the package's `__init__.py`.
pub(super) fn releases(path: &Path, objects: &mut Objects) -> Result<Vec<Tagged>> {
    let tagged = tagged(path)?;
    if tagged.is_empty() {
        return raised(path, objects);
    }
    Ok(tagged)
}

fn tagged(path: &Path) -> Result<Vec<Tagged>> {
    // An annotated tag has the commit's day as `*`, a plain one as its own.
    const FORMAT: &str = "--format=%(refname:strip=2)%00%(objectname)%00\
                          %(committerdate:short)%(*committerdate:short)%00";
    let listed = output(git(path).args(["for-each-ref", FORMAT, "refs/tags"]))?;
    let mut releases = Vec::new();
    for line in parse::fields(&listed, 3) {
        let [name, commit, date] = line.as_slice() else {
            continue;
        };
        let Ok(version) = name.parse() else { continue };
        releases.push(Tagged {
            name: (*name).to_owned(),
            version,
            date: day(date).with_context(|| format!("the tag {name}"))?,
            commit: (*commit).to_owned(),
        });
    }
    Ok(releases)
}

/// Words in commit messages are anyone's; the package itself states which release it is. The first
/// commit that states a version is the release.
fn raised(path: &Path, objects: &mut Objects) -> Result<Vec<Tagged>> {
    const PACKAGE: &str = "botocore/__init__.py";
    let log = [
        "log",
        "--reverse",
        "-z",
        "--format=%H%x00%cs",
        "--",
        PACKAGE,
    ];
    let listed = output(git(path).args(log))?;
    let mut releases: Vec<Tagged> = Vec::new();
    for line in parse::fields(&listed, 2) {
        let [commit, date] = line.as_slice() else {
            continue;
        };
        let Some(package) = objects.read_if_there(&format!("{commit}:{PACKAGE}"))? else {
            continue;
        };
        let package = String::from_utf8_lossy(&package);
        let stated = assigned_version(&package).and_then(|text| text.parse::<Version>().ok());
        let Some(version) = stated else { continue };
        if releases.iter().any(|release| release.version == version) {
            continue;
        }
        releases.push(Tagged {
            name: version.to_string(),
            version,
            date: day(date).with_context(|| format!("the commit {commit}"))?,
            commit: (*commit).to_owned(),
        });
    }
    if releases.is_empty() {
        bail!(
            "it has neither tags that are versions nor {PACKAGE} with a version; is it a clone of \
             botocore?"
        );
    }
    Ok(releases)
}

fn day(text: &str) -> Result<Date> {
    text.parse()
        .with_context(|| format!("git gives its day as `{}`", text.escape_debug()))
}

/// Every distinct `service-2.json`, plain or packed, that any commit brought: its object's name,
/// and a path that it had.
pub(super) fn blobs(path: &Path) -> Result<Vec<(String, String)>> {
    let models = |end: &str| format!(":(glob){DATA}/*/*/service-2.json{end}");
    let log = output(
        git(path)
            .args([
                "log",
                "--all",
                "--raw",
                "-z",
                "--no-abbrev",
                "--no-renames",
                "--format=",
            ])
            .args(["--diff-filter=AM", "--", &models(""), &models(".gz")]),
    )?;
    Ok(parse::raw(&log))
}
