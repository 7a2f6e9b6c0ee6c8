//! Whatever a revision has in common with the one before, a series reads it as a plain read does.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::{Value, json};
use shapewright_model::c2j::{FileKind, Prose, Source};
use shapewright_model::{Model, Problem, Series, read};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A small model with one construct of each kind.
fn toy() -> Value {
    let text = fs::read(root().join("tests/diff/toy.json")).unwrap();
    serde_json::from_slice(&text).unwrap()
}

type Files = Vec<(FileKind, Vec<u8>)>;

fn service(text: &str) -> Files {
    vec![(FileKind::Service, text.as_bytes().to_vec())]
}

fn sources(files: &Files) -> Vec<Source<'_>> {
    let files = files.iter();
    files
        .map(|(kind, bytes)| Source {
            kind: *kind,
            name: kind.file_name(),
            bytes,
        })
        .collect()
}

type Outcome = Result<(Model, Vec<Problem>), Vec<Problem>>;

fn plain(files: &Files) -> Outcome {
    read(&sources(files), Prose::Keep).map(|reading| (reading.model, reading.warnings))
}

fn next(series: &mut Series, files: &Files) -> Outcome {
    let reading = series.read(&sources(files));
    reading.map(|reading| (reading.model, reading.warnings))
}

/// Reads files in a row, and tells whether each gives what a plain read gives.
fn agrees(revisions: &[Files]) -> Result<(), TestCaseError> {
    let mut series = Series::new(Prose::Keep);
    for files in revisions {
        let found = next(&mut series, files);
        prop_assert_eq!(found, plain(files));
    }
    Ok(())
}

/// How many shapes two models share.
fn shared(old: &Model, new: &Model) -> usize {
    let same = |(id, shape): (_, &shapewright_model::Shape)| {
        old.shape_id(&shape.name)
            .is_some_and(|before| new.shares_shape(id, old, before))
    };
    new.shapes().filter(|shape| same(*shape)).count()
}

#[test]
fn every_revision_of_batch_is_read_as_if_alone_and_shares_what_it_can() {
    let mut folders: Vec<PathBuf> = fs::read_dir(root().join("api-spec/batch"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    let mut series = Series::new(Prose::Skip);
    let mut before: Option<Model> = None;
    for folder in &folders {
        let files: Files = FileKind::ALL
            .into_iter()
            .filter_map(|kind| Some((kind, fs::read(folder.join(kind.file_name())).ok()?)))
            .collect();
        let reading = series.read(&sources(&files)).unwrap();
        let alone = read(&sources(&files), Prose::Skip).unwrap();
        assert_eq!(reading.model, alone.model, "{}", folder.display());
        assert_eq!(reading.warnings, alone.warnings);
        if let Some(before) = &before {
            assert!(shared(before, &reading.model) > 0, "{}", folder.display());
        }
        before = Some(reading.model);
    }
    assert!(folders.len() > 50);
}

#[test]
fn equal_bytes_share_everything() {
    let files = service(&toy().to_string());
    let mut series = Series::new(Prose::Keep);
    let (one, _) = next(&mut series, &files).unwrap();
    let (other, _) = next(&mut series, &files).unwrap();
    assert_eq!(one, other);
    assert_eq!(shared(&one, &other), one.shapes().len());
}

#[test]
fn what_was_fine_is_refused_where_something_else_took_its_ground() {
    let toy = toy();
    let input = toy["operations"]["PutThing"]["input"]["shape"]
        .as_str()
        .unwrap();
    let pretty = |json: &Value| service(&serde_json::to_string_pretty(json).unwrap());
    let first = pretty(&toy);
    for (what, instead) in [
        ("gone", None),
        ("no structure", Some(json!({"type": "string"}))),
    ] {
        let mut json = toy.clone();
        let shapes = json["shapes"].as_object_mut().unwrap();
        shapes.remove(input);
        shapes.extend(instead.map(|shape| (input.to_owned(), shape)));
        let broken = pretty(&json);
        let refused = plain(&broken);
        assert!(refused.is_err(), "{what}");
        let mut series = Series::new(Prose::Keep);
        next(&mut series, &first).unwrap();
        assert_eq!(next(&mut series, &broken), refused, "{what}");
        // What is broken is no ground to stand on.
        assert_eq!(next(&mut series, &first), plain(&first));
    }
}

#[test]
fn an_operation_that_went_is_missed_by_the_files_beside() {
    let mut json = toy();
    let paginators = json!({"pagination": {"ListThings": {"input_token": "a"}}}).to_string();
    let files = |json: &Value| {
        let mut files = service(&json.to_string());
        files.push((FileKind::Paginators, paginators.clone().into_bytes()));
        files
    };
    let first = files(&json);
    assert_eq!(plain(&first).unwrap().1, []);
    json["operations"]
        .as_object_mut()
        .unwrap()
        .remove("ListThings");
    let second = files(&json);
    assert_eq!(plain(&second).unwrap().1.len(), 1);
    agrees(&[first.clone(), second, first]).unwrap();
}

#[test]
fn an_entry_that_stands_twice_is_told() {
    let text =
        r#"{"metadata":{},"operations":{},"shapes":{"A":{"type":"string"},"B":{"type":"blob"}}}"#;
    let twice = text.replace(r#","B""#, r#","A":{"type":"string"},"B""#);
    let other = text.replace(r#","B""#, r#","A":{"type":"blob"},"B""#);
    let spelled = text.replace(r#","B""#, r#","\u0041":{"type":"blob"},"B""#);
    for text in [&twice, &other, &spelled] {
        assert_eq!(plain(&service(text)).unwrap().1.len(), 1, "{text}");
    }
    agrees(&[text, &twice, &other, &spelled, text].map(service)).unwrap();
}

/// An edit of a model as JSON.
#[derive(Clone, Debug)]
enum Edit {
    Remove(usize),
    Rename(usize, String),
    Change(usize, usize),
    Point(usize, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        any::<usize>().prop_map(Edit::Remove),
        (any::<usize>(), "[A-Z]{1,2}").prop_map(|(at, name)| Edit::Rename(at, name)),
        (any::<usize>(), any::<usize>()).prop_map(|(at, other)| Edit::Change(at, other)),
        (any::<usize>(), any::<usize>()).prop_map(|(at, other)| Edit::Point(at, other)),
    ]
}

impl Edit {
    /// Edits an entry of the tables. An operation may get a shape's content, and the reverse.
    fn make(&self, json: &mut Value) {
        let (Self::Remove(at) | Self::Rename(at, _) | Self::Change(at, _) | Self::Point(at, _)) =
            self;
        let table = if at % 4 == 0 { "operations" } else { "shapes" };
        let names: Vec<String> = json["shapes"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect();
        let entries = json[table].as_object_mut().unwrap();
        let keys: Vec<String> = entries.keys().cloned().collect();
        if keys.is_empty() || names.is_empty() {
            return;
        }
        let key = &keys[at / 4 % keys.len()];
        match self {
            Self::Remove(_) => {
                entries.remove(key);
            }
            Self::Rename(_, name) => {
                let entry = entries.remove(key).unwrap();
                entries.insert(name.clone(), entry);
            }
            Self::Change(_, other) => {
                let other = entries[&keys[other % keys.len()]].clone();
                entries.insert(key.clone(), other);
            }
            Self::Point(_, other) => point(&mut entries[key], &names[other % names.len()]),
        }
    }
}

/// Has the first reference within a value mean another shape.
fn point(value: &mut Value, name: &str) {
    let Some(entries) = value.as_object_mut() else {
        return;
    };
    if entries.contains_key("shape") {
        entries.insert("shape".to_owned(), json!(name));
    } else if let Some(below) = entries.values_mut().find(|below| below.is_object()) {
        point(below, name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edited_models_are_read_as_if_alone(
        revisions in prop::collection::vec(prop::collection::vec(edit(), 0..4), 1..5),
        indented in any::<bool>(),
    ) {
        let mut json = toy();
        let mut texts = vec![json.clone()];
        for edits in &revisions {
            let before = json.clone();
            for edit in edits {
                edit.make(&mut json);
            }
            texts.push(json.clone());
            // Most edits break something: what follows builds on what does not.
            if plain(&service(&json.to_string())).is_err() {
                json = before;
            }
        }
        let write = |json: &Value| if indented {
            serde_json::to_string_pretty(json).unwrap()
        } else {
            json.to_string()
        };
        let files: Vec<Files> = texts.iter().map(|json| service(&write(json))).collect();
        agrees(&files)?;
    }

    #[test]
    fn files_with_bytes_gone_astray_are_read_as_if_alone(
        strays in prop::collection::vec(
            (any::<prop::sample::Index>(), 0..3_usize, prop::sample::select(&b"{}[]\",:\\ \nA1\xff"[..])),
            1..4,
        ),
    ) {
        let text = serde_json::to_string_pretty(&toy()).unwrap();
        let mut bytes = text.clone().into_bytes();
        for (at, length, byte) in strays {
            let at = at.index(bytes.len() - 2);
            bytes.splice(at..at + length, [byte]);
        }
        agrees(&[service(&text), vec![(FileKind::Service, bytes)], service(&text)])?;
    }
}
