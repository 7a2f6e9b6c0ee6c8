//! Who signs, and where that is found: credentials that a program has, and behind the feature
//! `credentials` the environment, profile files, a login by `aws sso login`, a program of the user's, a
//! container's and an instance's metadata, and the security token service for roles.

mod error;
#[cfg(feature = "credentials")]
mod sources;

use std::fmt::Debug;
use std::future::{Future, ready};
use std::pin::Pin;

use crate::sign::Credentials;

pub use error::CredentialsError;
#[cfg(feature = "credentials")]
pub use sources::*;

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
