//! JSON bodies, and what JSON services say of errors.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::Response;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::{Fault, reader};
use crate::form::{self, Format, Formatted, Nullable, Structure};

/// The JSON of a value.
pub(super) fn write(value: &impl Serialize) -> Result<Bytes, serde_json::Error> {
    serde_json::to_vec(value).map(Bytes::from)
}

/// The JSON of a value by its form.
pub(super) fn write_form<F: Format<T>, T>(value: &T) -> Result<Bytes, serde_json::Error> {
    write(&Formatted::<F, T>::new(value))
}

/// The JSON of a structure without some of its members.
pub(super) fn write_without<T: Structure>(
    value: &T,
    without: &'static [&'static str],
) -> Result<Bytes, serde_json::Error> {
    let mut json = Vec::new();
    let mut serializer = serde_json::Serializer::new(&mut json);
    form::write_structure_without(value, without, &mut serializer)?;
    Ok(json.into())
}

/// The body as text. Checking it once is quicker than what a parser of bytes does, text by text.
pub(super) fn text(body: &Bytes) -> Result<&str, String> {
    std::str::from_utf8(body).map_err(|error| format!("the body is not UTF-8: {error}"))
}

/// A structure from a body; an empty one or `null` says that no member is there.
pub(super) fn read<T: for<'de> Deserialize<'de> + Default>(body: &Bytes) -> Result<T, String> {
    match text(body)? {
        "" | "null" => Ok(T::default()),
        text => parse(text, PhantomData),
    }
}

/// A value from a body by its form; none of an empty one.
pub(super) fn read_form<F: Format<T>, T>(body: &Bytes) -> Result<Option<T>, String> {
    let text = text(body)?;
    if text.is_empty() {
        return Ok(None);
    }
    parse(text, Nullable::<F, T>::NEW)
}

fn parse<'de, S: DeserializeSeed<'de>>(text: &'de str, seed: S) -> Result<S::Value, String> {
    reader::read(text, seed).map_err(|error| format!("the body: {error}"))
}

/// JSON as a header carries it.
#[cfg(feature = "jsonvalue")]
pub(super) fn to_base64(json: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(json)
}

/// What [`to_base64`] wrote.
#[cfg(feature = "jsonvalue")]
pub(super) fn from_base64(text: &str) -> Result<String, String> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(text.trim());
    String::from_utf8(bytes.map_err(|error| error.to_string())?).map_err(|error| error.to_string())
}

/// What an answer says of an error: its code in a header or in the body, and a message.
pub(super) fn fault(response: &Response<Bytes>) -> Fault {
    let said = text(response.body())
        .ok()
        .and_then(|text| reader::read(text, PhantomData::<Said>).ok())
        .unwrap_or_default();
    let header = response.headers().get("x-amzn-errortype");
    let header = header.and_then(|value| value.to_str().ok());
    let code = header.map(str::to_owned).or(said.type_name).or(said.code);
    Fault {
        code: code.as_deref().map(bare).unwrap_or_default().to_owned(),
        query_code: None,
        message: said.message,
    }
}

/// Whether an answer with a status of success says that it is an error all the same. Only the start
/// of a long one is looked at: errors are short.
pub(super) fn is_fault(response: &Response<Bytes>) -> bool {
    const SHORT: usize = 4_096;
    if response.headers().contains_key("x-amzn-errortype") {
        return true;
    }
    let body = response.body();
    let start = &body[..body.len().min(SHORT)];
    if memchr::memmem::find(start, b"\"__type\"").is_none() {
        return false;
    }
    let code = fault(response).code;
    ["Exception", "Error", "Fault"]
        .iter()
        .any(|ending| code.ends_with(ending))
}

/// A code without its namespace before and its URI behind.
fn bare(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or(code);
    code.rsplit('#').next().unwrap_or(code).trim()
}

/// The members of an error's body that every JSON service has, under one name or another.
#[derive(Default)]
struct Said {
    code: Option<String>,
    type_name: Option<String>,
    message: Option<String>,
}

impl<'de> Deserialize<'de> for Said {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SaidVisitor;
        impl<'de> Visitor<'de> for SaidVisitor {
            type Value = Said;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an error")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Said, A::Error> {
                let mut said = Said::default();
                while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                    let slot = match key.as_ref() {
                        "__type" => &mut said.type_name,
                        "code" | "Code" => &mut said.code,
                        "message" | "Message" => &mut said.message,
                        _ => {
                            form::skip(&mut map)?;
                            continue;
                        }
                    };
                    // Another type than a text says nothing that could be shown.
                    let value = map.next_value::<serde_json::Value>()?;
                    if let Some(text) = value.as_str() {
                        *slot = Some(text.to_owned());
                    }
                }
                Ok(said)
            }
        }
        deserializer.deserialize_map(SaidVisitor)
    }
}
