//! The JSON report against the schema that the repository publishes.

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::cases;
use crate::support::Pair;

fn schema() -> Value {
    serde_json::from_str(include_str!("../../schema/diff-1.json")).unwrap()
}

/// The schema, which here allows no key that it does not describe: for readers it does, as the form
/// grows.
fn strict() -> Validator {
    let mut schema = schema();
    close(&mut schema);
    jsonschema::draft202012::new(&schema).unwrap()
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(entries) => {
            entries.values_mut().for_each(close);
            if entries.get("properties").is_some_and(Value::is_object) {
                entries.insert("additionalProperties".to_owned(), json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// Fails with all that is wrong with a report.
#[track_caller]
pub(crate) fn assert_valid(report: &str) {
    let report: Value = serde_json::from_str(report).unwrap();
    let errors = problems(&report);
    assert!(errors.is_empty(), "{errors:#?}");
}

fn problems(report: &Value) -> Vec<String> {
    thread_local!(static STRICT: Validator = strict());
    STRICT.with(|strict| {
        let errors = strict.iter_errors(report);
        errors
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect()
    })
}

#[test]
fn the_schema_is_one_and_describes_every_key() {
    let schema = schema();
    assert!(jsonschema::meta::is_valid(&schema));
    describes(&schema);
}

fn describes(schema: &Value) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        for (name, property) in properties {
            assert!(property["description"].is_string(), "{name}");
        }
    }
    let children = schema
        .as_object()
        .into_iter()
        .flat_map(|entries| entries.values());
    children.for_each(describes);
}

#[test]
fn every_case_is_valid() {
    let cases: [fn() -> Pair; 6] = [
        cases::added,
        cases::removed,
        cases::renamed,
        cases::required,
        cases::same,
        cases::hostile,
    ];
    for case in cases {
        assert_valid(&case().report("json"));
    }
}

#[test]
fn what_is_no_such_report_is_refused() {
    let report: Value = serde_json::from_str(&cases::removed().report("json")).unwrap();
    let wrong = |pointer: &str, value: Value| {
        let mut wrong = report.clone();
        *wrong.pointer_mut(pointer).unwrap() = value;
        assert!(!problems(&wrong).is_empty(), "{pointer}");
    };
    wrong("/schema", json!(2));
    wrong("/service", json!(1));
    wrong("/verdict/severity", json!("grave"));
    wrong("/operations/0/status", json!("changed"));
    wrong("/findings/0/severity", json!(null));
    wrong("/findings/0/direction", json!("both"));
    wrong("/findings/0/fingerprint", json!("x"));
    for key in [
        "schema",
        "from",
        "verdict",
        "operations",
        "findings",
        "version",
    ] {
        let mut wrong = report.clone();
        wrong.as_object_mut().unwrap().remove(key);
        assert!(!problems(&wrong).is_empty(), "{key}");
    }
}
