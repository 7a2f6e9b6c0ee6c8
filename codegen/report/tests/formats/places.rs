//! Where SARIF and annotations put findings: in the file, at the line.

use serde_json::{Value, json};

use crate::cases;
use crate::support::Pair;

fn results(pair: &Pair) -> Vec<Value> {
    let sarif: Value = serde_json::from_str(&pair.report("sarif")).unwrap();
    sarif["runs"][0]["results"].as_array().unwrap().clone()
}

/// The line of a file that a location names, without its indentation.
fn line<'p>(pair: &'p Pair, location: &Value) -> (&'p str, &'p str) {
    let place = &location["physicalLocation"];
    let uri = place["artifactLocation"]["uri"].as_str().unwrap();
    let mut files = pair.old.iter().chain(&pair.new);
    let file = files.find(|file| file.label == uri).unwrap();
    let text = std::str::from_utf8(&file.bytes).unwrap();
    let number = place["region"]["startLine"].as_u64().unwrap();
    let column = place["region"]["startColumn"].as_u64().unwrap();
    let line = text
        .lines()
        .nth(usize::try_from(number).unwrap() - 1)
        .unwrap();
    let (before, _) = line.split_at(usize::try_from(column).unwrap() - 1);
    (before.trim_start(), line.trim_start())
}

#[test]
fn what_is_there_stands_at_its_value() {
    let pair = cases::required();
    let results = results(&pair);
    let bound = results
        .iter()
        .find(|one| one["ruleId"] == "constraint-tightened")
        .unwrap();
    let (before, line) = line(&pair, &bound["locations"][0]);
    assert_eq!((before, line), ("\"max\": ", "\"max\": 10,"));
    assert_eq!(bound["level"], "error");
}

#[test]
fn what_is_gone_stands_at_its_parent_and_where_it_was() {
    let pair = cases::removed();
    let results = results(&pair);
    let gone = results
        .iter()
        .find(|one| one["ruleId"] == "member-removed-out")
        .unwrap();
    let (_, parent) = line(&pair, &gone["locations"][0]);
    assert_eq!(parent, "\"members\": {");
    let related = &gone["relatedLocations"][0];
    let (_, was) = line(&pair, related);
    assert_eq!(was, "\"colour\": {");
    let uri = &related["physicalLocation"]["artifactLocation"]["uri"];
    // The sides are turned around: what came is gone.
    assert_eq!(uri, "api-spec/toy/2020-02-02/service-2.json");
}

#[test]
fn every_result_has_its_rule_and_approved_ones_are_suppressed() {
    let pair = cases::removed();
    let sarif: Value = serde_json::from_str(&pair.report("sarif")).unwrap();
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let mut suppressed = 0;
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let approved = result["ruleId"] == "enum-value-removed";
        let suppressions = result["suppressions"].as_array().unwrap();
        assert_eq!(suppressions.len(), usize::from(approved));
        suppressed += suppressions.len();
        assert!(
            !result["partialFingerprints"]
                .as_object()
                .unwrap()
                .is_empty()
        );
    }
    // One a way, as they differ in severity.
    assert_eq!(suppressed, 2);
}

#[test]
fn a_path_becomes_a_uri() {
    let mut pair = cases::required();
    pair.new[0].label = "a b\\ü#?.json".to_owned();
    let uri = |pair: &Pair| {
        results(pair)[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone()
    };
    assert_eq!(uri(&pair), "a%20b/%C3%BC%23%3F.json");
    pair.new[0].label = "/models/a.json".to_owned();
    assert_eq!(uri(&pair), "file:///models/a.json");
}

#[test]
fn a_smithy_file_is_named_without_a_line() {
    let mut pair = cases::required();
    pair.new[0].bytes = json!({"smithy": "2.0", "shapes": {}})
        .to_string()
        .into_bytes();
    let sources = shapewright_report::places::Sources {
        old: pair.old.clone(),
        new: pair.new.clone(),
    };
    let report =
        cases::required().with(|compared, _| shapewright_report::sarif::render(compared, &sources));
    let sarif: Value = serde_json::from_str(&report).unwrap();
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert!(place["artifactLocation"]["uri"].is_string());
    assert_eq!(place["region"], Value::Null);
}
