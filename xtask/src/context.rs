//! What every command is given: where the models are, and the way to the report's reader.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::spec::Spec;

/// The name of the folder that is looked for when `--spec` does not name one.
const DEFAULT_FOLDER: &str = "api-spec";

/// What the options before and after every command's own say.
pub(crate) struct Context {
    spec: Option<PathBuf>,
}

impl Context {
    pub(crate) fn new(spec: Option<PathBuf>) -> Self {
        Self { spec }
    }

    /// The imported models, which must be there.
    pub(crate) fn spec(&self) -> Result<Spec> {
        let folder = match &self.spec {
            Some(folder) => folder.clone(),
            None => search_upwards()?.with_context(|| {
                format!(
                    "no folder `{DEFAULT_FOLDER}` here or above; name one with --spec, \
                     or make one with `import`"
                )
            })?,
        };
        Spec::open(folder)
    }

    /// The folder of imported models, which need not be there.
    pub(crate) fn spec_folder(&self) -> PathBuf {
        let found = || search_upwards().ok().flatten();
        let folder = self.spec.clone().or_else(found);
        folder.unwrap_or_else(|| PathBuf::from(DEFAULT_FOLDER))
    }

    /// The imported models, or the folder in which there shall be some.
    pub(crate) fn spec_to_write(&self) -> Result<Spec> {
        let folder = match &self.spec {
            Some(folder) => folder.clone(),
            None => search_upwards()?.unwrap_or_else(|| PathBuf::from(DEFAULT_FOLDER)),
        };
        Spec::open_or_new(folder)
    }

    /// Writes a report to stdout. A reader who has seen enough, such as `head`, is no error.
    #[expect(
        clippy::unused_self,
        reason = "what a command prints goes through its context"
    )]
    pub(crate) fn print(&self, report: &str) -> Result<()> {
        let mut stdout = io::stdout().lock();
        match stdout
            .write_all(report.as_bytes())
            .and_then(|()| stdout.flush())
        {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written.context("cannot write the report to stdout"),
        }
    }
}

fn search_upwards() -> Result<Option<PathBuf>> {
    let here = std::env::current_dir().context("cannot tell the current folder")?;
    let found = here.ancestors().map(|folder| folder.join(DEFAULT_FOLDER));
    let found = found.into_iter().find(|folder| folder.is_dir());
    // Relative where it can be, so that messages name the folder as a user would.
    Ok(found.map(|folder| {
        folder
            .strip_prefix(&here)
            .map_or(folder.clone(), Path::to_path_buf)
    }))
}
