//! JSON within a JSON string (`jsonvalue`).

use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Error as _, Serializer};

use super::Format;
use crate::Document;

/// A document written as a text that holds JSON.
pub struct JsonText;

impl Format<Document> for JsonText {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Document, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        serde_json::from_str(&text).map_err(D::Error::custom)
    }

    fn write<S: Serializer>(value: &Document, serializer: S) -> Result<S::Ok, S::Error> {
        let text = serde_json::to_string(value).map_err(S::Error::custom)?;
        serializer.serialize_str(&text)
    }
}
