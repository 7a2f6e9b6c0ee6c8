//! `generate --all-revisions`: every revision of a service as a crate of one workspace.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;
use shapewright_model::c2j::Prose;
use shapewright_rust::{HEADER, Runtime};

use super::crates::{Crates, Make};
use crate::output::Files;
use crate::spec::ServiceSpec;

/// The files of the workspace: a folder each revision, named like it.
///
/// Cargo takes no two packages of one name into a workspace, so that the name of each ends with its
/// revision.
pub(super) fn files(
    service: &ServiceSpec,
    crates: &Crates<'_>,
    runtime: &Runtime,
) -> Result<Files> {
    let mut files = Files::new();
    let mut members = String::new();
    for (index, revision) in service.history.revisions.iter().enumerate() {
        let package = package(&service.name, &revision.name);
        let make = Make {
            package: &package,
            runtime: below(runtime),
            prose: Prose::Skip,
        };
        let (of_crate, _) = crates.files(index, &make)?;
        let named = of_crate.into_iter();
        files.extend(named.map(|(path, text)| (format!("{}/{path}", revision.name), text)));
        let _ = writeln!(members, "    \"{}\",", revision.name);
    }
    let manifest =
        format!("# {HEADER}\n\n[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n");
    files.insert("Cargo.toml".to_owned(), manifest.into_bytes());
    Ok(files)
}

/// The name of a revision's package.
pub(super) fn package(service: &str, revision: &str) -> String {
    let revision = revision.replace('.', "-");
    format!("{}-{revision}", shapewright_rust::package(service))
}

/// Where a crate finds the runtime that its workspace finds there.
fn below(runtime: &Runtime) -> Runtime {
    match runtime {
        Runtime::Path(path) if Path::new(path).is_relative() => Runtime::Path(format!("../{path}")),
        other => other.clone(),
    }
}
