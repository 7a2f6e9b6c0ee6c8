//! What of rules is refused, and what stands in its place.

use serde_json::{Value, json};

use super::{Expression, Outcome, read};

fn rule_set(rules: &Value) -> Value {
    let region = json!({"type": "string", "builtIn": "AWS::Region"});
    json!({"version": "1.0", "parameters": {"Region": region}, "rules": rules})
}

fn endpoint(conditions: &Value, url: &Value) -> Value {
    json!([{"type": "endpoint", "conditions": conditions, "endpoint": {"url": url}}])
}

#[test]
fn what_is_of_no_known_form_is_told_and_gives_an_error_instead() {
    let call = |name: &str, arguments: Value| json!([{"fn": name, "argv": arguments}]);
    let none = json!([]);
    let url = json!("https://host");
    for rules in [
        json!([{"type": "riddle", "conditions": []}]),
        json!([{"type": "endpoint", "conditions": [], "unless": [], "endpoint": {"url": "https://host"}}]),
        json!("none"),
        json!([7]),
        endpoint(&call("guess", json!([])), &url),
        endpoint(&call("isSet", json!([])), &url),
        endpoint(&call("isSet", json!([{"ref": "Nobody"}])), &url),
        endpoint(&call("getAttr", json!([{"ref": "Region"}, "a["])), &url),
        endpoint(&json!({}), &url),
        endpoint(&none, &json!("https://{Nobody}")),
        endpoint(&none, &json!("https://{")),
        endpoint(&none, &json!(null)),
        endpoint(&none, &json!(1.5)),
    ] {
        let (found, problems) = read::read(&rule_set(&rules));
        assert_eq!(problems.len(), 1, "{rules}: {problems:#?}");
        let outcome = &found.rules[0].outcome;
        let Outcome::Error(Expression::Text(error)) = outcome else {
            panic!("{rules}: {outcome:?}");
        };
        assert!(error.contains("lacks a rule"), "{error}");
    }
}

#[test]
fn a_name_is_known_in_its_rule_alone() {
    let assign = json!([{"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "part"}]);
    let inside = endpoint(&assign, &json!("https://{part#dnsSuffix}"));
    let (_, problems) = read::read(&rule_set(&inside));
    assert!(problems.is_empty(), "{problems:#?}");
    let after = json!([
        inside[0],
        endpoint(&json!([]), &json!("https://{part#name}"))[0]
    ]);
    let (_, problems) = read::read(&rule_set(&after));
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            ": warning[endpoint-rules] rules[1].endpoint.url: a name is neither a parameter nor assigned \
          by a condition before"
        ]
    );
}

#[test]
fn parameters_of_other_forms_are_told() {
    let set =
        |parameter: Value| json!({"version": "1.0", "parameters": {"A": parameter}, "rules": []});
    for parameter in [
        json!({"type": "number"}),
        json!({"type": "string", "default": true}),
        json!({"type": "string", "builtIn": "AWS::Region"}),
        json!(null),
    ] {
        let (found, problems) = read::read(&set(parameter));
        assert_eq!(problems.len(), 1, "{problems:#?}");
        assert!(found.parameters.is_empty());
    }
    let (_, problems) = read::read(&json!({"version": "2.0", "rules": []}));
    assert_eq!(problems.len(), 1, "{problems:#?}");
}

#[test]
fn the_problems_that_are_told_are_bounded() {
    let rules: Vec<Value> = (0..1000).map(|_| json!(7)).collect();
    let (_, problems) = read::read(&rule_set(&Value::from(rules)));
    assert_eq!(problems.len(), 101);
    let last = &problems[100].message;
    assert!(last.contains("900 problems more"), "{last}");
}
