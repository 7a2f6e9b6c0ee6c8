//! What is told of two sets of rules.

use serde_json::{Value, json};
use shapewright_model::Model;

use super::super::{Led, compare};
use super::{BATCH, batch, equals, host, is_true, model, rules, with_rules};
use crate::fact::FactKind;

/// What differs, as `setting: old → new`.
fn told(led: &Led) -> Vec<String> {
    let moves = led.moves.iter().flat_map(|(_, [old, new])| {
        let [old, new] = [old, new].map(|list| list.as_array().expect("a list"));
        assert_eq!(old.len(), new.len());
        old.iter().zip(new)
    });
    let moves = moves.map(|(old, new)| {
        assert_eq!(old["setting"], new["setting"]);
        let setting = old["setting"].as_str().expect("a setting");
        format!("{setting}: {} → {}", old["endpoint"], new["endpoint"])
    });
    moves.collect()
}

#[test]
fn rules_that_are_written_otherwise_lead_where_they_led() {
    let flat = rules(
        &json!({}),
        &json!([
            host(&is_true("UseFIPS"), "https://fips.{Region}.example"),
            host(&json!([]), "https://{Region}.example"),
        ]),
    );
    let negated = json!([{"fn": "not", "argv": is_true("UseFIPS")}]);
    let deep = rules(
        &json!({}),
        &json!([{"type": "tree", "conditions": [], "rules": [
            host(&negated, "https://{Region}.example"),
            host(&json!([]), "https://fips.{Region}.example"),
        ]}]),
    );
    let led = compare(&with_rules(&flat), &with_rules(&deep));
    assert!(led.is_all);
    assert_eq!(told(&led), [""; 0]);
}

#[test]
fn a_move_is_told_once_by_its_plainest_setting() {
    let old = batch();
    let text = BATCH.replace("fips.batch.{Region}", "batch-fips.{Region}");
    let new: Value = serde_json::from_str(&text).expect("JSON");
    let led = compare(&with_rules(&old), &with_rules(&new));
    assert!(led.is_all);
    assert_eq!(
        told(&led),
        [
            "us-east-2, UseFIPS: \"https://fips.batch.us-east-2.amazonaws.com\" → \
             \"https://batch-fips.us-east-2.amazonaws.com\""
        ]
    );
}

#[test]
fn a_region_that_a_rule_names_is_tried() {
    let of = |url: &str| {
        let rules = json!([
            host(&equals("Region", "mars-1"), url),
            host(&json!([]), "https://{Region}.x")
        ]);
        with_rules(&super::rules(&json!({}), &rules))
    };
    let led = compare(&of("https://{Region}.x"), &of("https://red.x"));
    assert!(led.is_all);
    assert_eq!(
        told(&led),
        ["mars-1: \"https://mars-1.x\" → \"https://red.x\""]
    );
}

#[test]
fn that_an_endpoint_comes_or_goes_is_told_apart_from_moves() {
    let negated = json!([{"fn": "not", "argv": is_true("UseFIPS")}]);
    let of = |conditions: &Value| {
        with_rules(&rules(
            &json!({}),
            &json!([host(conditions, "https://a.b")]),
        ))
    };
    let kinds = |old: &Model, new: &Model| -> Vec<FactKind> {
        let moves = compare(old, new).moves.into_iter();
        moves.map(|(kind, _)| kind).collect()
    };
    let (all, some) = (of(&json!([])), of(&negated));
    assert_eq!(kinds(&some, &all), [FactKind::EndpointsAdded]);
    assert_eq!(kinds(&all, &some), [FactKind::EndpointsRemoved]);
}

#[test]
fn what_is_required_is_given_by_somebody() {
    let more = json!({"Where": {"type": "string", "required": true}});
    let of = |url: &str| with_rules(&rules(&more, &json!([host(&json!([]), url)])));
    let led = compare(&of("https://a.example"), &of("https://b.example"));
    // No operation is there that could tell it.
    assert!(!led.is_all);
    let of = |url: &str| {
        let rules = rules(&more, &json!([host(&json!([]), url)]));
        model("thing", "", &operations(&json!({})), Some(&rules))
    };
    let led = compare(&of("https://a.example"), &of("https://b.example"));
    assert!(led.is_all);
    assert_eq!(told(&led).len(), 1, "{:?}", told(&led));
}

#[test]
fn another_way_of_signing_is_a_move() {
    let of = |region: &str| {
        let scheme = json!({"name": "sigv4", "signingRegion": region});
        let endpoint = json!({"url": "https://a.example", "properties": {"authSchemes": [scheme]}});
        let rule = json!({"type": "endpoint", "conditions": [], "endpoint": endpoint});
        with_rules(&rules(&json!({}), &json!([rule])))
    };
    let led = compare(&of("us-east-1"), &of("us-west-2"));
    let told = told(&led);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("us-east-1") && told[0].contains("us-west-2"),
        "{told:?}"
    );
}

#[test]
fn texts_that_no_rule_knows_are_told_apart() {
    let more = json!({"A": {"type": "string", "builtIn": "X::A"}, "B": {"type": "string", "builtIn": "X::B"}});
    let of = |name: &str| {
        let is_set = json!([
            {"fn": "isSet", "argv": [{"ref": "A"}]},
            {"fn": "isSet", "argv": [{"ref": "B"}]}
        ]);
        let url = format!("https://{{{name}}}.example");
        with_rules(&rules(&more, &json!([host(&is_set, &url)])))
    };
    let led = compare(&of("A"), &of("B"));
    assert_eq!(told(&led).len(), 1, "{:?}", told(&led));
}

#[test]
fn what_is_looked_into_is_never_tried_in_all_ways() {
    let more = json!({"Arn": {"type": "string", "builtIn": "X::Arn"}});
    let arn = json!([{"fn": "aws.parseArn", "argv": [{"ref": "Arn"}], "assign": "arn"}]);
    let of = |url: &str| with_rules(&rules(&more, &json!([host(&arn, url)])));
    let led = compare(
        &of("https://a.example"),
        &of("https://{arn#region}.example"),
    );
    assert!(!led.is_all);
    assert_eq!(told(&led).len(), 1, "{:?}", told(&led));
}

#[test]
fn rules_of_a_form_that_is_not_known_are_never_known_to_lead_as_before() {
    let of = |name: &str| {
        with_rules(&rules(
            &json!({}),
            &json!([host(&json!([{"fn": name, "argv": []}]), "https://a.b")]),
        ))
    };
    assert!(!compare(&of("guess"), &of("guessAgain")).is_all);
}

/// Rules that ask whether a call is a search.
fn searching(url: &str) -> Value {
    let more = json!({"IsSearch": {"type": "boolean"}});
    let is_set = json!([{"fn": "isSet", "argv": [{"ref": "IsSearch"}]}, is_true("IsSearch")[0]]);
    rules(
        &more,
        &json!([
            host(&is_set, url),
            host(&json!([]), "https://plain.example")
        ]),
    )
}

fn operations(search: &Value) -> Value {
    let http = json!({"method": "POST", "requestUri": "/"});
    json!({
        "Find": {"name": "Find", "http": http, "staticContextParams": search},
        "Get": {"name": "Get", "http": http},
        "Put": {"name": "Put", "http": http},
    })
}

#[test]
fn what_no_operation_tells_moves_nothing() {
    let of = |url| model("thing", "", &operations(&json!({})), Some(&searching(url)));
    let led = compare(&of("https://plain.example"), &of("https://search.example"));
    assert!(led.is_all);
    assert_eq!(told(&led), [""; 0]);
}

#[test]
fn what_an_operation_tells_moves_that_operation() {
    let search = json!({"IsSearch": {"value": true}});
    let of = |search: &Value| {
        let rules = searching("https://search.example");
        model("thing", "", &operations(search), Some(&rules))
    };
    let led = compare(&of(&json!({})), &of(&search));
    assert!(led.is_all);
    assert_eq!(
        told(&led),
        ["Find: \"https://plain.example\" → \"https://search.example\""]
    );
}

#[test]
fn of_more_settings_than_can_be_tried_pairs_are() {
    let names: Vec<String> = (0..24).map(|at| format!("Flag{at}")).collect();
    let flags = names
        .iter()
        .map(|name| (name.clone(), json!({"type": "boolean", "builtIn": "X::Y"})));
    let flags: Value = flags.collect();
    let of = |url: &str| {
        let both = json!([is_true("Flag7")[0], is_true("Flag20")[0]]);
        let mut all: Vec<Value> = vec![host(&both, url)];
        all.extend(
            names
                .iter()
                .map(|name| host(&is_true(name), "https://same.example")),
        );
        all.push(host(&json!([]), "https://none.example"));
        with_rules(&rules(&flags, &Value::Array(all)))
    };
    let led = compare(&of("https://old.example"), &of("https://new.example"));
    assert!(!led.is_all);
    assert_eq!(
        told(&led),
        ["Flag20, Flag7: \"https://old.example\" → \"https://new.example\""]
    );
}

#[test]
fn rules_that_take_too_long_are_not_followed() {
    let named = |at: usize| json!({"fn": "isSet", "argv": [{"ref": "UseFIPS"}], "assign": format!("n{at}")});
    let conditions: Value = (0..20_000).map(named).collect();
    let of = |url: &str| with_rules(&rules(&json!({}), &json!([host(&conditions, url)])));
    let led = compare(&of("https://old.example"), &of("https://new.example"));
    assert!(!led.is_all);
    assert_eq!(told(&led), [""; 0]);
}
