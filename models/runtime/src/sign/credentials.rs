//! Who signs.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::Redacted;

/// An access key, with a session token if it is a temporary one. Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    access_key_id: Arc<str>,
    secret_access_key: Arc<str>,
    session_token: Option<Arc<str>>,
    expiry: Option<SystemTime>,
}

impl Credentials {
    /// An access key that stays valid.
    pub fn new(access_key_id: impl Into<String>, secret_access_key: impl Into<String>) -> Self {
        Self {
            access_key_id: access_key_id.into().into(),
            secret_access_key: secret_access_key.into().into(),
            session_token: None,
            expiry: None,
        }
    }

    /// The same with the token that goes with a temporary key.
    #[must_use]
    pub fn with_session_token(mut self, session_token: impl Into<String>) -> Self {
        self.session_token = Some(session_token.into().into());
        self
    }

    /// The same with the moment from which AWS takes them no more.
    #[must_use]
    pub fn with_expiry(mut self, expiry: SystemTime) -> Self {
        self.expiry = Some(expiry);
        self
    }

    /// The key's name, which is no secret.
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The key itself.
    pub fn secret_access_key(&self) -> &str {
        &self.secret_access_key
    }

    /// The token of a temporary key.
    pub fn session_token(&self) -> Option<&str> {
        self.session_token.as_deref()
    }

    /// The moment from which AWS takes them no more, if that is known.
    pub fn expiry(&self) -> Option<SystemTime> {
        self.expiry
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &self.access_key_id)
            .field("secret_access_key", &Redacted)
            .field("session_token", &Redacted::option(&self.session_token))
            .field("expiry", &self.expiry)
            .finish()
    }
}
