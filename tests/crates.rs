//! Crates from models.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use shapewright_model::Model;
use shapewright_rust::{Ledger, Options, Plan, Runtime};

/// The files of a model's crate, as for a revision of which no history is known.
pub fn generate(model: &Model, service: &str, runtime: Runtime) -> BTreeMap<String, String> {
    shapewright_rust::files(&plan(model, service, runtime))
}

/// The plan of that crate.
pub fn plan(model: &Model, service: &str, runtime: Runtime) -> Plan {
    let since = BTreeMap::from([
        (
            "shapes.Thing.members.old".to_owned(),
            "2020-02-02".to_owned(),
        ),
        (
            "operations.Ping.deprecated".to_owned(),
            "2022-02-02".to_owned(),
        ),
    ]);
    let options = Options {
        service,
        revision: "2020-02-02",
        upstream: "botocore 1.0.0",
        since: &since,
        ledger: &Ledger::default(),
        runtime,
    };
    shapewright_rust::plan(model, &options)
}

/// Writes a crate's files.
///
/// # Panics
/// If that is not possible.
pub fn write(folder: &Path, files: &BTreeMap<String, String>) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }
}
