//! The generated types and operations by name; `build.rs` writes the lists.

use std::error::Error;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shapewright_batch::{operations, types};
use shapewright_runtime::{Operation, Paginator};

use crate::Fallible;

include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// A type and what is to be seen of it.
struct Type {
    name: &'static str,
    round_trip: fn(&str) -> Fallible<String>,
}

impl Type {
    const fn of<T: DeserializeOwned + Serialize + PartialEq>(name: &'static str) -> Self {
        Self {
            name,
            round_trip: |json| {
                let value: T = serde_json::from_str(json)?;
                let text = serde_json::to_string(&value)?;
                // What was written must also read back as the same value, unless it holds a NaN.
                let again: T = serde_json::from_str(&text)?;
                if again != value && !text.contains("\"NaN\"") {
                    return Err(format!("does not read back as itself: {text}").into());
                }
                Ok(text)
            },
        }
    }
}

/// An operation, as its constants tell.
struct Described {
    name: &'static str,
    json: fn() -> Value,
}

impl Described {
    const fn of<O: Operation>(name: &'static str) -> Self {
        Self {
            name,
            json: || {
                json!({
                    "name": O::NAME,
                    "method": O::METHOD,
                    "uri": O::URI,
                    "status": O::STATUS,
                    "input": last_segment(std::any::type_name::<O::Input>()),
                    "output": last_segment(std::any::type_name::<O::Output>()),
                    "paginator": O::PAGINATOR.as_ref().map(paginator),
                })
            },
        }
    }
}

fn paginator(paginator: &Paginator) -> Value {
    json!({
        "input_token": paginator.input_token,
        "output_token": paginator.output_token,
        "result_key": paginator.result_key,
        "limit_key": paginator.limit_key,
        "more_results": paginator.more_results,
    })
}

fn last_segment(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// Every type's name, as JSON.
pub(crate) fn types() -> impl Iterator<Item = String> {
    TYPES.iter().map(|one| json!(one.name).to_string())
}

/// Every operation, as JSON.
pub(crate) fn operations() -> impl Iterator<Item = String> {
    OPERATIONS.iter().map(|one| {
        let mut described = (one.json)();
        described["type"] = json!(one.name);
        described.to_string()
    })
}

/// Reads the JSON into the type of that name, and writes it again.
pub(crate) fn round_trip(name: &str, json: &str) -> Result<String, Box<dyn Error>> {
    let found = TYPES.iter().find(|one| one.name == name);
    let found = found.ok_or_else(|| format!("there is no type {name}"))?;
    (found.round_trip)(json)
}
