//! Signature Version 4: the headers by which AWS tells who sends a request, and that nobody changed it.
//!
//! No I/O, no clock: the time is an argument.

mod canonical;
mod credentials;
mod error;
mod hash;
mod key;
mod scope;
mod stamp;

use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use bytes::Bytes;
use http::header::{AUTHORIZATION, HOST, HeaderName, HeaderValue};
use http::{Request, Uri};

use canonical::Text;
use hash::sha256;
use key::{Hex, SigningKey};

#[cfg(feature = "credentials")]
pub(crate) use canonical::write_encoded;
pub use credentials::Credentials;
pub use error::SigningError;
#[cfg(feature = "credentials")]
pub(crate) use hash::sha1;
pub use scope::{Payload, Scope};
pub(crate) use stamp::Stamp;

const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");
const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";
const EMPTY_PAYLOAD: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Signs a request: sets its headers `host`, `x-amz-date`, `authorization`, where needed
/// `x-amz-security-token` and `x-amz-content-sha256`, and replaces those of an earlier signature.
///
/// Whoever signs many requests keeps a [`Signer`].
///
/// # Errors
/// If the request has no host, or if something cannot stand in a header. The request is then as it
/// came, or without a signature.
pub fn sign(
    request: &mut Request<Bytes>,
    credentials: &Credentials,
    scope: &Scope<'_>,
    at: SystemTime,
    payload: Payload,
) -> Result<(), SigningError> {
    Signer::new().sign(request, credentials, scope, at, payload)
}

/// Signs requests, and keeps the key that is derived from a secret for a day, a region and a service.
#[derive(Debug, Default)]
pub struct Signer {
    key: Mutex<Option<SigningKey>>,
}

/// What a signature was made of: what AWS shows of its own side when signatures do not match.
///
/// The canonical request has the session token in it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Signed {
    /// The request in the one form that both sides make of it.
    pub canonical_request: String,
    /// The digest of that, its time and scope.
    pub string_to_sign: String,
}

impl Signer {
    /// A signer without a key yet.
    pub const fn new() -> Self {
        Self {
            key: Mutex::new(None),
        }
    }

    /// Signs a request, as [`sign`] does.
    ///
    /// # Errors
    /// As for [`sign`].
    pub fn sign(
        &self,
        request: &mut Request<Bytes>,
        credentials: &Credentials,
        scope: &Scope<'_>,
        at: SystemTime,
        payload: Payload,
    ) -> Result<(), SigningError> {
        self.sign_as(request, credentials, scope, at, payload)?;
        Ok(())
    }

    /// Signs a request and tells what the signature was made of, for whoever asks why AWS refuses it.
    ///
    /// # Errors
    /// As for [`sign`].
    pub fn explain(
        &self,
        request: &mut Request<Bytes>,
        credentials: &Credentials,
        scope: &Scope<'_>,
        at: SystemTime,
        payload: Payload,
    ) -> Result<Signed, SigningError> {
        let text = self.sign_as(request, credentials, scope, at, payload)?;
        Ok(Signed {
            canonical_request: String::from_utf8_lossy(text.canonical_request()).into_owned(),
            string_to_sign: String::from_utf8_lossy(text.string_to_sign()).into_owned(),
        })
    }

    fn sign_as(
        &self,
        request: &mut Request<Bytes>,
        credentials: &Credentials,
        scope: &Scope<'_>,
        at: SystemTime,
        payload: Payload,
    ) -> Result<Text, SigningError> {
        let stamp = Stamp::of(at)?;
        let digest;
        let payload = match payload {
            Payload::Unsigned => UNSIGNED_PAYLOAD,
            Payload::Signed if request.body().is_empty() => EMPTY_PAYLOAD,
            Payload::Signed => {
                digest = Hex::of(&sha256(request.body()));
                digest.as_str()
            }
        };
        prepare(request, credentials, scope, &stamp, payload)?;
        let text = Text::of(request, scope, &stamp, payload);
        let signature = self.signature(credentials, scope, &stamp, text.string_to_sign());
        let authorization = [
            "AWS4-HMAC-SHA256 Credential=",
            credentials.access_key_id(),
            "/",
            stamp.day(),
            "/",
            scope.region,
            "/",
            scope.service,
            "/aws4_request, SignedHeaders=",
            text.signed_headers(),
            ", Signature=",
            signature.as_str(),
        ];
        let authorization = secret_header(authorization.concat())
            .ok_or(SigningError::Header("access key id, region or service"))?;
        request.headers_mut().insert(AUTHORIZATION, authorization);
        Ok(text)
    }

    fn signature(
        &self,
        credentials: &Credentials,
        scope: &Scope<'_>,
        stamp: &Stamp,
        text: &[u8],
    ) -> Hex {
        let mut kept = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        let serves = |key: &SigningKey| key.serves(credentials, scope, stamp.day());
        let key = match kept.take().filter(serves) {
            Some(key) => key,
            None => SigningKey::derive(credentials, scope, stamp.day()),
        };
        kept.insert(key).signature(text)
    }
}

impl std::fmt::Debug for Signed {
    /// Without the headers' values, of which one is the session token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signed")
            .field("string_to_sign", &self.string_to_sign)
            .finish_non_exhaustive()
    }
}

/// Sets the headers that are signed.
fn prepare(
    request: &mut Request<Bytes>,
    credentials: &Credentials,
    scope: &Scope<'_>,
    stamp: &Stamp,
    payload: &str,
) -> Result<(), SigningError> {
    let date = HeaderValue::from_str(stamp.as_str()).map_err(|_| SigningError::Time)?;
    let host = host(request.uri())?;
    let token = credentials
        .session_token()
        .map(|token| secret_header(token.to_owned()).ok_or(SigningError::Header("session token")));
    let token = token.transpose()?;

    let headers = request.headers_mut();
    headers.remove(AUTHORIZATION);
    if let Some(host) = host {
        headers.insert(HOST, host);
    } else if !headers.contains_key(HOST) {
        return Err(SigningError::Host);
    }
    headers.insert(DATE, date);
    match token {
        Some(token) => headers.insert(SECURITY_TOKEN, token),
        // Of credentials that have since been replaced.
        None => headers.remove(SECURITY_TOKEN),
    };
    if scope.content_sha256 || payload == UNSIGNED_PAYLOAD || headers.contains_key(CONTENT_SHA256) {
        let payload = HeaderValue::from_str(payload);
        headers.insert(
            CONTENT_SHA256,
            payload.map_err(|_| SigningError::Header("digest"))?,
        );
    }
    Ok(())
}

/// What the header `host` says of this place, if the place is told: without the scheme's own port,
/// as clients send it.
fn host(uri: &Uri) -> Result<Option<HeaderValue>, SigningError> {
    let Some(host) = uri.host().filter(|host| !host.is_empty()) else {
        return Ok(None);
    };
    let usual = match uri.scheme_str() {
        Some("http") => Some(80),
        Some("https") => Some(443),
        _ => None,
    };
    let mut text = host.to_ascii_lowercase();
    if let Some(port) = uri.port_u16().filter(|port| usual != Some(*port)) {
        text.push(':');
        text.push_str(&port.to_string());
    }
    let value = HeaderValue::try_from(text).map_err(|_| SigningError::Host)?;
    Ok(Some(value))
}

/// A header's value that `Debug` does not show and HTTP/2 does not put into its tables.
fn secret_header(text: String) -> Option<HeaderValue> {
    let mut value = HeaderValue::try_from(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}
