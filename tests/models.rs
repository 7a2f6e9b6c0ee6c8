//! Models from folders.

use std::fs;
use std::path::{Path, PathBuf};

use shapewright_model::Model;
use shapewright_model::c2j::{self, FileKind, Prose, Source};

/// The root of the workspace.
///
/// # Panics
/// If this package does not lie in it.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace")
        .to_path_buf()
}

/// The model whose files are in a folder, given from the root of the workspace.
///
/// # Panics
/// If there is none, or it has problems.
pub fn model(folder: &str) -> Model {
    let folder = root().join(folder);
    let files: Vec<(FileKind, Vec<u8>)> = FileKind::ALL
        .into_iter()
        .filter_map(|kind| Some((kind, fs::read(folder.join(kind.file_name())).ok()?)))
        .collect();
    let sources: Vec<Source<'_>> = files
        .iter()
        .map(|(kind, bytes)| Source {
            kind: *kind,
            name: kind.file_name(),
            bytes,
        })
        .collect();
    c2j::read(&sources, Prose::Skip)
        .expect("a model without problems")
        .model
}

/// The model of a `service-2.json` of this text.
///
/// # Panics
/// If it has problems.
pub fn from_text(text: &str) -> Model {
    let source = Source {
        kind: FileKind::Service,
        name: "service-2.json",
        bytes: text.as_bytes(),
    };
    let reading = c2j::read(&[source], Prose::Skip);
    reading.expect("a model without problems").model
}

/// The names of AWS Batch's revisions, oldest first.
///
/// # Panics
/// If their folder cannot be read.
pub fn batch_revisions() -> Vec<String> {
    let entries = fs::read_dir(root().join("api-spec/batch")).expect("revisions");
    let folders = entries.map(|entry| entry.expect("an entry").path());
    let folders = folders.filter(|path| path.is_dir());
    let mut names: Vec<String> = folders
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
}

/// The folder of a revision of AWS Batch.
pub fn batch(revision: &str) -> String {
    format!("api-spec/batch/{revision}")
}

/// The folder of the newest imported revision of AWS Batch.
///
/// # Panics
/// If there is none.
pub fn newest_batch() -> String {
    batch(batch_revisions().last().expect("a revision"))
}
