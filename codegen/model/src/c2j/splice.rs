//! Merges extras into the text of a file: what they do not touch is not parsed.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt as _};

use super::cursor::Cursor;
use super::extras;
use super::{Prose, Source};
use crate::json::{self, Entries, Json};

/// A file with its extras merged in, which says what that of [`merge_extras`](super::merge_extras)
/// says. What the extras do not touch stands in it as it stood, and is not checked. None where only
/// a merge of the parsed files can tell.
pub fn splice_extras(source: &Source<'_>, extras: &Source<'_>) -> Option<Vec<u8>> {
    let mut problems = Vec::new();
    let mut parsed = json::parse(extras.name, extras.bytes, Prose::Keep, &mut problems).ok()?;
    problems.extend(extras::check(extras, &mut parsed));
    let Some(Json::Object(from)) = parsed.get("merge").filter(|_| problems.is_empty()) else {
        return None;
    };
    let mut edits = Vec::new();
    merge(&mut Cursor::new(source.bytes), from, &mut edits)?;
    let mut text = Vec::with_capacity(source.bytes.len() + extras.bytes.len());
    let mut at = 0;
    for edit in edits {
        text.extend_from_slice(&source.bytes[at..edit.place.start]);
        text.extend_from_slice(edit.text.as_bytes());
        at = edit.place.end;
    }
    text.extend_from_slice(&source.bytes[at..]);
    Some(text)
}

/// A text, and the place that it takes.
struct Edit {
    place: Range<usize>,
    text: String,
}

/// Goes over an object of the file, and notes what becomes of it, in order.
fn merge(cursor: &mut Cursor<'_>, from: &Entries<'_>, edits: &mut Vec<Edit>) -> Option<()> {
    let mut values = HashMap::with_capacity(from.len());
    for (key, value) in from {
        let twice = values.insert(key.as_bytes(), Some(value));
        twice.is_none().then_some(())?;
    }
    let mut is_empty = true;
    cursor.entries(|cursor, key| {
        is_empty = false;
        let key = &cursor.bytes[key];
        // Such a key has several spellings.
        (!key.contains(&b'\\')).then_some(())?;
        let first = cursor.peek()?;
        match values.get_mut(key).map(Option::take) {
            // The file has the key twice.
            Some(None) => None,
            Some(Some(Json::Object(from))) if first == b'{' => merge(cursor, from, edits),
            Some(Some(value)) => {
                let start = cursor.at;
                cursor.value()?;
                edits.push(Edit {
                    place: start..cursor.at,
                    text: serde_json::to_string(value).ok()?,
                });
                Some(())
            }
            None => cursor.value(),
        }
    })?;
    let end = cursor.at - 1;
    for (key, value) in from {
        if values[key.as_bytes()].is_some() {
            let [key, value] = [serde_json::to_string(key), serde_json::to_string(value)];
            let comma = if std::mem::take(&mut is_empty) {
                ""
            } else {
                ","
            };
            edits.push(Edit {
                place: end..end,
                text: format!("{comma}{}:{}", key.ok()?, value.ok()?),
            });
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::splice_extras;
    use crate::c2j::{FileKind, Source, merge_extras};

    fn sources<'a>(base: &'a str, extras: &'a str) -> [Source<'a>; 2] {
        [("base", base), ("extras", extras)].map(|(name, text)| Source {
            kind: FileKind::Service,
            name,
            bytes: text.as_bytes(),
        })
    }

    #[test]
    fn a_spliced_file_says_what_a_merged_one_says() {
        let bases = [
            r"{}",
            r#" { "a" : { } , "b" : 1 } "#,
            r#"{"a":{"b":1,"c":[1,{"x":2}],"d":{"e":"}\""}},"f":"x","g":null}"#,
            r#"{"a":[{"b":1}],"f":{"i":{"j":0}}}"#,
        ];
        let extras = [
            r"{}",
            r#"{"a":{}}"#,
            r#"{"a":{"c":[3],"d":{"g":2},"h":0},"f":{"i":1},"j":null}"#,
            r#"{"f":{"i":{"j":{"k\"":"\n"},"l":1},"m":2}}"#,
            r#"{"a":{"b":{"c":1}},"b":{"c":{}}}"#,
        ];
        for base in bases {
            for merge in extras {
                let extras = format!(r#"{{"version":1.0,"merge":{merge}}}"#);
                let [base, extras] = sources(base, &extras);
                let merged = merge_extras(&base, &extras).unwrap().bytes;
                let spliced = splice_extras(&base, &extras).unwrap();
                let [merged, spliced] =
                    [merged, spliced].map(|bytes| String::from_utf8(bytes).unwrap());
                let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
                assert_eq!(value(&spliced), value(&merged), "{spliced}");
            }
        }
    }

    #[test]
    fn what_is_unusual_is_left_to_a_merge_of_the_parsed_files() {
        for (base, extras) in [
            (r#"{"a":1}"#, r#"{"version":1.0}"#),
            (r#"{"a":1}"#, r#"{"version":1.0,"merge":{"a":1,"a":2}}"#),
            (r#"{"a":1}"#, r#"{"version":1.0,"merge":[1]}"#),
            (r#"{"a":1}"#, r#"{"version":1.0,"merge":{"a":1},"x":0}"#),
            (r#"{"a":1}"#, r#"{"version":1.0,"merge":{"a":1}"#),
            (r#"{"\u0061":1}"#, r#"{"version":1.0,"merge":{"a":2}}"#),
            (r#"{"a":1,"a":3}"#, r#"{"version":1.0,"merge":{"a":2}}"#),
            (r"[]", r#"{"version":1.0,"merge":{"a":2}}"#),
            (r#"{"a":1"#, r#"{"version":1.0,"merge":{"a":2}}"#),
        ] {
            let [base, extras] = sources(base, extras);
            assert_eq!(splice_extras(&base, &extras), None);
        }
    }
}
