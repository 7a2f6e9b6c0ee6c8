//! The findings of a comparison with all that is known of them: the one model that every report on
//! two revisions renders.

use std::fmt;

use shapewright_diff::{Finding, Severity, Wire};

/// What an upgrade costs code that uses the generated crate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum RustEffect {
    /// The crate stays as it is.
    #[default]
    None,
    /// It does something else under the same names.
    Patch,
    /// It has more.
    Minor,
    /// Code may have to change.
    Major,
}

impl RustEffect {
    /// The word that reports use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for RustEffect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A finding, what it does to Rust code, and whether someone has accepted it.
#[derive(Clone, Debug)]
pub struct Reported<'c> {
    /// The finding.
    pub finding: Finding<'c>,
    /// What it does to the generated crate.
    pub rust: RustEffect,
    /// The items of the crate that came, went or changed by it, in a line each.
    pub items: Vec<String>,
    /// Why it was accepted, if it was; it then counts in no verdict.
    pub approved: Option<String>,
}

impl Reported<'_> {
    /// How much it matters.
    pub fn severity(&self) -> Severity {
        self.finding.severity
    }
}

/// The verdict on a whole comparison, approved findings aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The gravest finding on each way; nothing where there is none.
    pub wire: Wire,
    /// The gravest finding, of any way or none.
    pub worst: Option<Severity>,
    /// What the upgrade costs Rust code.
    pub rust: RustEffect,
}

impl Verdict {
    /// The verdict on these findings. `rust` is the effect of the whole, which is at least that of
    /// each of them.
    pub fn of(findings: &[Reported<'_>], rust: RustEffect) -> Self {
        let counted = findings.iter().filter(|one| one.approved.is_none());
        let verdict = Self {
            rust,
            ..Self::default()
        };
        counted.fold(verdict, |verdict, one| Self {
            wire: verdict.wire.max(one.finding.wire),
            worst: verdict.worst.max(Some(one.severity())),
            rust: verdict.rust,
        })
    }

    /// The verdict in one line.
    pub fn line(&self) -> String {
        let way = |severity: Option<Severity>| severity.map_or("nothing", Severity::as_str);
        format!(
            "sending: {}; receiving: {}; Rust: {}",
            way(self.wire.send),
            way(self.wire.receive),
            self.rust
        )
    }
}
