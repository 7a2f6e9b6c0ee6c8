//! Values as Rust: their JSON forms, how to take and to give them.

use shapewright_model::TimestampFormat;

use crate::plan::Value;

/// What a getter does to the field.
pub(super) fn access(value: &Value) -> &'static str {
    match value {
        Value::String | Value::Boxed(_) => ".as_deref()",
        Value::Boolean | Value::Integer | Value::Long | Value::Float | Value::Double => "",
        Value::List { .. } => ".as_deref().unwrap_or_default()",
        Value::Map { .. } => ".as_ref().unwrap_or(crate::runtime::empty_map())",
        _ => ".as_ref()",
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
