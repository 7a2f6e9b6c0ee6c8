//! The key of a day, a region and a service, which the secret is made into.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use super::{Credentials, Scope};

/// The key, and what it was derived from.
pub(super) struct SigningKey {
    credentials: Credentials,
    day: String,
    region: String,
    service: String,
    /// What is left to do once the key is taken in, so that this is not done for each request.
    keyed: Hmac<Sha256>,
}

impl SigningKey {
    pub(super) fn derive(credentials: &Credentials, scope: &Scope<'_>, day: &str) -> Self {
        let secret = ["AWS4", credentials.secret_access_key()].concat();
        let mut keyed = with_key(secret.as_bytes());
        for part in [day, scope.region, scope.service, "aws4_request"] {
            keyed = with_key(&code(keyed, part.as_bytes()));
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
        Hex::of(&code(self.keyed.clone(), text))
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

fn with_key(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length")
}

fn code(mut keyed: Hmac<Sha256>, text: &[u8]) -> [u8; 32] {
    keyed.update(text);
    keyed.finalize().into_bytes().into()
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
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
