//! The users' programs, as files.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, anyhow};
use shapewright_benches::{spec, twins};

use crate::sources;

/// A program, as files.
pub(crate) struct Program {
    /// What it stands on, for people.
    pub(crate) name: &'static str,
    /// The package with the API's types.
    pub(crate) model: &'static str,
    /// Whether the registry is needed.
    pub(crate) online: bool,
    files: BTreeMap<&'static str, String>,
}

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// What both ways to await a client's calls need: the least of Tokio.
const TOKIO: &str = "tokio = { version = \"1\", default-features = false, features = [\"rt\"] }\n";

/// All of them, in the order of the table.
pub(crate) fn all(with_sdk: bool) -> Result<Vec<Program>> {
    let mut programs = vec![
        generated(
            "`shapewright-batch`",
            "",
            "http = { version = \"1\", default-features = false, features = [\"std\"] }\n",
            sources::SANS_IO,
        ),
        generated("the same with `hyper`", "\"hyper\"", TOKIO, sources::HYPER),
        generated("the same with `ureq`", "\"ureq\"", "", sources::UREQ),
        derived()?,
    ];
    if with_sdk {
        programs.push(sdk(
            "`aws-sdk-batch` without HTTP and TLS",
            "default-features = false, features = [\"rt-tokio\"]",
        ));
        programs.push(sdk(
            "`aws-sdk-batch`, default features",
            "default-features = true",
        ));
    }
    Ok(programs)
}

fn manifest(dependencies: &str) -> String {
    format!(
        "[package]\nname = \"user\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\n{dependencies}"
    )
}

/// On the generated crate with these features.
fn generated(name: &'static str, features: &str, beside: &str, main: &str) -> Program {
    let path = format!("{ROOT}/models/batch");
    let manifest = manifest(&format!(
        "shapewright-batch = {{ path = {path:?}, features = [{features}] }}\n{beside}"
    ));
    Program {
        name,
        model: "shapewright-batch",
        online: false,
        files: locked([("Cargo.toml", manifest), ("src/main.rs", main.to_owned())]),
    }
}

/// On twins of all structures of the newest revision: types and serde alone, without builders,
/// getters, enums, operations, validation and documentation.
fn derived() -> Result<Program> {
    let revision = spec::newest()?;
    let model = spec::load(&revision).map_err(|error| anyhow!("{error}"))?;
    let all = model.operations.iter().flat_map(|operation| {
        let parts = operation.input.iter().chain(&operation.output);
        parts.chain(&operation.errors).map(|part| part.target)
    });
    let twins = twins::source(&model, all, twins::Texts::Owned);
    let manifest = manifest("twins = { path = \"twins\" }\nserde_json = \"1\"\n");
    let library = "[package]\nname = \"twins\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                   [dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\n";
    Ok(Program {
        name: "derived twins",
        model: "twins",
        online: false,
        files: locked([
            ("Cargo.toml", manifest),
            ("src/main.rs", sources::TWINS.to_owned()),
            ("twins/Cargo.toml", library.to_owned()),
            ("twins/src/lib.rs", twins),
        ]),
    })
}

/// On AWS's SDK.
fn sdk(name: &'static str, features: &str) -> Program {
    let manifest = manifest(&format!(
        "aws-sdk-batch = {{ version = \"1\", {features} }}\n{TOKIO}"
    ));
    Program {
        name,
        model: "aws-sdk-batch",
        online: true,
        files: BTreeMap::from([
            ("Cargo.toml", manifest),
            ("src/main.rs", sources::SDK.to_owned()),
        ]),
    }
}

/// With this repository's lock file, so that the same versions are built, and offline.
fn locked<const N: usize>(files: [(&'static str, String); N]) -> BTreeMap<&'static str, String> {
    let mut files = BTreeMap::from(files);
    if let Ok(lock) = std::fs::read_to_string(format!("{ROOT}/Cargo.lock")) {
        files.insert("Cargo.lock", lock);
    }
    files
}

impl Program {
    /// Writes the files to an empty folder.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        for (path, text) in &self.files {
            let path = folder.join(path);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(path, text)?;
        }
        Ok(())
    }
}
