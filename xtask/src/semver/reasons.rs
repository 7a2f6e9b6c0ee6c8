//! What cargo-semver-checks does not see, so that our verdict may be stricter.

use shapewright_rust::surface::{ItemKind, SurfaceChange, What};

/// Why it does not see a change. Each is explained in `docs/semver.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    /// A field or a variant's value is of another type.
    TypeOfAField,
    /// A method takes or gives other types.
    Signature,
    /// A type that an implementation names is another one.
    AssociatedType,
    /// A trait is no longer implemented.
    Implementation,
    /// A builder demands one more member.
    Requirement,
    /// The runtime lost a feature, and with it what is re-exported.
    Feature,
}

impl Reason {
    /// The words of a table.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::TypeOfAField => "type of a field",
            Self::Signature => "signature",
            Self::AssociatedType => "associated type",
            Self::Implementation => "implementation",
            Self::Requirement => "requirement",
            Self::Feature => "feature of the runtime",
        }
    }

    /// Why it does not see a major change; none if it should.
    pub(super) fn of(change: &SurfaceChange) -> Option<Self> {
        match (&change.what, change.kind) {
            (What::TypeChanged { .. }, ItemKind::Field | ItemKind::Variant) => {
                Some(Self::TypeOfAField)
            }
            (What::TypeChanged { .. }, ItemKind::Method) => Some(Self::Signature),
            (What::TypeChanged { .. }, ItemKind::AssociatedType) => Some(Self::AssociatedType),
            (What::Went, ItemKind::Implementation) => Some(Self::Implementation),
            (What::Came, ItemKind::Requirement) => Some(Self::Requirement),
            (What::Went, ItemKind::Feature) => Some(Self::Feature),
            _ => None,
        }
    }
}
