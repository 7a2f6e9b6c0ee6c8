//! The places where credentials are looked for.
//!
//! What they read of the process comes as [`Variables`], and HTTP goes through a [`Fetch`] that is
//! given, so that they bring neither a client nor TLS of their own.

mod answer;
mod cache;
mod chain;
mod container;
mod environment;
mod fetch;
mod instance;
mod process;
mod profile;
#[cfg(feature = "__calls")]
mod settings;
mod sso;
mod token_service;
mod variables;

#[cfg(test)]
mod tests;

use super::{CredentialsError, ProvideCredentials, Provided};
use environment::from_environment;

pub use cache::Cached;
pub use chain::DefaultChain;
pub use environment::Environment;
pub use fetch::{Fetch, FetchError};
pub use profile::region;
#[cfg(feature = "__calls")]
pub(crate) use settings::Settings;
pub use variables::Variables;
