//! How a client is set up.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::HeaderValue;

use super::agent;
use super::retries::{Quota, Retries};
use super::transport::Limits;
use crate::Service;
use crate::credentials::{ProvideCredentials, Static};
use crate::endpoint::{Endpoint, EndpointError, ParameterValue, Parameters};
use crate::sign::{Credentials, Signer};

/// Sets up a client of the service `S`.
#[derive(Clone)]
pub struct Builder<S> {
    parameters: Parameters,
    credentials: Option<Arc<dyn ProvideCredentials>>,
    retries: Retries,
    limits: Limits,
    timeout: Option<Duration>,
    app: Option<String>,
    clock: fn() -> SystemTime,
    service: PhantomData<fn() -> S>,
}

impl<S> Default for Builder<S> {
    fn default() -> Self {
        Self {
            parameters: Parameters::new(),
            credentials: None,
            retries: Retries::default(),
            limits: Limits::default(),
            timeout: None,
            app: None,
            clock: SystemTime::now,
            service: PhantomData,
        }
    }
}

impl<S: Service> Builder<S> {
    /// A client for nowhere yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The region to call, such as `us-east-1`.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.parameters = self.parameters.with_region(region);
        self
    }

    /// A URL to send to instead of the service's own.
    #[must_use]
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.parameters = self.parameters.with_endpoint(url);
        self
    }

    /// Whether to send to endpoints that fulfil FIPS 140.
    #[must_use]
    pub fn use_fips(mut self, fips: bool) -> Self {
        self.parameters = self.parameters.with_fips(fips);
        self
    }

    /// Whether to send to endpoints that are reached by IPv6, too.
    #[must_use]
    pub fn use_dual_stack(mut self, dual_stack: bool) -> Self {
        self.parameters = self.parameters.with_dual_stack(dual_stack);
        self
    }

    /// A parameter of the service's endpoint rules by its name there.
    #[must_use]
    pub fn endpoint_parameter(
        mut self,
        name: impl Into<String>,
        value: impl Into<ParameterValue>,
    ) -> Self {
        self.parameters.set(name.into(), value);
        self
    }

    /// The credentials to sign with.
    #[must_use]
    pub fn credentials(self, credentials: Credentials) -> Self {
        self.credentials_provider(Static::new(credentials))
    }

    /// Where the credentials to sign with come from, asked before each attempt.
    #[must_use]
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(Arc::new(provider));
        self
    }

    /// How often a call is tried.
    #[must_use]
    pub fn retries(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// What an attempt may take of time and memory.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// How long a call may take, all attempts and waits included. No bound unless told.
    #[must_use]
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// What the program calls itself in `user-agent`.
    #[must_use]
    pub fn app_name(mut self, name: impl Into<String>) -> Self {
        self.app = Some(name.into());
        self
    }

    /// What tells the time to sign with; the system's clock unless told.
    #[must_use]
    pub fn clock(mut self, clock: fn() -> SystemTime) -> Self {
        self.clock = clock;
        self
    }

    #[cfg(feature = "credentials")]
    pub(super) fn max_attempts(mut self, max_attempts: u32) -> Self {
        self.retries = self.retries.with_max_attempts(max_attempts);
        self
    }

    pub(super) fn settle(self) -> Result<Settled<S>, ConfigError> {
        if let Some(name) = self.app.as_ref().filter(|name| !agent::is_app_name(name)) {
            return Err(ConfigError::AppName(name.clone()));
        }
        let endpoint = S::endpoint(&self.parameters);
        // Rules that ask for an input's members are followed once there is an input.
        if let (false, Err(error)) = (S::ENDPOINT_BY_INPUT, &endpoint) {
            return Err(ConfigError::Endpoint(error.clone()));
        }
        Ok(Settled {
            endpoint,
            parameters: self.parameters,
            credentials: self.credentials.ok_or(ConfigError::Credentials)?,
            signer: Signer::new(),
            retries: self.retries,
            quota: Quota::new(),
            limits: self.limits,
            timeout: self.timeout,
            user_agent: agent::user_agent::<S>(self.app.as_deref()),
            clock: self.clock,
            service: PhantomData,
        })
    }
}

impl<S> fmt::Debug for Builder<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("parameters", &self.parameters)
            .field("credentials", &self.credentials)
            .field("retries", &self.retries)
            .field("limits", &self.limits)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// What all calls of a client share.
pub(super) struct Settled<S> {
    pub(super) parameters: Parameters,
    /// Where the service is, as far as that depends on the client alone.
    pub(super) endpoint: Result<Endpoint, EndpointError>,
    pub(super) credentials: Arc<dyn ProvideCredentials>,
    pub(super) signer: Signer,
    pub(super) retries: Retries,
    pub(super) quota: Quota,
    pub(super) limits: Limits,
    pub(super) timeout: Option<Duration>,
    pub(super) user_agent: Option<HeaderValue>,
    pub(super) clock: fn() -> SystemTime,
    service: PhantomData<fn() -> S>,
}

impl<S> fmt::Debug for Settled<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("endpoint", &self.endpoint)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

/// Why a client cannot be set up.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ConfigError {
    /// There are no credentials.
    Credentials,
    /// There is no endpoint for the region and the other parameters.
    Endpoint(EndpointError),
    /// A program cannot call itself so.
    AppName(String),
    /// The files of profiles cannot be read.
    #[cfg(feature = "credentials")]
    Profile(crate::credentials::CredentialsError),
    /// A variable of the environment, or the profile, says what makes no sense.
    #[cfg(feature = "credentials")]
    Setting {
        /// The variable.
        variable: &'static str,
        /// The key of the profile that says the same.
        key: &'static str,
        /// What it says.
        value: String,
        /// What it could say.
        expected: &'static str,
    },
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Credentials => f.write_str(
                "no credentials: give some with `credentials` or `credentials_provider`",
            ),
            Self::Endpoint(error) => error.fmt(f),
            Self::AppName(name) => write!(
                f,
                "{name:?} is no name for a program: 1 to 50 letters, digits and hyphens"
            ),
            #[cfg(feature = "credentials")]
            Self::Profile(error) => error.fmt(f),
            #[cfg(feature = "credentials")]
            Self::Setting {
                variable,
                key,
                value,
                expected,
            } => write!(
                f,
                "{variable}, or {key} of the profile, is {value:?}; it must be {expected}"
            ),
        }
    }
}

impl std::error::Error for ConfigError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Endpoint(error) => Some(error),
            #[cfg(feature = "credentials")]
            Self::Profile(error) => Some(error),
            _ => None,
        }
    }
}
