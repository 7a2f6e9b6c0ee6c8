//! `show`: what an operation, a shape, a member or a value of an enum is.

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::{Result, bail};
use rayon::prelude::*;
use shapewright_diff::history::first_seen;
use shapewright_model::c2j::Prose;
use shapewright_model::{Direction, Model, Thing};
use shapewright_report::compared::Side;
use shapewright_report::show::{self, Shown, Term, Usage};
use shapewright_rust::{Options, Runtime};

use crate::context::Context;
use crate::spec::{Record, ServiceSpec};
use crate::things::{self, Meant};
use crate::{diff, terminal};

const EXAMPLES: &str = "\
Of an operation it shows the request as it travels and as a program builds it, all parameters, the
response as it travels and as types, its structure, and the errors. Names and types are those of the
crate that `generate` writes. Documentation is shown where `import --keep-docs` kept it.

Examples:
  cargo xtask show batch DescribeJobs                           an operation, newest revision
  cargo xtask show batch describe_jobs --revision 2017-08-14    as it was on a day
  cargo xtask show batch JobDetail                              a shape
  cargo xtask show batch JobDetail.status                       a member
  cargo xtask show batch JobStatus.FAILED                       a value of an enum
  cargo xtask show batch SubmitJob.input                        what an operation sends
  cargo xtask blame batch JobDetail.status                      since when a thing exists";

/// Show an operation or a shape: its syntax on the wire and in Rust, its members, its errors.
#[derive(clap::Args)]
#[command(after_help = format!("{}\n\n{EXAMPLES}", things::NAMES))]
pub(crate) struct Arguments {
    /// The service.
    service: String,
    /// The thing.
    name: String,
    /// A revision's day or an upstream release; the newest without it.
    #[arg(long, value_name = "REVISION")]
    revision: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<ExitCode> {
    let service = context.spec()?.service(&arguments.service)?;
    let revisions = &service.history.revisions;
    let index = match &arguments.revision {
        Some(text) => service.resolve(text)?,
        None => revisions.len() - 1,
    };
    let models = (0..=index)
        .into_par_iter()
        .map(|at| service.load(at, Prose::Skip))
        .collect::<Result<Vec<Model>>>()?;
    let documented = service
        .keeps_docs(index)
        .then(|| service.load(index, Prose::Keep))
        .transpose()?;
    let model = documented.as_ref().unwrap_or(&models[index]);
    let place = format!("{} {}", service.name, revisions[index].name);
    let thing = thing(model, things::get(model, &arguments.name, &place)?)?;
    context.print(&page(&service, index, &models, model, thing)?)?;
    Ok(ExitCode::SUCCESS)
}

/// The thing itself: the side of an operation is a shape.
fn thing<'m>(model: &'m Model, meant: Meant<'m>) -> Result<Thing<'m>> {
    let (Thing::Operation(key), Some(side)) = (meant.thing, meant.side) else {
        return Ok(meant.thing);
    };
    let operation = model.operation(key);
    let reference = operation.and_then(|operation| match side {
        Direction::Send => operation.input.as_ref(),
        Direction::Receive => operation.output.as_ref(),
    });
    let verb = match side {
        Direction::Send => "sends",
        Direction::Receive => "receives",
    };
    match reference {
        Some(reference) => Ok(Thing::Shape(&model.shape(reference.target).name)),
        None => bail!("`{}` {verb} nothing", key.escape_debug()),
    }
}

/// The page. `models` are the revisions up to the one that is shown.
fn page(
    service: &ServiceSpec,
    index: usize,
    models: &[Model],
    model: &Model,
    thing: Thing<'_>,
) -> Result<String> {
    let revisions = &service.history.revisions;
    let since = first_seen(revisions.iter().map(|one| one.name.as_str()).zip(models));
    let mut record = Record::load(&service.folder)?;
    record.name(models);
    let release = revisions[index].first();
    let options = Options {
        package: &shapewright_rust::package(&service.name),
        version: "",
        revision: &revisions[index].name,
        upstream: &format!("{} {}", service.history.upstream, release.version),
        since: &since,
        ledger: &record.names,
        runtime: Runtime::Version,
    };
    let terms: BTreeMap<String, Term> = shapewright_rust::terms(model, &options)
        .into_iter()
        .map(|(path, term)| (path, self::term(term)))
        .collect();
    let named = terms.get(&thing.path().to_string());
    let usage = named.and_then(|term| {
        let name = term.name.as_deref()?;
        let plan = shapewright_rust::plan(model, &options);
        let usage = match thing {
            Thing::Operation(_) => plan.usage_of_operation(name),
            Thing::Shape(_) => plan.usage_of_type(name),
            Thing::Member(..) | Thing::EnumValue(..) => None,
        };
        usage.map(|usage| Usage {
            request: usage.request,
            types: usage.types,
        })
    });
    let side: Side = diff::side(service, index, &record.versions);
    let shown = Shown {
        side: &side,
        model,
        thing,
        terms: &terms,
        usage: usage.as_ref(),
    };
    Ok(show::render(&shown, &terminal::look()))
}

/// What the generator calls a thing, for the report, which knows no generator.
fn term(term: shapewright_rust::Term) -> Term {
    Term {
        name: term.name,
        rust_type: term.rust_type,
        facts: term.facts,
        prose: term.prose,
    }
}
