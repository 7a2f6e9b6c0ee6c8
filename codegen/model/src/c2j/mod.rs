//! The C2J dialect: `service-2.json` and its siblings, as AWS's Python SDK ships them.

mod against;
mod canonical;
mod cursor;
mod extras;
mod keys;
mod outline;
mod read;
mod reduce;
mod siblings;
mod splice;
mod write;

pub(crate) use against::{Revision, read_rest, read_sibling};
pub use canonical::{Canonical, canonical, sha256};
pub use extras::{Merged, merge_extras};
pub use read::{Reading, read};
pub(crate) use reduce::{reduced, texts};
pub use splice::splice_extras;
pub use write::write;

pub use crate::json::Prose;
use crate::level::Level;

/// The files that describe one service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKind {
    /// `service-2.json`: operations and shapes.
    Service,
    /// `paginators-1.json`.
    Paginators,
    /// `waiters-2.json`.
    Waiters,
    /// `endpoint-rule-set-1.json`.
    EndpointRules,
}

impl FileKind {
    /// Every kind, the service itself first.
    pub const ALL: [Self; 4] = [
        Self::Service,
        Self::Paginators,
        Self::Waiters,
        Self::EndpointRules,
    ];

    /// The file's name, the same in every source.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Service => "service-2.json",
            Self::Paginators => "paginators-1.json",
            Self::Waiters => "waiters-2.json",
            Self::EndpointRules => "endpoint-rule-set-1.json",
        }
    }

    /// The name of the extras that the SDK merges into the file, where there are some.
    pub const fn extras_name(self) -> &'static str {
        match self {
            Self::Service => "service-2.sdk-extras.json",
            Self::Paginators => "paginators-1.sdk-extras.json",
            Self::Waiters => "waiters-2.sdk-extras.json",
            Self::EndpointRules => "endpoint-rule-set-1.sdk-extras.json",
        }
    }

    /// The kind of the file to which extras of this name belong.
    pub fn of_extras_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.extras_name() == name)
    }

    /// The kind of a file with this name.
    pub fn of_file_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.file_name() == name)
    }

    const fn level(self) -> &'static Level {
        match self {
            Self::Service => &keys::SERVICE,
            Self::Paginators => &keys::PAGINATORS,
            Self::Waiters => &keys::WAITERS,
            Self::EndpointRules => &keys::ENDPOINT_RULES,
        }
    }
}

/// A file's bytes, unpacked, and the name by which problems call it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Which of the files it is.
    pub kind: FileKind,
    /// The name that problems show, such as its path.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}
