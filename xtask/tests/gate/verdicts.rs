//! What a command's exit code says of what it found.

use crate::support::{Team, model};

const DIFF: [&str; 3] = ["diff", "old.json", "new.json"];

#[test]
fn a_break_fails_where_it_is_asked_about() {
    let team = Team::new();
    assert_eq!(team.code(&DIFF), 0);
    for level in ["breaking", "risk", "any"] {
        let arguments = [&DIFF[..], &["--fail-on", level]].concat();
        assert_eq!(team.code(&arguments), 1, "{level}");
    }
    let verdict = &team.report(&[])["verdict"];
    assert_eq!(verdict["severity"], "breaking");
    assert_eq!(verdict["wire"]["send"], serde_json::Value::Null);
    assert_eq!(verdict["wire"]["receive"], "breaking");
}

#[test]
fn what_adds_fails_on_any_alone() {
    let team = Team::new();
    let back = ["diff", "new.json", "old.json", "--fail-on"];
    for (level, code) in [("breaking", 0), ("risk", 0), ("any", 1)] {
        assert_eq!(team.code(&[&back[..], &[level]].concat()), code, "{level}");
    }
    let same = ["diff", "old.json", "old.json", "--fail-on", "any"];
    assert_eq!(team.code(&same), 0);
}

#[test]
fn only_the_operations_that_a_caller_uses_count() {
    let team = Team::new();
    let gate = [&DIFF[..], &["--fail-on", "breaking", "--operations"]].concat();
    for (operations, code) in [("list_toys", 0), ("get_toy", 1), ("ListToys,GetToy", 1)] {
        let arguments = [&gate[..], &[operations]].concat();
        assert_eq!(team.code(&arguments), code, "{operations}");
    }
    let report = team.report(&["--operations", "list_toys"]);
    assert_eq!(report["findings"], serde_json::json!([]));
    assert_eq!(report["operations"], serde_json::json!([]));
    let error = team.refusal(&[&gate[..], &["get_doll"]].concat());
    assert!(error.contains("get_doll"), "{error}");
}

#[test]
fn another_order_is_told_only_where_it_is_asked_about() {
    let team = Team::new();
    let mut model = model();
    model["shapes"]["Text"]["enum"] = serde_json::json!(["A", "B"]);
    team.write("old.json", &model);
    model["shapes"]["Text"]["enum"] = serde_json::json!(["B", "A"]);
    team.write("new.json", &model);
    assert_eq!(team.report(&[])["findings"], serde_json::json!([]));
    let findings = &team.report(&["--order"])["findings"];
    assert_eq!(findings[0]["id"], "declaration-order-changed");
}

#[test]
fn a_rule_is_explained_with_an_example_and_a_parent_with_its_children() {
    let team = Team::new();
    let text = |arguments: &[&str]| String::from_utf8(team.run(arguments).stdout).unwrap();
    let one = text(&["rules", "member-removed-out"]);
    assert!(
        one.contains("breaking") && one.contains("for example"),
        "{one}"
    );
    let children = text(&["rules", "idempotency-changed"]);
    assert!(
        children.contains(".added") && children.contains(".removed"),
        "{children}"
    );
    assert!(text(&["rules"]).lines().count() > 100);
    assert!(team.refusal(&["rules", "nonsense"]).contains("nonsense"));
}
