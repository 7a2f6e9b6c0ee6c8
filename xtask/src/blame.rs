//! `blame`: since when a thing exists, and every change to it since.

use std::process::ExitCode;

use anyhow::Result;
use rayon::prelude::*;
use shapewright_diff::Comparison;
use shapewright_model::Model;
use shapewright_model::c2j::Prose;
use shapewright_report::blame::{self, Life, Revision};

use crate::context::Context;
use crate::terminal;
use crate::things;

const EXAMPLES: &str = "\
Oldest first: the revision and the release that brought the thing, then a line for every later
change of it, by the names that `diff --format json` gives to facts. Of a member it tells also what
changed of its text, number, enum, list or map; of an operation it counts what changed of its
request and its response, which with `.input` or `.output` is told one by one. What went stays
known: `went`, and `came back`.

Examples:
  cargo xtask blame batch ContainerDetail.logStreamName    a member
  cargo xtask blame batch submit_job                       an operation
  cargo xtask blame batch SubmitJob.input                  all that changed of its request
  cargo xtask blame batch JobStatus.FAILED                 a value of an enum
  cargo xtask diff batch 2017-04-11 2017-08-14             all that a revision changed";

/// Tell since when an operation, a shape, a member or an enum value exists, and what changed of it.
#[derive(clap::Args)]
#[command(after_help = format!("{}\n\n{EXAMPLES}", things::NAMES))]
pub(crate) struct Arguments {
    /// The service.
    service: String,
    /// The thing.
    name: String,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<ExitCode> {
    let service = context.spec()?.service(&arguments.service)?;
    let history = &service.history;
    let models: Vec<Model> = (0..history.revisions.len())
        .into_par_iter()
        .map(|index| service.load(index, Prose::Skip))
        .collect::<Result<_>>()?;
    // What is gone is known by the last revision that had it.
    let meant = models
        .iter()
        .rev()
        .find_map(|model| things::find(model, &arguments.name));
    let Some(meant) = meant else {
        let newest = models.last().expect("a history has a revision");
        return Err(things::unknown(newest, &arguments.name, &service.name));
    };
    let comparisons: Vec<Comparison> = models
        .par_windows(2)
        .map(|pair| shapewright_diff::compare(&pair[0], &pair[1]))
        .collect();
    let events = shapewright_diff::blame(meant.thing, meant.side, &models, &comparisons);
    let revisions: Vec<Revision> = history
        .revisions
        .iter()
        .map(|revision| Revision {
            name: revision.name.clone(),
            release: format!("{} {}", history.upstream, revision.first().version),
        })
        .collect();
    let life = Life {
        title: models.last().map_or("", Model::title),
        thing: meant.thing,
        side: meant.side,
        revisions: &revisions,
        events: &events,
    };
    context.print(&blame::render(&life, &terminal::look()))?;
    Ok(ExitCode::SUCCESS)
}
