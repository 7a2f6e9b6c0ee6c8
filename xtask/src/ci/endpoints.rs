//! The program through which the peer tests follow endpoint rules: those of many services in one.
//!
//! It takes of each generated crate the file with the rules, and nothing else: so it builds quickly.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::{Ci, crates, wire};

/// The services, one a line.
const SERVICES: &str = "tests/peers/endpoints.txt";
/// The program's crate, and in it the imported models; the crates go beside these, to `models`.
const PROGRAM: &str = ".peers/endpoints";
const SPEC: &str = ".peers/endpoints/api-spec";

/// Generates the crates and builds the program; its path, if all went well.
pub(super) fn build(ci: &Ci, models: &str) -> Result<Option<PathBuf>> {
    let list = fs::read_to_string(ci.root.join(SERVICES)).context(SERVICES)?;
    let services: Vec<&str> = crates::names(&list).collect();
    if !wire::generate(ci, &[models], SPEC, &services)? {
        return Ok(None);
    }
    wire::build_program(ci, PROGRAM, DEPENDENCIES, &program(&services))
}

const DEPENDENCIES: &str = "\
shapewright-endpoints = { path = \"../../tests/peers/endpoints\" }
shapewright-runtime = { version = \"0.1\", features = [\"endpoint\"] }
";

fn program(services: &[&str]) -> String {
    let mut modules = String::new();
    let mut table = String::new();
    for (at, service) in services.iter().enumerate() {
        let folder = match wire::ours(service) {
            Some(folder) => format!("../../../{folder}"),
            None => format!("../models/{service}"),
        };
        let _ = writeln!(
            modules,
            "#[allow(dead_code)]\n#[path = \"{folder}/src/endpoint.rs\"]\nmod service_{at};"
        );
        let _ = writeln!(table, "        (\"{service}\", service_{at}::endpoint),");
    }
    format!(
        "//! The endpoint rules of many services, for the peer tests.\n\n{modules}\n\
         use shapewright_runtime as runtime;\n\nfn main() -> std::process::ExitCode {{\n    \
         shapewright_endpoints::run(&[\n{table}    ])\n}}\n"
    )
}
