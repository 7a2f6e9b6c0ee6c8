//! Whether upstream has moved past what is imported.

use serde_json::{Value, json};

use crate::support::{Team, broken, model};

const NEWER: [&str; 4] = ["--release", "1.1", "--date", "2020-02-02"];

/// A team that has imported the old model.
fn team() -> Team {
    let team = Team::new();
    let import = [
        "import",
        "old.json",
        "--service",
        "toy",
        "--spec",
        "api-spec",
    ];
    let stated = ["--release", "1.0", "--date", "2020-01-01"];
    assert_eq!(team.code(&[&import[..], &stated[..]].concat()), 0);
    team
}

fn drift<'a>(against: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let drift = ["drift", "--against", against];
    [&drift[..], &NEWER[..], more].concat()
}

#[test]
fn where_nothing_moved_it_says_so_and_fails_nothing() {
    let team = team();
    let mut worded = model();
    worded["shapes"]["Toy"]["documentation"] = json!("Other words.");
    team.write("same.json", &worded);
    let output = team.run(&drift("same.json", &[]));
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("nothing has moved"), "{text}");
    let output = team.run(&drift("same.json", &["--format", "json"]));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json, json!([]));
}

#[test]
fn what_moved_is_reported_and_fails_by_its_verdict() {
    let team = team();
    let output = team.run(&drift("new.json", &["--format", "json"]));
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json[0]["service"], "toy");
    assert_eq!(json[0]["verdict"]["severity"], "breaking");
    assert_eq!(json[0]["from"]["upstream"], "1.0");
    assert_eq!(json[0]["to"]["upstream"], "1.1");

    let mut more = model();
    more["shapes"]["Toy"]["members"]["weight"] = json!({"shape": "Number"});
    team.write("more.json", &more);
    for (level, code) in [("breaking", 0), ("risk", 0), ("any", 1)] {
        let arguments = drift("more.json", &["--fail-on", level]);
        assert_eq!(team.code(&arguments), code, "{level}");
    }
}

#[test]
fn an_update_imports_and_generates_and_then_nothing_has_moved() {
    let team = team();
    let output = team.run(&drift("new.json", &["--update", "--format", "json"]));
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    // The report alone is on stdout.
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json[0]["service"], "toy");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("revision 2020-02-02"), "{said}");
    assert!(
        team.path()
            .join("api-spec/toy/2020-02-02/service-2.json")
            .is_file()
    );
    assert!(team.path().join("models/toy/Cargo.toml").is_file());
    assert_eq!(team.code(&drift("new.json", &[])), 0);
    assert_eq!(team.code(&["generate", "--check"]), 0);
}

#[test]
fn an_approval_holds_until_the_update_and_is_stale_after_it() {
    let team = team();
    let approve = ["--approve", "all", "--reason", "Nobody asks for an age"];
    // What is safe has moved all the same.
    assert_eq!(team.code(&drift("new.json", &approve)), 1);
    let gate = ["--fail-on", "breaking"];
    assert_eq!(team.code(&drift("new.json", &gate)), 0);
    let update = [&gate[..], &["--update"]].concat();
    assert_eq!(team.code(&drift("new.json", &update)), 0);
    let output = team.run(&drift("new.json", &[]));
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let note = String::from_utf8(output.stderr).unwrap();
    assert!(note.contains("matches nothing"), "{note}");
}

#[test]
fn an_older_release_is_refused() {
    let team = team();
    let older = [
        "drift",
        "--against",
        "new.json",
        "--release",
        "0.9",
        "--date",
        "2019-01-01",
    ];
    let error = team.refusal(&older);
    assert!(error.contains("older") && error.contains("1.0"), "{error}");
    assert!(team.refusal(&["drift", "doll"]).contains("doll"));
}

#[test]
fn a_service_that_upstream_has_no_more_is_a_break() {
    let team = team();
    // A folder of models as upstream has it, with another service alone.
    let folder = team.path().join("data/doll/2020-01-01");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("service-2.json"), broken().to_string()).unwrap();
    let output = team.run(&drift("data", &["--format", "json"]));
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json[0]["findings"][0]["id"], "service-removed");
    // There is nothing to import of it, and what was imported stays.
    assert_eq!(team.code(&drift("data", &["--update"])), 1);
    assert!(
        team.path()
            .join("api-spec/toy/2020-01-01/service-2.json")
            .is_file()
    );
}
