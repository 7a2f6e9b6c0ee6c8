//! The requests that `show` prints in Rust are programs: here they compile, as they are printed.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use shapewright_model::Model;
use shapewright_rust::Runtime;
use shapewright_tests::{crates, models};

/// Checks a program with the requests of all operations of a model, each a function.
fn check(service: &str, model: &Model) -> String {
    let plan = crates::plan(model, service, Runtime::Version);
    let mut program = "#![allow(deprecated)]\n".to_owned();
    for (at, operation) in model.operations.iter().enumerate() {
        let usage = plan.usage_of_operation(&operation.key);
        let usage = usage.expect("the operations of the model are those of the plan");
        let request = usage.request.expect("every operation sends something");
        let _ = write!(
            program,
            "\npub fn request_{at}() {{\n{request}\ndrop(request);\n}}\n"
        );
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("requests-{service}"));
    let output = crates::check(&folder, model, service, &program);
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && words.is_empty(),
        "{words}\n{program}"
    );
    program
}

#[test]
fn every_request_to_batch_compiles_as_it_is_shown() {
    let program = check("batch", &models::model(&models::newest_batch()));
    assert!(!program.contains("and so on") && !program.contains("recursive"));
}

#[test]
fn every_kind_of_value_compiles_as_it_is_shown() {
    let path = models::root().join("tests/generate/toy/service-2.json");
    let text = fs::read_to_string(path).expect("the toy");
    let mut toy: Value = serde_json::from_str(&text).expect("JSON");
    // The toy's one structure with a value of each kind is received; here it is sent as well.
    toy["operations"]["StoreThing"] = json!({
        "name": "StoreThing",
        "http": {"method": "POST", "requestUri": "/things"},
        "input": {"shape": "Thing"},
    });
    toy["shapes"]["LabelsList"] = json!({"type": "list", "member": {"shape": "Labels"}});
    toy["shapes"]["Thing"]["members"]["labels"] = json!({"shape": "LabelsList"});
    let program = check("toy", &models::from_text(&toy.to_string()));
    for expected in [
        ".payload(b\"bytes\")",
        "Timestamp::parse_date_time(",
        "Document::from(",
        "BTreeMap::from(",
        "vec![",
        "Some(",
        "// .left(…): Box<Tree>, which is recursive",
    ] {
        assert!(program.contains(expected), "{expected} in {program}");
    }
}
