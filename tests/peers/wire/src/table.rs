//! The entries of a crate's tables: a type, an operation, and what is to be seen of them.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shapewright_runtime::{Operation, Paginator};

use crate::Fallible;

/// A type that reads and writes itself.
#[derive(Debug)]
pub struct Type {
    pub(crate) name: &'static str,
    pub(crate) round_trip: fn(&str) -> Fallible<String>,
}

impl Type {
    /// The entry of a type under its name.
    pub const fn of<T: DeserializeOwned + Serialize + PartialEq>(name: &'static str) -> Self {
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
#[derive(Debug)]
pub struct Described {
    name: &'static str,
    constants: fn() -> Value,
}

impl Described {
    /// The entry of an operation under its type's name.
    pub const fn of<O: Operation>(name: &'static str) -> Self {
        Self {
            name,
            constants: || {
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

    pub(crate) fn json(&self) -> Value {
        let mut described = (self.constants)();
        described["type"] = json!(self.name);
        described
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
