//! Why a revision is given no version.

use std::fmt;

use crate::surface::ListingError;

/// Why a revision is given no version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionError {
    /// It was found after later ones had theirs.
    FoundLate {
        /// The revision without a version.
        revision: String,
        /// A later one that has one.
        later: String,
    },
    /// A version was given to what is no revision of the history.
    NoRevision {
        /// The name that it was given to.
        revision: String,
    },
    /// The generator may have changed, and what the last version's crate had is not at hand.
    NoListing {
        /// The last version.
        version: String,
    },
    /// The listing of what the last version's crate had is none.
    Listing(ListingError),
}

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FoundLate { revision, later } => write!(
                f,
                "revision {revision} has no version, but the later {later} has one, which no longer \
                 counts from the one before"
            ),
            Self::NoRevision { revision } => {
                write!(f, "a version was given to {revision}, which is no revision")
            }
            Self::NoListing { version } => write!(
                f,
                "it is not known what the crate of version {version} had: its listing is gone"
            ),
            Self::Listing(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for VersionError {}
