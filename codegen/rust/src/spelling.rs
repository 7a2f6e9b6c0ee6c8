//! How the Rust types of values are spelt: in fields, as arguments, as what a getter gives.

use crate::plan::Value;

/// From where the types are seen.
#[derive(Clone, Copy)]
pub(crate) enum Types {
    /// From a file of `types`, which imports the others by name.
    Imported,
    /// From another file of the crate.
    Qualified,
    /// From outside, by their public paths in the crate.
    Public,
}

impl Types {
    fn path(self, name: &str) -> String {
        match self {
            Self::Imported => name.to_owned(),
            Self::Qualified | Self::Public => format!("types::{name}"),
        }
    }

    fn runtime(self, name: &str) -> String {
        match self {
            Self::Imported | Self::Qualified => format!("crate::runtime::{name}"),
            Self::Public => format!("runtime::{name}"),
        }
    }

    /// The Rust type of a value.
    pub(crate) fn of(self, value: &Value) -> String {
        match value {
            Value::Blob => self.runtime("Blob"),
            Value::Boolean => "bool".to_owned(),
            Value::Document | Value::JsonText => self.runtime("Document"),
            Value::Double => "f64".to_owned(),
            Value::Float => "f32".to_owned(),
            Value::Integer => "i32".to_owned(),
            Value::Long => "i64".to_owned(),
            Value::String => "String".to_owned(),
            Value::Timestamp(_) => self.runtime("Timestamp"),
            Value::Named(name) | Value::Structure(name) => self.path(name),
            Value::Boxed(name) => format!("Box<{}>", self.path(name)),
            Value::List { item, sparse } => format!("Vec<{}>", self.item(item, *sparse)),
            Value::Map { key, value, sparse } => {
                format!("BTreeMap<{}, {}>", self.of(key), self.item(value, *sparse))
            }
        }
    }

    fn item(self, value: &Value, sparse: bool) -> String {
        let value = self.of(value);
        if sparse {
            format!("Option<{value}>")
        } else {
            value
        }
    }

    /// What a setter takes: whatever turns into the value.
    pub(crate) fn argument(self, value: &Value) -> String {
        let part = |value: &Value, sparse: bool| {
            if sparse {
                self.item(value, true)
            } else {
                self.part(value)
            }
        };
        match value {
            Value::List { item, sparse } => {
                format!("impl IntoIterator<Item = {}>", part(item, *sparse))
            }
            Value::Map { key, value, sparse } => format!(
                "impl IntoIterator<Item = ({}, {})>",
                self.part(key),
                part(value, *sparse)
            ),
            Value::Blob | Value::Document | Value::JsonText | Value::Boxed(_) => {
                format!("impl Into<{}>", self.of(value))
            }
            _ => self.part(value),
        }
    }

    /// What a setter takes, alone or as a part of a list or map: texts may come in any form.
    fn part(self, value: &Value) -> String {
        if *value == Value::String {
            "impl Into<String>".to_owned()
        } else {
            self.of(value)
        }
    }

    /// What the getter of a structure's field gives.
    pub(crate) fn getter(self, value: &Value) -> String {
        match value {
            Value::String => "Option<&str>".to_owned(),
            Value::Boolean | Value::Integer | Value::Long | Value::Float | Value::Double => {
                format!("Option<{}>", self.of(value))
            }
            Value::List { item, sparse } => format!("&[{}]", self.item(item, *sparse)),
            Value::Map { .. } => format!("&{}", self.of(value)),
            _ => self.variant_getter(value),
        }
    }

    /// What the method that looks into a union's variant gives. A box is how the value is held; who
    /// reads it need not know.
    pub(crate) fn variant_getter(self, value: &Value) -> String {
        match value {
            Value::Boxed(name) => format!("Option<&{}>", self.path(name)),
            value => format!("Option<&{}>", self.of(value)),
        }
    }
}
