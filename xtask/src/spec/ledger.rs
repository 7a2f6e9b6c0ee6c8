//! `ledger.toml`: the names that a service's items were given, and where a `Box` was put.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};
use shapewright_rust::Ledger;

use super::ServiceSpec;
use crate::output::{self, Files, Mode};

/// The file's name in the folder of a service.
pub(crate) const FILE_NAME: &str = "ledger.toml";

const SCHEMA: u32 = 1;

const HEADER: &str = "\
# The Rust name of each operation, shape, member and value of this service as first given, and the
# members that are behind a `Box`. Written by `shapewright import` and `shapewright generate`, which
# only ever add to it: what stands here keeps its name in every later crate. Do not edit.

";

#[derive(Serialize, Deserialize)]
struct File<L> {
    schema: u32,
    #[serde(flatten)]
    ledger: L,
}

/// Names what the revisions of a service have and its ledger lacks.
pub(crate) fn update(service: &ServiceSpec) -> Result<()> {
    let known = load(&service.folder)?;
    let mut ledger = known.clone();
    for model in service.load_first(service.history.revisions.len())? {
        ledger.extend(&model);
    }
    if ledger != known {
        let files = Files::from([(FILE_NAME.to_owned(), to_toml(&ledger)?.into_bytes())]);
        output::add(&service.folder, &files, Mode::Write)?;
    }
    Ok(())
}

/// Reads the ledger of a service's folder; an empty one if there is none.
pub(crate) fn load(folder: &Path) -> Result<Ledger> {
    let path = folder.join(FILE_NAME);
    let text = match std::fs::read_to_string(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Ledger::default()),
        text => text.with_context(|| path.display().to_string())?,
    };
    parse(&text).with_context(|| {
        format!(
            "{} is not the ledger that Shapewright writes; restore it",
            path.display()
        )
    })
}

fn parse(text: &str) -> Result<Ledger> {
    let file: File<toml::Table> = toml::from_str(text)?;
    ensure!(
        file.schema == SCHEMA,
        "it has schema {}; this version of Shapewright knows {SCHEMA}",
        file.schema
    );
    let ledger: Ledger = file.ledger.try_into()?;
    let illegal = ledger.illegal_names();
    ensure!(
        illegal.is_empty(),
        "these are no identifiers of Rust: {}",
        illegal
            .iter()
            .map(|name| format!("`{}`", name.escape_debug()))
            .collect::<Vec<_>>()
            .join(", ")
    );
    Ok(ledger)
}

/// The text of a ledger's file.
pub(crate) fn to_toml(ledger: &Ledger) -> Result<String> {
    let file = File {
        schema: SCHEMA,
        ledger,
    };
    let body = toml::to_string(&file).context("cannot write the ledger as TOML")?;
    Ok(format!("{HEADER}{body}"))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_name_that_is_no_identifier_is_refused() {
        let ledger = |name: &str| format!("schema = 1\n[operations]\nRun = \"{name}\"\n");
        assert!(parse(&ledger("Run")).is_ok());
        for bad in [
            "Run; fn evil() {}",
            "1st",
            "",
            "_",
            "fn",
            "r#self",
            "r#r#x",
            "Rün",
        ] {
            let error = parse(&ledger(bad)).expect_err(bad);
            assert!(error.to_string().contains("no identifiers"), "{error}");
        }
    }

    #[test]
    fn a_ledger_of_a_later_version_is_refused() {
        assert!(parse("schema = 2\n").is_err());
        assert!(parse("schema = 1\nmore = 2\n").is_err());
    }
}
