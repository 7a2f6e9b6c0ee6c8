//! Lets the peer tests send and receive through the codecs of generated crates: JSON lines in, JSON
//! lines out. Each names a service and an operation.
//!
//! - `{"input": …, "endpoint": …}` gives the request: `{"method", "uri", "headers", "body"}`
//! - `{"status": …, "headers": …, "body": …}` gives `{"output": …}`, or what went wrong: `{"error":
//!   {"code", "query_code", "message"}, "members": …}` or `{"unreadable": …}`
//!
//! Bodies are in Base64, headers lists of pairs. What cannot be said otherwise is `{"refused": …}`.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::io::{self, BufRead as _, Write as _};
use std::process::ExitCode;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shapewright_runtime::codec::request_with;
use shapewright_runtime::endpoint::Endpoint;
use shapewright_runtime::{Call, Error};

#[doc(hidden)]
pub type Fallible<T> = Result<T, Box<dyn StdError>>;

/// The token that fills in for one that a caller left out.
const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// An operation by its service and name; [`operation`] makes one.
#[derive(Debug)]
pub struct Entry {
    #[doc(hidden)]
    pub service: &'static str,
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub request: fn(&Value) -> Fallible<String>,
    #[doc(hidden)]
    pub response: fn(&Response<Bytes>) -> Fallible<String>,
}

/// The entry of an operation whose error has these variants.
#[macro_export]
macro_rules! operation {
    ($service:literal, $operation:ty, $error:path, [$($variant:ident),*]) => {{
        use $error as Refusal;
        $crate::Entry {
            service: $service,
            name: $crate::name::<$operation>(),
            request: $crate::request::<$operation>,
            response: |response| $crate::response::<$operation>(response, |error| match error {
                $(Refusal::$variant(error) => $crate::members(error),)*
                _ => $crate::members(&()),
            }),
        }
    }};
}

#[doc(hidden)]
pub const fn name<C: Call>() -> &'static str {
    C::NAME
}

/// The text of a value: through a `Value` a float of 32 bits would become another.
#[doc(hidden)]
pub fn members(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[doc(hidden)]
pub fn request<C: Call<Input: DeserializeOwned>>(question: &Value) -> Fallible<String> {
    let input: C::Input = serde_json::from_value(question["input"].clone())?;
    let endpoint = Endpoint::new(text(question, "endpoint")?)?;
    let request = request_with::<C>(&input, &endpoint, || TOKEN.to_owned())?;
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| json!([name.as_str(), latin(value.as_bytes())]));
    let told = json!({
        "method": request.method().as_str(),
        "uri": request.uri().to_string(),
        "headers": headers.collect::<Vec<_>>(),
        "body": STANDARD.encode(request.body()),
    });
    Ok(told.to_string())
}

#[doc(hidden)]
pub fn response<C: Call<Output: Serialize>>(
    response: &Response<Bytes>,
    error_members: fn(&C::Error) -> String,
) -> Fallible<String> {
    Ok(match C::response(response) {
        Ok(output) => format!(r#"{{"output":{}}}"#, members(&output)),
        Err(Error::Service(error)) => {
            let told = json!({
                "code": error.code(),
                "query_code": error.query_code(),
                "message": error.message(),
            });
            let members = error_members(error.kind());
            format!(r#"{{"error":{told},"members":{members}}}"#)
        }
        Err(Error::Unreadable(error)) => json!({"unreadable": error.reason()}).to_string(),
        Err(_) => return Err("an answer cannot lead to such an error".into()),
    })
}

/// Answers each line of stdin for these operations.
pub fn run(operations: &[Entry]) -> ExitCode {
    match answer_all(operations) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn answer_all(operations: &[Entry]) -> Fallible<()> {
    let operations: BTreeMap<(&str, &str), &Entry> = operations
        .iter()
        .map(|one| ((one.service, one.name), one))
        .collect();
    let mut stdout = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let question: Value = serde_json::from_str(&line?)?;
        let name = (text(&question, "service")?, text(&question, "operation")?);
        let operation = operations.get(&name);
        let operation = operation.ok_or_else(|| format!("there is no operation {name:?}"))?;
        let answered = if question.get("input").is_some() {
            (operation.request)(&question)
        } else {
            read(&question).and_then(|response| (operation.response)(&response))
        };
        let refused = |error: Box<dyn StdError>| json!({"refused": error.to_string()}).to_string();
        let answer = answered.unwrap_or_else(refused);
        writeln!(stdout, "{answer}")?;
    }
    Ok(())
}

fn read(question: &Value) -> Fallible<Response<Bytes>> {
    let status = question["status"].as_u64().ok_or("there is no status")?;
    let mut response = Response::new(STANDARD.decode(text(question, "body")?)?.into());
    *response.status_mut() = u16::try_from(status)?.try_into()?;
    let pairs: Vec<(String, String)> = serde_json::from_value(question["headers"].clone())?;
    let pairs = pairs.iter().map(|(name, value)| {
        let bytes: Result<Vec<u8>, _> = value
            .chars()
            .map(|one| u8::try_from(u32::from(one)))
            .collect();
        Fallible::Ok((name.parse()?, bytes?.try_into()?))
    });
    *response.headers_mut() = pairs.collect::<Fallible<HeaderMap>>()?;
    Ok(response)
}

/// The bytes of a header as text, a character each.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn text<'a>(question: &'a Value, key: &str) -> Fallible<&'a str> {
    Ok(question[key]
        .as_str()
        .ok_or_else(|| format!("there is no {key}"))?)
}
