//! The values that rules compute with.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{ParameterValue, Step};
use crate::Document;

/// A value in rules. What is absent is no value: `None` of an `Option`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    Flag(bool),
    Integer(i64),
    List(Vec<Value<'a>>),
    Record(Vec<(&'a str, Value<'a>)>),
}

impl<'a> Value<'a> {
    pub(super) fn of(value: &'a ParameterValue) -> Self {
        match value {
            ParameterValue::Text(text) => Self::from(text.as_str()),
            ParameterValue::Flag(flag) => Self::Flag(*flag),
            ParameterValue::Texts(texts) => {
                Self::List(texts.iter().map(|text| Self::from(text.as_str())).collect())
            }
        }
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value within, if there is one.
    pub(super) fn at(&self, steps: &[Step<'_>]) -> Option<&Self> {
        steps
            .iter()
            .try_fold(self, |value, step| match (value, step) {
                (Self::Record(entries), Step::Name(wanted)) => {
                    let found = entries.iter().find(|(name, _)| name == wanted);
                    found.map(|(_, value)| value)
                }
                (Self::List(items), Step::Index(at)) => items.get(*at),
                _ => None,
            })
    }

    /// The value as one of an endpoint's properties.
    pub(super) fn into_document(self) -> Document {
        match self {
            Self::Text(text) => Document::String(text.into_owned()),
            Self::Flag(flag) => Document::Bool(flag),
            Self::Integer(integer) => Document::from(integer),
            Self::List(items) => {
                Document::Array(items.into_iter().map(Self::into_document).collect())
            }
            Self::Record(entries) => Document::Object(documents(entries)),
        }
    }
}

/// Values by name as documents.
pub(super) fn documents(entries: Vec<(&str, Value<'_>)>) -> BTreeMap<String, Document> {
    let entries = entries.into_iter();
    entries
        .map(|(name, value)| (name.to_owned(), value.into_document()))
        .collect()
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}
