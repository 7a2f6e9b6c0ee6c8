//! A comparison as SARIF 2.1.0, which code scanning reads: every rule that has a finding, and every
//! finding at its place in the model files.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};
use shapewright_diff::rules::{self, Rule};
use shapewright_diff::{Severity, direction_word};

use crate::compared::Compared;
use crate::json;
use crate::places::{Places, Sources, Spot};
use crate::told::Told;
use crate::words::{self, sentence};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The whole comparison: one run.
pub fn render(compared: &Compared<'_>, sources: &Sources) -> String {
    let told = Told::all(compared.findings);
    let used: BTreeSet<&str> = told.iter().map(|one| one.rule().id).collect();
    let rules = rules::all().map(|(_, rule)| rule);
    let rules: Vec<&'static Rule> = rules.filter(|rule| used.contains(rule.id)).collect();
    let facts: Vec<_> = told.iter().map(|one| one.first().finding.fact).collect();
    let places = Places::of(sources, &facts);
    let results = told.iter().zip(&places);
    let results: Vec<Value> = results
        .map(|(one, places)| result(one, places, &rules))
        .collect();
    let rules: Vec<Value> = rules.into_iter().map(rule).collect();
    json::write(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "Shapewright",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Breaking => "error",
        Severity::Risk => "warning",
        Severity::Safe | Severity::Docs => "note",
    }
}

fn rule(rule: &'static Rule) -> Value {
    let severity = rule.send.max(rule.receive).unwrap_or(Severity::Safe);
    json!({
        "id": rule.id,
        "shortDescription": {"text": sentence(rule.flags)},
        "fullDescription": {"text": sentence(&format!("{}: {}", rule.flags, rule.why))},
        "help": {"text": sentence(rule.why)},
        "defaultConfiguration": {"level": level(severity)},
    })
}

fn result(one: &Told<'_>, places: &Places, rules: &[&'static Rule]) -> Value {
    let finding = &one.first().finding;
    let index = rules.iter().position(|rule| rule.id == one.rule().id);
    let fingerprints = one.findings().iter().map(|one| {
        let way = direction_word(one.finding.direction);
        (
            format!("shapewright-{way}/v1"),
            json!(one.finding.fingerprint),
        )
    });
    let suppressions = one
        .approved()
        .map(|reason| json!({"kind": "external", "status": "accepted", "justification": reason}));
    let mut text = format!("{}: {}", words::subject(finding.fact), one.rule().flags);
    if let Some(change) = words::change(finding.fact) {
        text.extend([" (", &change, ")"]);
    }
    text.extend(["; ", &words::ways(one, str::to_owned), "."]);
    // What the new revision has no file for stands where it was.
    let spot = places.new.as_ref().or(places.old.as_ref());
    let mut location = json!({
        "logicalLocations": [{"fullyQualifiedName": finding.fact.path.to_string()}],
    });
    if let Some(spot) = spot {
        location["physicalLocation"] = physical(spot);
    }
    let mut result = json!({
        "ruleId": one.rule().id,
        "ruleIndex": index,
        "level": level(one.severity()),
        "message": {"text": text},
        "locations": [location],
        "partialFingerprints": fingerprints.collect::<serde_json::Map<_, _>>(),
        "suppressions": suppressions.into_iter().collect::<Vec<_>>(),
    });
    if let Some(old) = places.old.as_ref().filter(|old| Some(*old) != spot) {
        result["relatedLocations"] = json!([{
            "physicalLocation": physical(old),
            "message": {"text": "In the revision before."},
        }]);
    }
    result
}

fn physical(spot: &Spot) -> Value {
    let mut place = json!({"artifactLocation": {"uri": uri(&spot.file)}});
    if let Some((line, column)) = spot.start {
        place["region"] = json!({"startLine": line, "startColumn": column});
    }
    place
}

/// A path as a reference that may stand in a URI.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}
