//! AWS Batch's whole history: reading it, comparing each revision with the one before, and asking
//! since when everything exists.
//!
//! `cargo bench -p shapewright-benches --bench history`; the goal is less than 50 ms for reading and comparing.

use divan::{Bencher, black_box};
use shapewright_benches::spec;
use shapewright_diff::{Comparison, compare, history::first_seen};
use shapewright_model::Model;
use shapewright_model::c2j::FileKind;

fn main() {
    divan::main();
}

/// A revision's name and its files.
type Revision = (String, Vec<(FileKind, Vec<u8>)>);

fn files() -> Vec<Revision> {
    let folders = spec::revisions().expect("the spec folder can be read");
    let revisions = folders.iter().map(|folder| {
        let name = folder.file_name().unwrap_or_default();
        let files = spec::files(folder).expect("the revision can be read");
        (name.to_string_lossy().into_owned(), files)
    });
    revisions.collect()
}

fn load(revisions: &[Revision]) -> Vec<Model> {
    let models = revisions
        .iter()
        .map(|(_, files)| spec::read(files).expect("the model has no problem"));
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
