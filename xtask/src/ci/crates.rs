//! The step that compiles the crates of many services, with a warning being a failure.

use std::fs;

use anyhow::{Context as _, Result};

use super::command::Line;
use super::{Ci, peers};

/// The services, one a line.
const SERVICES: &str = "tests/peers/compiled.txt";
/// Where the crates go; git ignores it.
const CRATES: &str = ".peers/crates";

pub(super) fn run(ci: &Ci) -> Result<bool> {
    let python = peers::python_with_peers(ci)?;
    let models = peers::models(&python)?;
    let list = fs::read_to_string(ci.root.join(SERVICES)).context(SERVICES)?;
    let mut line = Line::new("shapewright", &ci.shapewright, &ci.root).arguments(&[
        "survey",
        &models,
        "--newest",
        "--generate",
        CRATES,
        "--compile",
    ]);
    for service in names(&list) {
        line = line.arguments(&["--service", service]);
    }
    line.run()
}

/// The names in a list of one a line.
pub(super) fn names(list: &str) -> impl Iterator<Item = &str> {
    let lines = list.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}
