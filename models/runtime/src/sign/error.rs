//! Why a request cannot be signed.

use std::fmt;

/// Why a request cannot be signed. It tells no value, as some are secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SigningError {
    /// The request's URI has no host, and it has no header `host` either.
    Host,
    /// The time is before 1970 or after 9999, which a signature cannot tell.
    Time,
    /// This has a character that no header may have.
    Header(&'static str),
}

impl fmt::Display for SigningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request cannot be signed: ")?;
        match self {
            Self::Host => f.write_str("its URI has no host; give it a whole one"),
            Self::Time => f.write_str("the time is before 1970 or after 9999; set the clock"),
            Self::Header(what) => write!(
                f,
                "the {what} has a character that no header may have; is there a line break in it?"
            ),
        }
    }
}

impl std::error::Error for SigningError {}
