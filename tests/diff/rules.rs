//! Every rule of the catalogue flags what it says it flags, and what it flags has a reverse.

use std::collections::BTreeSet;

use serde_json::Value;
use shapewright_diff::rules::{self, Rule, WITNESS_BASE, Witness};
use shapewright_diff::{Comparison, Finding, Judgement, Severity, Status, compare_with};
use shapewright_model::{Direction, Model};

use crate::support::Files;

/// The model of an edit of the base; none for `null`, which is a service that is not there.
fn model(edit: &str) -> Option<Model> {
    let edit: Value = serde_json::from_str(edit).unwrap_or_else(|error| panic!("{error}: {edit}"));
    if edit.is_null() {
        return None;
    }
    let mut json: Value = serde_json::from_str(WITNESS_BASE).unwrap();
    merge(&mut json, &edit);
    let mut beside = |key: &str| json.as_object_mut().unwrap().remove(key);
    let files = Files {
        paginators: beside("pagination").map(|all| serde_json::json!({"pagination": all})),
        waiters: beside("waiters").map(|all| serde_json::json!({"version": 2, "waiters": all})),
        endpoint_rules: beside("endpointRuleSet"),
        service: json,
    };
    Some(files.model())
}

/// RFC 7396.
fn merge(json: &mut Value, edit: &Value) {
    let Value::Object(entries) = edit else {
        *json = edit.clone();
        return;
    };
    if !json.is_object() {
        *json = Value::Object(serde_json::Map::new());
    }
    for (key, edit) in entries {
        if edit.is_null() {
            json.as_object_mut().unwrap().remove(key);
        } else {
            merge(&mut json[key], edit);
        }
    }
}

/// What differs between the two sides of a witness, there or back.
fn comparison(witness: &Witness, back: bool) -> Comparison {
    let (old, new) = if back {
        (model(witness.after), model(witness.before))
    } else {
        (model(witness.before), model(witness.after))
    };
    match (&old, &new) {
        (Some(old), Some(new)) => compare_with(old, new, true),
        (Some(old), None) => Comparison::of_service(old, Status::Removed),
        (None, Some(new)) => Comparison::of_service(new, Status::New),
        (None, None) => panic!("a service on neither side"),
    }
}

fn ids(findings: &[Finding<'_>]) -> BTreeSet<&'static str> {
    findings.iter().map(|finding| finding.rule.id).collect()
}

fn all() -> impl Iterator<Item = &'static Rule> {
    rules::all().map(|(_, rule)| rule)
}

#[test]
fn every_rule_flags_its_witness_on_each_way_that_it_is_about() {
    for rule in all() {
        let comparison = comparison(&rule.witness, false);
        let findings = Judgement::default().of(&comparison);
        let own: Vec<&Finding<'_>> = findings
            .iter()
            .filter(|finding| finding.rule.id == rule.id)
            .collect();
        assert!(!own.is_empty(), "{}: {:?}", rule.id, ids(&findings));
        for (way, severity) in [
            (Direction::Send, rule.send),
            (Direction::Receive, rule.receive),
        ] {
            let told = own.iter().any(|finding| {
                let wire = match way {
                    Direction::Send => finding.wire.send,
                    Direction::Receive => finding.wire.receive,
                };
                wire.is_some() && wire == severity
            });
            assert!(
                severity.is_none() || told || is_one_way(&own),
                "{} says nothing on its way: {own:#?}",
                rule.id
            );
        }
    }
}

/// Whether a witness travels on one way alone, as inputs and outputs do.
fn is_one_way(findings: &[&Finding<'_>]) -> bool {
    let ways: BTreeSet<Option<Direction>> =
        findings.iter().map(|finding| finding.direction).collect();
    ways.len() == 1 && !ways.contains(&None)
}

#[test]
fn the_reverse_edit_of_a_witness_is_flagged_by_the_mirror() {
    for rule in all() {
        assert!(rules::find(rule.mirror).is_some(), "{}", rule.id);
        let comparison = comparison(&rule.witness, true);
        let found = Judgement::default().of(&comparison);
        let ids = ids(&found);
        assert!(ids.contains(rule.mirror), "{}: back {ids:?}", rule.id);
    }
}

#[test]
fn every_fact_of_a_witness_is_claimed_by_one_rule() {
    for rule in all() {
        for back in [false, true] {
            let comparison = comparison(&rule.witness, back);
            for finding in Judgement::default().of(&comparison) {
                let unknown = finding.rule.id == "unknown-fact-changed";
                assert!(
                    !unknown || rule.id == finding.rule.id,
                    "{}: {finding:?}",
                    rule.id
                );
            }
            for fact in &comparison.facts {
                for one in &fact.uses {
                    let claiming: Vec<&str> = rules::claiming(fact, one.direction)
                        .map(|rule| rule.id)
                        .collect();
                    // What does not travel concerns the rules of either way.
                    let unreached = one.direction.is_none() && fact.shape_kind.is_some();
                    assert!(
                        claiming.len() <= 1 || unreached,
                        "{}: {claiming:?} on {} {}",
                        rule.id,
                        fact.id(),
                        fact.path
                    );
                }
            }
        }
    }
}

#[test]
fn ids_are_unique_and_children_have_no_rule_for_a_parent() {
    let ids: Vec<&str> = all().map(|rule| rule.id).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    for rule in all() {
        let parents = rule.lineage().skip(1);
        let both: Vec<&str> = parents.filter(|parent| unique.contains(parent)).collect();
        assert!(both.is_empty(), "{}: {both:?}", rule.id);
        let plain = |c: char| c.is_ascii_lowercase() || c == '-' || c == '.';
        assert!(rule.id.chars().all(plain), "{}", rule.id);
        // What is judged by way is judged on both.
        for (end, other) in [("-in", "-out"), ("-out", "-in")] {
            if let Some(stem) = rule.id.strip_suffix(end) {
                assert!(
                    ids.contains(&format!("{stem}{other}").as_str()),
                    "{}",
                    rule.id
                );
            }
        }
        for words in [rule.flags, rule.why] {
            assert!(words.len() > 10 && !words.ends_with('.'), "{}", rule.id);
        }
    }
}

#[test]
fn what_concerns_one_way_alone_is_safe_on_the_other() {
    let token = rules::find("idempotency-token-changed.removed").unwrap();
    let comparison = comparison(&token.witness, false);
    let findings = Judgement::default().of(&comparison);
    for (way, severity) in [
        (Direction::Send, Severity::Risk),
        (Direction::Receive, Severity::Safe),
    ] {
        let found = findings.iter().find(|one| one.direction == Some(way));
        let found = found.map(|one| (one.rule.id, one.severity));
        assert_eq!(found, Some((token.id, severity)));
    }
}

#[test]
fn what_no_rule_claims_is_told_as_unknown() {
    let unknown = rules::find("unknown-fact-changed").unwrap();
    let comparison = comparison(&unknown.witness, false);
    let findings = Judgement::default().of(&comparison);
    assert_eq!(ids(&findings), BTreeSet::from([unknown.id]));
}
