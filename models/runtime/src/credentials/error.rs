//! Why there are no credentials.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Why there are no credentials: where they were looked for, and what was wrong. No secret is in it.
#[derive(Clone, Debug)]
pub struct CredentialsError {
    place: &'static str,
    problem: Cow<'static, str>,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

impl CredentialsError {
    /// An error of a place, such as `the environment`.
    pub fn new(place: &'static str, problem: impl Into<Cow<'static, str>>) -> Self {
        Self {
            place,
            problem: problem.into(),
            source: None,
        }
    }

    /// None came while a call could wait for them.
    #[cfg(feature = "__calls")]
    pub(crate) fn late() -> Self {
        Self::new("the provider", "it gives none in time")
    }

    /// The same with what caused it.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into().into());
        self
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no credentials from {}: {}", self.place, self.problem)
    }
}

impl Error for CredentialsError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let source = self.source.as_deref()?;
        Some(source)
    }
}
