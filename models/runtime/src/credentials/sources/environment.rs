//! The variables `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.

use std::future::ready;

use super::{CredentialsError, ProvideCredentials, Provided, Variables};
use crate::sign::Credentials;

/// The variables `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
#[derive(Clone, Debug)]
pub struct Environment(Variables);

impl Environment {
    /// Reads these variables.
    pub fn new(variables: Variables) -> Self {
        Self(variables)
    }
}

impl ProvideCredentials for Environment {
    fn provide(&self) -> Provided<'_> {
        let found = from_environment(&self.0);
        Box::pin(ready(found.and_then(|found| {
            found.ok_or_else(|| {
                CredentialsError::new("the environment", "AWS_ACCESS_KEY_ID is not set")
            })
        })))
    }
}

/// The credentials of the variables; none if they are not set.
pub(super) fn from_environment(
    variables: &Variables,
) -> Result<Option<Credentials>, CredentialsError> {
    let id = variables.get("AWS_ACCESS_KEY_ID");
    let secret = variables.get("AWS_SECRET_ACCESS_KEY");
    let (id, secret) = match (id, secret) {
        (Some(id), Some(secret)) => (id, secret),
        (None, None) => return Ok(None),
        _ => {
            return Err(CredentialsError::new(
                "the environment",
                "of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY only one is set; set both or none",
            ));
        }
    };
    let credentials = Credentials::new(id, secret);
    Ok(Some(match variables.get("AWS_SESSION_TOKEN") {
        Some(token) => credentials.with_session_token(token),
        None => credentials,
    }))
}
