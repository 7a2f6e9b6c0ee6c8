//! Where credentials come from: the environment, profile files, a container's and an instance's
//! metadata, and the security token service for roles.
//!
//! What it reads of the process comes as [`Variables`], and HTTP goes through a [`Fetch`] that is
//! given, so that it brings neither a client nor TLS of its own.

#[cfg(feature = "credentials")]
mod answer;
#[cfg(feature = "credentials")]
mod cache;
#[cfg(feature = "credentials")]
mod chain;
#[cfg(feature = "credentials")]
mod container;
mod error;
#[cfg(feature = "credentials")]
mod fetch;
#[cfg(feature = "credentials")]
mod instance;
#[cfg(feature = "credentials")]
mod profile;
#[cfg(all(feature = "credentials", any(feature = "client", feature = "blocking")))]
mod settings;
#[cfg(feature = "credentials")]
mod token_service;
#[cfg(feature = "credentials")]
mod variables;

#[cfg(all(test, feature = "credentials"))]
mod tests;

use std::fmt::Debug;
use std::future::{Future, ready};
use std::pin::Pin;

use crate::sign::Credentials;

#[cfg(feature = "credentials")]
pub use cache::Cached;
#[cfg(feature = "credentials")]
pub use chain::DefaultChain;
pub use error::CredentialsError;
#[cfg(feature = "credentials")]
pub use fetch::{Fetch, FetchError};
#[cfg(feature = "credentials")]
pub use profile::region;
#[cfg(all(feature = "credentials", any(feature = "client", feature = "blocking")))]
pub(crate) use settings::Settings;
#[cfg(feature = "credentials")]
pub use variables::Variables;

/// Credentials that are on their way.
pub type Provided<'a> =
    Pin<Box<dyn Future<Output = Result<Credentials, CredentialsError>> + Send + 'a>>;

/// Something that has credentials, asked before each request.
pub trait ProvideCredentials: Send + Sync + Debug {
    /// The credentials to sign with now.
    fn provide(&self) -> Provided<'_>;
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for std::sync::Arc<P> {
    fn provide(&self) -> Provided<'_> {
        (**self).provide()
    }
}

/// Credentials that the program has already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Static(Credentials);

impl Static {
    /// These credentials.
    pub fn new(credentials: Credentials) -> Self {
        Self(credentials)
    }
}

impl ProvideCredentials for Static {
    fn provide(&self) -> Provided<'_> {
        Box::pin(ready(Ok(self.0.clone())))
    }
}

#[cfg(feature = "credentials")]
/// The variables `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
#[derive(Clone, Debug)]
pub struct Environment(Variables);

#[cfg(feature = "credentials")]
impl Environment {
    /// Reads these variables.
    pub fn new(variables: Variables) -> Self {
        Self(variables)
    }
}

#[cfg(feature = "credentials")]
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

#[cfg(feature = "credentials")]
fn from_environment(variables: &Variables) -> Result<Option<Credentials>, CredentialsError> {
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
