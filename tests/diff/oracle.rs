//! What the oracle of the peer tests once told otherwise than we did, and was right about.

use serde_json::{Value, json};
use shapewright_diff::{Judgement, compare, direction_word};

use crate::support::{at, model, toy};

/// The findings of an edit of the toy: rule, path, path before, way, severity and operations.
fn findings(before: impl FnOnce(&mut Value), after: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut old = toy();
    before(&mut old);
    let mut new = old.clone();
    after(&mut new);
    let [old, new] = [old, new].map(|json| model(&json.to_string()).unwrap());
    let comparison = compare(&old, &new);
    let findings = Judgement::default().of(&comparison).into_iter();
    findings
        .map(|finding| {
            let old_path = finding.fact.old_path.as_ref().map(ToString::to_string);
            let words = [
                finding.rule.id.to_owned(),
                finding.fact.path.to_string(),
                old_path.unwrap_or_default(),
                direction_word(finding.direction).to_owned(),
                finding.severity.to_string(),
                finding.operations.join("+"),
            ];
            words.join(" ")
        })
        .collect()
}

#[test]
fn a_text_that_is_no_enum_any_more_lost_no_value() {
    let found = findings(
        |_| {},
        |json| at(json, "/shapes")["Colour"] = json!({"type": "string"}),
    );
    let expected = [
        "string-enum-changed.unlisted shapes.Colour.type  send safe ListThings+PutThing",
        "string-enum-changed.unlisted shapes.Colour.type  receive risk GetThing+ListThings+PutThing",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_text_that_became_an_enum_got_no_value() {
    let found = findings(
        |json| at(json, "/shapes")["Colour"] = json!({"type": "string"}),
        |json| at(json, "/shapes")["Colour"]["enum"] = json!(["RED"]),
    );
    let expected = [
        "string-enum-changed.listed shapes.Colour.type  send risk ListThings+PutThing",
        "string-enum-changed.listed shapes.Colour.type  receive safe GetThing+ListThings+PutThing",
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_error_that_is_declared_once_instead_of_twice_is_still_declared() {
    let once = json!([{"shape": "NotFound"}]);
    let twice = json!([{"shape": "NotFound"}, {"shape": "NotFound"}]);
    for (before, after) in [(&once, &twice), (&twice, &once)] {
        let found = findings(
            |json| at(json, "/operations/PutThing")["errors"] = before.clone(),
            |json| at(json, "/operations/PutThing")["errors"] = after.clone(),
        );
        let path = "operations.PutThing.errors.NotFound";
        let expected = format!("modeling-metadata-changed {path}  receive docs PutThing");
        assert_eq!(found, [expected]);
    }
}

#[test]
fn a_renamed_member_was_where_the_old_side_has_it() {
    let found = findings(
        |_| {},
        |json| {
            let members = at(json, "/shapes/ListThingsRequest/members");
            members.as_object_mut().unwrap().remove("nextToken");
            members["NextToken"] = json!({"shape": "String"});
        },
    );
    let [path, old_path] =
        ["NextToken", "nextToken"].map(|name| format!("shapes.ListThingsRequest.members.{name}"));
    let expected = format!("member-renamed.case {path} {old_path} send breaking ListThings");
    assert_eq!(found, [expected]);
}

#[test]
fn what_stands_in_a_shape_that_moved_travels_as_the_shape_does() {
    let labels = |member: &str| json!({"type": "list", "member": {"shape": member}});
    let found = findings(
        |json| {
            at(json, "/shapes")["Labels"] = labels("String");
            at(json, "/shapes/ListThingsRequest/members")["labels"] = json!({"shape": "Labels"});
        },
        |json| {
            at(json, "/shapes")["Labels"] = labels("ThingId");
            let members = at(json, "/shapes/ListThingsRequest/members");
            members.as_object_mut().unwrap().remove("labels");
            members["like"] = json!({"shape": "Labels"});
        },
    );
    let of_element: Vec<&String> = found
        .iter()
        .filter(|line| line.contains("shapes.ThingId.") || line.contains("shapes.Labels."))
        .collect();
    let expected = [
        "target-replaced shapes.Labels.member.shape  send safe ListThings",
        "constraint-added shapes.ThingId.max shapes.String.max send risk ListThings",
        "constraint-added shapes.ThingId.min shapes.String.min send risk ListThings",
        "pattern-added shapes.ThingId.pattern shapes.String.pattern send risk ListThings",
    ];
    assert_eq!(of_element, expected);
}

#[test]
fn a_mark_at_the_member_that_its_structure_names_as_payload_says_nothing_more() {
    let found = findings(
        |json| {
            at(json, "/shapes/PutThingRequest")["payload"] = json!("thing");
            at(json, "/shapes/PutThingRequest/members/thing")["payload"] = json!(true);
        },
        |json| at(json, "/shapes/PutThingRequest/members")["thing"] = json!({"shape": "Thing"}),
    );
    let path = "shapes.PutThingRequest.members.thing.payload";
    let expected = format!("modeling-metadata-changed {path}  send docs PutThing");
    assert_eq!(found, [expected]);
}
