//! JSON as read: a tree that borrows from the file and keeps every entry, duplicates included.

mod locate;
mod parse;

pub use locate::locate;
pub(crate) use locate::place_all;
pub(crate) use parse::parse;

use std::borrow::Cow;
use std::collections::HashSet;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Number, Value};

/// The entries of an object in the order of the file.
pub(crate) type Entries<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

/// A JSON value. Unlike [`Value`] it borrows, keeps the order, and knows duplicate keys.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    Number(Number),
    String(Cow<'a, str>),
    Array(Vec<Json<'a>>),
    Object(Entries<'a>),
    /// A text that nobody asked for: see [`Prose::Skip`].
    Skipped,
}

/// Whether to keep texts for people, which are most of an upstream file's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prose {
    /// Read past them.
    Skip,
    /// Keep them as traits.
    Keep,
}

impl<'a> Json<'a> {
    /// A tree of what a model has as a value.
    pub(crate) fn of(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(value) => Self::Number(value.clone()),
            Value::String(value) => Self::String(Cow::Borrowed(value)),
            Value::Array(items) => Self::Array(items.iter().map(Json::of).collect()),
            Value::Object(entries) => Self::Object(
                entries
                    .iter()
                    .map(|(key, value)| (Cow::Borrowed(key.as_str()), Self::of(value)))
                    .collect(),
            ),
        }
    }

    /// Leaves of each key that stands more than once the last, here and below.
    pub(crate) fn keep_last(&mut self) {
        match self {
            Self::Array(items) => items.iter_mut().for_each(Json::keep_last),
            Self::Object(entries) => {
                let mut later = HashSet::new();
                entries.reverse();
                entries.retain(|(key, _)| later.insert(key.clone()));
                entries.reverse();
                for (_, value) in entries {
                    value.keep_last();
                }
            }
            _ => {}
        }
    }

    /// The first value of a key, if this is an object that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Json<'a>> {
        self.entries()
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// The entries, if this is an object; none otherwise.
    pub(crate) fn entries(&self) -> &[(Cow<'a, str>, Json<'a>)] {
        match self {
            Self::Object(entries) => entries,
            _ => &[],
        }
    }

    /// The items, if this is an array; none otherwise.
    pub(crate) fn items(&self) -> &[Json<'a>] {
        match self {
            Self::Array(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// What the value is, for a message.
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) | Self::Skipped => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }

    /// An owned copy; of duplicate keys the last counts, as for every JSON library.
    pub(crate) fn to_value(&self) -> Value {
        match self {
            Self::Null | Self::Skipped => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(value) => Value::Number(value.clone()),
            Self::String(value) => Value::String(value.clone().into_owned()),
            Self::Array(items) => Value::Array(items.iter().map(Json::to_value).collect()),
            Self::Object(entries) => Value::Object(
                entries
                    .iter()
                    .filter(|(_, value)| *value != Self::Skipped)
                    .map(|(key, value)| (key.clone().into_owned(), value.to_value()))
                    .collect(),
            ),
        }
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null | Self::Skipped => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(value) => value.serialize(serializer),
            Self::String(value) => serializer.serialize_str(value),
            Self::Array(items) => {
                let mut array = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    array.serialize_element(item)?;
                }
                array.end()
            }
            Self::Object(entries) => {
                let mut object = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    object.serialize_entry(key, value)?;
                }
                object.end()
            }
        }
    }
}
