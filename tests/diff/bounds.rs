//! Models made to exhaust memory, time or the stack end in a report all the same.

use serde_json::{Map, Value, json};
use shapewright_diff::{FactKind, compare};

use crate::support::{model, rendered, toy};

/// The toy, where `GetThingResponse` means the first of these shapes.
fn with(shapes: impl Iterator<Item = (String, Value)>) -> String {
    let mut json = toy();
    json["operations"]["GetThing"]["output"]["shape"] = json!("S0");
    let known: &mut Map<String, Value> = json["shapes"].as_object_mut().unwrap();
    known.extend(shapes);
    json.to_string()
}

fn structure(members: &[(&str, String)]) -> Value {
    let members = members
        .iter()
        .map(|(name, shape)| ((*name).to_owned(), json!({"shape": shape})));
    json!({"type": "structure", "members": members.collect::<Map<_, _>>()})
}

/// A chain in which every shape has two members of the next: 2^60 places.
fn doubling(last: &str) -> String {
    let links = (0..60).map(|at| {
        let next = format!("S{}", at + 1);
        (
            format!("S{at}"),
            structure(&[("left", next.clone()), ("right", next)]),
        )
    });
    with(links.chain([("S60".to_owned(), json!({"type": last}))]))
}

#[test]
fn types_that_double_at_every_level() {
    let (old, new) = (
        model(&doubling("string")).unwrap(),
        model(&doubling("long")).unwrap(),
    );
    let plain = model(&toy().to_string()).unwrap();
    for (old, new) in [(&old, &new), (&new, &plain)] {
        let comparison = compare(old, new);
        assert_eq!(comparison.counts.operations_updated, 1);
    }
    let comparison = compare(&plain, &new);
    assert!(rendered(&new, &comparison).contains("(more)"));
}

#[test]
fn types_that_nest_without_end() {
    let chain = |last: &str| {
        let links = (0..50_000).map(|at| {
            (
                format!("S{at}"),
                structure(&[("next", format!("S{}", at + 1))]),
            )
        });
        with(links.chain([("S50000".to_owned(), json!({"type": last}))]))
    };
    let (old, new) = (
        model(&chain("string")).unwrap(),
        model(&chain("long")).unwrap(),
    );
    let comparison = compare(&old, &new);
    assert_eq!(comparison.facts.len(), 1);
    assert_eq!(
        *comparison.facts[0].uses[0].operations,
        ["GetThing".to_owned()]
    );
    assert!(rendered(&new, &comparison).contains("(more)"));
}

#[test]
fn rings_of_unequal_length_pair_every_shape_with_every_other() {
    let ring = |prefix: &str, length: usize| {
        let entry = [(
            "S0".to_owned(),
            structure(&[("ring", format!("{prefix}0"))]),
        )];
        let links = (0..length).map(|at| {
            let next = format!("{prefix}{}", (at + 1) % length);
            (format!("{prefix}{at}"), structure(&[("next", next)]))
        });
        with(entry.into_iter().chain(links))
    };
    let (old, new) = (
        model(&ring("A", 2003)).unwrap(),
        model(&ring("B", 2011)).unwrap(),
    );
    let comparison = compare(&old, &new);
    // Given up, it is told as a change, which is on the safe side.
    let path = "shapes.S0.members.ring.shape";
    let fact = comparison
        .facts
        .iter()
        .find(|fact| fact.path.to_string() == path)
        .unwrap();
    assert!(matches!(fact.kind, FactKind::TargetChanged { .. }));
}

#[test]
fn every_shape_means_every_other() {
    let tangle = |last: &str| {
        let names: Vec<String> = (0..30).map(|at| format!("S{at}")).collect();
        let shapes = names.clone().into_iter().map(move |name| {
            let members = names
                .iter()
                .map(|other| (other.clone(), json!({"shape": other})));
            let members = members.chain([("leaf".to_owned(), json!({"shape": "Leaf"}))]);
            (
                name,
                json!({"type": "structure", "members": members.collect::<Map<_, _>>()}),
            )
        });
        with(shapes.chain([("Leaf".to_owned(), json!({"type": last}))]))
    };
    let (old, new) = (
        model(&tangle("string")).unwrap(),
        model(&tangle("long")).unwrap(),
    );
    let comparison = compare(&old, &new);
    assert_eq!(comparison.facts.len(), 1);
    assert_eq!(comparison.counts.operations_updated, 1);
}
