//! The key of a day, a region and a service, which the secret is made into.

use std::fmt;

use super::hash::Keyed;
use super::{Credentials, Scope};

/// The key, and what it was derived from.
pub(super) struct SigningKey {
    credentials: Credentials,
    day: String,
    region: String,
    service: String,
    /// What is left to do once the key is taken in, so that this is not done for each request.
    keyed: Keyed,
}

impl SigningKey {
    pub(super) fn derive(credentials: &Credentials, scope: &Scope<'_>, day: &str) -> Self {
        let secret = ["AWS4", credentials.secret_access_key()].concat();
        let mut keyed = Keyed::new(secret.as_bytes());
        for part in [day, scope.region, scope.service, "aws4_request"] {
            keyed = Keyed::new(&keyed.code(part.as_bytes()));
        }
        Self {
            credentials: credentials.clone(),
            day: day.to_owned(),
            region: scope.region.to_owned(),
            service: scope.service.to_owned(),
            keyed,
        }
    }

    /// Whether deriving it from these would give the same.
    pub(super) fn serves(&self, credentials: &Credentials, scope: &Scope<'_>, day: &str) -> bool {
        self.day == day
            && self.region == scope.region
            && self.service == scope.service
            && self.credentials.secret_access_key() == credentials.secret_access_key()
    }

    pub(super) fn signature(&self, text: &[u8]) -> Hex {
        Hex::of(&self.keyed.code(text))
    }
}

impl fmt::Debug for SigningKey {
    /// Not the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("day", &self.day)
            .field("region", &self.region)
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}

/// A digest as hexadecimal digits in lower case.
pub(super) struct Hex([u8; 64]);

impl Hex {
    pub(super) fn of(digest: &[u8; 32]) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0; 64];
        for (pair, byte) in text.chunks_exact_mut(2).zip(digest) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        Self(text)
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}
