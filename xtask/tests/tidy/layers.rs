//! Data flows one way: which crate may use which, and which may touch the world.

use std::fs;

use crate::{File, files, none, root};

/// The libraries and what each may depend on of ours, but for its tests.
const LAYERS: [(&str, &[&str]); 4] = [
    ("codegen/model", &[]),
    // It follows endpoint rules as clients do.
    (
        "codegen/diff",
        &["shapewright-model", "shapewright-runtime"],
    ),
    ("codegen/rust", &["shapewright-model"]),
    ("codegen/report", &["shapewright-diff", "shapewright-model"]),
];

#[test]
fn the_layers_depend_on_what_is_below_alone() {
    let mut breaches = Vec::new();
    for (folder, allowed) in LAYERS {
        for name in dependencies(folder) {
            if name.starts_with("shapewright") && !allowed.contains(&name.as_str()) {
                breaches.push(format!("{folder} depends on {name}"));
            }
        }
    }
    none(&breaches, "the layers are as ARCHITECTURE.md draws them");
}

#[test]
fn every_layer_is_listed() {
    let folders = fs::read_dir(root().join("codegen")).expect("the libraries");
    let mut folders: Vec<String> = folders
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| format!("codegen/{}", name.to_string_lossy()))
        .collect();
    folders.sort();
    let mut listed = LAYERS.map(|(folder, _)| folder.to_owned());
    listed.sort();
    assert_eq!(folders, listed);
}

/// The same input gives the same output, and only `xtask` reads or writes.
#[test]
fn the_libraries_do_not_touch_the_world() {
    const WORLD: [&str; 10] = [
        "std::fs",
        "std::net",
        "std::process",
        "std::env",
        "std::thread",
        "std::io::stdin",
        "SystemTime",
        "Instant::now",
        "println!(",
        "eprintln!(",
    ];
    let mut breaches = Vec::new();
    for (folder, _) in LAYERS {
        for file in sources(folder) {
            breaches.extend(WORLD.iter().flat_map(|name| file.places_of(name)));
        }
    }
    none(&breaches, "the libraries do no input or output");
}

/// The JSON structs of a dialect never leave that dialect's module.
#[test]
fn only_the_model_reads_models() {
    let mut breaches = Vec::new();
    for folder in ["codegen/diff", "codegen/rust", "codegen/report"] {
        for file in sources(folder) {
            breaches.extend(file.places_of("serde_json::from_"));
        }
    }
    none(&breaches, "bytes become a model in codegen/model alone");
}

/// A library's files without their tests, which stand last or in a folder of their own.
fn sources(folder: &str) -> Vec<File> {
    let mut files = files(&format!("{folder}/src"));
    files.retain(|file| !file.path.contains("/tests/"));
    for file in &mut files {
        let tests = file.text.find("#[cfg(test)]");
        file.text.truncate(tests.unwrap_or(file.text.len()));
    }
    files
}

/// The names under `[dependencies]` of a crate's manifest.
fn dependencies(folder: &str) -> Vec<String> {
    let manifest = root().join(folder).join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let manifest: toml::Table = text.parse().expect("a manifest is TOML");
    let table = manifest.get("dependencies").and_then(toml::Value::as_table);
    table
        .into_iter()
        .flat_map(|table| table.keys().cloned())
        .collect()
}
