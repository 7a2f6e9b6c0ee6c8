//! `import`: upstream releases in, revisions in the spec folder out.

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::context::Context;

/// Import upstream models into the spec folder.
#[derive(clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments, _: &Context) -> Result<ExitCode> {
    bail!("not built yet")
}
