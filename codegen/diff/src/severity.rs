//! How much a difference matters on the wire.

use std::fmt;
use std::str::FromStr;

/// How much a difference matters to a client that was built for the old revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing that a program acts on: words, lifecycle, tags.
    Docs,
    /// What worked goes on working.
    Safe,
    /// It depends: on what the service enforces, on what the client uses, or it cannot be told.
    Risk,
    /// What worked stops working.
    Breaking,
}

impl Severity {
    /// All of them, the least first.
    pub const ALL: [Self; 4] = [Self::Docs, Self::Safe, Self::Risk, Self::Breaking];

    /// The word that reports and files use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Docs => "docs",
            Self::Safe => "safe",
            Self::Risk => "risk",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Severity {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|one| one.as_str() == text);
        found.ok_or_else(|| {
            let text = text.escape_debug();
            format!("`{text}` is no severity: it is breaking, risk, safe or docs")
        })
    }
}

/// How much a difference matters on each way; nothing on a way that it does not concern.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wire {
    /// To what the client sends.
    pub send: Option<Severity>,
    /// To what the client receives.
    pub receive: Option<Severity>,
}

impl Wire {
    /// The graver of the two ways; nothing if it concerns neither.
    pub fn worst(self) -> Option<Severity> {
        self.send.max(self.receive)
    }

    /// The graver of two, way by way.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self {
            send: self.send.max(other.send),
            receive: self.receive.max(other.receive),
        }
    }
}
