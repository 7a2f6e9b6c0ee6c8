//! What a member does that its type does not tell.

use shapewright_model::TimestampFormat;

use crate::plan::{Bounds, Check, Field, Value};

/// What is known of a member, by name.
pub(super) fn of(field: &Field, is_validated: bool) -> Vec<(&'static str, String)> {
    let mut found = vec![("wire name", format!("{:?}", field.wire_name))];
    found.extend(form(&field.value).map(|form| ("form", form.to_owned())));
    if field.sensitive {
        found.push(("in Debug", "redacted".to_owned()));
    }
    if is_validated {
        let mut bounds = Vec::new();
        collect(&field.check, "", &mut bounds);
        if !bounds.is_empty() {
            found.push(("validated", bounds.join(", ")));
        }
    }
    found
}

/// How the value is written where its Rust type allows of more than one way.
fn form(value: &Value) -> Option<&'static str> {
    match value {
        Value::JsonText => Some("JSON in a text"),
        Value::Timestamp(TimestampFormat::DateTime) => Some("date and time"),
        Value::Timestamp(TimestampFormat::EpochSeconds) => Some("seconds since 1970"),
        Value::Timestamp(TimestampFormat::HttpDate) => Some("date as in HTTP"),
        Value::List { item: part, .. } | Value::Map { value: part, .. } => form(part),
        _ => None,
    }
}

/// The bounds of a value and of what it holds. Those of a type are told at its own members.
fn collect(check: &Check, of: &str, found: &mut Vec<String>) {
    if let Some(bounds) = check.length {
        found.push(format!("{of}length {}", range(bounds)));
    }
    if let Some(bounds) = check.integer {
        found.push(format!("{of}value {}", range(bounds)));
    }
    if let Some(bounds) = check.float {
        found.push(format!("{of}value {}", range(bounds)));
    }
    if let Some(key) = &check.key {
        collect(key, &format!("{of}key "), found);
    }
    if let Some(items) = &check.items {
        collect(items, &format!("{of}item "), found);
    }
}

fn range<T: ToString>(bounds: Bounds<T>) -> String {
    let text = |bound: Option<T>| bound.map_or_else(String::new, |bound| bound.to_string());
    format!("{}..={}", text(bounds.min), text(bounds.max))
}
