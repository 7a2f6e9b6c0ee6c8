//! Values of one revision's types as those of another's, by the form that both have on the wire.

use std::fmt::{self, Write as _};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What a value has become, and what of it the new type has no place for.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Converted<T> {
    /// The value.
    pub value: T,
    /// The members that are not in it, or are but say something else, each by its names on the wire such
    /// as `container.logStreamName` or `jobs[2].attempts`; empty if nothing was lost.
    pub lost: Vec<String>,
}

impl<T> Converted<T> {
    /// The value, if nothing was lost.
    ///
    /// # Errors
    /// With all of it if something was.
    pub fn lossless(self) -> Result<T, Self> {
        if self.lost.is_empty() {
            Ok(self.value)
        } else {
            Err(self)
        }
    }
}

/// Turns a value into another type that has a form in common with it on the wire, such as that of the
/// same shape in another revision's crate.
///
/// What the other type does not know is left out and told; enum values and union members that it does not
/// know are kept as such.
///
/// # Errors
/// If a member that both have is of another type in the other, such as a list that was a text.
pub fn convert<From, To>(value: &From) -> Result<Converted<To>, ConversionError>
where
    From: Serialize,
    To: Serialize + DeserializeOwned,
{
    let failed = |error: serde_json::Error| ConversionError {
        from: std::any::type_name::<From>(),
        to: std::any::type_name::<To>(),
        reason: error.to_string(),
    };
    let before = serde_json::to_value(value).map_err(failed)?;
    let value = To::deserialize(&before).map_err(failed)?;
    let after = serde_json::to_value(&value).map_err(failed)?;
    let mut lost = Vec::new();
    compare(&before, Some(&after), &mut String::new(), &mut lost);
    Ok(Converted { value, lost })
}

/// Finds what was and is no longer.
fn compare(before: &Value, after: Option<&Value>, path: &mut String, lost: &mut Vec<String>) {
    let length = path.len();
    match (before, after) {
        (Value::Object(before), Some(Value::Object(after))) => {
            for (name, value) in before {
                if length > 0 {
                    path.push('.');
                }
                path.push_str(name);
                compare(value, after.get(name), path, lost);
                path.truncate(length);
            }
        }
        (Value::Array(before), Some(Value::Array(after))) => {
            for (at, value) in before.iter().enumerate() {
                let _ = write!(path, "[{at}]");
                compare(value, after.get(at), path, lost);
                path.truncate(length);
            }
        }
        (before, after) if Some(before) == after => {}
        _ => lost.push(path.clone()),
    }
}

/// A value cannot be another type's at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversionError {
    from: &'static str,
    to: &'static str,
    reason: String,
}

impl fmt::Display for ConversionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to, reason } = self;
        write!(f, "this {from} is no {to}: {reason}")
    }
}

impl std::error::Error for ConversionError {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    use super::{Converted, convert};

    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    struct New {
        name: String,
        #[serde(default)]
        parts: Vec<New>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size: Option<f64>,
    }

    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    struct Old {
        name: String,
        #[serde(default)]
        parts: Vec<Old>,
    }

    fn new(name: &str, parts: Vec<New>, size: Option<f64>) -> New {
        let name = name.to_owned();
        New { name, parts, size }
    }

    #[test]
    fn what_the_other_type_lacks_is_told_where_it_stood() {
        let value = new(
            "a",
            vec![new("b", vec![], None), new("c", vec![], Some(0.1))],
            Some(2.0),
        );
        let converted: Converted<Old> = convert(&value).expect("a value");
        assert_eq!(converted.lost, ["parts[1].size", "size"]);
        assert_eq!(converted.value.parts[1].name, "c");
        let error = converted.clone().lossless().expect_err("something is lost");
        assert_eq!(error, converted);
    }

    #[test]
    fn a_type_that_has_all_of_it_loses_nothing() {
        let value = Old {
            name: "a".to_owned(),
            parts: vec![Old::default()],
        };
        let converted: Converted<New> = convert(&value).expect("a value");
        let back: Converted<Old> = convert(&converted.lossless().expect("all")).expect("a value");
        assert_eq!(back.lossless(), Ok(value));
    }

    #[test]
    fn a_member_of_another_type_is_an_error_that_names_both() {
        let value = BTreeMap::from([("name", 1)]);
        let error = convert::<_, Old>(&value).expect_err("no text");
        let told = error.to_string();
        assert!(
            told.contains("Old") && told.contains("invalid type"),
            "{told}"
        );
    }

    #[test]
    fn a_member_that_says_something_else_is_lost() {
        #[derive(Serialize, Deserialize)]
        struct Narrow(f32);
        let converted: Converted<Narrow> = convert(&0.1_f64).expect("a number");
        assert_eq!(converted.lost, [""]);
    }
}
