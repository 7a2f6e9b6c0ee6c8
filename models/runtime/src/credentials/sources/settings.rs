//! What variables and the profile say of clients, credentials aside.

use super::profile::{self, Profile};
use super::{CredentialsError, Variables};

/// What variables and the profile that they choose say.
pub(crate) struct Settings<'v> {
    variables: &'v Variables,
    profile: Profile,
}

impl<'v> Settings<'v> {
    /// Reads the profile.
    pub(crate) fn read(variables: &'v Variables) -> Result<Self, CredentialsError> {
        let profile = profile::chosen(variables)?;
        Ok(Self { variables, profile })
    }

    /// What the variable says.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name)
    }

    /// What the variable says, or else the key of the profile.
    pub(crate) fn get(&self, variable: &str, key: &str) -> Option<&str> {
        let of_profile = || self.profile.get(key).map(String::as_str);
        self.variable(variable).or_else(of_profile)
    }

    /// The region.
    pub(crate) fn region(&self) -> Option<&str> {
        let set = self.variable("AWS_REGION");
        set.or_else(|| self.get("AWS_DEFAULT_REGION", "region"))
    }
}
