//! A request in the making: where each member of an input goes.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Method, Request, Uri};
use serde::Serialize;

use super::text::{text, texts};
use super::uri::{self, Part};
use super::{Call, json};
use crate::endpoint::Endpoint;
use crate::form::{Format, Structure};
use crate::validate::{Invalid, Violation, ViolationKind};
use crate::{Operation, RequestError};

/// What generated code fills with the members of an input. It keeps the first value that cannot be
/// written and every label that is missing, so that generated code need not look after each.
#[derive(Default)]
pub struct Outgoing {
    labels: Vec<(&'static str, String)>,
    query: String,
    headers: HeaderMap,
    body: Bytes,
    violations: Vec<Violation>,
    error: Option<RequestError>,
}

impl Outgoing {
    /// A label of the path or of the host's prefix: it must be there and hold something.
    pub fn label<F: Format<T>, T>(&mut self, name: &'static str, value: &Option<T>, _: F) {
        let written = value.as_ref().map(text::<F, T>).transpose();
        let Some(text) = self.kept(name, written) else {
            return;
        };
        match text.flatten() {
            Some(text) if !text.is_empty() => self.labels.push((name, text)),
            Some(_) => self.violate(name, ViolationKind::Empty),
            None => self.violate(name, ViolationKind::Missing),
        }
    }

    /// A query parameter, or one an item of a list.
    pub fn query<F: Format<T>, T>(&mut self, name: &str, value: &Option<T>, _: F) {
        let written = value.as_ref().map(texts::<F, T>).transpose();
        for text in self.kept(name, written).flatten().unwrap_or_default() {
            self.parameter(name, &text);
        }
    }

    /// A query parameter an entry, or several where the value is a list. What a member of its own
    /// has set already stays.
    pub fn query_map<F: Format<V>, K: AsRef<str>, V>(
        &mut self,
        entries: &Option<std::collections::BTreeMap<K, V>>,
        _: F,
    ) {
        let own = parameters(&self.query);
        for (key, value) in entries.iter().flatten() {
            let key = key.as_ref();
            let texts = self.kept(key, texts::<F, V>(value)).unwrap_or_default();
            if !own.iter().any(|one| is_encoded(one, key)) {
                for text in &texts {
                    self.parameter(key, text);
                }
            }
        }
    }

    fn parameter(&mut self, name: &str, value: &str) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        uri::encode(&mut self.query, name, false);
        self.query.push('=');
        uri::encode(&mut self.query, value, false);
    }

    /// A header.
    pub fn header<F: Format<T>, T>(&mut self, name: &str, value: &Option<T>, _: F) {
        let written = value.as_ref().map(text::<F, T>).transpose();
        if let Some(text) = self.kept(name, written).flatten().flatten() {
            self.set_header(name, &text);
        }
    }

    /// A header of JSON in Base64.
    #[cfg(feature = "jsonvalue")]
    pub fn header_json<F: Format<T>, T>(&mut self, name: &str, value: &Option<T>, _: F) {
        let written = value.as_ref().map(text::<F, T>).transpose();
        if let Some(text) = self.kept(name, written).flatten().flatten() {
            self.set_header(name, &json::to_base64(&text));
        }
    }

    /// A header of a list's items, with commas between them; an item that has one itself is quoted.
    pub fn header_texts<F: Format<T>, T>(&mut self, name: &str, value: &Option<T>, _: F) {
        self.header_items::<F, T>(name, value.as_ref(), |text| {
            let plain = text.trim() == text && !text.contains([',', '"']) && !text.is_empty();
            if plain {
                return text;
            }
            format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
        });
    }

    /// A header of numbers, flags or moments, with commas between them.
    pub fn header_list<F: Format<T>, T>(&mut self, name: &str, value: &Option<T>, _: F) {
        self.header_items::<F, T>(name, value.as_ref(), |text| text);
    }

    fn header_items<F: Format<T>, T>(
        &mut self,
        name: &str,
        value: Option<&T>,
        item: fn(String) -> String,
    ) {
        let written = value.map(texts::<F, T>).transpose();
        if let Some(texts) = self.kept(name, written).flatten() {
            let items: Vec<String> = texts.into_iter().map(item).collect();
            self.set_header(name, &items.join(", "));
        }
    }

    /// A header an entry, all with one prefix.
    pub fn prefix_headers<F: Format<V>, K: AsRef<str>, V>(
        &mut self,
        prefix: &str,
        entries: &Option<std::collections::BTreeMap<K, V>>,
        _: F,
    ) {
        for (key, value) in entries.iter().flatten() {
            let name = format!("{prefix}{}", key.as_ref());
            if let Some(text) = self.kept(&name, text::<F, V>(value)).flatten() {
                self.set_header(&name, &text);
            }
        }
    }

    fn set_header(&mut self, name: &str, text: &str) {
        let header = HeaderName::try_from(name).map_err(|error| error.to_string());
        let value = HeaderValue::from_bytes(text.as_bytes()).map_err(|error| error.to_string());
        let both = header.and_then(|name| Ok((name, value?)));
        if let Some((name, value)) = self.kept(name, both) {
            self.headers.insert(name, value);
        }
    }

    /// A header that the protocol sets, unless a member has.
    pub(super) fn default_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.entry(name).or_insert(value);
    }

    /// Whether a member has set a header whose name begins so.
    #[cfg(feature = "checksum")]
    pub(super) fn has_header_starting(&self, prefix: &str) -> bool {
        self.headers
            .keys()
            .any(|name| name.as_str().starts_with(prefix))
    }

    /// A body of all members.
    pub fn json(&mut self, input: &impl Serialize) {
        let written = json::write(input);
        self.body = self.kept("the body", written).unwrap_or_default();
    }

    /// A body of all members but some, which travel elsewhere.
    pub fn json_without<T: Structure>(&mut self, input: &T, without: &'static [&'static str]) {
        let written = json::write_without(input, without);
        self.body = self.kept("the body", written).unwrap_or_default();
    }

    /// A body that is one member: JSON, and if it is absent `absent`.
    pub fn json_payload<F: Format<T>, T>(&mut self, value: &Option<T>, _: F, absent: &'static str) {
        let written = value.as_ref().map(json::write_form::<F, T>).transpose();
        let body = self.kept("the body", written).flatten();
        self.body = body.unwrap_or(Bytes::from_static(absent.as_bytes()));
    }

    /// A body that is one member: a text, as it is.
    pub fn text_payload<F: Format<T>, T>(&mut self, value: &Option<T>, _: F) {
        let written = value.as_ref().map(text::<F, T>).transpose();
        if let Some(text) = self.kept("the body", written).flatten().flatten() {
            self.body = text.into();
            self.default_header(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
        }
    }

    /// A body that is one member: bytes, as they are.
    #[cfg(feature = "blob")]
    pub fn blob_payload(&mut self, value: &Option<crate::Blob>) {
        if let Some(blob) = value {
            self.body = Bytes::copy_from_slice(blob.as_slice());
            let bytes = HeaderValue::from_static("application/octet-stream");
            self.default_header(CONTENT_TYPE, bytes);
        }
    }

    #[cfg(any(feature = "checksum", feature = "rest-json"))]
    pub(super) const fn body(&self) -> &Bytes {
        &self.body
    }

    fn violate(&mut self, path: &str, kind: ViolationKind) {
        self.violations.push(Violation {
            path: path.to_owned(),
            kind,
        });
    }

    /// The value, or nothing and the error is kept.
    fn kept<T>(&mut self, name: &str, result: Result<T, impl ToString>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(reason) => {
                let error = || RequestError::Unwritable {
                    name: name.to_owned(),
                    reason: reason.to_string(),
                };
                self.error.get_or_insert_with(error);
                None
            }
        }
    }

    /// The request, addressed to an endpoint.
    pub(super) fn finish<C: Call>(
        mut self,
        missing: Vec<Violation>,
        endpoint: &Endpoint,
    ) -> Result<Request<Bytes>, RequestError> {
        if !missing.is_empty() {
            // Labels are required members nearly always, and have been told by their own names.
            let is_missing = |one: &Violation| one.kind == ViolationKind::Missing;
            self.violations.retain(|one| !is_missing(one));
        }
        self.violations.splice(0..0, missing);
        if !self.violations.is_empty() {
            return Err(RequestError::Invalid(Invalid::new(self.violations)));
        }
        if let Some(error) = self.error {
            return Err(error);
        }
        let target = self.target(<C as Operation>::URI);
        let uri = match C::HOST_PREFIX {
            None => uri(endpoint, target),
            Some(prefix) => {
                let prefixed = endpoint
                    .clone()
                    .with_host_prefix(&self.expanded(prefix, false));
                uri(&prefixed.map_err(RequestError::Endpoint)?, target)
            }
        }?;
        let method = Method::from_bytes(C::METHOD.as_bytes());
        let mut request = Request::new(self.body);
        *request.method_mut() = method.map_err(|error| RequestError::Unwritable {
            name: "the method".to_owned(),
            reason: error.to_string(),
        })?;
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        for (name, value) in endpoint.headers() {
            request.headers_mut().append(name, value.clone());
        }
        Ok(request)
    }

    /// The path and query: a template with its labels, its own query, and the members'.
    fn target(&self, template: &str) -> String {
        let mut target = self.expanded(template, true);
        if !self.query.is_empty() {
            target.push(if target.contains('?') { '&' } else { '?' });
            target.push_str(&self.query);
        }
        target
    }

    fn expanded(&self, template: &str, encode: bool) -> String {
        let mut text = String::with_capacity(template.len() + self.query.len() + 64);
        for part in uri::parts(template) {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Label { name, greedy } => {
                    let label = self.labels.iter().find(|(one, _)| *one == name);
                    let value = label.map_or("", |(_, value)| value.as_str());
                    if encode {
                        uri::encode(&mut text, value, greedy);
                    } else {
                        text.push_str(value);
                    }
                }
            }
        }
        text
    }
}

/// The whole address of a path and query at an endpoint.
fn uri(endpoint: &Endpoint, target: String) -> Result<Uri, RequestError> {
    let target = match endpoint.base_path() {
        "" => target,
        base => format!("{base}{target}"),
    };
    let whole = Uri::builder()
        .scheme(endpoint.scheme().clone())
        .authority(endpoint.authority().clone())
        .path_and_query(target)
        .build();
    whole.map_err(|error| RequestError::Unwritable {
        name: "the URI".to_owned(),
        reason: error.to_string(),
    })
}

/// The encoded names of a query's parameters.
fn parameters(query: &str) -> Vec<String> {
    let names = query.split('&').map(|one| one.split('=').next());
    names.flatten().map(str::to_owned).collect()
}

fn is_encoded(encoded: &str, name: &str) -> bool {
    let mut text = String::with_capacity(name.len());
    uri::encode(&mut text, name, false);
    text == encoded
}
