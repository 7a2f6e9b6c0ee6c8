//! One golden file a kind of change: the text for people, then the JSON for programs.

use serde_json::{Value, json};

use crate::support::{Files, at, report, report_on};

/// An edit of `service-2.json` and the golden file of what it changes.
fn golden(name: &str, edit: impl FnOnce(&mut Value)) {
    golden_files(name, |files| edit(&mut files.service));
}

fn golden_files(name: &str, edit: impl FnOnce(&mut Files)) {
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, report(edit));
    });
}

fn set(pointer: &'static str, key: &'static str, value: Value) -> impl FnOnce(&mut Value) {
    move |json| at(json, pointer)[key] = value
}

fn remove(json: &mut Value, pointer: &str, key: &str) {
    at(json, pointer)
        .as_object_mut()
        .unwrap()
        .remove(key)
        .unwrap();
}

#[test]
fn operation_added() {
    golden("operation-added", |json| {
        let added = json!({"name": "DropThing", "http": {"method": "POST", "requestUri": "/drop"},
            "input": {"shape": "GetThingRequest"}, "output": {"shape": "GetThingResponse"},
            "errors": [{"shape": "NotFound"}]});
        at(json, "/operations")["DropThing"] = added;
    });
}

#[test]
fn operation_removed() {
    golden("operation-removed", |json| {
        remove(json, "/operations", "ListThings");
    });
}

#[test]
fn operation_name_changed() {
    golden(
        "operation-name-changed",
        set("/operations/Ping", "name", json!("Pong")),
    );
}

#[test]
fn http_uri_changed() {
    let uri = json!("/v2/things/{id}");
    golden(
        "http-uri-changed",
        set("/operations/GetThing/http", "requestUri", uri),
    );
}

#[test]
fn input_and_output_come_and_go() {
    golden("input-and-output", |json| {
        at(json, "/operations/Ping")["input"] = json!({"shape": "Lonely"});
        remove(json, "/operations/ListThings", "input");
        remove(json, "/operations/PutThing", "output");
    });
}

#[test]
fn input_reference_changed() {
    let namespace = json!({"uri": "https://example.org/"});
    golden(
        "input-reference-changed",
        set("/operations/PutThing/input", "xmlNamespace", namespace),
    );
}

#[test]
fn errors_come_and_go() {
    golden("errors", |json| {
        at(json, "/operations/GetThing")["errors"] = json!([{"shape": "NotFound"}]);
        at(json, "/operations/PutThing")["errors"] =
            json!([{"shape": "NotFound"}, {"shape": "Throttled"}]);
    });
}

#[test]
fn error_shape_changed() {
    golden("error-shape-changed", |json| {
        at(json, "/shapes/NotFound/error")["httpStatusCode"] = json!(410);
        at(json, "/shapes/NotFound/members")["id"] = json!({"shape": "ThingId"});
    });
}

#[test]
fn member_added_in_a_list_and_a_map_of_a_shared_shape() {
    golden(
        "member-added",
        set("/shapes/Tag/members", "colour", json!({"shape": "Colour"})),
    );
}

#[test]
fn member_added_with_its_whole_type() {
    golden("member-added-whole", |json| {
        at(json, "/shapes/ListThingsRequest/members")["like"] = json!({"shape": "Thing"});
    });
}

#[test]
fn member_removed() {
    golden("member-removed", |json| {
        remove(json, "/shapes/Thing/members", "tags");
    });
}

#[test]
fn member_type_changed_from_scalar_to_structure() {
    golden(
        "member-type-changed",
        set("/shapes/Tag/members/value", "shape", json!("Lonely")),
    );
}

#[test]
fn member_target_changed_within_its_kind() {
    golden("member-target-changed", |json| {
        at(json, "/shapes")["LongId"] = json!({"type": "string", "max": 128, "min": 1});
        at(json, "/shapes/PutThingRequest/members/id")["shape"] = json!("LongId");
    });
}

#[test]
fn shape_renamed_and_nothing_else() {
    golden("shape-renamed", |json| {
        let thing = at(json, "/shapes/Tag").clone();
        remove(json, "/shapes", "Tag");
        at(json, "/shapes")["Label"] = thing;
        at(json, "/shapes/TagList/member")["shape"] = json!("Label");
        at(json, "/shapes/TagMap/value")["shape"] = json!("Label");
    });
}

#[test]
fn recursive_shape_renamed_and_changed() {
    golden("recursive-shape-renamed", |json| {
        let mut thing = at(json, "/shapes/Thing").clone();
        thing["members"]["weight"] = json!({"shape": "Size"});
        remove(json, "/shapes", "Thing");
        at(json, "/shapes")["Item"] = thing;
        for user in [
            "GetThingResponse/members/thing",
            "PutThingRequest/members/thing",
            "PutThingResponse/members/thing",
            "ThingList/member",
        ] {
            at(json, &format!("/shapes/{user}"))["shape"] = json!("Item");
        }
    });
}

#[test]
fn recursive_shape_changed_inside() {
    golden(
        "recursive-shape-changed",
        set("/shapes/Thing/members", "weight", json!({"shape": "Size"})),
    );
}

#[test]
fn shape_kind_changed() {
    golden("shape-kind-changed", |json| {
        at(json, "/shapes")["Colour"] = json!({"type": "string"});
        at(json, "/shapes/Size")["type"] = json!("long");
        remove(json, "/shapes/Choice", "union");
    });
}

#[test]
fn shape_became_something_else() {
    golden("shape-became-something-else", |json| {
        at(json, "/shapes")["Tag"] = json!({"type": "list", "member": {"shape": "String"}});
    });
}

#[test]
fn required_toggled() {
    golden("required", |json| {
        at(json, "/shapes/PutThingRequest")["required"] = json!(["id", "token"]);
        remove(json, "/shapes/ListThingsResponse", "required");
    });
}

#[test]
fn enum_values_come_and_go() {
    golden(
        "enum-values",
        set("/shapes/Colour", "enum", json!(["GREEN", "BLUE", "BLACK"])),
    );
}

#[test]
fn constraints_of_a_target() {
    golden("constraints", |json| {
        at(json, "/shapes/Size")["max"] = json!(7200);
        remove(json, "/shapes/ThingId", "pattern");
        at(json, "/shapes/TagList")["min"] = json!(1);
    });
}

#[test]
fn facts_of_one_name_at_one_level_are_told_apart() {
    golden("same-name-at-one-level", |json| {
        at(json, "/shapes/Thing/members/parts")["deprecated"] = json!(true);
        at(json, "/shapes/ThingList")["deprecated"] = json!(true);
        at(json, "/shapes/Thing")["deprecated"] = json!(true);
    });
}

#[test]
fn union_members_come_and_go() {
    golden("union", |json| {
        remove(json, "/shapes/Choice/members", "number");
        at(json, "/shapes/Choice/members")["flag"] = json!({"shape": "Boolean"});
    });
}

#[test]
fn list_element_changed() {
    golden("list-element", |json| {
        at(json, "/shapes/TagList/member")["shape"] = json!("String");
        at(json, "/shapes/ThingList/member")["locationName"] = json!("item");
    });
}

#[test]
fn map_key_and_value_changed() {
    golden("map-key-and-value", |json| {
        at(json, "/shapes/TagMap/key")["shape"] = json!("Colour");
        at(json, "/shapes/TagMap/value")["locationName"] = json!("tag");
    });
}

#[test]
fn deprecated() {
    golden("deprecated", |json| {
        at(json, "/operations/ListThings")["deprecated"] = json!(true);
        at(json, "/shapes/Thing/members/size")["deprecated"] = json!(true);
        remove(json, "/shapes/Thing/members/createdAt", "deprecated");
        at(json, "/shapes/Tag")["deprecated"] = json!(true);
    });
}

#[test]
fn metadata_changed() {
    golden("metadata", |json| {
        at(json, "/metadata")["auth"] = json!(["aws.auth#sigv4"]);
        at(json, "/metadata")["signatureVersion"] = json!("v4a");
        json["clientContextParams"] = json!({"Region": {"type": "String"}});
    });
}

#[test]
fn unknown_traits_everywhere() {
    golden("unknown-traits", |json| {
        for pointer in [
            "",
            "/metadata",
            "/operations/Ping",
            "/operations/PutThing/output",
            "/operations/PutThing/errors/0",
            "/shapes/Size",
            "/shapes/Tag/members/key",
            "/shapes/TagList/member",
            "/shapes/TagMap/key",
        ] {
            at(json, pointer)["new\u{1b}[31m"] = json!({"deep": [1, {"\u{202e}": null}]});
        }
    });
}

#[test]
fn shapes_that_no_operation_reaches() {
    golden("unreached", |json| {
        at(json, "/shapes/Lonely/members")["size"] = json!({"shape": "Size"});
        at(json, "/shapes")["Stranger"] = json!({"type": "list", "member": {"shape": "Lonely"}});
    });
}

#[test]
fn a_shape_that_moved_still_reaches_the_operation() {
    golden("moved", |json| {
        let members = at(json, "/shapes/GetThingResponse/members");
        *members = json!({"found": {"shape": "Thing"}});
        at(json, "/shapes/PutThingRequest/members/thing")["shape"] = json!("Lonely");
        at(json, "/shapes/PutThingResponse")["members"] = json!({});
        at(json, "/shapes/ListThingsResponse/members/things")["shape"] = json!("String");
        at(json, "/shapes/Thing/members")["weight"] = json!({"shape": "Size"});
    });
}

#[test]
fn siblings_come_and_go() {
    golden_files("siblings-added", siblings);
    let mut old = Files::toy();
    siblings(&mut old);
    let mut new = old.clone();
    {
        let paginators = new.paginators.as_mut().unwrap();
        at(paginators, "/pagination/ListThings")["result_key"] = json!(["things", "nextToken"]);
        let waiters = new.waiters.as_mut().unwrap();
        at(waiters, "/waiters/ThingThere")["delay"] = json!(5);
        at(waiters, "/waiters/ThingThere/acceptors/0")["expected"] = json!("NotFound");
        let rules = new.endpoint_rules.as_mut().unwrap();
        at(rules, "/rules/0/endpoint")["url"] = json!("https://toy.example.org");
        at(rules, "/rules/1")["error"] = json!("said otherwise");
        at(rules, "/parameters")["UseFIPS"] = json!({"type": "boolean"});
    }
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("siblings-changed", report_on(&old, &new));
        insta::assert_snapshot!("siblings-removed", report_on(&old, &Files::toy()));
    });
}

pub(crate) fn siblings(files: &mut Files) {
    files.paginators = Some(json!({"pagination": {"ListThings": {
        "input_token": "nextToken", "output_token": "nextToken", "result_key": "things",
        "limit_key": "maxResults",
    }}}));
    files.waiters = Some(json!({"version": 2, "waiters": {"ThingThere": {
        "operation": "GetThing", "delay": 15, "maxAttempts": 40, "acceptors": [
            {"state": "retry", "matcher": "error", "expected": "Missing"},
            {"state": "success", "matcher": "status", "expected": 200},
        ],
    }}}));
    files.endpoint_rules = Some(json!({"version": "1.0",
        "parameters": {"Region": {"type": "string", "required": true}},
        "rules": [
            {"type": "endpoint", "conditions": [], "endpoint": {"url": "https://toy"}},
            {"type": "error", "conditions": [], "error": "said so"},
        ],
    }));
}

#[test]
fn words_update_no_operation() {
    golden("documentation", |json| {
        json["documentation"] = json!("A toy.");
        at(json, "/operations/Ping")["documentation"] = json!("Pings.");
        at(json, "/shapes/Tag/members/key")["documentation"] = json!("The key.");
        at(json, "/shapes/Thing/members/createdAt")["deprecatedMessage"] = json!("Do not.");
    });
}

#[test]
fn the_same_is_no_change() {
    golden("no-changes", |_| {});
}
