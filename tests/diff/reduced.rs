//! Two files that are read only to be compared: without what both say in the same bytes, a comparison
//! says the same.

use proptest::prelude::*;
use serde_json::{Value, json};
use shapewright_diff::{Judgement, compare};
use shapewright_model::c2j::{FileKind, Prose, Reading, Source, read};
use shapewright_model::{Problem, read_pair};

use crate::batch;
use crate::properties::{edits, make};
use crate::support::toy;

type Files = Vec<(FileKind, Vec<u8>)>;

fn service(text: &str) -> Files {
    vec![(FileKind::Service, text.as_bytes().to_vec())]
}

fn pretty(json: &Value) -> Files {
    service(&serde_json::to_string_pretty(json).unwrap())
}

fn sources(files: &Files) -> Vec<Source<'_>> {
    let files = files.iter();
    let files = files.map(|(kind, bytes)| Source {
        kind: *kind,
        name: kind.file_name(),
        bytes,
    });
    files.collect()
}

fn pair(old: &Files, new: &Files) -> [Result<Reading, Vec<Problem>>; 2] {
    read_pair([&sources(old), &sources(new)], Prose::Skip)
}

/// Tells whether a comparison of two files says the same, however they are read. Gives how many of
/// the new operations and shapes were left out.
fn agrees(old: &Files, new: &Files) -> Result<[usize; 2], TestCaseError> {
    let alone = [old, new].map(|files| read(&sources(files), Prose::Skip));
    let [Ok(before), Ok(after)] = &alone else {
        let outcome = pair(old, new).map(|outcome| outcome.map(|reading| reading.model));
        let alone = alone.map(|outcome| outcome.map(|reading| reading.model));
        prop_assert_eq!(outcome, alone);
        return Ok([0; 2]);
    };
    let [one, other] = pair(old, new).map(|reading| reading.unwrap().model);
    let whole = compare(&before.model, &after.model);
    let reduced = compare(&one, &other);
    let judgement = Judgement::default();
    prop_assert_eq!(
        format!("{:?}", judgement.of(&reduced)),
        format!("{:?}", judgement.of(&whole))
    );
    prop_assert_eq!(format!("{reduced:?}"), format!("{whole:?}"));
    prop_assert_eq!(
        [one.size(), other.size()],
        [before.model.size(), after.model.size()]
    );
    Ok([
        after.model.operations.len() - other.operations.len(),
        after.model.shapes().len() - other.shapes().len(),
    ])
}

#[test]
fn every_transition_of_batch_is_told_alike() {
    let revisions = batch::revisions();
    let files: Vec<Files> = revisions.iter().map(|name| batch::files(name)).collect();
    let mut left_out = [0; 2];
    for pair in files.windows(2) {
        let [operations, shapes] = agrees(&pair[0], &pair[1]).unwrap();
        left_out = [left_out[0] + operations, left_out[1] + shapes];
    }
    assert!(left_out[0] > 500 && left_out[1] > 2_000, "{left_out:?}");
}

#[test]
fn every_single_edit_is_told_alike() {
    let old = toy();
    for edit in edits(&old) {
        let mut new = old.clone();
        if make(&mut new, &edit).is_some() {
            agrees(&pretty(&old), &pretty(&new)).unwrap_or_else(|why| panic!("{edit:?}: {why}"));
            agrees(&pretty(&new), &pretty(&old)).unwrap_or_else(|why| panic!("{edit:?}: {why}"));
        }
    }
}

/// A service of two operations that have nothing to do with each other but an error.
fn two() -> Value {
    let operation = |name: &str, members: [&str; 2]| {
        json!({
            "name": name,
            "http": {"method": "POST", "requestUri": format!("/{name}")},
            "input": {"shape": members[0]},
            "output": {"shape": members[1]},
            "errors": [{"shape": "Refused"}]
        })
    };
    let structure =
        |target: &str| json!({"type": "structure", "members": {"it": {"shape": target}}});
    let mut json = toy();
    json["operations"] = json!({
        "PutOne": operation("PutOne", ["OneIn", "OneOut"]),
        "PutTwo": operation("PutTwo", ["TwoIn", "TwoOut"])
    });
    json["shapes"] = json!({
        "OneIn": structure("One"), "OneOut": structure("Text"), "One": structure("Text"),
        "TwoIn": structure("Two"), "TwoOut": structure("Text"), "Two": structure("Number"),
        "Text": {"type": "string"}, "Number": {"type": "integer"},
        "Refused": {"type": "structure", "members": {}, "exception": true}
    });
    json
}

fn edited(pointer: &str, value: Value) -> Files {
    let mut json = two();
    *json.pointer_mut(pointer).unwrap() = value;
    pretty(&json)
}

#[test]
fn what_has_nothing_to_do_with_a_difference_is_left_out() {
    let old = pretty(&two());
    let of_one = edited(
        "/shapes/One/members",
        json!({"it": {"shape": "Text"}, "more": {"shape": "Text"}}),
    );
    let left_out = agrees(&old, &of_one).unwrap();
    assert_eq!(left_out, [1, 4], "PutTwo, and TwoIn, TwoOut, Two, Number");
    let nothing = agrees(&old, &pretty(&two())).unwrap();
    assert_eq!(nothing, [2, 9]);
    let of_all = edited("/shapes/Refused/exception", json!(false));
    assert_eq!(agrees(&old, &of_all).unwrap()[0], 0);
}

#[test]
fn a_shape_that_takes_the_place_of_another_is_seen_in_all_its_roles() {
    // `TwoIn` is compared with `Text` or `One`, and is the input of an operation that stays as it is.
    for old in ["Text", "One"] {
        let old = edited("/shapes/OneIn/members/it/shape", json!(old));
        let new = edited("/shapes/OneIn/members/it/shape", json!("TwoIn"));
        agrees(&old, &new).unwrap();
        agrees(&new, &old).unwrap();
    }
}

#[test]
fn operations_that_differing_files_beside_name_are_left_in() {
    let paginators = |size: &str| {
        let paginator =
            json!({"input_token": "a", "output_token": "b", "result_key": "c", "limit_key": size});
        let paginators = json!({"pagination": {"PutTwo": paginator}});
        let mut files = pretty(&two());
        files.push((FileKind::Paginators, paginators.to_string().into_bytes()));
        files
    };
    assert_eq!(agrees(&paginators("d"), &paginators("e")).unwrap()[0], 1);
    assert_eq!(agrees(&paginators("d"), &paginators("d")).unwrap()[0], 2);
    agrees(&pretty(&two()), &paginators("d")).unwrap();
}

#[test]
fn what_is_unusual_is_read_as_a_whole() {
    let old = two().to_string();
    let other = |from: &str, to: &str| {
        let new = old.replacen(from, to, 1);
        assert_ne!(new, old);
        let new = service(&new);
        assert_eq!(agrees(&service(&old), &new).unwrap(), [0; 2], "{from} {to}");
        assert_eq!(agrees(&new, &service(&old)).unwrap(), [0; 2], "{from} {to}");
        assert_eq!(agrees(&new, &new).unwrap(), [0; 2], "{from} {to}");
    };
    other(r#""shape":"Two""#, r#""sh\u0061pe":"Two""#);
    other(r#""shape":"Two""#, r#""shape":"T\u0077o""#);
    other(r#""Two":"#, r#""T\u0077o":"#);
    other(r#""Text":{"#, r#""Text":{"type":"long"},"Text":{"#);
    other(
        r#""shapes":{"#,
        r#""shapes":{"Text":{"type":"string"}},"shapes":{"#,
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_anywhere_in_a_real_model_are_told_alike(
        revision in any::<prop::sample::Index>(),
        chosen in prop::collection::vec(any::<prop::sample::Index>(), 1..6),
    ) {
        let names = batch::revisions();
        let old = batch::json(revision.get::<String>(&names));
        let mut new = old.clone();
        let all = edits(&old);
        for edit in chosen {
            let _ = make(&mut new, edit.get(&all));
        }
        agrees(&pretty(&old), &pretty(&new))?;
        agrees(&service(&old.to_string()), &service(&new.to_string()))?;
    }
}
