//! `log`: the revisions of a service, newest first.

use std::process::ExitCode;

use anyhow::{Result, ensure};
use rayon::prelude::*;
use shapewright_report::log::{self, Content, Line};

use crate::context::Context;
use crate::spec::ServiceSpec;
use crate::terminal;

const EXAMPLES: &str = "\
Each line has the revision's day, the upstream release that brought it, and what it changed:
+ for what was added, ~ for what differs, - for what is gone.

Examples:
  cargo xtask log                one service's revisions, or those of all that were imported
  cargo xtask log batch          those of AWS Batch
  cargo xtask log batch | head   the newest ones
  cargo xtask diff batch 2017-08-13 2017-08-14
                                 what a line of the log stands for";

/// List the revisions of a service, newest first.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The service; without it, every service that was imported.
    service: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<ExitCode> {
    let spec = context.spec()?;
    let names = match &arguments.service {
        Some(name) => vec![name.clone()],
        None => spec.services()?,
    };
    ensure!(
        !names.is_empty(),
        "{} holds no service; `import` one",
        spec.root().display()
    );
    let look = terminal::look();
    let mut blocks = Vec::new();
    for name in &names {
        let service = spec.service(name)?;
        let heading = (names.len() > 1).then_some(name.as_str());
        blocks.push(log::render(heading, &lines(&service)?, &look));
    }
    context.print(&blocks.join("\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// The lines, newest first.
fn lines(service: &ServiceSpec) -> Result<Vec<Line>> {
    let revisions = &service.history.revisions;
    let models = service.load_first(revisions.len())?;
    let content = |index: usize| {
        if let Some(before) = index.checked_sub(1) {
            let comparison = shapewright_diff::compare(&models[before], &models[index]);
            return Content::Changes(comparison.counts);
        }
        let (operations, shapes, members) = models[index].counts();
        Content::First {
            operations,
            shapes,
            members,
        }
    };
    let lines = (0..revisions.len()).into_par_iter().rev();
    Ok(lines
        .map(|index| Line {
            revision: revisions[index].name.clone(),
            release: format!(
                "{} {}",
                service.history.upstream,
                revisions[index].first().version
            ),
            content: content(index),
        })
        .collect())
}
