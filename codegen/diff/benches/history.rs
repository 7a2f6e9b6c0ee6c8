//! AWS Batch's whole history: reading it, comparing each revision with the one before, and asking
//! since when everything exists.
//!
//! `cargo bench -p shapewright-diff`; the goal is less than 50 ms for reading and comparing.

use std::path::PathBuf;

use divan::{Bencher, black_box};
use shapewright_diff::{Comparison, compare, history::first_seen};
use shapewright_model::Model;
use shapewright_model::c2j::{FileKind, Prose, Source, read};

fn main() {
    divan::main();
}

/// A revision's name and its files.
type Revision = (String, Vec<(FileKind, Vec<u8>)>);

fn files() -> Vec<Revision> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../api-spec/batch");
    let entries = std::fs::read_dir(&folder).expect("api-spec/batch is there");
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| folder.join(name).is_dir())
        .collect();
    names.sort();
    let read = |name: &str| {
        let kinds = FileKind::ALL.into_iter();
        let bytes = |kind: FileKind| std::fs::read(folder.join(name).join(kind.file_name())).ok();
        kinds
            .filter_map(|kind| Some((kind, bytes(kind)?)))
            .collect()
    };
    names
        .into_iter()
        .map(|name| (name.clone(), read(&name)))
        .collect()
}

fn load(revisions: &[Revision]) -> Vec<Model> {
    let models = revisions.iter().map(|(_, files)| {
        let sources: Vec<Source<'_>> = files
            .iter()
            .map(|(kind, bytes)| Source {
                kind: *kind,
                name: kind.file_name(),
                bytes,
            })
            .collect();
        read(&sources, Prose::Skip)
            .expect("the model can be read")
            .model
    });
    models.collect()
}

fn transitions(models: &[Model]) -> Vec<Comparison> {
    let pairs = models.windows(2);
    pairs.map(|pair| compare(&pair[0], &pair[1])).collect()
}

#[divan::bench]
fn read_files_load_and_compare(bencher: Bencher<'_, '_>) {
    bencher.bench(|| transitions(&load(&files())));
}

#[divan::bench]
fn load_all(bencher: Bencher<'_, '_>) {
    let revisions = files();
    bencher.bench(|| load(black_box(&revisions)));
}

#[divan::bench]
fn compare_each_with_the_one_before(bencher: Bencher<'_, '_>) {
    let models = load(&files());
    bencher.bench(|| transitions(black_box(&models)));
}

#[divan::bench]
fn since_when_everything_exists(bencher: Bencher<'_, '_>) {
    let revisions = files();
    let models = load(&revisions);
    bencher.bench(|| {
        first_seen(
            revisions
                .iter()
                .map(|(name, _)| name.as_str())
                .zip(black_box(&models)),
        )
    });
}
