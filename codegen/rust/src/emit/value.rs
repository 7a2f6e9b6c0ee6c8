//! Values as Rust: their types, their JSON forms, how to take and to give them.

use shapewright_model::TimestampFormat;

use crate::plan::Value;

/// Where the types of the crate are, seen from a file.
#[derive(Clone, Copy)]
pub(super) enum Types {
    /// Imported by name.
    Imported,
    /// In the module `types`.
    Qualified,
}

impl Types {
    fn path(self, name: &str) -> String {
        match self {
            Self::Imported => name.to_owned(),
            Self::Qualified => format!("types::{name}"),
        }
    }

    /// The Rust type of a value.
    pub(super) fn of(self, value: &Value) -> String {
        match value {
            Value::Blob => "crate::runtime::Blob".to_owned(),
            Value::Boolean => "bool".to_owned(),
            Value::Document | Value::JsonText => "crate::runtime::Document".to_owned(),
            Value::Double => "f64".to_owned(),
            Value::Float => "f32".to_owned(),
            Value::Integer => "i32".to_owned(),
            Value::Long => "i64".to_owned(),
            Value::String => "String".to_owned(),
            Value::Timestamp(_) => "crate::runtime::Timestamp".to_owned(),
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
    pub(super) fn argument(self, value: &Value) -> String {
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

    /// What a getter gives, and what it does to the field.
    pub(super) fn getter(self, value: &Value) -> (String, &'static str) {
        match value {
            Value::String => ("Option<&str>".to_owned(), ".as_deref()"),
            Value::Boolean | Value::Integer | Value::Long | Value::Float | Value::Double => {
                (format!("Option<{}>", self.of(value)), "")
            }
            Value::Boxed(name) => (format!("Option<&{}>", self.path(name)), ".as_deref()"),
            Value::List { item, sparse } => (
                format!("&[{}]", self.item(item, *sparse)),
                ".as_deref().unwrap_or_default()",
            ),
            Value::Map { .. } => (
                format!("&{}", self.of(value)),
                ".as_ref().unwrap_or(crate::runtime::empty_map())",
            ),
            _ => (format!("Option<&{}>", self.of(value)), ".as_ref()"),
        }
    }
}

/// The expression that turns a setter's argument `value` into the field's value.
pub(super) fn converted(value: &Value) -> &'static str {
    let text = |value: &Value| *value == Value::String;
    match value {
        Value::String | Value::Blob | Value::Document | Value::JsonText | Value::Boxed(_) => {
            "value.into()"
        }
        Value::List {
            item,
            sparse: false,
        } if text(item) => "value.into_iter().map(Into::into).collect()",
        Value::Map { key, value, sparse } => match (text(key), text(value) && !sparse) {
            (true, true) => {
                "value.into_iter().map(|(key, value)| (key.into(), value.into())).collect()"
            }
            (true, false) => "value.into_iter().map(|(key, value)| (key.into(), value)).collect()",
            (false, true) => "value.into_iter().map(|(key, value)| (key, value.into())).collect()",
            (false, false) => "value.into_iter().collect()",
        },
        Value::List { .. } => "value.into_iter().collect()",
        _ => "value",
    }
}

/// The recipe by which a value is read and written.
pub(super) fn form(value: &Value) -> String {
    match value {
        Value::Double | Value::Float => "form::Float".to_owned(),
        Value::JsonText => "form::JsonText".to_owned(),
        Value::Structure(_) => "form::Members".to_owned(),
        Value::Timestamp(TimestampFormat::DateTime) => "form::DateTime".to_owned(),
        Value::Timestamp(TimestampFormat::EpochSeconds) => "form::EpochSeconds".to_owned(),
        Value::Timestamp(TimestampFormat::HttpDate) => "form::HttpDate".to_owned(),
        Value::List {
            item: part, sparse, ..
        }
        | Value::Map {
            value: part,
            sparse,
            ..
        } => {
            let nulls = if *sparse { "Sparse" } else { "Dense" };
            format!("form::{nulls}({})", form(part))
        }
        _ => "form::Plain".to_owned(),
    }
}

/// Whether the type of the value names `BTreeMap`.
pub(super) fn has_map(value: &Value) -> bool {
    match value {
        Value::Map { .. } => true,
        Value::List { item, .. } => has_map(item),
        _ => false,
    }
}
