//! The imported models of Batch, as the benchmarks and the build script find them.

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};

use shapewright_model::Model;
use shapewright_model::c2j::{self, FileKind, Prose, Source};

/// The folder of Batch's revisions, above whichever package of benchmarks this is built for.
pub fn folder() -> PathBuf {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let mut folders = above.map(|folder| folder.join("api-spec/batch"));
    folders.find(|folder| folder.is_dir()).unwrap_or_default()
}

/// The folders of the revisions, oldest first: a revision bears the name of its day.
///
/// # Errors
/// If the spec folder cannot be read.
pub fn revisions() -> io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in folder().read_dir()? {
        let path = entry?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

/// The folder of the newest revision.
///
/// # Errors
/// If there is none.
pub fn newest() -> io::Result<PathBuf> {
    revisions()?
        .pop()
        .ok_or_else(|| io::Error::other("the spec folder holds no revision of Batch"))
}

/// A revision's files.
///
/// # Errors
/// If one cannot be read.
pub fn files(revision: &Path) -> io::Result<Vec<(FileKind, Vec<u8>)>> {
    let mut files = Vec::new();
    for kind in FileKind::ALL {
        let path = revision.join(kind.file_name());
        if path.exists() {
            files.push((kind, std::fs::read(path)?));
        }
    }
    Ok(files)
}

/// Files as the readers take them.
pub fn sources(files: &[(FileKind, Vec<u8>)]) -> Vec<Source<'_>> {
    let files = files.iter();
    files
        .map(|(kind, bytes)| Source {
            kind: *kind,
            name: kind.file_name(),
            bytes,
        })
        .collect()
}

/// The model that files describe.
///
/// # Errors
/// If the model has problems.
pub fn read(files: &[(FileKind, Vec<u8>)]) -> Result<Model, Box<dyn Error>> {
    match c2j::read(&sources(files), Prose::Skip) {
        Ok(reading) => Ok(reading.model),
        Err(problems) => Err(format!("{problems:?}").into()),
    }
}

/// A revision's model.
///
/// # Errors
/// If a file cannot be read, or the model has problems.
pub fn load(revision: &Path) -> Result<Model, Box<dyn Error>> {
    read(&files(revision)?)
}
