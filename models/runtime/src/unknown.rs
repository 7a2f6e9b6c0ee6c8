//! What a service sent that the model of a crate's revision does not know yet.

use std::fmt;

use crate::Document;

/// An enum value that the model does not list. Only reading makes one; it is compared and sent
/// back by its text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For generated code: a text that has been compared with every listed value.
    #[doc(hidden)]
    pub fn new(value: &str) -> Self {
        Self(value.into())
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// A union member that the model does not list, or none at all (`{}`); sent back as it came.
#[derive(Clone, PartialEq)]
pub struct UnknownMember(Option<(String, Document)>);

impl UnknownMember {
    /// The member's name on the wire; none if the union was empty.
    pub fn name(&self) -> Option<&str> {
        self.0.as_ref().map(|(name, _)| name.as_str())
    }

    /// The member's value; none if the union was empty.
    pub fn value(&self) -> Option<&Document> {
        self.0.as_ref().map(|(_, value)| value)
    }

    pub(crate) const EMPTY: Self = Self(None);

    pub(crate) fn new(name: String, value: Document) -> Self {
        Self(Some((name, value)))
    }
}

impl fmt::Debug for UnknownMember {
    /// The name alone: what an unknown member holds may be sensitive.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.name(), f)
    }
}
