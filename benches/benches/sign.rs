//! Signing a small request: what a call pays for its signature.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use divan::Bencher;
use http::{HeaderValue, Request};
use shapewright_runtime::sign::{Credentials, Payload, Scope, Signer, sign};

const SCOPE: Scope<'_> = Scope::new("us-east-1", "batch");
const BODY: &str = r#"{"jobName":"a","jobQueue":"queue","jobDefinition":"definition:1"}"#;

fn main() {
    divan::main();
}

/// With the key of the day.
#[divan::bench]
fn with_kept_key(bencher: Bencher<'_, '_>) {
    let (signer, credentials) = (Signer::new(), credentials());
    bencher.with_inputs(request).bench_local_refs(|request| {
        signer.sign(request, &credentials, &SCOPE, at(), Payload::Signed)
    });
}

/// With a key derived for it alone.
#[divan::bench]
fn with_new_key(bencher: Bencher<'_, '_>) {
    let credentials = credentials();
    bencher
        .with_inputs(request)
        .bench_local_refs(|request| sign(request, &credentials, &SCOPE, at(), Payload::Signed));
}

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
}

fn at() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160)
}

fn request() -> Request<Bytes> {
    let mut request = Request::new(Bytes::from_static(BODY.as_bytes()));
    *request.method_mut() = http::Method::POST;
    *request.uri_mut() =
        http::Uri::from_static("https://batch.us-east-1.amazonaws.com/v1/submitjob");
    for (name, value) in [
        ("content-type", "application/json"),
        ("user-agent", "shapewright/0.1 batch"),
    ] {
        request
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    request
}
