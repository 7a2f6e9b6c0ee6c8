//! Bytes to a [`Json`] tree, or the one problem that broken JSON is.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::locate::place_of;
use super::{Json, Prose};
use crate::path::Path;
use crate::problem::{Code, Place, Problem};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Parses a whole file. A warning, such as of a byte-order mark, goes to `warnings`.
#[expect(clippy::result_large_err, reason = "at most one is made of a file")]
pub(crate) fn parse<'a>(
    file: &str,
    bytes: &'a [u8],
    prose: Prose,
    warnings: &mut Vec<Problem>,
) -> Result<Json<'a>, Problem> {
    let problem = |code, place, message: String, help: &str| Problem {
        code,
        file: file.to_owned(),
        path: Path::root(),
        place,
        message,
        help: help.to_owned(),
    };
    let whole = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        problem(
            Code::NotUtf8,
            Some(place_of(bytes, at..at + 1)),
            format!("byte 0x{:02x} at offset {at} is not UTF-8", bytes[at]),
            "save the file as UTF-8; if it ends in .gz, keep that name so that it is unpacked",
        )
    })?;
    let text = whole.strip_prefix(BYTE_ORDER_MARK).unwrap_or(whole);
    let skipped = whole.len() - text.len();
    if skipped > 0 {
        warnings.push(problem(
            Code::ByteOrderMark,
            Some(place_of(bytes, 0..skipped)),
            "the file begins with a byte-order mark, which JSON does not have".to_owned(),
            "save it as UTF-8 without a byte-order mark; it is read past here",
        ));
    }
    if text.trim_ascii().is_empty() {
        return Err(problem(
            Code::EmptyFile,
            None,
            "the file is empty".to_owned(),
            "fetch the model again; a download that broke off leaves such a file",
        ));
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let seed = ValueSeed { prose, skip: false };
    seed.deserialize(&mut deserializer)
        .and_then(|json| deserializer.end().map(|()| json))
        .map_err(|error| {
            let place = Some(place_of_error(bytes, skipped, &error));
            // serde_json names a category for syntax and end of file, but not for depth.
            let message = error.to_string();
            let message = message
                .split(" at line ")
                .next()
                .unwrap_or_default()
                .to_owned();
            if message.starts_with("recursion limit") {
                let help = "no AWS model nests deeper than 128 levels; is this a model?";
                problem(
                    Code::TooDeep,
                    place,
                    "the JSON nests too deep".to_owned(),
                    help,
                )
            } else if error.is_eof() {
                let message = format!("the JSON ends too early ({message})");
                problem(
                    Code::JsonSyntax,
                    place,
                    message,
                    "the file is cut off: fetch it again",
                )
            } else {
                let message = format!("broken JSON: {message}");
                problem(Code::JsonSyntax, place, message, "mend the JSON here")
            }
        })
}

/// Where serde_json stopped. It counts columns in bytes, and 0 stands for a line's very start.
fn place_of_error(bytes: &[u8], skipped: usize, error: &serde_json::Error) -> Place {
    let mut start = 0;
    for _ in 1..error.line() {
        start += bytes[start..]
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
    }
    let mark = if error.line() == 1 { skipped } else { 0 };
    let at = (start + mark + error.column().saturating_sub(1)).min(bytes.len().saturating_sub(1));
    place_of(bytes, at..at + 1)
}

#[derive(Clone, Copy)]
struct ValueSeed {
    prose: Prose,
    /// Whether this very value, if it is a text, is read past.
    skip: bool,
}

impl<'de> DeserializeSeed<'de> for ValueSeed {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Json<'de>, E> {
        Ok(if self.skip {
            Json::Skipped
        } else {
            Json::String(Cow::Borrowed(value))
        })
    }

    fn visit_str<E>(self, value: &str) -> Result<Json<'de>, E> {
        Ok(if self.skip {
            Json::Skipped
        } else {
            Json::String(Cow::Owned(value.to_owned()))
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(Self {
            skip: false,
            ..self
        })? {
            array.push(item);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json<'de>, A::Error> {
        let mut object = Vec::new();
        while let Some(Key(key)) = entries.next_key()? {
            let skip = self.prose == Prose::Skip && is_prose(&key);
            object.push((key, entries.next_value_seed(Self { skip, ..self })?));
        }
        Ok(Json::Object(object))
    }
}

/// Keys whose text is for people. A member may have such a name, but its value is an object.
fn is_prose(key: &str) -> bool {
    matches!(
        key,
        "documentation" | "deprecatedMessage" | "documentationUrl" | "smithy.api#documentation"
    )
}

/// A key that borrows where it holds no escape; `Cow`'s own implementation always copies.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}
