//! The versions of a service's crates: one for each revision, given once, by what the revision did to
//! the public surface.
//!
//! A change of the generator gives the newest revision another version, by the same rule: what users
//! have is kept as the listing of its surface, and compared with what they would get now.

mod error;
mod history;

use semver::{BuildMetadata, Prerelease, Version};
use serde::{Deserialize, Serialize};

use crate::surface::{Effect, Surface};

pub use error::VersionError;
pub use history::{Revision, give};

/// The versions that a service's revisions were given, in the order in which they were.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Versions(Vec<Given>);

/// A version that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The version; its build metadata is the revision's name.
    pub version: Version,
    /// The revision's name.
    pub revision: String,
    /// What the listing of the crate's public surface hashes to.
    surface: String,
    /// What a change of the generator did to the surface of this revision, an item a line; empty if
    /// the version is the revision's first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub generator: Vec<String>,
}

impl Versions {
    /// Whether none was given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Given> + ExactSizeIterator {
        self.0.iter()
    }

    /// The version of a revision: of several the last.
    pub fn of(&self, revision: &str) -> Option<&Given> {
        self.0.iter().rfind(|given| given.revision == revision)
    }

    /// Whether a history's revisions, by their names, can be given versions.
    ///
    /// # Errors
    /// If a revision has none and a later one has, or one was given to what is no revision.
    pub fn allow(&self, revisions: &[&str]) -> Result<(), VersionError> {
        history::first_without(self, revisions).map(|_| ())
    }

    /// Writes down the next version, or the first.
    fn push(&mut self, effect: Effect, revision: &str, surface: String, generator: Vec<String>) {
        let mut version = self.0.last().map_or_else(
            || Version::new(1, 0, 0),
            |last| after(&last.version, effect),
        );
        version.build = build(revision);
        self.0.push(Given {
            version,
            revision: revision.to_owned(),
            surface,
            generator,
        });
    }
}

impl Given {
    /// The version of this revision's crate with the surface that it has now. Another than that to
    /// which the number was given, as after a change of the generator, makes it a version that comes
    /// before that one, and that nobody gets by asking for a range.
    pub fn version_of(&self, surface: &Surface) -> Version {
        let mut version = self.version.clone();
        if digest(&surface.to_string()) != self.surface {
            version.pre = Prerelease::new("regenerated").unwrap_or(Prerelease::EMPTY);
        }
        version
    }
}

/// The number after another, for an upgrade that costs this much.
fn after(
    Version {
        major,
        minor,
        patch,
        ..
    }: &Version,
    effect: Effect,
) -> Version {
    match effect {
        Effect::Major => Version::new(major + 1, 0, 0),
        Effect::Minor => Version::new(*major, minor + 1, 0),
        Effect::Patch | Effect::None => Version::new(*major, *minor, patch + 1),
    }
}

/// The revision's name as build metadata. What the import names a revision always is some.
fn build(revision: &str) -> BuildMetadata {
    BuildMetadata::new(revision).unwrap_or(BuildMetadata::EMPTY)
}

/// What a listing hashes to.
fn digest(listing: &str) -> String {
    let mut digest = shapewright_model::c2j::sha256(listing.as_bytes());
    digest.truncate(16);
    digest
}
