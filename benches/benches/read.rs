//! Reading models, beside serde_json's own reading of the same bytes, on one thread.
//!
//! `cargo bench -p shapewright-benches --bench read` reads every `service-2.json` of `api-spec`;
//! `SHAPEWRIGHT_MODELS=DIR` names another folder, such as one with all models of a release. Compare
//! the totals of one run; the goal is to take no longer than the untyped tree does.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use shapewright_model::Model;
use shapewright_model::c2j::{FileKind, Prose, Source, read};

fn main() {
    divan::main();
}

static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let default = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../api-spec");
    let folder = std::env::var_os("SHAPEWRIGHT_MODELS").map_or(default, PathBuf::from);
    let mut files = Vec::new();
    collect(&folder, &mut files);
    assert!(
        !files.is_empty(),
        "{} has no service-2.json",
        folder.display()
    );
    files
});

fn collect(folder: &Path, files: &mut Vec<Vec<u8>>) {
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, files);
        } else if path
            .file_name()
            .is_some_and(|name| name == FileKind::Service.file_name())
        {
            files.push(std::fs::read(&path).expect("the file can be read"));
        }
    }
}

fn total() -> BytesCount {
    BytesCount::new(FILES.iter().map(Vec::len).sum::<usize>())
}

fn model(bytes: &[u8], prose: Prose) -> Model {
    let source = Source {
        kind: FileKind::Service,
        name: FileKind::Service.file_name(),
        bytes,
    };
    let reading = read(&[source], prose).expect("the model can be read");
    reading.model
}

fn each<T>(bencher: Bencher<'_, '_>, read: impl Fn(&[u8]) -> T + Sync) {
    bencher.counter(total()).bench(|| {
        for bytes in FILES.iter() {
            // Dropped right away, as one does who goes through many models.
            black_box(read(black_box(bytes)));
        }
    });
}

#[divan::bench]
fn any_json(bencher: Bencher<'_, '_>) {
    each(bencher, |bytes| {
        serde_json::from_slice::<serde_json::Value>(bytes).expect("the file is JSON")
    });
}

#[divan::bench]
fn model_of_facts(bencher: Bencher<'_, '_>) {
    each(bencher, |bytes| model(bytes, Prose::Skip));
}

#[divan::bench]
fn model_with_documentation(bencher: Bencher<'_, '_>) {
    each(bencher, |bytes| model(bytes, Prose::Keep));
}
