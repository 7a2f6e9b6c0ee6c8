//! What means nothing on the wire raises nothing above `docs`: the order of a Smithy model, words,
//! and how it models resources and policies.

use std::fs;

use serde_json::{Value, json};
use shapewright_diff::{Judgement, Severity, compare};
use shapewright_model::c2j::{FileKind, Prose, Source};
use shapewright_model::{Model, read};
use shapewright_tests::models;

use crate::support::{at, shuffled};

const FIXTURE: &str = "tests/fixtures/batch-2025-03-27.smithy.json";
const SERVICE: &str = "/shapes/com.amazonaws.batch#AWSBatchV20160810";
const RESOURCE: &str = "com.amazonaws.batch#NoisyResource";

fn fixture() -> Value {
    let text = fs::read_to_string(models::root().join(FIXTURE)).expect("the fixture");
    serde_json::from_str(&text).expect("JSON")
}

fn model(text: &str) -> Model {
    let source = Source {
        kind: FileKind::Service,
        name: "model.json",
        bytes: text.as_bytes(),
    };
    read(&[source], Prose::Keep).expect("a model").model
}

/// Gives a shape or a member these traits, instead of those of the same ids.
fn put(target: &mut Value, traits: Value) {
    let Value::Object(traits) = traits else {
        return;
    };
    for (id, value) in traits {
        target["traits"][id] = value;
    }
}

/// Words that may stand anywhere.
fn words(target: &mut Value, round: u32) {
    put(
        target,
        json!({
            "smithy.api#documentation": format!("<p>Words {round}.</p>"),
            "smithy.api#externalDocumentation": {"Guide": format!("https://example.org/{round}")},
            "smithy.api#tags": ["noise", round.to_string()],
        }),
    );
}

/// The model with other words, and with resources and policies that are modelled otherwise.
fn noisy(mut model: Value, round: u32) -> Value {
    let shapes = at(&mut model, "/shapes").as_object_mut().expect("shapes");
    for (id, shape) in shapes.iter_mut() {
        words(shape, round);
        modelling(id, shape, round);
        let parts = ["member", "key", "value"];
        for (name, part) in shape.as_object_mut().expect("a shape") {
            match name.as_str() {
                "members" => {
                    let members = part.as_object_mut().expect("members");
                    members.values_mut().for_each(|one| words(one, round));
                }
                name if parts.contains(&name) => words(part, round),
                _ => {}
            }
        }
    }
    bind(&mut model, round);
    model
}

/// Traits about resources, policies and examples, where each may stand.
fn modelling(id: &str, shape: &mut Value, round: u32) {
    let word = format!("noise{round}");
    let kind = shape["type"].as_str().unwrap_or_default().to_owned();
    match kind.as_str() {
        "service" => put(
            shape,
            json!({
                "smithy.api#title": format!("Noise {round}"),
                "aws.iam#supportedPrincipalTypes": ["Root", "IAMUser"],
                "aws.iam#defineConditionKeys": {word: {"type": "String"}},
            }),
        ),
        "operation" => put(
            shape,
            json!({
                "aws.api#controlPlane": {},
                "aws.iam#actionName": word,
                "aws.iam#requiredActions": [format!("noise:{word}")],
                "aws.iam#conditionKeys": [word],
                "smithy.api#examples": [{"title": word, "input": {}}],
                "smithy.api#suppress": [word],
            }),
        ),
        "structure" => {
            let references = json!([{"resource": RESOURCE, "rel": word}]);
            let cfn = json!({"name": word});
            put(
                shape,
                json!({
                    "smithy.api#references": references,
                    "aws.cloudformation#cfnResource": cfn,
                }),
            );
            let Some(members) = shape["members"].as_object_mut() else {
                return;
            };
            for (name, member) in members {
                put(
                    member,
                    json!({
                        "aws.cloudformation#cfnMutability": "read",
                        "aws.cloudformation#cfnAdditionalIdentifier": {},
                        "smithy.api#property": {"name": format!("{name}{round}")},
                        "smithy.api#resourceIdentifier": format!("{name}{round}"),
                        "smithy.api#notProperty": {},
                    }),
                );
            }
        }
        "string" => put(
            shape,
            json!({
                "aws.api#arnReference": {"type": word},
                "smithy.api#idRef": {"selector": id},
            }),
        ),
        _ => {}
    }
}

/// Binds some of the operations to a resource instead of the service itself.
fn bind(model: &mut Value, round: u32) {
    let service = at(model, SERVICE);
    let operations = service["operations"].as_array_mut().expect("operations");
    let kept = operations.split_off(operations.len() / 2);
    let bound = std::mem::replace(operations, kept);
    service["resources"] = json!([{"target": RESOURCE}]);
    at(model, "/shapes")[RESOURCE] = json!({
        "type": "resource",
        "identifiers": {"id": {"target": "smithy.api#String"}},
        "properties": {format!("noise{round}"): {"target": "smithy.api#String"}},
        "read": bound[0],
        "operations": bound[1..],
        "traits": {
            "aws.api#arn": {"template": format!("noise{round}/{{id}}")},
            "aws.cloudformation#cfnResource": {"name": format!("Noise{round}")},
            "aws.iam#conditionKeys": [format!("noise{round}")],
            "aws.tagging#taggable": {"property": "tags"},
        },
    });
}

/// The severest finding is `docs` at most, and no operation is updated.
fn is_noise(old: &str, new: &str) {
    let comparison = compare(&model(old), &model(new));
    for finding in Judgement::default().of(&comparison) {
        assert_eq!(finding.severity, Severity::Docs, "{finding:?}");
    }
    let operations: Vec<&str> = comparison
        .operations
        .iter()
        .map(|change| change.name.as_str())
        .collect();
    assert!(operations.is_empty(), "{operations:?}");
}

#[test]
fn the_order_of_a_smithy_model_is_no_finding() {
    let plain = fixture();
    for seed in 1..=4 {
        let text = shuffled(&plain, &mut seed.clone(), "");
        assert_ne!(text, plain.to_string());
        let comparison = compare(&model(&plain.to_string()), &model(&text));
        assert!(comparison.is_empty(), "{:?}", comparison.facts);
    }
}

#[test]
fn words_resources_and_policies_of_a_smithy_model_are_no_finding_above_docs() {
    let plain = fixture();
    let [once, again] = [1, 2].map(|round| {
        let noisy = noisy(plain.clone(), round);
        shuffled(&noisy, &mut round.into(), "")
    });
    let plain = plain.to_string();
    is_noise(&plain, &once);
    is_noise(&once, &again);
    is_noise(&again, &plain);
}
