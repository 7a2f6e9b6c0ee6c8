//! Crates from models.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use shapewright_model::Model;
use shapewright_rust::{Ledger, Options, Plan, Runtime};

use crate::models;

/// The files of a model's crate, as for a revision of which no history is known.
pub fn generate(model: &Model, service: &str, runtime: Runtime) -> BTreeMap<String, String> {
    shapewright_rust::files(&plan(model, service, runtime))
}

/// The plan of a model's crate, as for a revision of which no history is known.
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
        package: &shapewright_rust::package(service),
        version: "1.0.0+2020-02-02",
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

/// Checks a program, its `lib.rs` of this text, on the crate of a model. The folder is emptied of
/// the crate alone, so that a second run finds the dependencies built.
///
/// # Panics
/// If the files cannot be written or cargo does not run.
pub fn check(folder: &Path, model: &Model, service: &str, program: &str) -> Output {
    let of_crate = folder.join(service);
    let _ = fs::remove_dir_all(&of_crate);
    let runtime = models::root().join("models/runtime").display().to_string();
    write(&of_crate, &generate(model, service, Runtime::Path(runtime)));
    fs::create_dir_all(folder.join("src")).expect("a folder");
    fs::write(folder.join("src/lib.rs"), program).expect("a file");
    let manifest = format!(
        "[workspace]\n[package]\nname = \"program\"\nedition = \"2024\"\n\
         [dependencies]\nshapewright-{service}.path = \"{service}\"\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("a file");
    // The versions that are here already; cargo leaves out what is not needed.
    fs::copy(models::root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a file");
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--quiet", "--offline"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .expect("cargo runs")
}
