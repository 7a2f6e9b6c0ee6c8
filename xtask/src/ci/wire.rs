//! The programs through which the peer tests see generated types at work, one a service.
//!
//! They are a workspace of their own in `.peers`: most of its crates come from models that botocore
//! brings, and nothing of upstream's is kept in this repository.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::command::Line;
use super::{Ci, crates};

/// The services, one a line.
const SERVICES: &str = "tests/peers/services.txt";
/// The workspace, and in it the imported models; the crates go beside these, to `models`.
const WORKSPACE: &str = ".peers/services";
const SPEC: &str = ".peers/services/api-spec";
/// Where the programs of all peer tests are built: what they share is compiled, and stored, once.
const TARGET: &str = ".peers/target";
/// The crates of which this repository holds one.
const OURS: [(&str, &str); 2] = [("batch", "models/batch"), ("toy", "tests/golden/toy")];
/// An import wants a day for its release. No test depends on it.
const DAY: &str = "2000-01-01";

/// Generates the crates and builds the programs; their folder, if all went well.
pub(super) fn build(ci: &Ci, models: &str) -> Result<Option<PathBuf>> {
    let services = services(&ci.root)?;
    let names: Vec<&str> = services.iter().map(String::as_str).collect();
    if !generate(ci, &[models], SPEC, &names)? {
        return Ok(None);
    }
    let workspace = ci.root.join(WORKSPACE);
    write(&workspace.join("Cargo.toml"), &manifest(&services))?;
    // The same releases of the same crates as everywhere in the repository, so without network.
    let lock = fs::read_to_string(ci.root.join("Cargo.lock")).context("Cargo.lock")?;
    write(&workspace.join("Cargo.lock"), &lock)?;
    for service in &services {
        let folder = workspace.join(format!("wire-{service}"));
        write(&folder.join("Cargo.toml"), &package(service))?;
        let sources = ci.root.join(crate_folder(service)).join("src");
        write(&folder.join("src/main.rs"), &program(service, &sources)?)?;
    }
    build_in(ci, &workspace)
}

fn services(root: &Path) -> Result<Vec<String>> {
    let text = fs::read_to_string(root.join(SERVICES)).context(SERVICES)?;
    Ok(crates::names(&text).map(str::to_owned).collect())
}

/// Makes the crates as anyone would: by `import` into a folder, and `generate` beside it.
pub(super) fn generate(ci: &Ci, models: &[&str], spec: &str, services: &[&str]) -> Result<bool> {
    let folder = ci.root.join(spec);
    if folder.exists() {
        // Of another release it would hold revisions that the list does not ask for.
        fs::remove_dir_all(&folder).with_context(|| spec.to_owned())?;
    }
    let shapewright = |arguments: &[&str]| {
        Line::new("shapewright", &ci.shapewright, &ci.root)
            .arguments(&["--spec", spec])
            .arguments(arguments)
    };
    let mut import = shapewright(&["import", "--date", DAY]).arguments(models);
    for service in services.iter().filter(|service| ours(service).is_none()) {
        import = import.arguments(&["--service", service]);
    }
    Ok(import.run()? && shapewright(&["generate"]).run()?)
}

/// Builds a program in a folder below `.peers`, on these dependencies of its `Cargo.toml`, with the
/// runtime and the versions of this repository; its path, if all went well. The program has the folder's
/// name.
pub(super) fn build_program(
    ci: &Ci,
    folder: &str,
    dependencies: &str,
    source: &str,
) -> Result<Option<PathBuf>> {
    let folder = ci.root.join(folder);
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let manifest = format!(
        "\
[workspace]

[package]
name = \"{name}\"
version = \"0.0.0\"
edition = \"2024\"
publish = false

[profile.dev]
debug = false

[patch.crates-io]
shapewright-runtime = {{ path = \"../../models/runtime\" }}

[dependencies]
{dependencies}"
    );
    write(&folder.join("Cargo.toml"), &manifest)?;
    let lock = fs::read_to_string(ci.root.join("Cargo.lock")).context("Cargo.lock")?;
    write(&folder.join("Cargo.lock"), &lock)?;
    write(&folder.join("src/main.rs"), source)?;
    let program = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    Ok(build_in(ci, &folder)?.map(|programs| programs.join(program)))
}

/// Builds the workspace in a folder; the folder of its programs, if all went well.
fn build_in(ci: &Ci, folder: &Path) -> Result<Option<PathBuf>> {
    let target = ci.root.join(TARGET);
    let built = Line::cargo(folder, &["build", "--offline", "--quiet"])
        .arguments(&["--target-dir", &target.to_string_lossy()])
        .run()?;
    Ok(built.then(|| target.join("debug")))
}

/// The folder of a service's crate, if this repository holds it.
pub(super) fn ours(service: &str) -> Option<&'static str> {
    let found = OURS.iter().find(|(name, _)| *name == service);
    found.map(|(_, folder)| *folder)
}

/// The folder of a service's crate, from the root of the repository.
fn crate_folder(service: &str) -> String {
    ours(service).map_or_else(
        || format!("{WORKSPACE}/models/{service}"),
        ToOwned::to_owned,
    )
}

fn manifest(services: &[String]) -> String {
    let mut text = "[workspace]\nresolver = \"3\"\nmembers = [\n".to_owned();
    for service in services {
        let _ = writeln!(text, "    \"wire-{service}\",");
    }
    // No debug information: nobody steps through these, and it is half of their linking.
    text.push_str("]\n\n[profile.dev]\ndebug = false\n");
    // Of the crates in `models` each asks for the published runtime.
    text + "\n[patch.crates-io]\nshapewright-runtime = { path = \"../../models/runtime\" }\n"
}

fn package(service: &str) -> String {
    let name = shapewright_rust::package(service);
    let folder = crate_folder(service);
    format!(
        "[package]\nname = \"wire-{service}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         publish = false\n\n[dependencies]\n\
         api = {{ package = \"{name}\", path = \"../../../{folder}\" }}\n\
         shapewright-wire = {{ path = \"../../../tests/peers/wire\" }}\n"
    )
}

/// The program: two tables, which no hand keeps.
fn program(service: &str, sources: &Path) -> Result<String> {
    let types = exported(&sources.join("types/mod.rs"))?;
    let mut operations = exported(&sources.join("operations/mod.rs"))?;
    // An operation's error is exported beside it.
    operations.retain(|name| !name.ends_with("Error"));
    // What is deprecated is there all the same.
    let mut text =
        format!("//! The types of {service}, for the peer tests.\n#![allow(deprecated)]\n\n");
    for (table, entry, module, names) in [
        ("TYPES", "Type", "types", types),
        ("OPERATIONS", "Described", "operations", operations),
    ] {
        let _ = writeln!(text, "const {table}: &[shapewright_wire::{entry}] = &[");
        for name in names {
            let _ = writeln!(
                text,
                "    shapewright_wire::{entry}::of::<api::{module}::{name}>(\"{name}\"),"
            );
        }
        text.push_str("];\n\n");
    }
    Ok(
        text + "fn main() -> std::process::ExitCode {\n    shapewright_wire::run(TYPES, OPERATIONS)\n}\n"
    )
}

/// The names that a generated `mod.rs` exports, in its order.
pub(super) fn exported(file: &Path) -> Result<Vec<String>> {
    let source = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let items = source.split(';');
    let paths = items.filter_map(|item| item.trim().strip_prefix("pub use "));
    let names = paths.filter_map(|path| path.rsplit_once("::"));
    let names = names.flat_map(|(_, names)| names.trim_matches(['{', '}']).split(','));
    let names = names.map(|name| name.trim().to_owned());
    Ok(names.filter(|name| !name.is_empty()).collect())
}

/// Writes a file unless it is there already: cargo builds anew what is newer.
pub(super) fn write(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    let shown = || path.display().to_string();
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(shown)?;
    }
    fs::write(path, text).with_context(shown)
}
