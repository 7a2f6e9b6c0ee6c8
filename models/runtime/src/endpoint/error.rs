//! Why there is no endpoint.

use std::fmt;

use super::Parameters;

/// Why there is no endpoint, and for which parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointError {
    message: String,
    parameters: Parameters,
}

impl EndpointError {
    /// An error for no parameters in particular.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            parameters: Parameters::default(),
        }
    }

    /// The same for these parameters.
    pub(super) fn with_parameters(mut self, parameters: &Parameters) -> Self {
        self.parameters = parameters.clone();
        self
    }

    /// What is wrong, often in the words of the service's rules.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The parameters for which there is no endpoint; none if it is about a URL alone.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if self.parameters.is_empty() {
            Ok(())
        } else {
            write!(f, " (with {})", self.parameters)
        }
    }
}

impl std::error::Error for EndpointError {}
