//! What a report on two revisions is about.

use shapewright_diff::Comparison;

use crate::findings::{Reported, Verdict};

/// Two revisions and what differs between them.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The name of the service's folder; none for two files that were never imported.
    pub service: Option<&'a str>,
    /// What people call the service.
    pub title: &'a str,
    /// The old side.
    pub from: &'a Side,
    /// The new side.
    pub to: &'a Side,
    /// What differs.
    pub comparison: &'a Comparison,
    /// What differs, as the rules judge it.
    pub findings: &'a [Reported<'a>],
    /// The verdict on all of it.
    pub verdict: Verdict,
}

/// One side of a comparison: a revision, or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// A revision of the index.
    Revision {
        /// Its name: the day.
        name: String,
        /// The upstream project, such as `botocore`.
        project: String,
        /// The release that brought it.
        release: String,
        /// The version of its crate, if one was given.
        version: Option<String>,
    },
    /// A model file, by the path that was given.
    File(String),
}

impl Side {
    /// The version of a revision's crate, if one was given.
    pub(crate) fn version(&self) -> Option<&str> {
        match self {
            Self::Revision { version, .. } => version.as_deref(),
            Self::File(_) => None,
        }
    }

    /// The side in one line, as it is; not escaped.
    pub(crate) fn title(&self) -> String {
        match self {
            Self::Revision {
                name,
                project,
                release,
                ..
            } => format!("{name} - {project} {release}"),
            Self::File(path) => path.clone(),
        }
    }
}
