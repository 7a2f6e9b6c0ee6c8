//! An error answer that the model does not list for its operation.

use std::fmt;

/// The code and message of an error that an operation's model does not list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OtherError {
    /// The error's code, such as `ThrottlingException`.
    pub code: String,
    /// What the service says of it.
    pub message: Option<String>,
}

impl OtherError {
    /// An error of this code.
    pub fn new(code: impl Into<String>, message: Option<String>) -> Self {
        Self {
            code: code.into(),
            message,
        }
    }
}

impl fmt::Display for OtherError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_error(f, &self.code, self.message.as_deref())
    }
}

impl std::error::Error for OtherError {}

/// How every error reads: its code, then what the service says, if it says anything.
#[doc(hidden)]
pub fn write_error(f: &mut fmt::Formatter<'_>, code: &str, message: Option<&str>) -> fmt::Result {
    match message {
        Some(message) => write!(f, "{code}: {message}"),
        None => f.write_str(code),
    }
}
