//! `<file>.sdk-extras.json`: what the Python SDK's own loader merges into a file before it is used.
//!
//! A model is whole only with it: s3's `Expires` is a shape of another type, and members that the
//! SDK fills in by itself are not there at all.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Prose, Source, keys};
use crate::check::Checker;
use crate::json::{self, Entries, Json};
use crate::problem::{Code, Problem, Severity};

/// A file with its extras merged in.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The whole file, as indented JSON.
    pub bytes: Vec<u8>,
    /// Problems that did not prevent it.
    pub warnings: Vec<Problem>,
}

/// Merges extras into a file as the SDK does: an object into an object key by key, and whatever
/// else takes the place of what was there. Extras without `merge` change nothing.
///
/// # Errors
/// All problems of both files, each with its place in the file that has it.
///
/// # Panics
/// Never: a JSON tree can always be written.
pub fn merge_extras(source: &Source<'_>, extras: &Source<'_>) -> Result<Merged, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut base = parse(source, &mut problems);
    let mut extra = parse(extras, &mut problems);
    // Else what is merged into the first of two keys would be lost: the last one counts.
    base.iter_mut().for_each(Json::keep_last);
    if let Some(extra) = &mut extra {
        problems.extend(check(extras, extra));
        if let (Some(Json::Object(from)), Some(Json::Object(into))) =
            (extra.get("merge"), &mut base)
        {
            deep_merge(into, from);
        }
    }
    let is_error = |problem: &Problem| problem.severity() == Severity::Error;
    match base {
        Some(base) if !problems.iter().any(is_error) => Ok(Merged {
            bytes: serde_json::to_vec_pretty(&base).expect("a JSON tree can be written"),
            warnings: problems,
        }),
        _ => Err(problems),
    }
}

/// What is wrong with extras themselves. Of a key that stands twice the last is left.
pub(super) fn check(extras: &Source<'_>, json: &mut Json<'_>) -> Vec<Problem> {
    let mut checker = Checker::new(extras.name);
    checker.file(&keys::EXTRAS, json);
    let merge = json.get("merge");
    if let Some(other) = merge.filter(|merge| !matches!(merge, Json::Object(_))) {
        checker.at("merge", |checker| {
            checker.report(
                Code::WrongType,
                format!("expected an object, found {}", other.type_name()),
                "make it an object of what is to be merged into the file".to_owned(),
            );
        });
    }
    let mut found = checker.into_problems();
    json::place_all(extras.bytes, &mut found);
    found
}

/// The tree of a file with all its words; none if it is broken.
fn parse<'a>(source: &Source<'a>, problems: &mut Vec<Problem>) -> Option<Json<'a>> {
    json::parse(source.name, source.bytes, Prose::Keep, problems)
        .map_err(|problem| problems.push(problem))
        .ok()
}

fn deep_merge<'a>(base: &mut Entries<'a>, extra: &Entries<'a>) {
    // Of a key that stands twice the last counts for the loader; the check that follows refuses
    // such a file anyway.
    let names = base.iter().enumerate();
    let mut places: HashMap<Cow<'a, str>, usize> =
        names.map(|(at, (name, _))| (name.clone(), at)).collect();
    for (key, value) in extra {
        let present = places.get(key).map(|at| &mut base[*at].1);
        match (present, value) {
            (Some(Json::Object(into)), Json::Object(from)) => deep_merge(into, from),
            (Some(into), _) => *into = value.clone(),
            (None, _) => {
                places.insert(key.clone(), base.len());
                base.push((key.clone(), value.clone()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Merged, merge_extras};
    use crate::c2j::{FileKind, Source};
    use crate::problem::Problem;

    fn merge(base: &str, extras: &str) -> Result<Merged, Vec<Problem>> {
        let source = |name, bytes| Source {
            kind: FileKind::Service,
            name,
            bytes,
        };
        merge_extras(
            &source("service-2.json", base.as_bytes()),
            &source("service-2.sdk-extras.json", extras.as_bytes()),
        )
    }

    fn compact(base: &str, extras: &str) -> String {
        let merged = merge(base, extras).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&merged.bytes).unwrap();
        value.to_string()
    }

    #[test]
    fn objects_merge_and_everything_else_is_replaced() {
        assert_eq!(
            compact(
                r#"{"a":{"b":1,"c":[1,2],"d":{"e":1}},"f":"x"}"#,
                r#"{"version":1.0,"merge":{"a":{"c":[3],"d":{"g":2},"h":0},"f":{"i":1},"j":null}}"#,
            ),
            r#"{"a":{"b":1,"c":[3],"d":{"e":1,"g":2},"h":0},"f":{"i":1},"j":null}"#
        );
        assert_eq!(compact(r#"{"a":1}"#, r#"{"version":1.0}"#), r#"{"a":1}"#);
    }

    #[test]
    fn malformed_extras_are_a_problem_with_its_place() {
        let told = |base, extras| {
            let problems = merge(base, extras).unwrap_err();
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            lines.join("\n")
        };
        assert_eq!(
            told("{}", "{\n  \"merge\": [1]\n}"),
            "service-2.sdk-extras.json:2:12: error[wrong-type] merge: \
             expected an object, found an array"
        );
        assert_eq!(
            told("{}", "[]"),
            "service-2.sdk-extras.json:1:1: error[wrong-type]: expected an object, found an array"
        );
        let both = told("{", "{\"merge\":{}");
        assert!(
            both.contains("service-2.json:1:1: error[json-syntax]"),
            "{both}"
        );
        assert!(
            both.contains("service-2.sdk-extras.json:1:11: error[json-syntax]"),
            "{both}"
        );
    }

    #[test]
    fn a_key_that_no_extras_have_is_a_warning() {
        let merged = merge("{}", r#"{"merge":{},"remove":["a"]}"#).unwrap();
        assert_eq!(merged.warnings.len(), 1);
    }
}
