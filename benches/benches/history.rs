//! AWS Batch's whole history: reading it, comparing each revision with the one before, and asking
//! since when everything exists.
//!
//! `cargo bench -p shapewright-benches --bench history`; the goal is at most
//! 21.5 ms for reading and comparing, a hundredth of what awsapichanges takes.

use divan::{Bencher, black_box};
use shapewright_benches::spec;
use shapewright_diff::{Comparison, compare, history::first_seen};
use shapewright_model::c2j::{FileKind, Prose};
use shapewright_model::{Model, Series};

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

/// Each revision against the one before, as `log` and `generate` load them.
fn load(revisions: &[Revision]) -> Vec<Model> {
    let mut series = Series::new(Prose::Skip);
    let models = revisions.iter().map(|(_, files)| {
        let reading = series.read(&spec::sources(files));
        reading.expect("the model has no problem").model
    });
    models.collect()
}

fn load_alone(revisions: &[Revision]) -> Vec<Model> {
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
fn load_each_alone(bencher: Bencher<'_, '_>) {
    let revisions = files();
    bencher.bench(|| load_alone(black_box(&revisions)));
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
