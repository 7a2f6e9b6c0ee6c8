//! The places in the order in which AWS's tools look there.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use super::token_service::{Role, TokenService};
use super::{
    CredentialsError, Fetch, ProvideCredentials, Provided, Variables, container, from_environment,
    instance, profile,
};
use crate::sign::Credentials;

/// Looks in the environment, the profile, for a web identity, in the container and in the instance.
///
/// The first place that has anything decides: where credentials are meant to be and are not to be
/// had, it fails, and does not quietly take others. Each call looks anew; put it into a
/// [`Cached`](super::Cached).
pub struct DefaultChain {
    variables: Variables,
    fetch: Arc<dyn Fetch>,
    now: fn() -> SystemTime,
}

impl DefaultChain {
    /// Looks in these variables and what they lead to, and asks through this.
    pub fn new(variables: Variables, fetch: Arc<dyn Fetch>) -> Self {
        Self {
            variables,
            fetch,
            now: SystemTime::now,
        }
    }

    /// The same with another clock.
    #[must_use]
    pub fn with_clock(mut self, now: fn() -> SystemTime) -> Self {
        self.now = now;
        self
    }

    async fn load(&self) -> Result<Credentials, CredentialsError> {
        let (variables, fetch) = (&self.variables, &*self.fetch);
        if let Some(found) = from_environment(variables)? {
            return Ok(found);
        }
        if let Some(found) = profile::load(variables, fetch, (self.now)()).await? {
            return Ok(found);
        }
        if let Some(found) = self.by_web_identity().await? {
            return Ok(found);
        }
        if let Some(found) = container::load(variables, fetch).await? {
            return Ok(found);
        }
        let nowhere = || {
            CredentialsError::new(
                "anywhere",
                "neither the environment, the profile, the container nor the instance has any; \
                 set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
            )
        };
        match instance::load(variables, fetch).await {
            Ok(found) => found.ok_or_else(nowhere),
            // Most often this is no instance at all.
            Err(error) => Err(nowhere().because(error)),
        }
    }

    async fn by_web_identity(&self) -> Result<Option<Credentials>, CredentialsError> {
        let variable = |name| self.variables.get(name);
        let file = variable("AWS_WEB_IDENTITY_TOKEN_FILE");
        let (Some(file), Some(arn)) = (file, variable("AWS_ROLE_ARN")) else {
            return Ok(None);
        };
        let role = Role {
            arn: arn.to_owned(),
            session_name: variable("AWS_ROLE_SESSION_NAME").map(str::to_owned),
            external_id: None,
            seconds: None,
        };
        let region = profile::region(&self.variables)?;
        let service = TokenService::new(&self.variables, &*self.fetch, region, (self.now)());
        service.by_web_identity(&role, file).await.map(Some)
    }
}

impl ProvideCredentials for DefaultChain {
    fn provide(&self) -> Provided<'_> {
        Box::pin(self.load())
    }
}

impl fmt::Debug for DefaultChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DefaultChain")
            .field("variables", &self.variables)
            .finish_non_exhaustive()
    }
}
