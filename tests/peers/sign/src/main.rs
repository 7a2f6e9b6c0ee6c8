//! Signs requests for the peer tests: a filter from lines of JSON to lines of JSON.
//!
//! A line has `method`, `uri`, `headers` (pairs), `body`, `access_key_id`, `secret_access_key`,
//! `session_token` (may be absent), `region`, `service`, `s3` (whether it is like S3), `unsigned`
//! (whether the body is left out), and `at` in seconds since 1970. The answer has all `headers`,
//! `canonical_request` and `string_to_sign`, or `error`.
//!
//! With the argument `credentials` it takes lines of variables, as an object, and tells which
//! credentials the default chain finds.

mod credentials;

use std::error::Error;
use std::io::{self, BufRead as _, Write as _};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request};
use serde_json::{Value, json};
use shapewright_runtime::sign::{Credentials, Payload, Scope, Signer};

fn main() -> Result<(), Box<dyn Error>> {
    let mut stdout = io::stdout().lock();
    // One for all, so that a key that is kept must serve only where it may.
    let signer = Signer::new();
    for line in io::stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line?)?;
        let answer = match std::env::args().nth(1).as_deref() {
            Some("credentials") => credentials::find(&line),
            _ => answer(&signer, &line),
        };
        let answer = answer.unwrap_or_else(|error| json!({"error": error.to_string()}));
        writeln!(stdout, "{answer}")?;
    }
    Ok(())
}

fn answer(signer: &Signer, line: &Value) -> Result<Value, Box<dyn Error>> {
    let mut request = request(line)?;
    let mut credentials = Credentials::new(
        text(line, "access_key_id")?,
        text(line, "secret_access_key")?,
    );
    if let Some(token) = line["session_token"].as_str() {
        credentials = credentials.with_session_token(token);
    }
    let (region, service) = (text(line, "region")?, text(line, "service")?);
    let scope = if line["s3"] == true {
        Scope::s3(region, service)
    } else {
        Scope::new(region, service)
    };
    let payload = if line["unsigned"] == true {
        Payload::Unsigned
    } else {
        Payload::Signed
    };
    let seconds = line["at"].as_u64().ok_or("`at` is no number of seconds")?;
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let told = signer.explain(&mut request, &credentials, &scope, at, payload)?;
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| json!([name.as_str(), lossy(value)]));
    Ok(json!({
        "headers": headers.collect::<Vec<_>>(),
        "canonical_request": told.canonical_request,
        "string_to_sign": told.string_to_sign,
    }))
}

fn request(line: &Value) -> Result<Request<Bytes>, Box<dyn Error>> {
    let mut request = Request::builder()
        .method(text(line, "method")?)
        .uri(text(line, "uri")?)
        .body(Bytes::from(text(line, "body")?.to_owned()))?;
    for pair in line["headers"].as_array().into_iter().flatten() {
        let (Some(name), Some(value)) = (pair[0].as_str(), pair[1].as_str()) else {
            return Err(format!("{pair} is no header").into());
        };
        let name = HeaderName::from_bytes(name.as_bytes())?;
        request
            .headers_mut()
            .append(name, HeaderValue::from_bytes(value.as_bytes())?);
    }
    Ok(request)
}

fn text<'a>(line: &'a Value, key: &str) -> Result<&'a str, String> {
    let text = line[key].as_str();
    text.ok_or_else(|| format!("`{key}` is no text"))
}

fn lossy(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}
