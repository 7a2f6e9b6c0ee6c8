//! What `Debug` shows in place of a sensitive value.

use std::fmt;

/// Shows that there is a value and nothing of it.
pub struct Redacted;

impl Redacted {
    /// What to show of an optional member.
    pub fn option<T>(value: &Option<T>) -> Option<Self> {
        value.as_ref().map(|_| Self)
    }
}

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("** redacted **")
    }
}
