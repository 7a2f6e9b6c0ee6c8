//! Where rules lead: real ones and made up, alone and beside what they were.

mod edits;
mod lead;
mod moves;

use bumpalo::Bump;
use serde_json::{Value, json};
use shapewright_model::c2j::{self, FileKind, Prose, Source};
use shapewright_model::{Model, endpoint};
use shapewright_runtime::endpoint::Parameters;

use super::follow;

const BATCH: &str =
    include_str!("../../../../../api-spec/batch/2026-11-09/endpoint-rule-set-1.json");

/// A model of these operations with these rules, if there are any.
fn model(prefix: &str, global: &str, operations: &Value, rules: Option<&Value>) -> Model {
    let mut metadata = json!({"endpointPrefix": prefix, "protocol": "json", "apiVersion": "1",
        "serviceId": "Thing", "jsonVersion": "1.1", "signatureVersion": "v4"});
    if !global.is_empty() {
        metadata["globalEndpoint"] = json!(global);
    }
    let service = json!({"metadata": metadata, "operations": operations, "shapes": {}}).to_string();
    let rules = rules.map(Value::to_string);
    let mut sources = vec![Source {
        kind: FileKind::Service,
        name: "service-2.json",
        bytes: service.as_bytes(),
    }];
    sources.extend(rules.as_ref().map(|rules| Source {
        kind: FileKind::EndpointRules,
        name: "endpoint-rule-set-1.json",
        bytes: rules.as_bytes(),
    }));
    let reading = c2j::read(&sources, Prose::Skip).unwrap_or_else(|problems| {
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", told.join("\n"))
    });
    reading.model
}

/// The URL to which a model's rules lead.
fn url(model: &Model, parameters: &Parameters) -> String {
    let room = Bump::new();
    let (rules, problems) = endpoint::read(model, "");
    assert!(problems.is_empty(), "{problems:#?}");
    match follow::rule_set(&rules, &room).resolve(parameters) {
        Ok(endpoint) => endpoint.url(),
        Err(error) => format!("error: {}", error.message()),
    }
}

fn in_region(region: &str, fips: bool, dual_stack: bool) -> Parameters {
    Parameters::new()
        .with_region(region)
        .with_fips(fips)
        .with_dual_stack(dual_stack)
}

fn batch() -> Value {
    serde_json::from_str(BATCH).expect("JSON")
}

fn with_rules(rules: &Value) -> Model {
    model("thing", "", &json!({}), Some(rules))
}

/// Rules of a region, FIPS, and whatever else.
fn rules(more: &Value, rules: &Value) -> Value {
    let mut parameters = json!({
        "Region": {"type": "string", "builtIn": "AWS::Region"},
        "UseFIPS": {"type": "boolean", "builtIn": "AWS::UseFIPS", "required": true, "default": false}
    });
    let all = parameters.as_object_mut().expect("an object");
    all.extend(more.as_object().cloned().unwrap_or_default());
    json!({"version": "1.0", "parameters": parameters, "rules": rules})
}

fn host(conditions: &Value, url: &str) -> Value {
    json!({"type": "endpoint", "conditions": conditions, "endpoint": {"url": url}})
}

fn equals(name: &str, text: &str) -> Value {
    json!([{"fn": "stringEquals", "argv": [{"ref": name}, text]}])
}

fn is_true(name: &str) -> Value {
    json!([{"fn": "booleanEquals", "argv": [{"ref": name}, true]}])
}
