//! The Smithy JSON AST: what becomes of its constructs, and what is wrong with files.

use serde_json::{Value, json};
use shapewright_model::c2j::{FileKind, Prose, Source};
use shapewright_model::{Model, Problem, ShapeKind, TraitName, read};

const REST: &str = "aws.protocols#restJson1";

fn reading(json: &str) -> Result<Model, Vec<Problem>> {
    let source = Source {
        kind: FileKind::Service,
        name: "toy.json",
        bytes: json.as_bytes(),
    };
    read(&[source], Prose::Skip).map(|reading| reading.model)
}

/// A service with one operation `Go`, which takes `In` of these members, and these other shapes.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the callers make them on the spot"
)]
fn toy(members: Value, others: Value) -> Value {
    let mut shapes = json!({
        "a.b#Toy": {"type": "service", "version": "2020-01-01",
            "operations": [{"target": "a.b#Go"}],
            "traits": {REST: {}, "aws.api#service": {"sdkId": "Toy"}}},
        "a.b#Go": {"type": "operation", "input": {"target": "a.b#In"},
            "output": {"target": "smithy.api#Unit"},
            "traits": {"smithy.api#http": {"method": "POST", "uri": "/go", "code": 200}}},
        "a.b#In": {"type": "structure", "members": members},
    });
    for (id, shape) in others.as_object().expect("shapes") {
        shapes[id] = shape.clone();
    }
    json!({"smithy": "2.0", "shapes": shapes})
}

fn model(members: Value, others: Value) -> Model {
    reading(&toy(members, others).to_string()).expect("a model without problems")
}

fn codes(json: &Value) -> Vec<String> {
    let problems = reading(&json.to_string()).expect_err("problems");
    let told = problems.iter();
    told.map(|problem| format!("{} {}", problem.code, problem.path))
        .collect()
}

fn target<'m>(model: &'m Model, member: &str) -> &'m shapewright_model::Shape {
    let shape = model.shape(model.shape_id("In").expect("In"));
    model.shape(shape.member(member).expect("the member").target)
}

#[test]
fn what_is_stated_of_a_members_value_is_a_shape_of_its_own() {
    let string = json!({"target": "smithy.api#String",
        "traits": {"smithy.api#length": {"max": 3}, "smithy.api#required": {}}});
    let time = json!({"target": "smithy.api#Timestamp",
        "traits": {"smithy.api#timestampFormat": "date-time"}});
    let model = model(
        json!({"name": string, "at": time, "count": {"target": "smithy.api#Integer"}}),
        json!({}),
    );
    let name = target(&model, "name");
    assert_eq!(name.name, "InNameString");
    assert_eq!(name.traits.integer(&TraitName::Max), Some(3));
    let at = target(&model, "at");
    assert_eq!(at.name, "SyntheticTimestamp_date_time");
    assert_eq!(at.traits.text(&TraitName::TimestampFormat), Some("iso8601"));
    assert!(target(&model, "count").traits.flag(&TraitName::Box));
    let shape = model.shape(model.shape_id("In").expect("In"));
    assert!(shape.member("name").expect("name").is_required());
}

#[test]
fn mixins_and_apply_statements_add_members_and_facts() {
    let others = json!({
        "a.b#Base": {"type": "structure", "members": {"id": {"target": "smithy.api#String"}},
            "traits": {"smithy.api#mixin": {}, "smithy.api#sensitive": {}}},
        "a.b#Deep$id": {"type": "apply", "traits": {"smithy.api#required": {}}},
        "a.b#Deep": {"type": "structure", "mixins": [{"target": "a.b#Base"}],
            "members": {"own": {"target": "smithy.api#Long"}}},
    });
    let model = model(json!({"deep": {"target": "a.b#Deep"}}), others);
    let deep = target(&model, "deep");
    let members: Vec<(&str, bool)> = deep
        .members()
        .iter()
        .map(|member| (member.name.as_str(), member.is_required()))
        .collect();
    assert_eq!(members, [("id", true), ("own", false)]);
    assert!(deep.traits.flag(&TraitName::Sensitive));
    assert!(model.shape_id("Base").is_none());
}

#[test]
fn both_forms_of_enums_are_enums() {
    let others = json!({
        "a.b#New": {"type": "enum", "members": {
            "RED": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "red"}},
            "BLUE": {"target": "smithy.api#Unit"}}},
        "a.b#Old": {"type": "string", "traits": {"smithy.api#enum": [{"value": "x"}]}},
    });
    let members = json!({"new": {"target": "a.b#New"}, "old": {"target": "a.b#Old"}});
    let model = model(members, others);
    let values = |name: &str| match &target(&model, name).kind {
        ShapeKind::Enum(values) => values.iter().map(|one| one.value.clone()).collect(),
        _ => Vec::new(),
    };
    assert_eq!(values("new"), ["BLUE", "red"]);
    assert_eq!(values("old"), ["x"]);
}

#[test]
fn operations_of_resources_belong_to_the_service() {
    let others = json!({
        "a.b#Toy": {"type": "service", "resources": [{"target": "a.b#Outer"}],
            "operations": [{"target": "a.b#Go"}], "traits": {REST: {}}},
        "a.b#Outer": {"type": "resource", "resources": [{"target": "a.b#Inner"}]},
        "a.b#Inner": {"type": "resource", "read": {"target": "a.b#Look"},
            "collectionOperations": [{"target": "a.b#Sweep"}]},
        "a.b#Look": {"type": "operation"},
        "a.b#Sweep": {"type": "operation"},
    });
    let model = model(json!({}), others);
    let keys: Vec<&str> = model
        .operations
        .iter()
        .map(|one| one.key.as_str())
        .collect();
    assert_eq!(keys, ["Go", "Look", "Sweep"]);
}

#[test]
fn a_shape_of_the_prelude_gives_way_to_the_services_own() {
    let others = json!({"a.b#String": {"type": "string",
        "traits": {"smithy.api#length": {"max": 9}}}});
    let members = json!({"own": {"target": "a.b#String"},
        "plain": {"target": "smithy.api#String"}});
    let model = model(members, others);
    assert_eq!(target(&model, "own").name, "String");
    assert_eq!(target(&model, "plain").name, "PreludeString");
}

#[test]
fn a_plain_shape_of_the_services_own_is_that_of_the_prelude_whatever_words_it_bears() {
    for traits in [
        json!({}),
        json!({"smithy.api#documentation": "W", "smithy.api#tags": ["x"]}),
    ] {
        let others = json!({"a.b#String": {"type": "string", "traits": traits}});
        let members = json!({"own": {"target": "a.b#String"},
            "plain": {"target": "smithy.api#String"}});
        let model = model(members, others);
        assert_eq!(target(&model, "own").name, "String");
        assert_eq!(target(&model, "plain").name, "String");
        let named = model.shapes().filter(|(_, shape)| shape.name == "String");
        assert_eq!(named.count(), 1);
    }
}

#[test]
fn a_rename_parts_two_shapes_of_one_name() {
    let members = json!({"one": {"target": "a.b#X"}, "two": {"target": "c.d#X"}});
    let others = json!({"a.b#X": {"type": "string"}, "c.d#X": {"type": "blob"}});
    let mut json = toy(members, others);
    assert_eq!(codes(&json), ["name-collision shapes.\"c.d#X\""]);
    json["shapes"]["a.b#Toy"]["rename"] = json!({"c.d#X": "Y"});
    let model = reading(&json.to_string()).expect("a model without problems");
    assert_eq!(target(&model, "two").name, "Y");
}

#[test]
fn every_wrong_target_is_told_at_once() {
    let members = json!({"gone": {"target": "a.b#Gone"}, "wrong": {"target": "a.b#Go"}});
    let mut json = toy(members, json!({"a.b#Odd": {"type": "tuple"}}));
    json["shapes"]["a.b#Go"]["input"]["target"] = json!("smithy.api#String");
    let mut told = codes(&json);
    told.sort();
    assert_eq!(
        told,
        [
            "dangling-reference shapes.\"a.b#In\".members.gone.target",
            "unknown-shape-type shapes.\"a.b#Odd\".type",
            "wrong-target shapes.\"a.b#Go\".input.target",
            "wrong-target shapes.\"a.b#In\".members.wrong.target",
        ]
    );
}

#[test]
fn a_file_has_just_one_service_of_a_version_that_is_read() {
    assert_eq!(
        codes(&json!({"smithy": "2.0", "shapes": {}})),
        ["missing-service shapes"]
    );
    let second = json!({"a.b#Zoo": {"type": "service"}});
    assert_eq!(
        codes(&toy(json!({}), second)),
        ["several-services shapes.\"a.b#Zoo\""]
    );
    let mut json = toy(json!({}), json!({}));
    json["smithy"] = json!("3.0");
    assert_eq!(codes(&json), ["unknown-version smithy"]);
}

#[test]
fn mixins_that_do_not_end_are_told() {
    let mixin = |of: &str| {
        json!({"type": "structure", "mixins": [{"target": of}],
            "traits": {"smithy.api#mixin": {}}})
    };
    let others = json!({"a.b#One": mixin("a.b#Two"), "a.b#Two": mixin("a.b#One")});
    assert_eq!(
        codes(&toy(json!({}), others)),
        [
            "mixin-cycle shapes.\"a.b#One\".mixins",
            "mixin-cycle shapes.\"a.b#Two\".mixins",
        ]
    );
}

#[test]
fn mixins_that_multiply_are_refused() {
    let members: serde_json::Map<String, Value> = (0..3000)
        .map(|at| (format!("m{at}"), json!({"target": "smithy.api#String"})))
        .collect();
    let wide = json!({"type": "structure", "members": members,
        "traits": {"smithy.api#mixin": {}}});
    let mut others = json!({"a.b#Wide": wide});
    for at in 0..3000 {
        others[format!("a.b#User{at}")] =
            json!({"type": "structure", "mixins": [{"target": "a.b#Wide"}]});
    }
    let told = codes(&toy(json!({}), others));
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("too-large "), "{told:?}");
}

#[test]
fn a_long_chain_of_shapes_is_no_deep_recursion() {
    let mut others = json!({});
    for at in 0..50_000 {
        let next = format!("a.b#L{}", (at + 1) % 50_000);
        others[format!("a.b#L{at}")] = json!({"type": "list", "member": {"target": next}});
    }
    let model = model(json!({"list": {"target": "a.b#L0"}}), others);
    assert_eq!(model.shapes().len(), 50_001);
}

#[test]
fn a_waiter_keeps_its_conditions() {
    let mut json = toy(json!({}), json!({}));
    json["shapes"]["a.b#Go"]["traits"]["smithy.waiters#waitable"] = json!({"Gone": {
        "minDelay": 5, "maxDelay": 100, "acceptors": [
            {"state": "success", "matcher": {"errorType": "a.b#NotFound"}},
            {"state": "retry", "matcher": {"output": {"path": "xs[].y", "expected": "Z",
                "comparator": "allStringEquals"}}}]}});
    let model = reading(&json.to_string()).expect("a model without problems");
    let waiter = &model.waiters["Gone"];
    assert_eq!((waiter.operation.as_str(), waiter.delay), ("Go", 5));
    assert_eq!(waiter.max_attempts, 20);
    let matchers: Vec<(&str, &Value)> = waiter
        .acceptors
        .iter()
        .map(|one| (one.matcher.as_str(), &one.expected))
        .collect();
    assert_eq!(
        matchers,
        [("error", &json!("NotFound")), ("pathAll", &json!("Z"))]
    );
}
