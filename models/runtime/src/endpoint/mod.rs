//! Where a service is.

use http::{HeaderMap, Uri};

use crate::RequestError;

/// An address.
#[derive(Clone, Debug)]
pub struct Endpoint {
    base: String,
    headers: HeaderMap,
}

impl Endpoint {
    /// An address.
    pub fn new(url: &str) -> Self {
        Self {
            base: url.trim_end_matches('/').to_owned(),
            headers: HeaderMap::new(),
        }
    }

    /// Headers.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(crate) fn uri(&self, prefix: Option<&str>, target: &str) -> Result<Uri, RequestError> {
        let (scheme, host) = self.base.split_once("://").unwrap_or(("https", &self.base));
        let text = format!("{scheme}://{}{host}{target}", prefix.unwrap_or_default());
        Uri::try_from(text).map_err(|error| RequestError::Unwritable {
            name: "the URI".to_owned(),
            reason: error.to_string(),
        })
    }
}
