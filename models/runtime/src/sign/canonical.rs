//! The one form that both sides make of a request, and the text of which the signature is a code.

use std::borrow::Cow;
use std::ops::Range;

use bytes::Bytes;
use http::Request;
use http::header::HeaderValue;

use super::Scope;
use super::hash::sha256;
use super::key::Hex;
use super::stamp::Stamp;

/// What proxies and clients set, change or take away on the way, and with it what tells of the way.
const NOT_SIGNED: [&str; 16] = [
    "authorization",
    "baggage",
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "traceparent",
    "tracestate",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amz-user-agent",
    "x-amzn-trace-id",
];

/// The canonical request, and after it the string to sign, in one buffer.
pub(super) struct Text {
    bytes: Vec<u8>,
    signed_headers: Range<usize>,
    canonical: usize,
}

impl Text {
    pub(super) fn of(
        request: &Request<Bytes>,
        scope: &Scope<'_>,
        stamp: &Stamp,
        payload: &str,
    ) -> Self {
        let mut bytes = Vec::with_capacity(1_024);
        bytes.extend_from_slice(request.method().as_str().as_bytes());
        bytes.push(b'\n');
        write_path(&mut bytes, request.uri().path(), scope);
        bytes.push(b'\n');
        write_query(&mut bytes, request.uri().query().unwrap_or_default());
        bytes.push(b'\n');
        let headers = headers(request);
        let by_name = || headers.chunk_by(|one, next| one.0 == next.0);
        for same in by_name() {
            write_header(&mut bytes, same);
        }
        bytes.push(b'\n');
        let start = bytes.len();
        for (place, same) in by_name().enumerate() {
            if place > 0 {
                bytes.push(b';');
            }
            bytes.extend_from_slice(same[0].0.as_bytes());
        }
        let signed_headers = start..bytes.len();
        bytes.push(b'\n');
        bytes.extend_from_slice(payload.as_bytes());
        let canonical = bytes.len();

        let digest = Hex::of(&sha256(&bytes));
        for part in [
            "AWS4-HMAC-SHA256\n",
            stamp.as_str(),
            "\n",
            stamp.day(),
            "/",
            scope.region,
            "/",
            scope.service,
            "/aws4_request\n",
            digest.as_str(),
        ] {
            bytes.extend_from_slice(part.as_bytes());
        }
        Self {
            bytes,
            signed_headers,
            canonical,
        }
    }

    pub(super) fn canonical_request(&self) -> &[u8] {
        &self.bytes[..self.canonical]
    }

    pub(super) fn string_to_sign(&self) -> &[u8] {
        &self.bytes[self.canonical..]
    }

    pub(super) fn signed_headers(&self) -> &str {
        let names = &self.bytes[self.signed_headers.clone()];
        std::str::from_utf8(names).unwrap_or_default()
    }
}

fn write_path(out: &mut Vec<u8>, path: &str, scope: &Scope<'_>) {
    let path = match path {
        "" => Cow::Borrowed("/"),
        _ if scope.path_normalization => normalized(path),
        _ => Cow::Borrowed(path),
    };
    // As most are: none has anything to escape.
    if path.bytes().all(|byte| is_unreserved(byte) || byte == b'/') {
        out.extend_from_slice(path.as_bytes());
        return;
    }
    if scope.double_encoding {
        write_encoded(out, path.bytes(), b"/");
        return;
    }
    for (place, segment) in path.split('/').enumerate() {
        if place > 0 {
            out.push(b'/');
        }
        write_encoded(out, decoded(segment), b"");
    }
}

/// The path without empty segments, and without `.` and `..`.
fn normalized(path: &str) -> Cow<'_, str> {
    if !path.contains("//") && !path.contains("/.") {
        return Cow::Borrowed(path);
    }
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            _ => segments.push(segment),
        }
    }
    let end = if path.ends_with('/') && !segments.is_empty() {
        "/"
    } else {
        ""
    };
    Cow::Owned(["/", &segments.join("/"), end].concat())
}

/// In the order of the encoded names, those of one name in the order of the encoded values.
fn write_query(out: &mut Vec<u8>, query: &str) {
    if query.is_empty() {
        return;
    }
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let mut pairs: Vec<_> = pairs
        .map(|(name, value)| (encoded(name), encoded(value)))
        .collect();
    pairs.sort_unstable();
    for (place, (name, value)) in pairs.iter().enumerate() {
        if place > 0 {
            out.push(b'&');
        }
        out.extend_from_slice(name);
        out.push(b'=');
        out.extend_from_slice(value);
    }
}

/// A part of a query with exactly those bytes escaped that AWS escapes.
fn encoded(part: &str) -> Cow<'_, [u8]> {
    if part.bytes().all(is_unreserved) {
        return Cow::Borrowed(part.as_bytes());
    }
    let mut out = Vec::with_capacity(part.len());
    write_encoded(&mut out, decoded(part), b"");
    Cow::Owned(out)
}

/// The bytes with their escapes undone. What is none stays as it is.
fn decoded(part: &str) -> impl Iterator<Item = u8> {
    let mut rest = part.as_bytes();
    std::iter::from_fn(move || {
        let digit = |place: usize| char::from(*rest.get(place)?).to_digit(16);
        let (&first, after) = rest.split_first()?;
        if first == b'%' {
            if let (Some(high), Some(low)) = (digit(1), digit(2)) {
                rest = &rest[3..];
                return u8::try_from(high * 16 + low).ok();
            }
        }
        rest = after;
        Some(first)
    })
}

pub(crate) fn write_encoded(out: &mut Vec<u8>, bytes: impl Iterator<Item = u8>, kept: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in bytes {
        if is_unreserved(byte) || kept.contains(&byte) {
            out.push(byte);
        } else {
            let (high, low) = (usize::from(byte >> 4), usize::from(byte & 15));
            out.extend_from_slice(&[b'%', DIGITS[high], DIGITS[low]]);
        }
    }
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// A name and one of its values.
type Header<'a> = (&'a str, &'a HeaderValue);

/// The headers that are signed, in the order of their names; values of one name as they came.
fn headers(request: &Request<Bytes>) -> Vec<Header<'_>> {
    let headers = request.headers().iter();
    let mut headers: Vec<_> = headers
        .map(|(name, value)| (name.as_str(), value))
        .filter(|(name, _)| NOT_SIGNED.binary_search(name).is_err())
        .collect();
    headers.sort_by_key(|(name, _)| *name);
    headers
}

/// A line of a name's values, separated by commas and without superfluous white space.
fn write_header(out: &mut Vec<u8>, same: &[Header<'_>]) {
    for (place, (name, value)) in same.iter().enumerate() {
        if place == 0 {
            out.extend_from_slice(name.as_bytes());
            out.push(b':');
        } else {
            out.push(b',');
        }
        write_words(out, value.as_bytes());
    }
    out.push(b'\n');
}

fn write_words(out: &mut Vec<u8>, value: &[u8]) {
    if !value.contains(&b' ') && !value.contains(&b'\t') {
        out.extend_from_slice(value);
        return;
    }
    let words = value.split(|byte| matches!(byte, b' ' | b'\t'));
    for (place, word) in words.filter(|word| !word.is_empty()).enumerate() {
        if place > 0 {
            out.push(b' ');
        }
        out.extend_from_slice(word);
    }
}
