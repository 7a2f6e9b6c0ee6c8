//! An endpoint: where requests go.

use std::collections::BTreeMap;
use std::fmt;

use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::EndpointError;
use super::label::is_host_label;
use super::url::{Url, is_ip};
use super::value::Value;
use crate::Document;

/// Where requests go, and what is special about them there.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    scheme: Scheme,
    authority: Authority,
    base_path: String,
    headers: HeaderMap,
    auth_schemes: Vec<AuthScheme>,
    properties: BTreeMap<String, Document>,
}

/// How requests are to be signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthScheme {
    /// The scheme, such as `sigv4`.
    pub name: String,
    /// The name of the service in the signature, if it is none of the service's own.
    pub signing_name: Option<String>,
    /// The region in the signature, if it is not the client's.
    pub signing_region: Option<String>,
    /// The regions in a signature of `sigv4a`.
    pub signing_region_set: Vec<String>,
    /// Whether the path is signed as it is sent, rather than encoded once more.
    pub disable_double_encoding: bool,
}

impl Endpoint {
    /// The endpoint at a URL, such as `https://host/base`.
    pub fn new(url: &str) -> Result<Self, EndpointError> {
        if url.contains('@') {
            // It is not shown: what stands there is a secret.
            let message = "the URL of an endpoint has no user and no password before its host";
            return Err(EndpointError::new(message));
        }
        let refused = || {
            EndpointError::new(format!(
                "{url:?} is no endpoint: that is an http or https URL with a host and without a query"
            ))
        };
        let parts = Url::parse(url).ok_or_else(refused)?;
        // The library knows which bytes a path may have. Each request brings one that begins with `/`.
        let path = format!("{}/", parts.path);
        path.parse::<PathAndQuery>().map_err(|_| refused())?;
        Ok(Self {
            scheme: parts.scheme.parse().map_err(|_| refused())?,
            authority: parts.authority.parse().map_err(|_| refused())?,
            base_path: parts.path.to_owned(),
            headers: HeaderMap::new(),
            auth_schemes: Vec::new(),
            properties: BTreeMap::new(),
        })
    }

    /// The same with this before the name of the host, such as `data-123.`: some operations ask for
    /// it. An address instead of a name stays as it is, as nothing can stand before it.
    pub fn with_host_prefix(mut self, prefix: &str) -> Result<Self, EndpointError> {
        if is_ip(self.authority.host()) {
            return Ok(self);
        }
        let refused = || {
            EndpointError::new(format!(
                "{prefix:?} cannot stand before the host {}: between dots, a name has letters, \
                 digits and inner hyphens, at most 63",
                self.authority.host()
            ))
        };
        let host = format!("{prefix}{}", self.authority.host());
        if host.len() > 253 || !is_host_label(&host, true) {
            return Err(refused());
        }
        let authority = format!("{prefix}{}", self.authority);
        self.authority = authority.parse().map_err(|_| refused())?;
        Ok(self)
    }

    /// The URL.
    pub fn url(&self) -> String {
        self.to_string()
    }

    /// `http` or `https`.
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// The host, and the port if there is one.
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// What stands before the path of each request: nothing, or a path without a slash at its end.
    pub fn base_path(&self) -> &str {
        self.base_path.trim_end_matches('/')
    }

    /// Headers that each request has.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How requests are to be signed, the preferred first; none if as ever.
    pub fn auth_schemes(&self) -> &[AuthScheme] {
        &self.auth_schemes
    }

    /// Everything else that the rules say of it, by name; `authSchemes` as they stand there.
    pub fn properties(&self) -> &BTreeMap<String, Document> {
        &self.properties
    }

    pub(super) fn set_properties(&mut self, properties: BTreeMap<String, Document>) {
        if let Some(Document::Array(schemes)) = properties.get("authSchemes") {
            self.auth_schemes = schemes.iter().filter_map(AuthScheme::of).collect();
        }
        self.properties = properties;
    }

    pub(super) fn add_header(
        &mut self,
        name: &str,
        values: &Value<'_>,
    ) -> Result<(), EndpointError> {
        let refused =
            || EndpointError::new(format!("the rules ask for a header {name} that is none"));
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
        let Value::List(values) = values else {
            return Err(refused());
        };
        for value in values {
            let text = value.as_str().ok_or_else(refused)?;
            let value = HeaderValue::from_str(text).map_err(|_| refused())?;
            self.headers.append(name.clone(), value);
        }
        Ok(())
    }
}

impl fmt::Display for Endpoint {
    /// The URL.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.base_path)
    }
}

impl AuthScheme {
    fn of(document: &Document) -> Option<Self> {
        let Document::Object(entries) = document else {
            return None;
        };
        let text = |value: &Document| match value {
            Document::String(text) => Some(text.clone()),
            _ => None,
        };
        let entry = |name| entries.get(name).and_then(text);
        Some(Self {
            name: entry("name")?,
            signing_name: entry("signingName"),
            signing_region: entry("signingRegion"),
            signing_region_set: match entries.get("signingRegionSet") {
                Some(Document::Array(regions)) => regions.iter().filter_map(text).collect(),
                _ => Vec::new(),
            },
            disable_double_encoding: entries.get("disableDoubleEncoding")
                == Some(&Document::Bool(true)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_its_url() {
        for (url, base_path) in [
            ("https://batch.us-east-1.amazonaws.com", ""),
            ("http://localhost:8080", ""),
            ("http://[::1]:8080/", ""),
            ("http://127.0.0.1/a/b/", "/a/b"),
        ] {
            let endpoint = Endpoint::new(url).expect(url);
            assert_eq!(endpoint.url(), url);
            assert_eq!(endpoint.base_path(), base_path);
        }
    }

    #[test]
    fn what_is_no_endpoint_is_refused_and_no_password_shown() {
        for url in [
            "",
            "host",
            "https://",
            "ftp://host",
            "https://a b",
            "https://a/b c",
            "https://a?b",
            "https://é",
        ] {
            let error = Endpoint::new(url).expect_err(url);
            assert!(error.to_string().contains("is no endpoint"), "{error}");
        }
        let error = Endpoint::new("https://me:hunter2@host").expect_err("a password");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }

    #[test]
    fn a_prefix_stands_before_the_host() {
        let endpoint = Endpoint::new("https://a.b:80/c").expect("a URL");
        let prefixed = |prefix| {
            endpoint
                .clone()
                .with_host_prefix(prefix)
                .map(|one| one.url())
        };
        assert_eq!(
            prefixed("data-123."),
            Ok("https://data-123.a.b:80/c".to_owned())
        );
        assert_eq!(prefixed("x-"), Ok("https://x-a.b:80/c".to_owned()));
        let long = format!("{}.", "a".repeat(64));
        for prefix in [
            ".",
            "a..",
            "-",
            "a/",
            "evil.example/",
            "a@",
            "a:1.",
            "é.",
            " ",
            &long,
        ] {
            let error = prefixed(prefix).expect_err(prefix);
            assert!(error.to_string().contains("cannot stand before"), "{error}");
        }
    }

    #[test]
    fn nothing_stands_before_an_address() {
        for url in ["http://127.0.0.1:5000", "http://[::1]:5000"] {
            let endpoint = Endpoint::new(url).expect("a URL");
            let prefixed = endpoint.with_host_prefix("data.").expect("the same");
            assert_eq!(prefixed.url(), url);
        }
    }
}
