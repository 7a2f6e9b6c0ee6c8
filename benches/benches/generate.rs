//! Reading models and turning one into a crate, without the files being read or written.

use std::collections::BTreeMap;

use divan::Bencher;
use shapewright_benches::spec;
use shapewright_diff::history::first_seen;
use shapewright_model::Model;
use shapewright_model::c2j::FileKind;
use shapewright_rust::surface::{Surface, compare};
use shapewright_rust::{Ledger, Options, Runtime};

type Files = Vec<(FileKind, Vec<u8>)>;

fn main() {
    divan::main();
}

/// The newest revision, from bytes to a model.
#[divan::bench]
fn read_newest(bencher: Bencher<'_, '_>) {
    let files = newest();
    bencher
        .counter(divan::counter::BytesCount::new(size(&files)))
        .bench(|| read(divan::black_box(&files)));
}

/// Every revision, from bytes to a model, one after the other.
#[divan::bench]
fn read_history(bencher: Bencher<'_, '_>) {
    let history = history();
    bencher
        .counter(divan::counter::BytesCount::new(
            history.iter().map(|(_, files)| size(files)).sum::<usize>(),
        ))
        .bench(|| models(divan::black_box(&history)));
}

/// In which revision each thing came to be.
#[divan::bench]
fn first_seen_in_history(bencher: Bencher<'_, '_>) {
    let history = history();
    let models = models(&history);
    bencher.bench(|| {
        first_seen(
            divan::black_box(&models)
                .iter()
                .map(|(name, model)| (*name, model)),
        )
    });
}

/// The names of every revision, from models to a ledger.
#[divan::bench]
fn ledger_of_history(bencher: Bencher<'_, '_>) {
    let history = history();
    let models = models(&history);
    bencher.bench(|| {
        let mut ledger = Ledger::default();
        ledger.replay(divan::black_box(&models).iter().map(|(_, model)| model));
        ledger
    });
}

/// The newest revision, from a model to a plan.
#[divan::bench]
fn plan(bencher: Bencher<'_, '_>) {
    let model = read(&newest());
    let since = since();
    let ledger = ledger();
    bencher.bench(|| shapewright_rust::plan(divan::black_box(&model), &options(&since, &ledger)));
}

/// The surfaces of the two newest revisions, from models to what the upgrade costs.
#[divan::bench]
fn compare_surfaces(bencher: Bencher<'_, '_>) {
    let history = history();
    let models = models(&history);
    let ledger = ledger();
    let surface = |(name, model): &(&str, Model)| Surface::of_model(model, name, &ledger);
    bencher.bench(|| {
        let [.., old, new] = divan::black_box(models.as_slice()) else {
            unreachable!("there are two revisions")
        };
        compare(&surface(old), &surface(new))
    });
}

/// The newest revision, from a plan to the text of its files.
#[divan::bench]
fn emit(bencher: Bencher<'_, '_>) {
    let model = read(&newest());
    let since = since();
    let plan = shapewright_rust::plan(&model, &options(&since, &ledger()));
    bencher.bench(|| shapewright_rust::files(divan::black_box(&plan)));
}

/// All that `generate` does between reading and writing files.
#[divan::bench]
fn whole(bencher: Bencher<'_, '_>) {
    let history = history();
    bencher.bench(|| {
        let models = models(divan::black_box(&history));
        let since = first_seen(models.iter().map(|(name, model)| (*name, model)));
        let mut ledger = Ledger::default();
        ledger.replay(models.iter().map(|(_, model)| model));
        let (_, newest) = models.last().expect("there is a revision");
        shapewright_rust::files(&shapewright_rust::plan(newest, &options(&since, &ledger)))
    });
}

fn newest() -> Files {
    let folder = spec::newest().expect("the spec folder holds Batch");
    spec::files(&folder).expect("the files can be read")
}

fn history() -> Vec<(String, Files)> {
    let revisions = spec::revisions().expect("the spec folder holds Batch");
    let named = revisions.iter().map(|folder| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let files = spec::files(folder).expect("the files can be read");
        (name.into_owned(), files)
    });
    named.collect()
}

fn models(history: &[(String, Files)]) -> Vec<(&str, Model)> {
    let models = history
        .iter()
        .map(|(name, files)| (name.as_str(), read(files)));
    models.collect()
}

fn since() -> BTreeMap<String, String> {
    let history = history();
    first_seen(models(&history).iter().map(|(name, model)| (*name, model)))
}

fn read(files: &Files) -> Model {
    spec::read(files).expect("the model has no problem")
}

fn size(files: &Files) -> usize {
    files.iter().map(|(_, bytes)| bytes.len()).sum()
}

fn ledger() -> Ledger {
    let history = history();
    let mut ledger = Ledger::default();
    ledger.replay(models(&history).iter().map(|(_, model)| model));
    ledger
}

fn options<'a>(since: &'a BTreeMap<String, String>, ledger: &'a Ledger) -> Options<'a> {
    Options {
        package: "shapewright-batch",
        version: "1.0.0",
        revision: "newest",
        upstream: "upstream",
        since,
        ledger,
        runtime: Runtime::Version,
    }
}
