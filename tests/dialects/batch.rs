//! One revision of AWS Batch in both dialects: the same but for what only one of them states.

use std::collections::BTreeMap;
use std::fs;

use shapewright_diff::compare;
use shapewright_model::c2j::{FileKind, Prose, Source};
use shapewright_model::{Dialect, Model, Stored, read, stored};
use shapewright_tests::models;

const REVISION: &str = "2025-03-27";

/// The facts that only one dialect states: the kind, the trait, how many, and why.
const DIFFERENCES: [(&str, &str, usize, &str); 10] = [
    // Batch's rules refuse in six places; each dialect's file has its own words there.
    ("endpoint-rules-changed", "", 6, "words"),
    ("trait-added", "aws.api#service", 1, "names for other tools"),
    ("trait-added", "min", 1, "that a text has 0 letters or more"),
    ("trait-added", "smithy#name", 12, "an enum value's constant"),
    (
        "trait-added",
        "smithy.api#clientOptional",
        124,
        "see the design",
    ),
    (
        "trait-added",
        "smithy.api#input",
        31,
        "used for input alone",
    ),
    (
        "trait-added",
        "smithy.api#output",
        31,
        "used for output alone",
    ),
    (
        "trait-added",
        "smithy.api#xmlNamespace",
        1,
        "unused by JSON",
    ),
    ("trait-removed", "serviceAbbreviation", 1, "C2J's alone"),
    // Smithy has it as `title`, which the fixture leaves out as a word for people.
    (
        "trait-removed",
        "serviceFullName",
        1,
        "left out of the fixture",
    ),
];

fn smithy() -> Vec<u8> {
    let path = "tests/fixtures/batch-2025-03-27.smithy.json";
    fs::read(models::root().join(path)).expect("the fixture")
}

fn source(bytes: &[u8]) -> Source<'_> {
    Source {
        kind: FileKind::Service,
        name: "batch.json",
        bytes,
    }
}

fn of_smithy() -> Model {
    let bytes = smithy();
    let reading = read(&[source(&bytes)], Prose::Skip).expect("a model without problems");
    assert_eq!(reading.warnings, []);
    reading.model
}

#[test]
fn content_tells_the_dialect() {
    assert_eq!(Dialect::of(&smithy()), Dialect::Smithy);
    let folder = models::root().join(models::batch(REVISION));
    let c2j = fs::read(folder.join(FileKind::Service.file_name())).expect("a stored file");
    assert_eq!(Dialect::of(&c2j), Dialect::C2j);
    let late = br#"{"shapes": {"smithy": {}}, "smithy": "2.0"}"#;
    assert_eq!(Dialect::of(late), Dialect::Smithy);
    let inner = br#"{"metadata": {"smithy": "2.0"}, "shapes": {}}"#;
    assert_eq!(Dialect::of(inner), Dialect::C2j);
    assert_eq!(Dialect::of(b"[\"smithy\"]"), Dialect::C2j);
    assert_eq!(Dialect::of(b""), Dialect::C2j);
}

#[test]
fn both_dialects_state_the_same_but_for_a_known_list() {
    let stored = models::model(&models::batch(REVISION));
    let comparison = compare(&stored, &of_smithy());
    let mut found: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for fact in &comparison.facts {
        let name = fact.kind.trait_name().map_or("", |name| name.as_str());
        *found.entry((fact.kind.id(), name)).or_default() += 1;
    }
    let listed = DIFFERENCES.map(|(kind, name, count, _)| ((kind, name), count));
    assert_eq!(found, BTreeMap::from(listed));
}

#[test]
fn the_lists_of_both_dialects_are_equal() {
    let (c2j, smithy) = (models::model(&models::batch(REVISION)), of_smithy());
    let operations = |model: &Model| -> Vec<String> {
        let operations = model.operations.iter();
        operations.map(|operation| operation.key.clone()).collect()
    };
    assert_eq!(operations(&c2j), operations(&smithy));
    let members = |model: &Model| -> Vec<(String, Vec<(String, bool)>)> {
        let shapes = model.shapes().map(|(_, shape)| {
            let members = shape.members().iter();
            let members = members.map(|member| (member.name.clone(), member.is_required()));
            let mut members: Vec<_> = members.collect();
            members.sort();
            (shape.name.clone(), members)
        });
        shapes.collect()
    };
    assert_eq!(members(&c2j), members(&smithy));
    assert_eq!(c2j.paginators, smithy.paginators);
    assert_eq!(c2j.waiters, smithy.waiters);
}

#[test]
fn what_is_stored_of_smithy_differs_from_what_is_stored_of_c2j_in_three_facts() {
    let bytes = smithy();
    let Stored { files, .. } = stored(&[source(&bytes)]).expect("no problems");
    let folder = models::root().join(models::batch(REVISION));
    let mut differing = Vec::new();
    for (kind, canonical) in files {
        let stored = fs::read_to_string(folder.join(kind.file_name())).expect("a stored file");
        // Members stand in the order in which each dialect's file declares them.
        let mut counts: BTreeMap<&str, i32> = BTreeMap::new();
        for (text, step) in [(&stored, -1), (&canonical.json, 1)] {
            for line in text.lines() {
                *counts.entry(line.trim().trim_end_matches(',')).or_default() += step;
            }
        }
        counts.retain(|_, count| *count != 0);
        differing.extend(
            counts
                .into_iter()
                .map(|(line, count)| format!("{count:+} {line}")),
        );
    }
    assert_eq!(
        differing,
        [
            "+1 \"min\": 0",
            "-1 \"serviceAbbreviation\": \"AWS Batch\"",
            "-1 \"serviceFullName\": \"AWS Batch\"",
        ]
    );
}
