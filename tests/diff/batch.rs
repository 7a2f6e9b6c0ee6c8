//! AWS Batch as it was: what the history's transitions report.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::json;
use shapewright_diff::{
    Comparison, Fact, FactKind, Judgement, Place, Severity, Status, Tree, compare,
};
use shapewright_model::c2j::{FileKind, Prose, Source, read};
use shapewright_model::{Direction, Model, TraitName, Value};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../api-spec/batch")
}

/// The names of the revisions, oldest first.
pub(crate) fn revisions() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The service's own file of a revision.
pub(crate) fn json(revision: &str) -> Value {
    let path = folder().join(revision).join(FileKind::Service.file_name());
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The files of a revision.
pub(crate) fn files(revision: &str) -> Vec<(FileKind, Vec<u8>)> {
    let kinds = FileKind::ALL.into_iter();
    let files = kinds.filter_map(|kind| {
        let path = folder().join(revision).join(kind.file_name());
        Some((kind, std::fs::read(path).ok()?))
    });
    files.collect()
}

pub(crate) fn load(revision: &str) -> Model {
    let files = files(revision);
    let sources: Vec<Source<'_>> = files
        .iter()
        .map(|(kind, bytes)| Source {
            kind: *kind,
            name: kind.file_name(),
            bytes,
        })
        .collect();
    read(&sources, Prose::Skip).unwrap().model
}

/// Every transition: the revision that it leads to, and what it changes.
fn transitions() -> Vec<(String, Comparison)> {
    let names = revisions();
    let models: Vec<Model> = names.iter().map(|name| load(name)).collect();
    let pairs = models.windows(2).zip(&names[1..]);
    pairs
        .map(|(pair, name)| (name.clone(), compare(&pair[0], &pair[1])))
        .collect()
}

#[test]
fn on_2017_08_14_the_log_stream_came_to_describe_jobs() {
    let comparison = compare(&load("2017-04-11"), &load("2017-08-14"));
    let [change] = comparison.operations.as_slice() else {
        panic!("one operation: {:?}", comparison.operations);
    };
    assert_eq!(
        (change.name.as_str(), change.status),
        ("DescribeJobs", Status::Updated)
    );
    let expected = json!({"jobs": {
        "attempts": {"container": {"logStreamName": "string"}},
        "container": {"logStreamName": "string"},
    }});
    assert_eq!(change.response, Some(Tree::from(&expected)));
    assert_eq!(
        (&change.request, &change.errors, &change.operation),
        (&None, &None, &None)
    );

    let paths: Vec<String> = comparison
        .facts
        .iter()
        .map(|fact| fact.path.to_string())
        .collect();
    assert_eq!(
        paths,
        [
            "shapes.AttemptContainerDetail.members.logStreamName",
            "shapes.ContainerDetail.members.logStreamName",
        ]
    );
    for fact in &comparison.facts {
        assert_eq!(fact.id(), "member-added");
        let [one] = fact.uses.as_slice() else {
            panic!("one use: {fact:?}")
        };
        assert_eq!(one.direction, Some(Direction::Receive));
        assert_eq!(*one.operations, ["DescribeJobs".to_owned()]);
    }
}

#[test]
fn every_transition_says_what_it_is() {
    for (name, comparison) in transitions() {
        assert!(!comparison.is_documentation_only(), "{name}");
    }
}

#[test]
fn revisions_with_a_kind_of_fact_are_those_that_are_known() {
    let with = |is: &dyn Fn(&Fact) -> bool| -> Vec<String> {
        let transitions = transitions().into_iter();
        let found = transitions.filter(|(_, one)| one.facts.iter().any(is));
        found.map(|(name, _)| name).collect()
    };
    assert_eq!(
        with(&|fact| fact.kind == FactKind::RequiredRemoved),
        [
            "2017-11-28",
            "2018-11-12",
            "2018-11-19",
            "2020-12-03",
            "2021-03-17",
            "2022-04-14",
            "2025-07-29",
            "2026-06-18",
        ]
    );
    let path = |fact: &Fact| fact.path.to_string();
    assert_eq!(
        with(&|fact| {
            path(fact) == "shapes.JobExecutionTimeoutMinutes.max"
                && fact.kind == FactKind::TraitChanged(TraitName::Max)
                && (&fact.old, &fact.new) == (&Some(Value::from(360)), &Some(Value::from(7200)))
        }),
        ["2026-05-26"]
    );
    assert_eq!(
        with(&|fact| {
            path(fact) == "metadata.auth" && fact.kind == FactKind::TraitAdded(TraitName::Auth)
        }),
        ["2024-06-17"]
    );
    assert!(with(&|fact| fact.kind == FactKind::OperationRemoved).is_empty());
}

#[test]
fn in_ten_years_nothing_broke_on_the_wire() {
    for (name, comparison) in transitions() {
        for finding in Judgement::default().of(&comparison) {
            let known = finding.rule.id != "unknown-fact-changed";
            assert!(
                known && finding.severity < Severity::Breaking,
                "{name}: {finding:?}"
            );
        }
    }
}

#[test]
fn five_members_were_deprecated() {
    let transitions = transitions();
    let findings = transitions
        .iter()
        .flat_map(|(_, comparison)| Judgement::default().of(comparison));
    let deprecated: BTreeSet<String> = findings
        .filter(|finding| finding.rule.id == "deprecation-changed.added")
        .filter(|finding| finding.fact.place == Place::Member)
        .map(|finding| finding.fact.path.to_string())
        .collect();
    assert_eq!(deprecated.len(), 5, "{deprecated:?}");
}

#[test]
fn all_revisions_but_three_added_something_until_2026_06_18() {
    let adds = |comparison: &Comparison| {
        let counts = &comparison.counts;
        let added = [counts.operations, counts.members, counts.enum_values];
        added.iter().any(|tally| tally.added > 0)
    };
    let until = |name: &str| name <= "2026-06-18";
    let transitions = transitions();
    let without: Vec<&str> = transitions
        .iter()
        .filter(|(name, comparison)| until(name) && !adds(comparison))
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(without.len(), 3, "{without:?}");
    // The first revision adds all that it has.
    let all = revisions().iter().filter(|name| until(name)).count();
    assert_eq!((all, all - without.len()), (51, 48));
}

#[test]
fn backwards_what_was_added_is_removed() {
    let (old, new) = (load("2018-11-12"), load("2018-11-19"));
    let (there, back) = (compare(&old, &new), compare(&new, &old));
    assert_eq!(there.facts.len(), back.facts.len());
    assert_eq!(there.counts.members.added, back.counts.members.removed);
    assert_eq!(there.counts.required.removed, back.counts.required.added);
    let names = |comparison: &Comparison| -> Vec<String> {
        comparison
            .operations
            .iter()
            .map(|one| one.name.clone())
            .collect()
    };
    assert_eq!(names(&there), names(&back));
}
