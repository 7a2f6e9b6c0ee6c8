//! `history.toml`: the revisions of a service in order, and which upstream release said what.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Version;

/// The file's name in the folder of a service.
pub(crate) const FILE_NAME: &str = "history.toml";

const HEADER: &str = "\
# The revisions of this service, oldest first, each with the upstream releases that carried it.
# Written by `shapewright import`; do not edit.
#
# A revision is a state of the facts of service-2.json; it bears the day of its first release.
# `facts` are SHA-256 digests of facts, which neither words nor an order of declaration alter;
# `sha256` are those of the upstream files as they came, uncompressed.
# `changed` names the files whose facts the release changed, `reworded` those it changed in words
# or order alone, each against the release before.

";

/// All revisions of a service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct History {
    /// The service's name, which is the folder's.
    pub(crate) service: String,
    /// Whose releases are counted.
    pub(crate) upstream: String,
    /// The revisions, oldest first.
    #[serde(rename = "revision")]
    pub(crate) revisions: Vec<Revision>,
}

/// A state of the facts of `service-2.json` that differs from the one before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Revision {
    /// The day of the first release; a second revision of one day adds `.2`. Also the folder's name.
    pub(crate) name: String,
    /// The digest of the facts of `service-2.json`.
    pub(crate) facts: String,
    /// The releases that carried it, oldest first; at least one.
    #[serde(rename = "release")]
    pub(crate) releases: Vec<Release>,
}

/// An upstream release.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Release {
    /// Its version.
    pub(crate) version: Version,
    /// The day it was published.
    pub(crate) date: Date,
    /// The files whose facts it changed; all of them for the first release.
    pub(crate) changed: Vec<String>,
    /// The files that it changed in words or order alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) reworded: Vec<String>,
    /// Whether `service-2.json` alone was at hand; the files beside it then count as unchanged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) partial: bool,
    /// The digest of each file's bytes, uncompressed, by file name.
    pub(crate) sha256: BTreeMap<String, String>,
    /// The digest of the facts of each file beside `service-2.json`, by file name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) facts: BTreeMap<String, String>,
}

impl History {
    /// Reads the content of a `history.toml`.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let history: Self = toml::from_str(text)?;
        ensure!(!history.revisions.is_empty(), "it lists no revision");
        for Revision { name, releases, .. } in &history.revisions {
            ensure!(
                is_revision_name(name),
                "`{}` is no name of a revision",
                name.escape_debug()
            );
            ensure!(!releases.is_empty(), "the revision {name} lists no release");
        }
        Ok(history)
    }

    /// The content of a `history.toml`.
    pub(crate) fn to_toml(&self) -> Result<String> {
        let body = toml::to_string(self).context("cannot write the history as TOML")?;
        Ok(format!("{HEADER}{body}"))
    }

    /// The first and the last release; a history has at least one.
    pub(crate) fn range(&self) -> Option<(&Release, &Release)> {
        let first = self.revisions.first()?.releases.first()?;
        Some((first, self.revisions.last()?.releases.last()?))
    }
}

impl Revision {
    /// The release that brought the revision.
    ///
    /// # Panics
    /// Never for a history that was read: [`History::parse`] asks for a release in each.
    pub(crate) fn first(&self) -> &Release {
        self.releases.first().expect("a revision has a release")
    }
}

/// Whether this is a day, or a day and a number from 2 on: what an import names revisions.
pub(crate) fn is_revision_name(name: &str) -> bool {
    let (day, nth) = match name.split_once('.') {
        Some((day, nth)) => (day, Some(nth)),
        None => (name, None),
    };
    let nth_is_plain = |nth: &str| {
        nth.parse::<u32>()
            .is_ok_and(|number| number >= 2 && number.to_string() == nth)
    };
    day.len() == 10 && day.parse::<Date>().is_ok() && nth.is_none_or(nth_is_plain)
}

#[cfg(test)]
mod tests {
    use super::is_revision_name;

    #[test]
    fn a_revision_is_named_by_a_day_and_perhaps_a_number() {
        for good in ["2017-08-14", "2017-08-14.2", "2017-08-14.13"] {
            assert!(is_revision_name(good), "{good}");
        }
        for bad in [
            "",
            "..",
            "2017-08-32",
            "2017-08-14.1",
            "2017-08-14.02",
            "2017-08-14.2/x",
            "20170814",
        ] {
            assert!(!is_revision_name(bad), "{bad}");
        }
    }
}
