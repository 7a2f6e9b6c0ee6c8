//! Findings that were accepted.

use serde_json::{Value, json};

use crate::support::{Team, broken};

const GATE: [&str; 5] = ["diff", "old.json", "new.json", "--fail-on", "breaking"];
const FILE: &str = "api-spec/approvals.toml";

fn team() -> Team {
    let team = Team::new();
    std::fs::create_dir(team.path().join("api-spec")).unwrap();
    team
}

/// The fingerprint of the finding that breaks.
fn fingerprint(team: &Team) -> String {
    let report = team.report(&[]);
    let findings = report["findings"].as_array().unwrap();
    let mut breaking = findings.iter().filter(|one| one["severity"] == "breaking");
    let found = breaking.next().unwrap()["fingerprint"].as_str().unwrap();
    assert!(breaking.next().is_none(), "{report}");
    found.to_owned()
}

fn approve(team: &Team, more: &[&str]) -> i32 {
    let fingerprint = fingerprint(team);
    let approve = [
        "--approve",
        &fingerprint,
        "--reason",
        "Nobody asks for an age",
    ];
    team.code(&[&GATE[..], &approve[..], more].concat())
}

#[test]
fn what_was_accepted_fails_no_gate_and_is_told_with_its_reason() {
    let team = team();
    assert_eq!(team.code(&GATE), 1);
    assert_eq!(approve(&team, &[]), 0);
    assert_eq!(team.code(&GATE), 0);
    let report = team.report(&[]);
    let approved = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["approved"] != Value::Null)
        .unwrap();
    assert_eq!(approved["approved"], "Nobody asks for an age");
    assert_ne!(report["verdict"]["severity"], "breaking");
}

#[test]
fn an_approval_survives_order_and_other_edits() {
    let team = team();
    assert_eq!(approve(&team, &[]), 0);
    let mut edited = broken();
    edited["shapes"]["Toy"]["members"] = json!({
        "weight": {"shape": "Text"}, "name": {"shape": "Text"}});
    team.write("new.json", &edited);
    assert_eq!(team.code(&GATE), 0);
    // Another break is none that was accepted.
    edited["operations"]
        .as_object_mut()
        .unwrap()
        .remove("ListToys");
    team.write("new.json", &edited);
    assert_eq!(team.code(&GATE), 1);
}

#[test]
fn all_of_a_comparison_can_be_accepted_at_once() {
    let team = team();
    let mut edited = broken();
    edited["operations"]
        .as_object_mut()
        .unwrap()
        .remove("ListToys");
    team.write("new.json", &edited);
    let all = [&GATE[..], &["--approve", "all", "--reason", "A new start"]].concat();
    assert_eq!(team.code(&all), 0);
    assert_eq!(team.code(&GATE), 0);
    let text = team.read(FILE);
    assert_eq!(team.code(&all), 0);
    assert_eq!(team.read(FILE), text, "accepting twice writes nothing");
}

#[test]
fn what_has_expired_and_what_matches_nothing_is_told() {
    let team = team();
    assert_eq!(approve(&team, &["--expires", "2000-01-01"]), 0);
    let output = team.run(&GATE);
    assert_eq!(output.status.code(), Some(1));
    let note = String::from_utf8(output.stderr).unwrap();
    assert!(note.contains("expired on 2000-01-01"), "{note}");

    let same = ["diff", "old.json", "old.json", "--fail-on", "any"];
    let output = team.run(&same);
    assert_eq!(output.status.code(), Some(0));
    let note = String::from_utf8(output.stderr).unwrap();
    assert!(note.contains("matches nothing"), "{note}");
}

#[test]
fn an_approval_until_a_day_to_come_holds() {
    let team = team();
    assert_eq!(approve(&team, &["--expires", "2999-12-31"]), 0);
    assert_eq!(team.code(&GATE), 0);
}

#[test]
fn severities_are_set_by_rule_or_by_its_parent() {
    let team = team();
    let path = team.path().join(FILE);
    std::fs::write(&path, "[severity]\nmember-removed-out = \"safe\"\n").unwrap();
    assert_eq!(team.code(&GATE), 0);
    std::fs::write(&path, "[severity]\nmember-removed = \"safe\"\n").unwrap();
    let error = team.refusal(&GATE);
    assert!(
        error.contains("member-removed") && error.contains("rules"),
        "{error}"
    );

    std::fs::remove_file(&path).unwrap();
    let mut model = broken();
    team.write("old.json", &model);
    model["operations"]["GetToy"]["idempotent"] = json!(true);
    team.write("new.json", &model);
    assert_eq!(team.report(&[])["verdict"]["severity"], "safe");
    std::fs::write(&path, "[severity]\nidempotency-changed = \"breaking\"\n").unwrap();
    assert_eq!(team.code(&GATE), 1);
}

#[test]
fn a_file_that_is_wrong_is_refused_with_what_is_wrong() {
    let team = team();
    let path = team.path().join(FILE);
    for (text, named) in [
        ("[severity]\nshape-added = \"grave\"\n", "grave"),
        (
            "[[approved]]\nfingerprint = \"x\"\nreason = \" \"\n",
            "no reason",
        ),
        ("[[approved]]\nfinger = \"x\"\n", "finger"),
    ] {
        std::fs::write(&path, text).unwrap();
        let error = team.refusal(&GATE);
        assert!(
            error.contains(named) && error.contains("approvals.toml"),
            "{error}"
        );
    }
    let unknown = [&GATE[..], &["--approve", "0000", "--reason", "x"]].concat();
    std::fs::remove_file(&path).unwrap();
    assert!(team.refusal(&unknown).contains("0000"));
    assert!(!path.exists());
}
