//! Two model files of any size, from bytes to facts.
//!
//! `SHAPEWRIGHT_OLD=A.json SHAPEWRIGHT_NEW=B.json cargo bench -p shapewright-diff --bench pair`;
//! without the variables, AWS Batch's first and newest revision.

use std::path::PathBuf;

use divan::{Bencher, black_box};
use shapewright_diff::compare;
use shapewright_model::Model;
use shapewright_model::c2j::{FileKind, Prose, Source, read};

fn main() {
    divan::main();
}

fn files() -> [Vec<u8>; 2] {
    let batch = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../api-spec/batch");
    let entries = std::fs::read_dir(&batch).expect("api-spec/batch is there");
    let mut revisions: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path().join(FileKind::Service.file_name())))
        .filter(|path| path.is_file())
        .collect();
    revisions.sort();
    let [first, last] = [revisions.first(), revisions.last()].map(|one| one.expect("revisions"));
    [("SHAPEWRIGHT_OLD", first), ("SHAPEWRIGHT_NEW", last)].map(|(variable, default)| {
        let path = std::env::var_os(variable).map_or(default.clone(), PathBuf::from);
        std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    })
}

fn load(bytes: &[u8]) -> Model {
    let source = Source {
        kind: FileKind::Service,
        name: FileKind::Service.file_name(),
        bytes,
    };
    read(&[source], Prose::Skip)
        .expect("the model can be read")
        .model
}

#[divan::bench]
fn load_both(bencher: Bencher<'_, '_>) {
    let files = files();
    bencher.bench(|| files.each_ref().map(|bytes| load(black_box(bytes))));
}

#[divan::bench]
fn compare_both(bencher: Bencher<'_, '_>) {
    let [old, new] = files().map(|bytes| load(&bytes));
    bencher.bench(|| compare(black_box(&old), black_box(&new)));
}

#[divan::bench]
fn compare_one_with_itself(bencher: Bencher<'_, '_>) {
    let [_, new] = files().map(|bytes| load(&bytes));
    bencher.bench(|| compare(black_box(&new), black_box(&new)));
}
