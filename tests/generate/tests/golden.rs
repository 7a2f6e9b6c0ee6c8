//! What is generated, compared with golden files. `tests/golden/toy` is a crate of this workspace,
//! so that it is also compiled, linted and documented with everything else.
//!
//! After a wanted change: `UPDATE_GOLDEN=1 cargo test -p shapewright-golden-tests`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use shapewright_rust::Runtime;
use shapewright_rust::surface::Surface;
use shapewright_tests::{crates, models};

const GOLDEN: &str = "tests/golden/toy";

/// The files of the crate, and beside them its surface.
fn toy() -> BTreeMap<String, String> {
    let runtime = Runtime::Path("../../../models/runtime".to_owned());
    let plan = crates::plan(&models::model("tests/generate/toy"), "toy", runtime);
    let mut files = shapewright_rust::files(&plan);
    files.insert("surface.txt".to_owned(), Surface::of(&plan).to_string());
    files
}

#[test]
fn every_construct_is_generated_as_the_golden_crate_has_it() {
    let folder = models::root().join(GOLDEN);
    let files = toy();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let _ = fs::remove_dir_all(&folder);
        crates::write(&folder, &files);
    }
    let mut golden = BTreeMap::new();
    read(&folder, &folder, &mut golden);
    assert_eq!(
        golden.keys().collect::<Vec<_>>(),
        files.keys().collect::<Vec<_>>(),
        "the files of the crate"
    );
    for (path, text) in &files {
        assert_eq!(
            &golden[path], text,
            "{path} differs; see this test's first lines"
        );
    }
}

fn read(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("the golden crate") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(root, &path, found);
        } else {
            let name = path
                .strip_prefix(root)
                .expect("below the root")
                .to_str()
                .expect("UTF-8");
            found.insert(
                name.replace('\\', "/"),
                fs::read_to_string(&path).expect("a file"),
            );
        }
    }
}

#[test]
fn the_order_of_declaration_changes_no_name() {
    let path = models::root().join("tests/generate/toy/service-2.json");
    let mut json: serde_json::Value =
        serde_json::from_slice(&fs::read(path).expect("the model")).expect("JSON");
    // serde_json sorts the keys of an object, so that writing it again reorders all members.
    json["shapes"]["ThingType"]["enum"]
        .as_array_mut()
        .expect("values")
        .reverse();
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("service-2.json"), json.to_string()).expect("a file");
    let reordered = models::model(folder.path().to_str().expect("UTF-8"));
    let reordered = crates::generate(&reordered, "toy", Runtime::Version);
    let items = |files: &BTreeMap<String, String>| {
        let text = files.values().flat_map(|text| text.lines());
        let mut items: Vec<String> = text
            .filter(|line| line.trim_start().starts_with("pub "))
            .map(str::to_owned)
            .collect();
        items.sort();
        items
    };
    assert_eq!(items(&toy()), items(&reordered));
}

#[test]
fn every_revision_of_batch_generates_and_every_file_bears_the_header() {
    let mut count = 0;
    for revision in models::batch_revisions() {
        let folder = models::batch(&revision);
        let files = crates::generate(&models::model(&folder), "batch", Runtime::Version);
        for (path, text) in &files {
            assert!(
                shapewright_rust::is_generated(text.as_bytes()),
                "{folder}/{path}"
            );
        }
        count += 1;
    }
    assert!(count >= 56, "{count} revisions");
}

#[test]
fn an_operation_that_streams_events_is_told_to_have_types_alone() {
    let model = models::model("tests/generate/toy");
    let problems = shapewright_rust::unsupported(&model, |_| "toy".to_owned());
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "toy: warning[event-stream-transport] operations.PutThing.output: `PutThing` receives a stream \
             of events in `events`, whose transport is not supported"
        ]
    );
    let operation = &toy()["src/operations/put_thing.rs"];
    assert!(operation.contains("Receives a stream of events: data here, without transport."));
}
