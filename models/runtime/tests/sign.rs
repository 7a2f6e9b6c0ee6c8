//! Signatures. Those that stand here were computed by botocore.

#![cfg(feature = "sign")]

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::Request;
use http::header::{AUTHORIZATION, HOST, HeaderValue};
use shapewright_runtime::sign::{Credentials, Payload, Scope, Signer, SigningError, sign};

const BATCH: Scope<'_> = Scope::new("us-east-1", "batch");

fn at() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160)
}

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
}

fn request(method: &str, uri: &str, body: &'static str) -> Request<Bytes> {
    let request = Request::builder().method(method).uri(uri);
    request.body(Bytes::from_static(body.as_bytes())).unwrap()
}

fn header<'a>(request: &'a Request<Bytes>, name: &str) -> Option<&'a str> {
    let mut values = request.headers().get_all(name).iter();
    let value = values.next().map(|value| value.to_str().unwrap());
    assert_eq!(values.next(), None, "{name} is there more than once");
    value
}

fn signature(request: &Request<Bytes>) -> &str {
    let value = header(request, "authorization").unwrap();
    value.rsplit_once("Signature=").unwrap().1
}

#[test]
fn a_json_request_has_the_headers_of_botocore() {
    let uri = "https://batch.eu-central-1.amazonaws.com:443/v1/submitjob";
    let mut request = request("POST", uri, r#"{"jobName":"a"}"#);
    for (name, value) in [
        ("content-type", "application/json"),
        ("user-agent", "x"),
        ("x-many", "one"),
        ("x-many", "  two \t three "),
    ] {
        let value = HeaderValue::from_static(value);
        request.headers_mut().append(name, value);
    }
    let scope = Scope::new("eu-central-1", "batch");
    sign(&mut request, &credentials(), &scope, at(), Payload::Signed).unwrap();
    assert_eq!(
        header(&request, "authorization"),
        Some(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/eu-central-1/batch/aws4_request, \
             SignedHeaders=content-type;host;x-amz-date;x-many, \
             Signature=01d8b4eef359488933f787cf7a4baf02b511f49c255a61f5f06d198203e3f51b"
        )
    );
    let host = "batch.eu-central-1.amazonaws.com";
    assert_eq!(header(&request, "host"), Some(host));
    assert_eq!(header(&request, "x-amz-date"), Some("20150830T123600Z"));
    assert_eq!(header(&request, "x-amz-security-token"), None);
    assert_eq!(header(&request, "x-amz-content-sha256"), None);
    assert!(request.headers()[AUTHORIZATION].is_sensitive());
}

#[test]
fn a_path_is_normalised_and_encoded_twice_and_a_query_sorted() {
    let uri = "http://LOCALHOST:4566/v1//tags/./arn%3Aaws%3Abatch%2Fjob/../%C3%A4\
               ?tagKeys=b&tagKeys=a%20b&tagKeys&A=1";
    let mut request = request("GET", uri, "");
    let credentials = credentials().with_session_token("token/+=");
    let signed = Signer::new()
        .explain(&mut request, &credentials, &BATCH, at(), Payload::Signed)
        .unwrap();
    assert_eq!(
        signed.canonical_request,
        "GET\n/v1/tags/%25C3%25A4\nA=1&tagKeys=&tagKeys=a%20b&tagKeys=b\nhost:localhost:4566\n\
         x-amz-date:20150830T123600Z\nx-amz-security-token:token/+=\n\n\
         host;x-amz-date;x-amz-security-token\n\
         e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    assert_eq!(
        signature(&request),
        "66f83caca8d1980a8236681697987880d251e4ee6a7472c86297fd1f27b4f3b0"
    );
}

#[test]
fn a_path_of_s3_stays_as_it_is_sent() {
    let uri = "https://bucket.s3.amazonaws.com/a//%C3%A4%2Fb/../c%20d";
    let mut request = request("PUT", uri, "content");
    let scope = Scope::s3("us-east-1", "s3");
    sign(&mut request, &credentials(), &scope, at(), Payload::Signed).unwrap();
    assert_eq!(
        header(&request, "x-amz-content-sha256"),
        Some("ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73")
    );
    assert_eq!(
        signature(&request),
        "b33db5e0be94a62159c87c7033d26998d699384f9c0ba99a2d4fdef05248f28e"
    );
}

#[test]
fn a_payload_that_is_not_signed_is_told() {
    let mut request = request("POST", "https://example.com/", "content");
    sign(
        &mut request,
        &credentials(),
        &BATCH,
        at(),
        Payload::Unsigned,
    )
    .unwrap();
    let told = header(&request, "x-amz-content-sha256");
    assert_eq!(told, Some("UNSIGNED-PAYLOAD"));
    assert_eq!(
        signature(&request),
        "5ce0a99935c64c90de80c10dc0c5042fcdc251d41cfffca99496a5c42bd83650"
    );
}

#[test]
fn escapes_of_a_query_are_made_those_that_aws_makes() {
    let one = "https://example.com/?b%2f=%41+c=d&&%zz";
    let other = "https://example.com/?%25zz=&b%2F=A%2Bc%3Dd";
    let signed = [one, other].map(|uri| {
        let mut request = request("GET", uri, "");
        sign(&mut request, &credentials(), &BATCH, at(), Payload::Signed).unwrap();
        signature(&request).to_owned()
    });
    assert_eq!(signed[0], signed[1]);
}

#[test]
fn signing_again_leaves_nothing_of_the_earlier_signature() {
    let mut again = request("POST", "https://example.com/path", "content");
    let signer = Signer::new();
    let temporary = Credentials::new("AKIDOTHER", "other").with_session_token("token");
    let scope = Scope::new("eu-west-1", "other");
    let earlier = SystemTime::UNIX_EPOCH;
    signer
        .sign(&mut again, &temporary, &scope, earlier, Payload::Signed)
        .unwrap();
    signer
        .sign(&mut again, &credentials(), &BATCH, at(), Payload::Signed)
        .unwrap();

    let mut once = request("POST", "https://example.com/path", "content");
    sign(&mut once, &credentials(), &BATCH, at(), Payload::Signed).unwrap();
    assert_eq!(again.headers(), once.headers());
}

#[test]
fn a_key_that_is_kept_serves_only_what_it_was_derived_from() {
    let signer = Signer::new();
    let other_day = at() + Duration::from_secs(86_400);
    let other_secret = Credentials::new("AKIDEXAMPLE", "another");
    for (credentials, scope, at) in [
        (credentials(), BATCH, at()),
        (credentials(), BATCH, other_day),
        (other_secret.clone(), BATCH, other_day),
        (
            other_secret.clone(),
            Scope::new("us-east-2", "batch"),
            other_day,
        ),
        (other_secret, Scope::new("us-east-2", "sts"), other_day),
        (credentials(), BATCH, at()),
    ] {
        let mut kept = request("GET", "https://example.com/", "");
        let mut alone = kept.clone();
        signer
            .sign(&mut kept, &credentials, &scope, at, Payload::Signed)
            .unwrap();
        sign(&mut alone, &credentials, &scope, at, Payload::Signed).unwrap();
        assert_eq!(kept.headers(), alone.headers());
    }
}

#[test]
fn a_host_is_told_by_the_uri_or_else_by_its_header() {
    for (uri, expected) in [
        ("https://example.com:443/", "example.com"),
        ("http://example.com:443/", "example.com:443"),
        ("http://example.com:80/", "example.com"),
        ("http://user:password@Example.com/", "example.com"),
        ("http://[::1]:4566/", "[::1]:4566"),
        ("/", "from.header"),
    ] {
        let mut request = request("GET", uri, "");
        let value = HeaderValue::from_static("from.header");
        request.headers_mut().insert(HOST, value);
        sign(&mut request, &credentials(), &BATCH, at(), Payload::Signed).unwrap();
        assert_eq!(header(&request, "host"), Some(expected), "{uri}");
    }
}

#[test]
fn what_cannot_be_signed_is_an_error_and_has_no_signature() {
    let token = credentials().with_session_token("to\nken");
    let key = Credentials::new("AKID\r\nX-Injected: 1", "secret");
    let region = Scope::new("us-east-1\n", "batch");
    let uri = "https://example.com/";
    for (uri, credentials, scope, at, expected) in [
        ("/", credentials(), BATCH, at(), SigningError::Host),
        (
            uri,
            token,
            BATCH,
            at(),
            SigningError::Header("session token"),
        ),
        (
            uri,
            key,
            BATCH,
            at(),
            SigningError::Header("access key id, region or service"),
        ),
        (
            uri,
            credentials(),
            region,
            at(),
            SigningError::Header("access key id, region or service"),
        ),
        (
            uri,
            credentials(),
            BATCH,
            SystemTime::UNIX_EPOCH - Duration::from_secs(1),
            SigningError::Time,
        ),
    ] {
        let mut request = request("GET", uri, "");
        let error = sign(&mut request, &credentials, &scope, at, Payload::Signed);
        assert_eq!(error, Err(expected));
        assert_eq!(header(&request, "authorization"), None);
    }
}

#[test]
fn no_secret_is_shown() {
    let credentials = Credentials::new("AKIDEXAMPLE", "SECRET").with_session_token("SECRET");
    let mut request = request("GET", "https://example.com/", "");
    let signer = Signer::new();
    let told = signer
        .explain(&mut request, &credentials, &BATCH, at(), Payload::Signed)
        .unwrap();
    let shown = format!("{credentials:?} {signer:?} {told:?} {request:?}");
    assert!(shown.contains("AKIDEXAMPLE"));
    assert!(!shown.contains("SECRET"), "{shown}");
    assert!(!shown.contains(signature(&request)), "{shown}");
}
