//! Two model files of any size, from bytes to facts.
//!
//! `SHAPEWRIGHT_OLD=A.json SHAPEWRIGHT_NEW=B.json cargo bench -p shapewright-benches --bench pair`;
//! without the variables, AWS Batch's first and newest revision.

use std::path::PathBuf;

use divan::{Bencher, black_box};
use shapewright_benches::spec;
use shapewright_diff::compare;
use shapewright_model::Model;
use shapewright_model::c2j::FileKind;

type Files = Vec<(FileKind, Vec<u8>)>;

fn main() {
    divan::main();
}

fn files() -> [Files; 2] {
    let revisions = spec::revisions().expect("the spec folder can be read");
    let first = revisions.first().expect("a revision");
    let last = revisions.last().expect("a revision");
    [("SHAPEWRIGHT_OLD", first), ("SHAPEWRIGHT_NEW", last)].map(|(variable, default)| {
        let service = FileKind::Service;
        let default = default.join(service.file_name());
        let path = std::env::var_os(variable).map_or(default, PathBuf::from);
        let bytes = std::fs::read(&path);
        let bytes = bytes.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        vec![(service, bytes)]
    })
}

fn load(files: &Files) -> Model {
    spec::read(files).expect("the model has no problem")
}

#[divan::bench]
fn load_both(bencher: Bencher<'_, '_>) {
    let files = files();
    bencher.bench(|| black_box(&files).each_ref().map(load));
}

#[divan::bench]
fn compare_both(bencher: Bencher<'_, '_>) {
    let [old, new] = files().each_ref().map(load);
    bencher.bench(|| compare(black_box(&old), black_box(&new)));
}

#[divan::bench]
fn compare_one_with_itself(bencher: Bencher<'_, '_>) {
    let [_, new] = files().each_ref().map(load);
    bencher.bench(|| compare(black_box(&new), black_box(&new)));
}
