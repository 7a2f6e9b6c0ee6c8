//! The program through which the peer tests run botocore's protocol tests: the crates of all
//! protocols that have a codec, in one.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::{Ci, wire};

/// What makes services of the tests: one a protocol, written to a folder.
const MODELS: &str = "tests/peers/protocols.py";
const SOURCE: &str = ".peers/protocols/source";
/// The program's crate, and in it the imported models; the crates go beside these, to `models`.
const PROGRAM: &str = ".peers/protocols";
const SPEC: &str = ".peers/protocols/api-spec";

/// An import wants a release of its models. No test depends on it.
const RELEASE: &str = "1.0.0";

/// Generates the crates and builds the program; its path, if all went well.
pub(super) fn build(ci: &Ci, python: &Path) -> Result<Option<PathBuf>> {
    let services = services(ci, python)?;
    let names: Vec<&str> = services.lines().collect();
    if !wire::generate(ci, &[SOURCE, "--release", RELEASE], SPEC, &names)? {
        return Ok(None);
    }
    let folder = ci.root.join(PROGRAM);
    let source = program(&folder, &names)?;
    wire::build_program(ci, PROGRAM, &dependencies(&names), &source)
}

/// Writes the services; their names, one a line.
fn services(ci: &Ci, python: &Path) -> Result<String> {
    let made = Command::new(python)
        .args([MODELS, SOURCE])
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(&ci.root)
        .output()
        .with_context(|| python.display().to_string())?;
    if !made.status.success() {
        bail!("{MODELS}: {}", String::from_utf8_lossy(&made.stderr));
    }
    String::from_utf8(made.stdout).context(MODELS)
}

fn dependencies(services: &[&str]) -> String {
    let mut text =
        "shapewright-protocols = { path = \"../../tests/peers/protocols\" }\n".to_owned();
    for (at, service) in services.iter().enumerate() {
        let package = shapewright_rust::package(service);
        let _ = writeln!(
            text,
            "service_{at} = {{ package = \"{package}\", path = \"models/{service}\" }}"
        );
    }
    text
}

/// The program: a table of all operations, which no hand keeps.
fn program(folder: &Path, services: &[&str]) -> Result<String> {
    let mut table = String::new();
    for (at, service) in services.iter().enumerate() {
        let sources = folder.join("models").join(service).join("src/operations");
        let exported = wire::exported(&sources.join("mod.rs"))?;
        let errors = errors(&sources)?;
        for operation in exported {
            // An operation's error is exported beside it.
            let Some(variants) = errors.get(&format!("{operation}Error")) else {
                continue;
            };
            let _ = writeln!(
                table,
                "        shapewright_protocols::operation!(\"{service}\", \
                 service_{at}::operations::{operation}, \
                 service_{at}::operations::{operation}Error, [{}]),",
                variants.join(", ")
            );
        }
    }
    Ok(format!(
        "//! The operations of botocore's protocol tests.\n#![allow(deprecated)]\n\n\
         fn main() -> std::process::ExitCode {{\n    \
         shapewright_protocols::run(&[\n{table}    ])\n}}\n"
    ))
}

/// The enums of errors in a folder of generated operations: the names of what each may be.
fn errors(sources: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let mut errors = BTreeMap::new();
    for entry in fs::read_dir(sources).with_context(|| sources.display().to_string())? {
        let source = fs::read_to_string(entry?.path())?;
        let Some((_, item)) = source.split_once("\npub enum ") else {
            continue;
        };
        let mut lines = item.lines();
        let name = lines.next().unwrap_or_default().trim_end_matches(" {");
        let variants = lines.take_while(|line| *line != "}").map(str::trim);
        let variants = variants.filter(|line| !line.starts_with("///"));
        let variants = variants.filter_map(|line| line.split_once("(types::"));
        let variants = variants.map(|(variant, _)| variant.to_owned()).collect();
        errors.insert(name.to_owned(), variants);
    }
    Ok(errors)
}
